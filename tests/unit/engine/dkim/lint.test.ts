import { describe, expect, it } from 'vitest';
import { keyFacts } from '../../../../lib/engine/dkim/key-facts.ts';
import { lintKey } from '../../../../lib/engine/dkim/lint.ts';
import { parseKeyRecord } from '../../../../lib/engine/dkim/record.ts';
import { type Row, rows } from '../kit.ts';
import { lines, mended, rsaKey } from './lint-kit.ts';

const K = rsaKey(2048);
/** A key with one slash and one plus at least, as most have. */
const GOOD = `v=DKIM1; k=rsa; p=${K}`;

describe('a key record in which nothing is wrong', () => {
  it.each([
    GOOD,
    `p=${K}`,
    `k=rsa; p=${K};`,
    `v=DKIM1; k=rsa; h=sha256; s=email; n=a "note": it's k=rsa, and p=1; p=${K}`,
    `v=DKIM1; k=RSA; s=*; p=${K.slice(0, 99)} ${K.slice(99)}`,
    ` v = DKIM1 ;\tp = ${K} ; `,
    `v=DKIM1; p=${K}; n=p=none of yours`,
  ])('%s', (text) => {
    expect(lintKey(text)).toEqual([]);
    expect(parseKeyRecord(text).kind).toBe('key');
  });
});

interface Case extends Row {
  readonly text: string;
  readonly said: readonly string[];
  /** The record with every edit made; left out where nothing can be mended. */
  readonly becomes?: string;
}

describe('the tag list (RFC 6376 §3.2)', () => {
  it.each(
    rows<Case>([
      {
        why: 'quotation marks of the zone file, and the seam of two strings',
        text: `"v=DKIM1; k=rsa; p=${K.slice(0, 99)}" "${K.slice(99)}"`,
        said: ['error key-quotes "\\""', 'error key-quotes "\\" \\""', 'error key-quotes "\\""'],
        becomes: GOOD,
      },
      {
        why: 'typographic quotation marks',
        text: `“${GOOD}”`,
        said: ['error key-quotes "“"', 'error key-quotes "”"'],
        becomes: GOOD,
      },
      {
        why: 'single ones round it all',
        text: `'${GOOD}'`,
        said: ['error key-quotes "\'"', 'error key-quotes "\'"'],
        becomes: GOOD,
      },
      {
        why: 'the seam of two strings where a semicolon is missing too',
        text: `v=DKIM1;" "k=rsa" "p=${K}`,
        said: ['error key-quotes "\\" \\""', 'error key-separator "\\" \\""'],
        becomes: `v=DKIM1;k=rsa; p=${K}`,
      },
      {
        why: 'backslashes of the zone file',
        text: `v=DKIM1\\; k=rsa\\; p=${K}`,
        said: ['error key-escape "\\\\"', 'error key-escape "\\\\"'],
        becomes: GOOD,
      },
      {
        why: 'white space as a zone file writes it',
        text: `v=DKIM1;\\032k=rsa; p=${K.slice(0, 99)}\\n${K.slice(99)}`,
        said: ['error key-escape "\\\\032"', 'error key-escape "\\\\n"'],
        becomes: `v=DKIM1;k=rsa; p=${K}`,
      },
      {
        why: 'a backslash in front of a tag is no line break',
        text: `v=DKIM1;\\t=s; p=${K}`,
        said: ['error key-escape "\\\\"', 'info key-exact "s"'],
        becomes: `v=DKIM1;t=s; p=${K}`,
      },
      {
        why: 'blanks that are none',
        text: `\ufeffv=DKIM1;\u00a0k=rsa; p=${K}`,
        said: ['error key-invisible "\ufeff"', 'error key-invisible "\u00a0"'],
        becomes: `v=DKIM1;k=rsa; p=${K}`,
      },
      {
        why: 'no semicolons',
        text: `v=DKIM1 k=rsa p=${K}`,
        said: ['error key-separator " "', 'error key-separator " "'],
        becomes: GOOD,
      },
      {
        why: 'commas and colons in their place',
        text: `v=DKIM1,k=rsa : p=${K}`,
        said: ['error key-separator ","', 'error key-separator " : "'],
        becomes: GOOD,
      },
      {
        why: 'a semicolon too many, and one in front',
        text: `;v=DKIM1;; k=rsa; p=${K}`,
        said: ['error key-extra-separator ";"', 'error key-extra-separator ";"'],
        becomes: GOOD,
      },
      {
        why: 'a comma behind a semicolon, and nothing but commas',
        text: `v=DKIM1;, k=rsa;,,; p=${K}`,
        said: [
          'error key-extra-separator ","',
          'error key-extra-separator ","',
          'error key-extra-separator ","',
        ],
        becomes: GOOD,
      },
      {
        why: 'colons in the place of equals signs',
        text: `v:DKIM1; k:rsa; p:${K}`,
        said: ['error key-equals ":"', 'error key-equals ":"', 'error key-equals ":"'],
        becomes: GOOD,
      },
      {
        why: 'a key without its tag',
        text: `v=DKIM1; k=rsa; ${K}`,
        said: [`error key-bare-value "${K}"`],
        becomes: GOOD,
      },
      {
        why: 'a version without its tag',
        text: `DKIM1; k=rsa; p=${K}`,
        said: ['error key-bare-value "DKIM1"'],
        becomes: GOOD,
      },
      {
        why: 'what is no tag',
        text: `v=DKIM1; oops; p=${K}`,
        said: ['error key-not-a-tag "oops"'],
      },
      {
        why: 'tags in capitals',
        text: `V=DKIM1; K=rsa; P=${K}`,
        said: ['error key-tag-case "V"', 'error key-tag-case "K"', 'error key-tag-case "P"'],
        becomes: GOOD,
      },
      {
        why: 'a capital beside the tag itself is another tag',
        text: `${GOOD}; K=dsa`,
        said: ['info key-unknown-tag "K"'],
      },
      {
        why: 'also in front of it',
        text: `v=DKIM1; K=dsa; k=rsa; p=${K}`,
        said: ['info key-unknown-tag "K"'],
      },
      {
        why: 'letters that begin as a key does are none',
        text: `v=DKIM1; MIG; p=${K}`,
        said: ['error key-not-a-tag "MIG"'],
      },
      { why: 'an unknown tag', text: `${GOOD}; zz=1`, said: ['info key-unknown-tag "zz"'] },
      {
        why: 'a tag twice with the same value',
        text: `v=DKIM1; k=rsa; k=rsa; p=${K}`,
        said: ['error key-repeated-tag "k=rsa"'],
        becomes: GOOD,
      },
      {
        why: 'a tag twice with two values: only the owner knows',
        text: `v=DKIM1; k=rsa; k=ed25519; p=${K}`,
        said: ['error key-repeated-tag "k=ed25519"'],
      },
    ]),
  )('%s', (_, { text, said, becomes = text }) => {
    expect(lines(lintKey, text)).toEqual(said);
    expect(mended(lintKey, text)).toBe(becomes);
  });
});

describe('the tags of a key (RFC 6376 §3.6.1)', () => {
  it.each(
    rows<Case>([
      {
        why: 'a version in small letters',
        text: `v=dkim1; p=${K}`,
        said: ['error key-version "dkim1"'],
        becomes: `v=DKIM1; p=${K}`,
      },
      {
        why: 'no number, and no value at all',
        text: `v=; p=${K}`,
        said: ['error key-version at 2'],
        becomes: `v=DKIM1; p=${K}`,
      },
      { why: 'a version of its own', text: `v=DKIM2; p=${K}`, said: ['error key-version "DKIM2"'] },
      {
        why: 'a version that is not the first tag',
        text: `k=rsa; v=DKIM1; p=${K}`,
        said: ['error key-version-place "v=DKIM1"'],
        becomes: GOOD,
      },
      { why: 'no key', text: 'v=DKIM1; k=rsa; ', said: ['error key-missing-p at 15'] },
      { why: 'a withdrawn key', text: 'v=DKIM1; p=', said: ['warn key-revoked "p="'] },
      { why: 'nothing', text: '', said: ['error key-no-record at 0'] },
      { why: 'another text', text: 'hello world', said: ['error key-no-record "hello world"'] },
      { why: 'SPF here', text: 'v=spf1 -all', said: ['error key-other-record "v=spf1 -all"'] },
      {
        why: 'DMARC here',
        text: 'v=DMARC1; p=none',
        said: ['error key-other-record "v=DMARC1; p=none"'],
      },
      {
        why: 'a version that only begins so',
        text: `v=DMARC12; p=${K}`,
        said: ['error key-version "DMARC12"'],
      },
      {
        why: 'tags without a value',
        text: `v=DKIM1; k=; h=; s=; t=; p=${K}`,
        said: [
          'error key-empty-tag "k="',
          'error key-empty-tag "h="',
          'error key-empty-tag "s="',
          'warn key-empty-tag "t="',
        ],
        becomes: `v=DKIM1; p=${K}`,
      },
      {
        why: 'SHA-1 alone (RFC 8301 §3.1)',
        text: `h=sha1; p=${K}`,
        said: ['error key-sha1-only "sha1"'],
        becomes: `h=sha256; p=${K}`,
      },
      { why: 'SHA-1 beside SHA-256', text: `h=sha1:sha256; p=${K}`, said: ['info key-sha1 "sha1"'] },
      {
        why: 'a hash that is meant',
        text: `h= rsa-sha256 ; p=${K}`,
        said: ['error key-hash-unknown "rsa-sha256"'],
        becomes: `h= sha256 ; p=${K}`,
      },
      { why: 'a hash that is unknown', text: `h=md5; p=${K}`, said: ['error key-hash-unknown "md5"'] },
      {
        why: 'the same beside one that is known',
        text: `h=sha256:sha512; p=${K}`,
        said: ['info key-hash-unknown "sha512"'],
      },
      { why: 'another service', text: `s=tls; p=${K}`, said: ['error key-service "s=tls"'] },
      {
        why: 'a service that is meant',
        text: `s=mail; p=${K}`,
        said: ['error key-service "s=mail"'],
        becomes: `s=email; p=${K}`,
      },
      {
        why: 'flags',
        text: `t=y : s:z; p=${K}`,
        said: ['warn key-testing "y"', 'info key-exact "s"', 'info key-flag-unknown "z"'],
      },
      {
        why: 'a flag in quotation marks',
        text: `t="y"; p=${K}`,
        said: ['error key-quotes "\\""', 'warn key-testing "y"', 'error key-quotes "\\""'],
        becomes: `t=y; p=${K}`,
      },
      {
        why: 'g= of the past that says nothing',
        text: `v=DKIM1; g=*; p=${K}`,
        said: ['info key-granularity "g=*"'],
        becomes: `v=DKIM1; p=${K}`,
      },
      {
        why: 'g= first',
        text: `g=; k=rsa; p=${K}`,
        said: ['info key-granularity "g="'],
        becomes: `k=rsa; p=${K}`,
      },
      { why: 'g= that says something', text: `g=joe; p=${K}`, said: ['info key-granularity "g=joe"'] },
    ]),
  )('%s', (_, { text, said, becomes = text }) => {
    expect(lines(lintKey, text)).toEqual(said);
    expect(mended(lintKey, text)).toBe(becomes);
  });

  it('gives each remark its section and what it speaks of', () => {
    expect(lintKey(`h=sha1; zz=1; p=${K}`)).toMatchObject([
      { code: 'key-sha1-only', params: {}, section: 'RFC 8301 §3.1' },
      { code: 'key-unknown-tag', params: { tag: 'zz' }, section: 'RFC 6376 §3.2' },
    ]);
    expect(lintKey('v=DMARC1; p=none')).toMatchObject([{ params: { version: 'DMARC1' } }]);
  });

  it('says no more than one can read', () => {
    expect(lintKey(`p=${K};${' z=1;'.repeat(500)}`)).toHaveLength(60);
  });
});

describe('the facts of a key', () => {
  it.each(
    rows<Row & { text: string; facts: object | null }>([
      {
        why: 'a plain one',
        text: GOOD,
        facts: {
          keyType: 'rsa',
          bits: 2048,
          isRevoked: false,
          isTesting: false,
          isExact: false,
          hashes: null,
          services: null,
          note: null,
        },
      },
      {
        why: 'with everything',
        text: `v=DKIM1; h=SHA256:sha1; s=email; t=s:y; n=a note; p=${rsaKey(1024)}`,
        facts: {
          bits: 1024,
          isTesting: true,
          isExact: true,
          hashes: ['sha256', 'sha1'],
          services: ['email'],
          note: 'a note',
        },
      },
      { why: 'withdrawn', text: 'v=DKIM1; p=', facts: { isRevoked: true, bits: null } },
      { why: 'Ed25519', text: 'k=ed25519; p=QUJD', facts: { keyType: 'ed25519', bits: null } },
      { why: 'another type', text: 'k=dsa; p=QUJD', facts: { keyType: 'other', bits: null } },
      { why: 'no RSA key', text: 'p=QUJD', facts: { keyType: 'rsa', bits: null, isRevoked: false } },
      { why: 'broken', text: 'p=!', facts: { bits: null } },
      { why: 'no p=', text: 'v=DKIM1', facts: null },
      { why: 'no tag list', text: 'hello', facts: null },
    ]),
  )('%s', (_, { text, facts }) => {
    if (facts === null) expect(keyFacts(text)).toBeNull();
    else expect(keyFacts(text)).toMatchObject(facts);
  });
});
