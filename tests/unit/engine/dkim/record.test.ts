import { describe, expect, it } from 'vitest';
import { parseKeyRecord, suits } from '../../../../lib/engine/dkim/record.ts';
import { type Row, rows } from '../kit.ts';

function read(text: string) {
  const parsed = parseKeyRecord(text);
  if (parsed.kind === 'error') throw new Error(parsed.error);
  return parsed.record;
}

describe('a key record (RFC 6376 §3.6.1)', () => {
  it.each(
    rows<Row & { text: string; record: Record<string, unknown> }>([
      {
        why: 'p= alone is an RSA key',
        text: 'p=QUJD',
        record: { keyType: 'rsa', hashes: null, testing: false, exactIdentity: false },
      },
      { why: 'with its version first', text: 'v=DKIM1; k=rsa; p=QUJD', record: { keyType: 'rsa' } },
      { why: 'Ed25519 (RFC 8463)', text: 'v=DKIM1; k=ed25519; p=QUJD', record: { keyType: 'ed25519' } },
      { why: 'h= limits the hashes', text: 'h=sha1:SHA256; p=QUJD', record: { hashes: ['sha1', 'sha256'] } },
      { why: 't=y: the domain tests', text: 't=y; p=QUJD', record: { testing: true, exactIdentity: false } },
      {
        why: 't=s: no subdomain in i=',
        text: 't=s; p=QUJD',
        record: { testing: false, exactIdentity: true },
      },
      {
        why: 'both flags, and one that is unknown',
        text: 't=y : x : s; p=QUJD',
        record: { testing: true, exactIdentity: true },
      },
      { why: 's=email', text: 's=email; p=QUJD', record: { keyType: 'rsa' } },
      { why: 's=* among others', text: 's=tls:*; p=QUJD', record: { keyType: 'rsa' } },
      { why: 'spaces inside p=', text: 'p=QU\tJ D', record: { keyType: 'rsa' } },
      {
        why: 'g= is history, and unknown tags are ignored',
        text: 'g=joe; n=note; zz=1; p=QUJD',
        record: { keyType: 'rsa' },
      },
    ]),
  )('%s', (_, { text, record }) => {
    expect(read(text)).toMatchObject(record);
    expect([...read(text).key]).toEqual([0x41, 0x42, 0x43]);
  });

  it.each(
    rows<Row & { text: string; error: string }>([
      { why: 'no p=', text: 'v=DKIM1; k=rsa', error: 'key-syntax' },
      { why: 'nothing', text: '', error: 'key-syntax' },
      { why: 'another record', text: 'v=spf1 include:a.example -all', error: 'key-version' },
      { why: 'no tag list', text: 'hello world', error: 'key-syntax' },
      { why: 'a version of its own', text: 'v=DKIM2; p=QUJD', error: 'key-version' },
      { why: 'a version in small letters', text: 'v=dkim1; p=QUJD', error: 'key-version' },
      { why: 'a version that does not stand first', text: 'p=QUJD; v=DKIM1', error: 'key-version' },
      { why: 'an empty p= is a revoked key', text: 'v=DKIM1; p=', error: 'key-revoked' },
      { why: 'an unknown key type', text: 'k=dsa; p=QUJD', error: 'key-type' },
      { why: 'another service', text: 's=tls; p=QUJD', error: 'key-service' },
      { why: 'p= that is no base64', text: 'p=!', error: 'key-encoding' },
      { why: 'p= that is padding', text: 'p==', error: 'key-encoding' },
    ]),
  )('is unusable: %s', (_, { text, error }) => {
    expect(parseKeyRecord(text)).toEqual({ kind: 'error', error });
  });

  it.each(
    rows<Row & { text: string; algorithm: 'rsa-sha256' | 'rsa-sha1' | 'ed25519-sha256'; fits: boolean }>([
      { why: 'an RSA key and an RSA signature', text: 'p=QUJD', algorithm: 'rsa-sha256', fits: true },
      {
        why: 'an RSA key and an Ed25519 signature',
        text: 'p=QUJD',
        algorithm: 'ed25519-sha256',
        fits: false,
      },
      { why: 'a hash that the key allows', text: 'h=sha256; p=QUJD', algorithm: 'rsa-sha256', fits: true },
      { why: 'a hash that it does not', text: 'h=sha1; p=QUJD', algorithm: 'rsa-sha256', fits: false },
    ]),
  )('%s (§6.1.2)', (_, { text, algorithm, fits }) => {
    expect(suits(read(text), algorithm)).toBe(fits);
  });
});
