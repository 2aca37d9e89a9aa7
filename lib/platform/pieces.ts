/** Octets as base64 pieces and back. */

/** A multiple of three, so that the pieces' base64 has no padding but at the end. */
const PIECE_OCTETS = 768 * 1024;
const CHUNK = 8192;

export function* toPieces(octets: Uint8Array): Generator<string> {
  for (let at = 0; at < octets.length; at += PIECE_OCTETS) {
    const piece = octets.subarray(at, at + PIECE_OCTETS);
    let binary = '';
    for (let from = 0; from < piece.length; from += CHUNK) {
      binary += String.fromCharCode(...piece.subarray(from, from + CHUNK));
    }
    yield btoa(binary);
  }
}

/** Null where the pieces are no base64 or do not make up `length` octets. */
export function fromPieces(pieces: readonly string[], length: number): Uint8Array<ArrayBuffer> | null {
  const octets = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    const binary = decode(piece);
    if (binary === null || at + binary.length > length) return null;
    for (let from = 0; from < binary.length; from++) octets[at++] = binary.charCodeAt(from);
  }
  return at === length ? octets : null;
}

function decode(piece: string): string | null {
  try {
    return atob(piece);
  } catch {
    return null;
  }
}
