import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Receiver } from '../../../../lib/engine/index.ts';
import { keyRecord } from '../../../scripts/sign.ts';
import { A_FILE, GMAIL_MAILBOX, gmailBlock, keys, type Row, rows } from '../kit.ts';
import { checksOf, found, OWN, SENT, signed, signedWithSha1 } from './signed-mail.ts';

const KEY = 's1._domainkey.bank.example';
const RECORD = keyRecord(keys.rsaA);

describe('a signature that holds but does not count', () => {
  it('is weak: rsa-sha1 (RFC 8301 §3.1)', async () => {
    expect(await found(signedWithSha1(keys.rsaA))).toEqual(['policy weak-algorithm']);
    expect(await found(signedWithSha1(keys.rsaB))).toEqual(['fail signature-mismatch']);
  });

  it('is by a key under 1024 bits (RFC 8301 §3.2)', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 768 });
    const [check] = await checksOf(signed({ key: privateKey }), { zone: { [KEY]: keyRecord(privateKey) } });
    expect(check).toMatchObject({ result: 'policy', reason: 'short-key', keyBits: 768 });
  });

  it('is by a key that the domain only tests (t=y)', async () => {
    const zone = { [KEY]: `${RECORD}; t=y` };
    expect(await found(signed(), { zone })).toEqual(['policy testing-key']);
    expect(await found(signed({ key: keys.rsaB }), { zone })).toEqual(['policy signature-mismatch']);
  });

  it('leaves a tail unsigned (l=, §8.2)', async () => {
    expect(await found(signed({ length: 5 }))).toEqual(['policy unsigned-tail']);
    expect(await found(signed({ length: 0 }))).toEqual(['policy unsigned-tail']);
    expect(await found(`${signed({ length: 30 })}and more\r\n`)).toEqual(['policy unsigned-tail']);
  });

  it('signs the whole body by l=, which is a pass', async () => {
    expect(await found(signed({ length: 30 }))).toEqual(['pass']);
  });

  it('one signature’s l= says nothing about another', async () => {
    expect(await found(signed({ length: 5 }, signed()))).toEqual(['policy unsigned-tail', 'pass']);
    expect(await found(signed({}, signed({ length: 5 })))).toEqual(['pass', 'policy unsigned-tail']);
  });

  it('claims more octets than there are (l=)', async () => {
    expect(await found(signed({ length: 31 }))).toEqual(['permerror body-too-short']);
  });

  it('did not see the From that a reader sees (§8.15)', async () => {
    expect(await found(`From: Boss <boss@bank.example>\r\n${signed()}`)).toEqual(['policy from-added']);
    const below = signed().replace('Subject: Your', 'From: Boss <boss@bank.example>\r\nSubject: Your');
    expect(await found(below)).toEqual(['fail signature-mismatch']);
  });
});

describe('x= is judged when the receiver took the mail', () => {
  /** Gmail took the mail four seconds after it was sent. */
  const delivered = (expires: number) =>
    `${gmailBlock({ results: ['dkim=pass'] }).join('\r\n')}\r\n${signed({ time: SENT - 60, expires })}`;
  it.each(
    rows<Row & { expires: number; receiver: Receiver; found: string }>([
      { why: 'at that second it still holds', expires: SENT + 4, receiver: GMAIL_MAILBOX, found: 'pass' },
      {
        why: 'a second later it does not, whatever Date says',
        expires: SENT + 3,
        receiver: GMAIL_MAILBOX,
        found: 'policy expired',
      },
      {
        why: 'a border in a file may be made up: Date decides',
        expires: SENT + 3,
        receiver: A_FILE,
        found: 'pass',
      },
      { why: 'in a file, at the second of Date', expires: SENT, receiver: A_FILE, found: 'pass' },
      { why: 'in a file, a second later', expires: SENT - 1, receiver: A_FILE, found: 'policy expired' },
      {
        why: 'that it is past today does not matter',
        expires: SENT + 3600,
        receiver: GMAIL_MAILBOX,
        found: 'pass',
      },
    ]),
  )('%s', async (_, { expires, receiver, found: expected }) => {
    expect(await found(delivered(expires), { receiver })).toEqual([expected]);
  });

  it('today, where the message has no date of its own', async () => {
    const undated = OWN.replace(/^Date:.*\r\n/, '');
    const text = signed({ time: SENT - 60, expires: SENT + 3600, headers: ['From'] }, undated);
    expect(await found(text)).toEqual(['policy expired']);
  });
});

describe('octets that need not be the ones that were signed', () => {
  it('headers alone: the body cannot be checked, never a fail', async () => {
    expect(await found(signed(), { completeness: 'headers' })).toEqual(['not-checkable body-absent']);
    const header = signed().slice(0, signed().indexOf('\r\n\r\n') + 2);
    expect(await found(header)).toEqual(['not-checkable body-absent']);
  });

  it('re-encoded: another body hash proves nothing', async () => {
    const text = signed().replace('all is well', 'all is lost');
    expect(await found(text, { completeness: 'reencoded' })).toEqual(['not-checkable body-not-original']);
    expect(await found(signed({ length: 31 }), { completeness: 'reencoded' })).toEqual([
      'not-checkable body-too-short',
    ]);
  });

  it('re-encoded, but the octets fit: a pass', async () => {
    expect(await found(signed(), { completeness: 'reencoded' })).toEqual(['pass']);
  });
});

it('tries at most twenty signatures (§8.4)', async () => {
  const [field = ''] = signed().split('\r\nDate:');
  const text = `${`${field}\r\n`.repeat(25)}${OWN}`;
  const results = await found(text);
  expect(results.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'pass'));
  expect(results.slice(20)).toEqual(Array.from({ length: 5 }, () => 'permerror too-many-signatures'));
});

it('asks nothing for a field that is no signature (§6.1.1)', async () => {
  const asked: string[] = [];
  const text = `DKIM-Signature: v=1; a=rsa-sha256; s=s1; d=bank.example\r\n${OWN}`;
  const resolve = async (name: string, type: 'TXT') => {
    asked.push(name);
    return {
      name,
      type,
      rcode: 'NXDOMAIN',
      ttl: null,
      authenticData: false,
      resolver: '',
      cached: false,
      answers: [],
    } as const;
  };
  expect(await found(text, { ports: { resolve: (name) => resolve(name, 'TXT') } })).toEqual([
    'permerror missing-tag',
  ]);
  expect(asked.filter((name) => name.includes('_domainkey'))).toEqual([]);
});
