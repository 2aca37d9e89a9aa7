/** Reads a response as octets of our own, piece by piece, within a bound. */

const LF = 10;
const CR = 13;

/** `cut`: there was more than `limit`, or the header ended and no more was wanted; the rest was not read. */
export interface Octets {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly cut: boolean;
}

/**
 * `progress` hears how many octets are in. With `headerOnly` reading ends at the first empty line. Rejects where the
 * connection breaks.
 */
export async function readOctets(
  response: Response,
  limit: number,
  progress: (done: number) => void,
  headerOnly = false,
): Promise<Octets> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { octets: new Uint8Array(), cut: false };
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { octets: joined(pieces, length), cut: false };
    const piece = owned(value);
    pieces.push(piece);
    length += piece.length;
    progress(length);
    const end = headerOnly ? endOfHeader(joined(pieces, length)) : null;
    if (end !== null || length > limit) {
      // Whoever sends is told that no more is wanted; how that ends is of no interest.
      reader.cancel().catch(() => {});
      return { octets: joined(pieces, length).slice(0, Math.min(end ?? limit, limit)), cut: true };
    }
  }
}

/** In Firefox the buffer belongs to the page, and even its constructor is out of reach; a copy is ours. */
function owned(theirs: Uint8Array): Uint8Array {
  const ours = new Uint8Array(theirs.length);
  ours.set(theirs);
  return ours;
}

function joined(pieces: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    octets.set(piece, at);
    at += piece.length;
  }
  return octets;
}

/** Behind the empty line that ends the header (RFC 5322 §2.1), or null where none is in yet. */
function endOfHeader(octets: Uint8Array): number | null {
  for (let at = octets.indexOf(LF); at !== -1; at = octets.indexOf(LF, at + 1)) {
    if (octets[at + 1] === LF) return at + 2;
    if (octets[at + 1] === CR && octets[at + 2] === LF) return at + 3;
  }
  return null;
}
