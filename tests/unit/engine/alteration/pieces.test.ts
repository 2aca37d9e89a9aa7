/** The pieces of the search, each by itself. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MAX_PREVIEW } from '../../../../lib/engine/alteration/alteration.ts';
import { encodings } from '../../../../lib/engine/alteration/encodings.ts';
import { preview } from '../../../../lib/engine/alteration/field-text.ts';
import { partsOf } from '../../../../lib/engine/alteration/mime-parts.ts';
import { sha256 } from '../../../../lib/engine/alteration/sha256.ts';
import { openSignature } from '../../../../lib/engine/alteration/signed-digest.ts';
import { shorterSubjects } from '../../../../lib/engine/alteration/subject.ts';
import { encodeBase64, encodeQuotedPrintable } from '../../../../lib/engine/alteration/transfer.ts';
import { signersCopies } from '../../../../lib/engine/alteration/witness.ts';
import { parseKeyRecord } from '../../../../lib/engine/dkim/record.ts';
import { decodeEncodedWords } from '../../../../lib/engine/message/encoded-word.ts';
import { decodeUtf8 } from '../../../../lib/engine/octets.ts';
import { keyRecord } from '../../../scripts/sign.ts';
import { keys, octets, ports, rows } from '../kit.ts';

describe('opening a signature', () => {
  const data = octets('what was signed');
  const made = (key: typeof keys.rsaA, hash = 'sha256') => new Uint8Array(sign(hash, data, key));
  const published = (key: typeof keys.rsaA) => {
    const parsed = parseKeyRecord(keyRecord(key));
    return parsed.kind === 'key' ? parsed.record : { key: new Uint8Array() };
  };
  const small = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 }).privateKey;

  it.each([
    ['a key of 2048 bits', keys.rsaA],
    ['a key of 1024 bits', keys.rsa1024],
    ['an exponent of 3', small],
  ])('finds the digest that was signed: %s', (_, key) => {
    expect(openSignature(made(key), published(key))).toEqual({ kind: 'digest', digest: sha256(data) });
  });

  it.each(
    rows([
      { why: 'another key made it', signature: made(keys.rsaA), key: keys.rsaB, kind: 'other-key' },
      {
        why: 'it is longer than the modulus',
        signature: made(keys.rsaA),
        key: keys.rsa1024,
        kind: 'other-key',
      },
      { why: 'it is empty', signature: new Uint8Array(), key: keys.rsaA, kind: 'other-key' },
      {
        why: 'it holds a digest of another kind',
        signature: made(keys.rsaA, 'sha1'),
        key: keys.rsaA,
        kind: 'unreadable',
      },
      { why: 'the key is no RSA key', signature: made(keys.rsaA), key: keys.ed25519, kind: 'unreadable' },
    ]),
  )('%s', (_, { signature, key, kind }) => {
    expect(openSignature(signature, published(key)).kind).toBe(kind);
  });

  it('refuses an exponent that would take long', () => {
    const { key } = published(keys.rsaA);
    // The exponent is the last element: 02 03 01 00 01. As nine octets it takes six more everywhere.
    const exponent = [0x02, 0x09, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const modulus = [...key.subarray(key.length - 5 - 257 - 4, key.length - 5)];
    const der = (tag: number, content: readonly number[]): number[] => [
      tag,
      0x82,
      content.length >> 8,
      content.length & 255,
      ...content,
    ];
    const long = new Uint8Array(der(0x30, [...modulus, ...exponent]));
    expect(openSignature(made(keys.rsaA), { key: long }).kind).toBe('unreadable');
  });
});

describe('encodings of a text', () => {
  it.each([
    'Käse am Stück',
    'plain',
    '日本語の件名がとても長いので二つの語に分かれます',
    'Zahl = 5 €?',
    'tab\tand_underscore é',
  ])('all read as it: %s', (text) => {
    for (const written of encodings(text)) {
      expect(decodeEncodedWords(decodeUtf8(written), ports.decodeCharset).replaceAll('\r\n', '')).toBe(text);
      for (const word of written.match(/=\?\S+\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
    }
  });

  it('are the usual ones', () => {
    expect(encodings('Käse zum Brot')).toEqual(
      expect.arrayContaining([
        'K\xc3\xa4se zum Brot',
        '=?UTF-8?B?S8Okc2UgenVtIEJyb3Q=?=',
        '=?utf-8?Q?K=C3=A4se_zum_Brot?=',
        '=?utf-8?Q?K=C3=A4se?= zum Brot',
        '=?iso-8859-1?Q?K=E4se_zum_Brot?=',
      ]),
    );
  });
});

describe('transfer encodings', () => {
  it.each(['', 'a', 'ab', 'abc', '\x00\xff\x80', 'longer than that'])(
    'base64 is that of the platform: %j',
    (text) => {
      expect(encodeBase64(text)).toBe(Buffer.from(text, 'latin1').toString('base64'));
    },
  );

  it.each(
    rows([
      { why: 'spaces at the end are encoded', text: 'a \r\nb\t', encoded: 'a=20\r\nb=09' },
      { why: 'the equals sign is encoded', text: 'a=b', encoded: 'a=3Db' },
      { why: '76 characters need no break', text: 'x'.repeat(76), encoded: 'x'.repeat(76) },
      { why: '77 characters are broken at 75', text: 'x'.repeat(77), encoded: `${'x'.repeat(75)}=\r\nxx` },
      { why: 'a code is not broken', text: `${'x'.repeat(74)}\xe4x`, encoded: `${'x'.repeat(74)}=\r\n=E4x` },
    ]),
  )('quoted-printable: %s', (_, { text, encoded }) => {
    expect(encodeQuotedPrintable(text)).toBe(encoded);
  });
});

describe('shorter subjects', () => {
  it.each([
    ['[list] Hello', 'Hello'],
    ['Re: [list] Hello', 'Re: Hello'],
    ['Re: [list] Hello', 'RE: Hello'],
    ['Re: [list] Hello', '[list] Re: Hello'],
    ['[list] Re: Hello', 'Re: [list] Hello'],
    ['[EXT] [list] Hello', 'Hello'],
    ['***SPAM*** Hello', 'Hello'],
    ['_SPAM_ Hello', 'Hello'],
    ['SPAM - Hello', 'Hello'],
    ['Possible spam: Hello', 'Hello'],
    ['Hello (external)', 'Hello'],
    ['Hello - [EXT]', 'Hello'],
    ['Hello', 'Re: Hello'],
  ])('%s may have been %s', (subject, before) => {
    expect(shorterSubjects(subject)).toContain(before);
  });
});

describe('copies that the signer made', () => {
  it('are read from z=', () => {
    const field = 'DKIM-Signature: v=1; z=From:anna@bank.example|\r\n Subject:=20Hello=3B=20you=7C|no colon';
    expect(signersCopies(field)).toEqual([
      { key: 'from', value: 'anna@bank.example' },
      { key: 'subject', value: ' Hello; you|' },
    ]);
  });
});

describe('parts', () => {
  it('end before the line end that belongs to the delimiter', () => {
    const body =
      'pre\r\n--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b \r\n\r\ntwo\r\n--b--\r\nrest\r\n--b\r\n\r\nno part\r\n';
    const found = partsOf(body, 'multipart/mixed; boundary=b').map(({ start, end }) =>
      body.slice(start, end),
    );
    expect(found).toEqual(['one\r\n', 'two\r\n']);
  });

  it('lie within parts', () => {
    const inner = '--i\r\n\r\none\r\n--i--\r\n';
    const body = `--b\r\nContent-Type: multipart/related;\r\n boundary="i"\r\n\r\n${inner}--b--\r\n`;
    const found = partsOf(body, 'multipart/mixed; boundary="b"').map(({ start, end, isLeaf }) => [
      body.slice(start, end),
      isLeaf,
    ]);
    expect(found).toEqual([
      [inner, false],
      ['one\r\n', true],
    ]);
  });

  it.each(['text/plain; boundary=b', 'multipart/mixed', ''])('are none for %j', (type) => {
    expect(partsOf('--b\r\n\r\none\r\n--b--\r\n', type)).toEqual([]);
  });
});

describe('a preview', () => {
  it('is as long as it may be, and no character is cut', () => {
    expect(preview('a'.repeat(MAX_PREVIEW))).toBe('a'.repeat(MAX_PREVIEW));
    expect([...preview('😀'.repeat(MAX_PREVIEW))]).toHaveLength(MAX_PREVIEW);
    expect(preview('😀'.repeat(MAX_PREVIEW))).toMatch(/^(?:😀)+…$/u);
  });
});
