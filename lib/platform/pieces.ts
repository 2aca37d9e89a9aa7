/** Octets as base64 pieces and back. */

/** A multiple of three, so that the pieces' base64 has no padding but at the end. */
const PIECE_OCTETS = 384 * 1024;
const CHUNK = 8192;

export interface Piece {
  readonly base64: string;
  readonly octets: number;
}

export function* toPieces(octets: Uint8Array): Generator<Piece, void> {
  for (let at = 0; at < octets.length; at += PIECE_OCTETS) {
    const piece = octets.subarray(at, at + PIECE_OCTETS);
    let binary = '';
    for (let from = 0; from < piece.length; from += CHUNK) {
      binary += String.fromCharCode(...piece.subarray(from, from + CHUNK));
    }
    yield { base64: btoa(binary), octets: piece.length };
  }
}

export interface Collector {
  /** False where the piece is no base64 or more than was announced. */
  take(base64: string): boolean;
  /** Null while octets are missing. */
  whole(): Uint8Array<ArrayBuffer> | null;
}

/** Puts `length` octets together as their pieces come in; never holds more than that. */
export function collector(length: number): Collector {
  const octets = new Uint8Array(length);
  let at = 0;
  return {
    take(base64) {
      if (base64.length > Math.ceil((length - at) / 3) * 4) return false;
      const binary = decode(base64);
      if (binary === null || at + binary.length > length) return false;
      for (let from = 0; from < binary.length; from++) octets[at++] = binary.charCodeAt(from);
      return true;
    },
    whole: () => (at === length ? octets : null),
  };
}

function decode(piece: string): string | null {
  try {
    return atob(piece);
  } catch {
    return null;
  }
}
