/**
 * Opens an RSA signature with the public key: inside is the digest of what was signed (RFC 8017 §8.2.2, §9.2).
 *
 * So it can be known, whatever became of the mail, whether this key made this signature; and each suspect costs one
 * digest instead of one verification.
 */
import type { KeyRecord } from '../dkim/record.ts';
import { readRsaKey } from '../dkim/rsa-key.ts';
import { concat, equalOctets } from '../octets.ts';

type Opened =
  | { readonly kind: 'digest'; readonly digest: Uint8Array<ArrayBuffer> }
  /** The key did not make this signature. */
  | { readonly kind: 'other-key' }
  /** No RSA key, one that would take too long, or something else than a SHA-256 digest inside. */
  | { readonly kind: 'unreadable' };

/** Longer ones are not found in DNS, and raising to the power takes the cube of the length. */
const MAX_MODULUS_OCTETS = 1024;
/** 65537 takes three. */
const MAX_EXPONENT_OCTETS = 8;

/** DigestInfo for SHA-256 before its digest (RFC 8017 §9.2), with the NULL parameter and without. */
const DIGEST_INFOS = [
  [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
  ],
  [0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20],
];
const DIGEST_OCTETS = 32;

/** Opens an rsa-sha256 signature. Total. */
export function openSignature(signature: Uint8Array<ArrayBuffer>, { key }: Pick<KeyRecord, 'key'>): Opened {
  const rsa = readRsaKey(key);
  if (rsa === null) return { kind: 'unreadable' };
  const { modulus, exponent } = rsa;
  if (modulus.length > MAX_MODULUS_OCTETS || exponent.length > MAX_EXPONENT_OCTETS)
    return { kind: 'unreadable' };
  const sealed = toNumber(signature);
  const limit = toNumber(modulus);
  if (signature.length > MAX_MODULUS_OCTETS || sealed >= limit) return { kind: 'other-key' };
  const encoded = toOctets(power(sealed, toNumber(exponent), limit), modulus.length);
  const digest = encoded.slice(-DIGEST_OCTETS);
  const fits = DIGEST_INFOS.some((info) => equalOctets(encoded, encode(info, digest, modulus.length)));
  if (fits) return { kind: 'digest', digest };
  // Padding without this digest in it: the key made something, but nothing that can be read here.
  const padded =
    encoded[0] === 0 && encoded[1] === 1 && encoded.subarray(2, 10).every((octet) => octet === 0xff);
  return { kind: padded ? 'unreadable' : 'other-key' };
}

/** EMSA-PKCS1-v1_5: 00 01 FF… 00, then the DigestInfo. */
function encode(info: readonly number[], digest: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const filling = Math.max(0, length - 3 - info.length - digest.length);
  return concat([
    new Uint8Array([0, 1]),
    new Uint8Array(filling).fill(0xff),
    new Uint8Array([0, ...info]),
    digest,
  ]);
}

function toNumber(octets: Uint8Array): bigint {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return BigInt(`0x${hex || '0'}`);
}

function toOctets(number: bigint, length: number): Uint8Array<ArrayBuffer> {
  const hex = number.toString(16).padStart(length * 2, '0');
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** `base` to the power of `exponent`, modulo `modulus`. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
