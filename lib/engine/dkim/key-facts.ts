/** A key record in a few facts, as a receiver reads it (RFC 6376 §3.6.1). */
import { decodeBase64, trimWsp } from '../octets.ts';
import { readRsaKey } from './rsa-key.ts';
import { parseTagList } from './tag-list.ts';

export interface KeyFacts {
  /** `other`: a type that DKIM does not know. */
  readonly keyType: 'rsa' | 'ed25519' | 'other';
  /** Length of the RSA modulus; null for other types, and where `p=` cannot be read. */
  readonly bits: number | null;
  /** An empty `p=`: the key has been withdrawn. */
  readonly isRevoked: boolean;
  /** `t=y`. */
  readonly isTesting: boolean;
  /** `t=s`: no subdomain of `d=` in `i=`. */
  readonly isExact: boolean;
  /** `h=` in lower case; null where every hash is allowed. */
  readonly hashes: readonly string[] | null;
  /** `s=` in lower case; null where every service is allowed. */
  readonly services: readonly string[] | null;
  /** `n=`, a note for people; null where there is none. */
  readonly note: string | null;
}

/** Null where the text is no tag list, or has no `p=`. */
export function keyFacts(text: string): KeyFacts | null {
  const list = parseTagList(text);
  const encoded = list.kind === 'tags' ? list.tags.get('p') : undefined;
  if (list.kind === 'error' || encoded === undefined) return null;
  const { tags } = list;
  const named = (tags.get('k') ?? 'rsa').toLowerCase();
  const keyType = named === 'rsa' || named === 'ed25519' ? named : 'other';
  const octets = keyType === 'rsa' ? decodeBase64(encoded) : null;
  const flags = words(tags.get('t')) ?? [];
  return {
    keyType,
    bits: octets === null ? null : (readRsaKey(octets)?.bits ?? null),
    isRevoked: encoded === '',
    isTesting: flags.includes('y'),
    isExact: flags.includes('s'),
    hashes: words(tags.get('h')),
    services: words(tags.get('s')),
    note: tags.get('n') ?? null,
  };
}

function words(value: string | undefined): readonly string[] | null {
  return value === undefined ? null : value.split(':').map((word) => trimWsp(word).toLowerCase());
}
