/**
 * SHA-256 (FIPS 180-4) that can be forked: the digest of every prefix of a body costs hardly more than that of the whole.
 *
 * WebCrypto digests only whole messages. This one serves the search for changes alone; what a signature is worth is never
 * decided by it.
 */

const BLOCK = 64;

/** The first 32 bits of the fractional parts of a root of the first primes (§4.2.2, §5.3.3), computed exactly. */
function fractionsOfRoots(count: number, power: 2n | 3n): Int32Array {
  const fractions = new Int32Array(count);
  for (let found = 0, prime = 2; found < count; prime++) {
    if (!isPrime(prime)) continue;
    fractions[found++] = Number(BigInt.asIntN(32, integerRoot(BigInt(prime) << (32n * power), power)));
  }
  return fractions;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return true;
}

/** The greatest integer whose power does not exceed `number`, which is below 2^(37 × power). */
function integerRoot(number: bigint, power: bigint): bigint {
  let root = 0n;
  for (let bit = 1n << 37n; bit > 0n; bit >>= 1n) {
    if ((root | bit) ** power <= number) root |= bit;
  }
  return root;
}

const INITIAL = fractionsOfRoots(8, 2n);
const ROUNDS = fractionsOfRoots(64, 3n);

/** A digest under way: what was taken in so far. */
export class Sha256 {
  private readonly state = new Int32Array(INITIAL);
  private readonly pending = new Uint8Array(BLOCK);
  private length = 0;

  /** Takes in more octets. */
  update(octets: Uint8Array): this {
    let at = 0;
    const held = this.length % BLOCK;
    this.length += octets.length;
    if (held > 0) {
      at = Math.min(BLOCK - held, octets.length);
      this.pending.set(octets.subarray(0, at), held);
      if (held + at < BLOCK) return this;
      compress(this.state, this.pending, 0);
    }
    for (; at + BLOCK <= octets.length; at += BLOCK) compress(this.state, octets, at);
    this.pending.set(octets.subarray(at));
    return this;
  }

  /** A second digest that goes on from here by itself. */
  fork(): Sha256 {
    const copy = new Sha256();
    copy.state.set(this.state);
    copy.pending.set(this.pending);
    copy.length = this.length;
    return copy;
  }

  /** The digest of what was taken in (§5.1.1: a one bit, zeros, the length in bits). Ends this one. */
  finish(): Uint8Array<ArrayBuffer> {
    const { length } = this;
    const padding = new Uint8Array(BLOCK - ((length + 8) % BLOCK) + 8);
    padding[0] = 0x80;
    const bits = new DataView(padding.buffer, padding.length - 8);
    bits.setUint32(0, Math.floor(length / 0x20000000));
    bits.setUint32(4, length << 3);
    this.update(padding);
    const digest = new DataView(new ArrayBuffer(32));
    for (const [index, word] of this.state.entries()) digest.setInt32(index * 4, word);
    return new Uint8Array(digest.buffer);
  }
}

export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const digest = new Sha256();
  for (const part of parts) digest.update(part);
  return digest.finish();
}

const schedule = new Int32Array(64);

/** One block (§6.2.2). Written out for speed: a search spends most of its time here. */
function compress(state: Int32Array, octets: Uint8Array, start: number): void {
  const w = schedule;
  for (let t = 0; t < 16; t++) {
    const at = start + t * 4;
    w[t] =
      (pick(octets, at) << 24) |
      (pick(octets, at + 1) << 16) |
      (pick(octets, at + 2) << 8) |
      pick(octets, at + 3);
  }
  for (let t = 16; t < 64; t++) {
    const early = pick(w, t - 15);
    const late = pick(w, t - 2);
    const sigma0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const sigma1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    w[t] = (pick(w, t - 16) + sigma0 + pick(w, t - 7) + sigma1) | 0;
  }
  let a = pick(state, 0);
  let b = pick(state, 1);
  let c = pick(state, 2);
  let d = pick(state, 3);
  let e = pick(state, 4);
  let f = pick(state, 5);
  let g = pick(state, 6);
  let h = pick(state, 7);
  for (let t = 0; t < 64; t++) {
    const sum1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + pick(ROUNDS, t) + pick(w, t)) | 0;
    const sum0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = pick(state, 0) + a;
  state[1] = pick(state, 1) + b;
  state[2] = pick(state, 2) + c;
  state[3] = pick(state, 3) + d;
  state[4] = pick(state, 4) + e;
  state[5] = pick(state, 5) + f;
  state[6] = pick(state, 6) + g;
  state[7] = pick(state, 7) + h;
}

/** The element at an index that is within bounds. */
function pick(array: Int32Array | Uint8Array, index: number): number {
  return array[index] as number;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
