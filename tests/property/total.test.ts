import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAuthResults } from '../../lib/engine/authres/parse.ts';
import {
  canonicalBody,
  canonicalField,
  canonicalSignatureField,
} from '../../lib/engine/dkim/canonicalize.ts';
import { parseKeyRecord } from '../../lib/engine/dkim/record.ts';
import { readRsaKey } from '../../lib/engine/dkim/rsa-key.ts';
import { parseSignature } from '../../lib/engine/dkim/signature.ts';
import { parseTagList } from '../../lib/engine/dkim/tag-list.ts';
import { walkNames } from '../../lib/engine/dmarc/lookup.ts';
import { parseDmarcRecord } from '../../lib/engine/dmarc/record.ts';
import { MAX_MAILBOXES, MAX_RESULTS, MAX_WALK_QUERIES } from '../../lib/engine/limits.ts';
import { parseAddressList } from '../../lib/engine/message/address.ts';
import { parseDate } from '../../lib/engine/message/date.ts';
import { decodeEncodedWords } from '../../lib/engine/message/encoded-word.ts';
import { parseReceived } from '../../lib/engine/message/received.ts';
import { decodeBase64, decodeUtf8, fromBinaryString } from '../../lib/engine/octets.ts';
import { toAscii } from '../../lib/platform/idna.ts';
import { ports } from '../unit/engine/kit.ts';
import {
  ADDRESS_WORDS,
  BODY_WORDS,
  DATE_WORDS,
  DMARC_WORDS,
  ENCODED_WORDS,
  MESSAGE_WORDS,
  RECEIVED_WORDS,
  RESULT_WORDS,
  split,
  TAG_WORDS,
  textFor,
} from './arbitraries.ts';

/** Everything that reads what a stranger wrote. */
const PARSERS: readonly [string, (text: string) => unknown, readonly string[]][] = [
  ['an address list', parseAddressList, ADDRESS_WORDS],
  ['Authentication-Results', parseAuthResults, RESULT_WORDS],
  ['Received', parseReceived, RECEIVED_WORDS],
  ['a date', parseDate, DATE_WORDS],
  ['a tag list', parseTagList, TAG_WORDS],
  ['a DKIM signature', (text) => parseSignature(`DKIM-Signature:${text}`, ports), TAG_WORDS],
  ['a key record', parseKeyRecord, TAG_WORDS],
  ['a DMARC record', parseDmarcRecord, DMARC_WORDS],
  ['encoded words', (text) => decodeEncodedWords(text, ports.decodeCharset), ENCODED_WORDS],
  ['a message', (text) => split(Buffer.from(text, 'utf8').toString('latin1')), MESSAGE_WORDS],
  [
    'an RSA key',
    (text) => readRsaKey(fromBinaryString(text)),
    ['\x30', '\x02', '\x03', '\x00', '\x01', '\x80', '\x81', '\x05', '\xff', 'a'],
  ],
  ['a relaxed body', (text) => canonicalBody(fromBinaryString(text), 'relaxed'), BODY_WORDS],
  ['a simple body', (text) => canonicalBody(fromBinaryString(text), 'simple'), BODY_WORDS],
  ['a relaxed field', (text) => canonicalField(text, 'relaxed'), MESSAGE_WORDS],
  ['a signature field', (text) => canonicalSignatureField(text, 'relaxed'), TAG_WORDS],
  ['base64', decodeBase64, ['QUJD', '=', ' ', '+', '/', '-', 'a']],
  ['UTF-8', decodeUtf8, ['\xc3', '\xa0', '\xe0', '\xf0', '\x9f', 'a', '\xed']],
  ['a domain', toAscii, ['a', '.', 'xn--', '-', 'ü', '/', '#', '@', '\u3002', '%41', '①']],
];

describe.each(PARSERS)('reading %s', (_, parse, words) => {
  it('never throws, whatever stands there', () => {
    fc.assert(
      fc.property(textFor(words), (text) => {
        parse(text);
      }),
      { numRuns: 500 },
    );
  });

  const SIZE = 100_000;
  const HOSTILE: readonly [string, string][] = [
    ...[
      '(',
      ')',
      '"',
      ' ',
      ';',
      '<',
      '>',
      ',',
      ':',
      '\\',
      '=',
      '@',
      '.',
      '[',
      '\t',
      '1',
      '\r\n',
      '\r\n ',
    ].map((one): [string, string] => [JSON.stringify(one), one.repeat(SIZE / one.length)]),
    ['words between spaces', 'a '.repeat(SIZE / 2)],
    ['every word of its own', words.join('').repeat(Math.ceil(SIZE / words.join('').length))],
    ['a word and then spaces', `${words.join('')}${' '.repeat(SIZE)}x`],
  ];
  it.each(HOSTILE)('finishes 100 kB of %s', (_name, text) => {
    expect(() => parse(text)).not.toThrow();
  });
});

it('reads no more than its limits allow', () => {
  fc.assert(
    fc.property(textFor(ADDRESS_WORDS), textFor(RESULT_WORDS), (addresses, results) => {
      expect(parseAddressList(addresses.repeat(20)).mailboxes.length).toBeLessThanOrEqual(MAX_MAILBOXES);
      expect(parseAuthResults(results.repeat(20)).results.length).toBeLessThanOrEqual(MAX_RESULTS);
    }),
  );
});

it('never walks more than eight names, each the end of the one before', () => {
  const domain = fc.array(fc.constantFrom('a', 'bb', 'example'), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(domain, (labels) => {
      const name = labels.join('.');
      const names = walkNames(name);
      expect(names.length).toBeLessThanOrEqual(MAX_WALK_QUERIES);
      expect(names[0]).toBe(name);
      expect(names.at(-1)).toBe(labels.at(-1));
      for (const [at, one] of names.entries())
        expect(at === 0 || names[at - 1]?.endsWith(`.${one}`)).toBe(true);
    }),
  );
});

it('reads a date as whole seconds or not at all', () => {
  fc.assert(
    fc.property(textFor(DATE_WORDS), (text) => {
      const date = parseDate(text);
      expect(date === null || Number.isInteger(date)).toBe(true);
    }),
  );
});
