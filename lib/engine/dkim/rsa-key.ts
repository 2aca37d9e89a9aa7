/** RSA public keys: RFC 6376 §3.6.1 allows SubjectPublicKeyInfo and the bare RSAPublicKey; WebCrypto only the first. */
import { concat } from '../octets.ts';

export interface RsaKey {
  /** SubjectPublicKeyInfo (RFC 5280 §4.1), as WebCrypto imports it. */
  readonly spki: Uint8Array<ArrayBuffer>;
  /** Length of the modulus in bits. */
  readonly bits: number;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
/** AlgorithmIdentifier { rsaEncryption, NULL } (RFC 3279 §2.3.1). */
const RSA_ENCRYPTION = new Uint8Array([
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]);

/** Reads either form, null where the octets are neither. */
export function readRsaKey(der: Uint8Array<ArrayBuffer>): RsaKey | null {
  const outer = element(der, 0);
  if (outer?.tag !== SEQUENCE) return null;
  const first = element(outer.content, 0);
  if (first?.tag === INTEGER) return fromPkcs1(der.subarray(0, outer.end));
  if (first?.tag !== SEQUENCE) return null;
  const bits = element(outer.content, first.end);
  // The first octet of a BIT STRING counts its unused bits: none here.
  if (bits?.tag !== BIT_STRING || bits.content[0] !== 0) return null;
  const inner = fromPkcs1(bits.content.subarray(1));
  return inner === null ? null : { spki: der.subarray(0, outer.end), bits: inner.bits };
}

function fromPkcs1(der: Uint8Array<ArrayBuffer>): RsaKey | null {
  const outer = element(der, 0);
  if (outer?.tag !== SEQUENCE) return null;
  const modulus = element(outer.content, 0);
  const exponent = modulus && element(outer.content, modulus.end);
  if (modulus?.tag !== INTEGER || exponent?.tag !== INTEGER) return null;
  const significant = modulus.content.findIndex((octet) => octet !== 0);
  const lead = modulus.content[significant];
  if (lead === undefined) return null;
  const bits = (modulus.content.length - significant - 1) * 8 + (32 - Math.clz32(lead));
  const bitString = wrap(BIT_STRING, [new Uint8Array([0]), der]);
  return { spki: wrap(SEQUENCE, [RSA_ENCRYPTION, bitString]), bits };
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

function wrap(tag: number, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthOctets: number[] = [];
  for (let rest = length; rest > 0; rest = rest >> 8) lengthOctets.unshift(rest & 0xff);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthOctets.length, ...lengthOctets];
  return concat([new Uint8Array(head), ...parts]);
}
