/** Inputs for properties: any octets, and strings folded into the alphabet that a parser cares about. */
import fc from 'fast-check';
import { splitMessage } from '../../lib/engine/message/split.ts';
import { fromBinaryString } from '../../lib/engine/octets.ts';

/** Any octets as a binary string. */
export const binary = fc
  .uint8Array({ maxLength: 200 })
  .map((octets) => Buffer.from(octets).toString('latin1'));

/** Strings of a parser's own words, so that deep branches are reached. */
export function madeOf(words: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(''));
}

/** Any octets, any text, or the parser's own words. */
export function textFor(words: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    binary,
    fc.string({ unit: 'binary', maxLength: 100 }),
    madeOf(words),
    madeOf([...words, '\0', 'é', '\x80']),
  );
}

export const ADDRESS_WORDS = [
  'a',
  'b',
  '@',
  '.',
  ',',
  ';',
  ':',
  '<',
  '>',
  '(',
  ')',
  '"',
  '\\',
  '[',
  ']',
  ' ',
  '\t',
  '\r\n',
  'x.example',
  '=?utf-8?q?a?=',
];
export const RESULT_WORDS = [
  'a.example',
  ';',
  '=',
  '.',
  '/',
  ' ',
  '(',
  ')',
  '"',
  '\\',
  'spf',
  'dkim',
  'dmarc',
  'pass',
  'fail',
  'none',
  'header.from',
  'smtp.mailfrom',
  'reason',
  '@',
  '1',
  '\r\n ',
];
export const RECEIVED_WORDS = [
  'from',
  'by',
  'with',
  'via',
  'id',
  'for',
  ' ',
  ';',
  '(',
  ')',
  '[',
  ']',
  '"',
  '\\',
  '192.0.2.1',
  '2001:db8::1',
  'IPv6:',
  'a.example',
  'Fri, 20 Nov 2026 08:04:14 +0100',
];
export const DATE_WORDS = [
  'Fri',
  ',',
  ' ',
  '20',
  '3',
  'Nov',
  'Foo',
  '2026',
  '97',
  '103',
  ':',
  '08',
  '+0100',
  '-0800',
  'GMT',
  'Z',
  '(',
  ')',
  '\\',
  '.5',
];
export const TAG_WORDS = [
  'v',
  '=',
  ';',
  ' ',
  '\t',
  '\r\n',
  '1',
  'a',
  'b',
  'bh',
  'd',
  'h',
  's',
  'i',
  'l',
  't',
  'x',
  'q',
  'c',
  'p',
  'k',
  'DKIM1',
  'rsa-sha256',
  'from',
  ':',
  '@',
  'a.example',
  'relaxed/simple',
  'dns/txt',
  'QUJD',
  '\xa0',
];
export const DMARC_WORDS = [
  'v=DMARC1',
  ';',
  '=',
  ' ',
  'p',
  'sp',
  'np',
  'psd',
  't',
  'adkim',
  'aspf',
  'rua',
  'none',
  'reject',
  'y',
  's',
  'mailto:a@b.example',
  ',',
  '@',
];
export const ENCODED_WORDS = [
  '=?',
  '?=',
  '?',
  'utf-8',
  'iso-2022-jp',
  'q',
  'b',
  'Q',
  'B',
  '=41',
  '=',
  '_',
  'QUJD',
  ' ',
  '\r\n',
  '*en',
  'x',
];
export const MESSAGE_WORDS = [
  'From',
  'A',
  ':',
  ' ',
  '\t',
  '\r\n',
  '\n',
  '\r',
  'a@b.example',
  '<html>',
  '\r\n\r\n',
  '\0',
  '\xff',
];
export const BODY_WORDS = ['a', 'b', ' ', '\t', '\r\n', '\r', '\n', '\xa0', '\r\n\r\n'];

/** A header field with its line ends: folded or not, never empty. */
const field = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,11}$/),
    fc.array(fc.stringMatching(/^[ -~\x80-\xff]{0,30}$/), { minLength: 1, maxLength: 3 }),
  )
  .map(
    ([name, lines]) => `${name}:${lines.map((line, at) => (at === 0 ? line : `\r\n ${line}`)).join('')}\r\n`,
  );

/** A message with CRLF line ends as a binary string, header and body apart. */
export const crlfMessage = fc.record({
  head: fc.array(field, { minLength: 1, maxLength: 6 }).map((fields) => fields.join('')),
  body: fc
    .array(fc.constantFrom('a', ' ', '\r\n', 'b: c', '\xff', '\t'), { maxLength: 30 })
    .map((parts) => parts.join('')),
});

export function split(text: string): ReturnType<typeof splitMessage> {
  return splitMessage(fromBinaryString(text));
}
