/** A DKIM key record (RFC 6376 §3.6.1, RFC 8301, RFC 8463). */
import { decodeBase64, trimWsp } from '../octets.ts';
import type { Algorithm } from './signature.ts';
import { parseTagList } from './tag-list.ts';

export interface KeyRecord {
  readonly keyType: 'rsa' | 'ed25519';
  /** `p=` decoded. */
  readonly key: Uint8Array<ArrayBuffer>;
  /** `h=`, or null where every hash is allowed. */
  readonly hashes: readonly string[] | null;
  /** `t=y`: the domain only tests; its signatures are to be treated as absent. */
  readonly testing: boolean;
  /** `t=s`: the domain of `i=` must be `d=` itself. */
  readonly exactIdentity: boolean;
}

export type KeyRecordError =
  | 'key-syntax'
  | 'key-version'
  | 'key-type'
  | 'key-service'
  | 'key-encoding'
  | 'key-revoked';

export type ParsedKeyRecord =
  | { readonly kind: 'key'; readonly record: KeyRecord }
  | { readonly kind: 'error'; readonly error: KeyRecordError };

/** Reads the text of a key record. Total. */
export function parseKeyRecord(text: string): ParsedKeyRecord {
  const list = parseTagList(text);
  if (list.kind === 'error') return fail('key-syntax');
  const { tags } = list;
  const [first] = tags.keys();
  if (tags.has('v') && (first !== 'v' || tags.get('v') !== 'DKIM1')) return fail('key-version');
  const encoded = tags.get('p');
  if (encoded === undefined) return fail('key-syntax');
  if (encoded === '') return fail('key-revoked');
  const keyType = (tags.get('k') ?? 'rsa').toLowerCase();
  if (keyType !== 'rsa' && keyType !== 'ed25519') return fail('key-type');
  const services = words(tags.get('s'));
  if (services !== null && !services.includes('*') && !services.includes('email')) return fail('key-service');
  const key = decodeBase64(encoded);
  if (key === null || key.length === 0) return fail('key-encoding');
  const flags = words(tags.get('t')) ?? [];
  return {
    kind: 'key',
    record: {
      keyType,
      key,
      hashes: words(tags.get('h')),
      testing: flags.includes('y'),
      exactIdentity: flags.includes('s'),
    },
  };
}

/** Whether the key may be used with that algorithm (§6.1.2). */
export function suits(record: KeyRecord, algorithm: Algorithm): boolean {
  const [keyType, hash] = algorithm.split('-');
  return record.keyType === keyType && (record.hashes === null || record.hashes.includes(hash ?? ''));
}

function fail(error: KeyRecordError): ParsedKeyRecord {
  return { kind: 'error', error };
}

function words(value: string | undefined): readonly string[] | null {
  return value === undefined ? null : value.split(':').map((word) => trimWsp(word).toLowerCase());
}
