/** Does this key make that signature true? RSA by WebCrypto, Ed25519 by the port (RFC 6376 §3.3, RFC 8463 §3). */
import { encodeBase64Url } from '../octets.ts';
import type { Ports } from '../ports.ts';
import type { KeyRecord } from './record.ts';
import { readRsaKey } from './rsa-key.ts';
import type { KeySignature } from './signature.ts';

/** Null where the key cannot be read. */
export async function verifySignature(
  { algorithm, signature }: Pick<KeySignature, 'algorithm' | 'signature'>,
  { key }: Pick<KeyRecord, 'key'>,
  signed: Uint8Array<ArrayBuffer>,
  { crypto, verifyEd25519 }: Pick<Ports, 'crypto' | 'verifyEd25519'>,
): Promise<{ holds: boolean; keyBits: number | null } | null> {
  if (algorithm === 'ed25519-sha256') {
    if (key.length !== 32) return null;
    // RFC 8463 §3: Ed25519 signs the SHA-256 digest.
    const digest = new Uint8Array(await crypto.digest('SHA-256', signed));
    return { holds: await verifyEd25519(key, digest, signature), keyBits: null };
  }
  const rsa = readRsaKey(key);
  if (rsa === null) return null;
  const hash = algorithm === 'rsa-sha1' ? 'SHA-1' : 'SHA-256';
  try {
    const format = { name: 'RSASSA-PKCS1-v1_5', hash } as const;
    // As numbers: engines read these far sooner than DER.
    const numbers = {
      kty: 'RSA',
      n: encodeBase64Url(rsa.modulus),
      e: encodeBase64Url(rsa.exponent),
    } as const;
    const imported = await crypto.importKey('jwk', numbers, format, false, ['verify']);
    const holds = await crypto.verify('RSASSA-PKCS1-v1_5', imported, signature, signed);
    return { holds, keyBits: rsa.bits };
  } catch {
    // WebCrypto refuses keys that are well-formed DER but no key, and in some browsers very short ones.
    return null;
  }
}
