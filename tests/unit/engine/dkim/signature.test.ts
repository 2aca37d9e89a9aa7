import { describe, expect, it } from 'vitest';
import { parseSignature } from '../../../../lib/engine/dkim/signature.ts';
import { ports, type Row, rows } from '../kit.ts';

/** The signature of RFC 6376 §3.5, with tags changed, added or (null) taken away. */
function field(changes: Readonly<Record<string, string | null>> = {}): string {
  const tags: Record<string, string | null> = {
    v: '1',
    a: 'rsa-sha256',
    d: 'example.net',
    s: 'brisbane',
    c: 'simple',
    q: 'dns/txt',
    i: '@eng.example.net',
    t: '1117574938',
    x: '1118006938',
    h: 'from:to:subject:date',
    bh: 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=',
    b: 'dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZ',
    ...changes,
  };
  const list = Object.entries(tags).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
  return `DKIM-Signature: ${list.join(';\r\n      ')}`;
}

function read(raw: string) {
  const parsed = parseSignature(raw, ports);
  if (parsed.kind === 'error') throw new Error(parsed.error);
  return parsed.signature;
}

describe('a DKIM-Signature field (RFC 6376 §3.5)', () => {
  it('reads the example of §3.5', () => {
    expect(read(field())).toMatchObject({
      algorithm: 'rsa-sha256',
      headerCanonicalization: 'simple',
      bodyCanonicalization: 'simple',
      domain: 'example.net',
      selector: 'brisbane',
      identity: '@eng.example.net',
      identityDomain: 'eng.example.net',
      signedHeaders: ['from', 'to', 'subject', 'date'],
      bodyLength: null,
      created: 1117574938,
      expires: 1118006938,
      signatureText: 'dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZ',
    });
  });

  it.each(
    rows<Row & { changes: Record<string, string | null>; read: Record<string, unknown> }>([
      {
        why: 'c= is simple/simple where absent',
        changes: { c: null },
        read: { headerCanonicalization: 'simple', bodyCanonicalization: 'simple' },
      },
      {
        why: 'c=relaxed leaves the body simple',
        changes: { c: 'relaxed' },
        read: { headerCanonicalization: 'relaxed', bodyCanonicalization: 'simple' },
      },
      {
        why: 'c= names both',
        changes: { c: 'simple/relaxed' },
        read: { headerCanonicalization: 'simple', bodyCanonicalization: 'relaxed' },
      },
      {
        why: 'i= is @d where absent',
        changes: { i: null },
        read: { identity: '@example.net', identityDomain: 'example.net' },
      },
      {
        why: 'i= may name a person',
        changes: { i: 'joe@example.net' },
        read: { identity: 'joe@example.net' },
      },
      {
        why: 'h= keeps order and repetitions, spaces go',
        changes: { h: 'From : to:\r\n\tFROM' },
        read: { signedHeaders: ['from', 'to', 'from'] },
      },
      { why: 'b= may be folded', changes: { b: 'dzdV\r\n\tyOfA' }, read: { signatureText: 'dzdVyOfA' } },
      {
        why: 'a value may begin on the next line',
        changes: { t: '\r\n\t1117574938' },
        read: { created: 1117574938 },
      },
      { why: 'd= in any case', changes: { d: 'Example.NET' }, read: { domain: 'example.net' } },
      {
        why: 'd=, s= and i= may be U-labels (RFC 8616)',
        changes: { d: 'bücher.example', s: 'grün', i: '@bücher.example' },
        read: {
          domain: 'xn--bcher-kva.example',
          selector: 'xn--grn-ioa',
          identityDomain: 'xn--bcher-kva.example',
        },
      },
      { why: 'l= in octets', changes: { l: '42' }, read: { bodyLength: 42 } },
      { why: 'l=0 signs no body', changes: { l: '0' }, read: { bodyLength: 0 } },
      { why: 'Ed25519 (RFC 8463)', changes: { a: 'ed25519-sha256' }, read: { algorithm: 'ed25519-sha256' } },
      { why: 'unknown tags are ignored', changes: { zz: 'x' }, read: { domain: 'example.net' } },
      { why: 'dns/txt among other methods', changes: { q: 'foo:dns/txt' }, read: { domain: 'example.net' } },
    ]),
  )('%s', (_, { changes, read: expected }) => {
    const utf8 = Buffer.from(field(changes), 'utf8').toString('latin1');
    expect(read(utf8)).toMatchObject(expected);
  });

  it.each(
    rows<Row & { raw: string; error: string }>([
      { why: 'no tag list', raw: 'DKIM-Signature: v=1; ;', error: 'syntax' },
      { why: 'an empty field', raw: 'DKIM-Signature:', error: 'missing-tag' },
      { why: 'an empty name in h=', raw: field({ h: 'from::to' }), error: 'syntax' },
      { why: 'a tag twice', raw: `${field()}; d=evil.example`, error: 'duplicate-tag' },
      ...['v', 'a', 'b', 'bh', 'd', 'h', 's'].map((tag) => ({
        why: `no ${tag}= (§6.1.1)`,
        raw: field({ [tag]: null }),
        error: 'missing-tag',
      })),
      { why: 'another version', raw: field({ v: '2' }), error: 'version' },
      { why: 'a version with more digits', raw: field({ v: '1.0' }), error: 'version' },
      { why: 'an unknown algorithm', raw: field({ a: 'rsa-md5' }), error: 'algorithm' },
      { why: 'an unknown canonical form', raw: field({ c: 'relaxed/nowsp' }), error: 'canonicalization' },
      { why: 'an empty d=', raw: field({ d: '' }), error: 'domain' },
      { why: 'a d= that is no name', raw: field({ d: 'exa mple.net', i: null }), error: 'domain' },
      { why: 'an empty s=', raw: field({ s: '' }), error: 'domain' },
      { why: 'i= in another domain', raw: field({ i: '@example.com' }), error: 'identity-not-in-domain' },
      {
        why: 'i= that only ends alike',
        raw: field({ i: '@evilexample.net' }),
        error: 'identity-not-in-domain',
      },
      {
        why: 'i= above d=',
        raw: field({ d: 'eng.example.net', i: '@example.net' }),
        error: 'identity-not-in-domain',
      },
      { why: 'i= without @', raw: field({ i: 'example.net' }), error: 'identity-not-in-domain' },
      { why: 'h= without From (§5.4)', raw: field({ h: 'to:subject' }), error: 'from-not-signed' },
      {
        why: 'h= with a name that only looks like From',
        raw: field({ h: 'from\xa0:to' }),
        error: 'from-not-signed',
      },
      { why: 'another query method', raw: field({ q: 'http' }), error: 'query-method' },
      { why: 'b= that is no base64', raw: field({ b: '!!!!' }), error: 'encoding' },
      { why: 'an empty b=', raw: field({ b: '' }), error: 'encoding' },
      { why: 'bh= that is no base64', raw: field({ bh: 'a' }), error: 'encoding' },
      { why: 'a negative l=', raw: field({ l: '-1' }), error: 'number' },
      { why: 'an endless t=', raw: field({ t: '9'.repeat(16) }), error: 'number' },
      { why: 'an x= that is no number', raw: field({ x: 'never' }), error: 'number' },
      { why: 'x= before t=', raw: field({ x: '1117574937' }), error: 'expires-before-created' },
      { why: 'x= equal to t=', raw: field({ x: '1117574938' }), error: 'expires-before-created' },
    ]),
  )('is unusable: %s', (_, { raw, error }) => {
    expect(parseSignature(raw, ports)).toMatchObject({ kind: 'error', error });
  });

  it('tells domain and selector of an unusable signature where they can be read', () => {
    expect(parseSignature(field({ v: '2' }), ports)).toMatchObject({
      domain: 'example.net',
      selector: 'brisbane',
    });
  });
});
