/** What `p=` of a key record holds, told from its octets (RFC 8017 A.1, RFC 5280 §4.1, RFC 8410 §4). */
import { decodeBase64 } from '../octets.ts';
import { readRsaKey } from './rsa-key.ts';

/**
 * `wrapped`: an Ed25519 key with the algorithm in front of it. `private`: the half that must never be published.
 * `cut`: DER that announces more octets than there are. `other`: none of these.
 */
export type Material =
  | { readonly kind: 'rsa'; readonly bits: number; readonly isWhole: boolean }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'wrapped' }
  | { readonly kind: 'private' }
  | { readonly kind: 'cut'; readonly octets: number; readonly expected: number }
  | { readonly kind: 'other'; readonly octets: number };

export const ED25519_OCTETS = 32;
/** SEQUENCE { SEQUENCE { 1.3.101.112 } BIT STRING } up to the key itself: 12 octets, 16 characters of base64. */
const ED25519_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
export const ED25519_PREFIX_CHARACTERS = 16;
/** INTEGER 0: the version that every private key form begins with (RFC 8017 A.1.2, RFC 5958 §2). */
const VERSION_ZERO = [0x02, 0x01, 0x00];
/** A public key of fewer octets than this is no DER of RSA: 512 bits need more than 64. */
const MIN_DER_OCTETS = 64;

/** Tells what the octets are; `isEd25519` where the record says so, and 32 octets are a key whatever they look like. */
export function readMaterial(octets: Uint8Array<ArrayBuffer>, isEd25519: boolean): Material {
  const { length } = octets;
  if (isEd25519 && length === ED25519_OCTETS) return { kind: 'ed25519' };
  const der = derLength(octets);
  if (der !== null && startsWith(octets, VERSION_ZERO, der.header)) return { kind: 'private' };
  if (length === ED25519_PREFIX.length + ED25519_OCTETS && startsWith(octets, ED25519_PREFIX, 0)) {
    return { kind: 'wrapped' };
  }
  const rsa = readRsaKey(octets);
  if (rsa !== null) return { kind: 'rsa', bits: rsa.bits, isWhole: der?.total === length };
  if (der !== null && der.total > length && der.total >= MIN_DER_OCTETS && looksPublic(octets, der.header)) {
    return { kind: 'cut', octets: length, expected: der.total };
  }
  return length === ED25519_OCTETS ? { kind: 'ed25519' } : { kind: 'other', octets: length };
}

/** `p=` written as an RSA key in other ways: decoded where the outcome is a whole key, else null. */
export function rescuedKey(value: string): string | null {
  const candidates = [
    value.replaceAll('-', '+').replaceAll('_', '/'),
    value.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '='),
    value.replace(/[^A-Za-z0-9+/]+/g, ''),
  ];
  for (const candidate of candidates) {
    const compact = candidate.replace(/[ \t\r\n]+/g, '');
    if (isWholeRsaKey(compact)) return padded(compact);
  }
  return null;
}

export function isWholeRsaKey(value: string): boolean {
  const octets = decodeBase64(value);
  if (octets === null) return false;
  const material = readMaterial(octets, false);
  return material.kind === 'rsa' && material.isWhole;
}

/** With the padding that belongs to it (RFC 4648 §4). */
export function padded(compact: string): string {
  const bare = compact.replace(/={1,2}$/, '');
  return bare + '='.repeat((4 - (bare.length % 4)) % 4);
}

/** The length of the outer SEQUENCE with its header; null where there is none of a usual size. */
function derLength(octets: Uint8Array): { readonly header: number; readonly total: number } | null {
  const [tag, first, second, third] = octets;
  if (tag !== 0x30 || first === undefined) return null;
  if (first < 0x80) return { header: 2, total: 2 + first };
  if (first === 0x81 && second !== undefined) return { header: 3, total: 3 + second };
  if (first !== 0x82 || second === undefined || third === undefined) return null;
  return { header: 4, total: 4 + second * 256 + third };
}

/** What a public RSA key goes on with: an algorithm, or a modulus. */
function looksPublic(octets: Uint8Array, at: number): boolean {
  return octets[at] === 0x30 || octets[at] === 0x02;
}

function startsWith(octets: Uint8Array, start: readonly number[], at: number): boolean {
  return start.every((octet, offset) => octets[at + offset] === octet);
}
