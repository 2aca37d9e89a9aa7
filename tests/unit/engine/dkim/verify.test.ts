import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyRecord } from '../../../scripts/sign.ts';
import { keyEntry, keys, letter, mail, type Row, rows } from '../kit.ts';
import { checksOf, found, SENT, signed, ZONE } from './signed-mail.ts';

const KEY = 's1._domainkey.bank.example';
const RECORD = keyRecord(keys.rsaA);

describe('a signature passes', () => {
  const bodies: readonly [string, string][] = [
    ['ordinary', 'Dear reader,\r\n\r\nall is well.\r\n'],
    ['empty', ''],
    ['only empty lines', '\r\n\r\n'],
    ['no line end', 'all is well'],
    ['white space everywhere', ' a \t b \r\n \r\nc\t\r\n\r\n \r\n'],
    ['not ASCII', 'Grüße à 星\r\n'],
  ];
  it.each(bodies)('under every canonical form and key: body %s', async (_, body) => {
    const message = mail(letter('Bücher  \t <a@bank.example>'), body);
    for (const key of [keys.rsaA, keys.rsa1024, keys.ed25519]) {
      for (const header of ['simple', 'relaxed'] as const) {
        for (const form of ['simple', 'relaxed'] as const) {
          const text = signed({ key, header, body: form }, message);
          expect(await found(text, { zone: { [KEY]: keyEntry(key) } })).toEqual(['pass']);
        }
      }
    }
  });

  it('with a bare RSAPublicKey in p=', async () => {
    const bare = createPublicKey(keys.rsaA).export({ type: 'pkcs1', format: 'der' }).toString('base64');
    expect(await found(signed(), { zone: { [KEY]: `v=DKIM1; p=${bare}` } })).toEqual(['pass']);
  });

  it('whichever of several records holds the key (§3.6.2.2)', async () => {
    const zone = { [KEY]: { TXT: ['hello', keyRecord(keys.rsaB), RECORD.match(/.{1,255}/g)] } };
    expect(await found(signed(), { zone })).toEqual(['pass']);
  });

  it('with From signed once more than it stands there (over-signing)', async () => {
    expect(await found(signed({ headers: ['From', 'From', 'Subject'] }))).toEqual(['pass']);
  });

  it('where a file has bare LF: it is read as CRLF', async () => {
    expect(await found(signed().replaceAll('\r\n', '\n'))).toEqual(['pass']);
  });

  it('and tells domain, selector, algorithm, key and where it stands', async () => {
    const [check] = await checksOf(signed({ time: SENT - 2, expires: SENT + 60 }));
    expect(check).toMatchObject({
      domain: 'bank.example',
      selector: 's1',
      algorithm: 'rsa-sha256',
      keyBits: 2048,
      created: SENT - 2,
      expires: SENT + 60,
      field: 0,
    });
    expect(check?.dns).not.toBeNull();
  });

  it('beside others, each with an answer of its own', async () => {
    const second = signed({ key: keys.ed25519, selector: 's2' }, signed());
    const zone = { ...ZONE, 's2._domainkey.bank.example': keyEntry(keys.ed25519) };
    expect(await found(second, { zone })).toEqual(['pass', 'pass']);
    expect(await found(second)).toEqual(['permerror key-missing', 'pass']);
  });
});

describe('a signature does not hold', () => {
  const alter = (from: string, to: string) => signed().replace(from, to);
  it.each(
    rows<Row & { text: string; found: string }>([
      { why: 'the body was changed', text: alter('all is well', 'all is lost'), found: 'fail body-altered' },
      {
        why: 'lines were added below',
        text: `${signed()}-- \r\nlist footer\r\n`,
        found: 'fail body-altered',
      },
      {
        why: 'a signed field was changed',
        text: alter('Subject: Your', 'Subject: [List] Your'),
        found: 'fail signature-mismatch',
      },
      { why: 'From was changed', text: alter('From: Bank', 'From: Bink'), found: 'fail signature-mismatch' },
      {
        why: 'a tag of the signature was changed',
        text: alter('s=s1;', 's=s1; i=x@bank.example;'),
        found: 'fail signature-mismatch',
      },
      { why: 'another key signed', text: signed({ key: keys.rsaB }), found: 'fail signature-mismatch' },
      {
        why: 'an over-signed field was added',
        text: `Cc: x@y.example\r\n${signed({ headers: ['From', 'Cc'] })}`,
        found: 'fail signature-mismatch',
      },
    ]),
  )('%s', async (_, { text, found: expected }) => {
    expect(await found(text)).toEqual([expected]);
  });

  it.each(
    rows<Row & { text: string }>([
      { why: 'an unsigned field was added', text: `X-Spam: no\r\n${signed()}` },
      { why: 'empty lines were added below', text: `${signed()}\r\n\r\n` },
      {
        why: 'relaxed: spaces were folded',
        text: signed().replace('Subject: Your statement', 'Subject:\r\n\tYour\r\n   statement '),
      },
    ]),
  )('but it still does where %s', async (_, { text }) => {
    expect(await found(text)).toEqual(['pass']);
  });
});

describe('the key', () => {
  it.each(
    rows<Row & { zone: Record<string, unknown>; found: string }>([
      { why: 'is not there (NXDOMAIN)', zone: {}, found: 'permerror key-missing' },
      { why: 'is not there (no TXT record)', zone: { [KEY]: {} }, found: 'permerror key-missing' },
      {
        why: 'gets no answer in time',
        zone: { [KEY]: { RCODE: 'TIMEOUT' } },
        found: 'temperror key-unanswered',
      },
      {
        why: 'gets a server’s failure',
        zone: { [KEY]: { RCODE: 'SERVFAIL' } },
        found: 'temperror key-unanswered',
      },
      { why: 'is refused', zone: { [KEY]: { RCODE: 'REFUSED' } }, found: 'temperror key-unanswered' },
      { why: 'is revoked', zone: { [KEY]: 'v=DKIM1; p=' }, found: 'permerror key-revoked' },
      { why: 'is no tag list', zone: { [KEY]: 'hello' }, found: 'permerror key-syntax' },
      { why: 'has another version', zone: { [KEY]: 'v=DKIM2; p=QUJD' }, found: 'permerror key-version' },
      { why: 'has an unknown type', zone: { [KEY]: 'k=dsa; p=QUJD' }, found: 'permerror key-type' },
      {
        why: 'is for another service',
        zone: { [KEY]: `s=tls; ${RECORD.slice(9)}` },
        found: 'permerror key-service',
      },
      { why: 'is no base64', zone: { [KEY]: 'p=!' }, found: 'permerror key-encoding' },
      { why: 'is no key', zone: { [KEY]: 'p=QUJD' }, found: 'permerror key-encoding' },
      {
        why: 'is of another type than the signature',
        zone: { [KEY]: keyEntry(keys.ed25519) },
        found: 'permerror key-unsuitable',
      },
      {
        why: 'allows another hash only',
        zone: { [KEY]: RECORD.replace('k=rsa', 'h=sha1') },
        found: 'permerror key-unsuitable',
      },
    ]),
  )('%s', async (_, { zone, found: expected }) => {
    expect(await found(signed(), { zone })).toEqual([expected]);
  });

  it('of t=s does not sign for a subdomain in i=', async () => {
    const zone = { [KEY]: `${RECORD}; t=s` };
    expect(await found(signed({ identity: '@news.bank.example' }), { zone })).toEqual([
      'permerror key-identity',
    ]);
    expect(await found(signed({ identity: 'me@bank.example' }), { zone })).toEqual(['pass']);
  });
});
