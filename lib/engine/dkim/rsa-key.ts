/** RSA public keys: RFC 6376 §3.6.1 allows SubjectPublicKeyInfo (RFC 5280 §4.1) and the bare RSAPublicKey (RFC 8017 A.1.1). */
import { equalOctets } from '../octets.ts';

/** The numbers of a key, big-endian and without leading zeros. */
export interface RsaKey {
  readonly modulus: Uint8Array<ArrayBuffer>;
  readonly exponent: Uint8Array<ArrayBuffer>;
  /** Length of the modulus in bits. */
  readonly bits: number;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
/** rsaEncryption (RFC 8017 A.1). */
const RSA_ENCRYPTION = new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]);

/** Reads either form, null where the octets are neither. */
export function readRsaKey(der: Uint8Array<ArrayBuffer>): RsaKey | null {
  const outer = element(der, 0);
  if (outer?.tag !== SEQUENCE) return null;
  const first = element(outer.content, 0);
  if (first?.tag === INTEGER) return readNumbers(outer.content);
  if (first?.tag !== SEQUENCE) return null;
  const algorithm = element(first.content, 0);
  if (algorithm?.tag !== OBJECT_IDENTIFIER || !equalOctets(algorithm.content, RSA_ENCRYPTION)) return null;
  const bits = element(outer.content, first.end);
  // The first octet of a BIT STRING counts its unused bits: none here.
  if (bits?.tag !== BIT_STRING || bits.content[0] !== 0) return null;
  const inner = element(bits.content, 1);
  return inner?.tag === SEQUENCE ? readNumbers(inner.content) : null;
}

function readNumbers(content: Uint8Array<ArrayBuffer>): RsaKey | null {
  const first = element(content, 0);
  const second = first && element(content, first.end);
  if (first?.tag !== INTEGER || second?.tag !== INTEGER) return null;
  const [modulus, exponent] = [significant(first.content), significant(second.content)];
  const [lead] = modulus;
  if (lead === undefined) return null;
  return { modulus, exponent, bits: modulus.length * 8 - Math.clz32(lead) + 24 };
}

function significant(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const start = octets.findIndex((octet) => octet !== 0);
  return start === -1 ? octets.subarray(0, 0) : octets.subarray(start);
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array<ArrayBuffer>;
  /** Offset behind the element. */
  readonly end: number;
}

/** The DER element (X.690 §8.1) at an offset, null where it is cut short. */
function element(der: Uint8Array<ArrayBuffer>, at: number): Element | null {
  const tag = der[at];
  const first = der[at + 1];
  if (tag === undefined || first === undefined) return null;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (octets > 4 || first === 0x80) return null;
  let length = octets === 0 ? first : 0;
  for (let offset = 0; offset < octets; offset++) length = length * 256 + (der[at + 2 + offset] ?? 0);
  const start = at + 2 + octets;
  const end = start + length;
  return end > der.length ? null : { tag, content: der.subarray(start, end), end };
}
