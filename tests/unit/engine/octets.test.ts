import { describe, expect, it } from 'vitest';
import { concat, decodeBase64, decodeUtf8, equalOctets, trimWsp } from '../../../lib/engine/octets.ts';
import { type Row, rows } from './kit.ts';

describe('base64 (RFC 4648 §10)', () => {
  it.each([
    ['', ''],
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9v', 'foo'],
    ['Zm9vYg==', 'foob'],
    ['Zm9vYmE=', 'fooba'],
    ['Zm9vYmFy', 'foobar'],
  ])('%s', (text, plain) => {
    expect(Buffer.from(decodeBase64(text) ?? []).toString()).toBe(plain);
  });

  it.each(
    rows<Row & { text: string; octets: readonly number[] | null }>([
      { why: 'white space anywhere', text: ' Z m\r\n\t8 = ', octets: [0x66, 0x6f] },
      { why: 'no padding', text: 'Zm8', octets: [0x66, 0x6f] },
      { why: 'the letters of the web (§5) are others', text: '-_', octets: null },
      { why: 'one letter alone', text: 'Z', octets: null },
      { why: 'padding inside', text: 'Zg==Zg==', octets: null },
      { why: 'three signs of padding', text: 'Z===', octets: null },
      { why: 'other white space', text: 'Zm\u00a0v', octets: null },
    ]),
  )('%s', (_, { text, octets }) => {
    const decoded = decodeBase64(text);
    expect(decoded === null ? null : [...decoded]).toEqual(octets);
  });
});

describe('UTF-8 (RFC 3629)', () => {
  it.each(
    rows<Row & { binary: string; text: string }>([
      { why: 'ASCII', binary: 'abc', text: 'abc' },
      { why: 'two octets', binary: '\xc3\xa0', text: 'à' },
      { why: 'three octets', binary: '\xe6\x98\x9f', text: '星' },
      { why: 'four octets', binary: '\xf0\x9f\x93\xa7', text: '📧' },
      { why: 'an overlong slash stays', binary: '\xc0\xaf', text: '\xc0\xaf' },
      { why: 'an overlong form of three stays', binary: '\xe0\x80\xaf', text: '\xe0\x80\xaf' },
      { why: 'a surrogate stays', binary: '\xed\xa0\x80', text: '\xed\xa0\x80' },
      { why: 'beyond Unicode stays', binary: '\xf4\x90\x80\x80', text: '\xf4\x90\x80\x80' },
      { why: 'cut short stays', binary: 'a\xc3', text: 'a\xc3' },
      { why: 'Latin-1 stays', binary: 'gr\xfc\xdfe', text: 'gr\xfc\xdfe' },
    ]),
  )('%s', (_, { binary, text }) => {
    expect(decodeUtf8(binary)).toBe(text);
  });
});

it('trims the white space of mail only', () => {
  expect(trimWsp(' \t\r\n\xa0a\u3000 \r\n')).toBe('\xa0a\u3000');
});

it('joins and compares octets', () => {
  expect(concat([Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)])).toEqual(Uint8Array.of(1, 2, 3));
  expect(equalOctets(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalOctets(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalOctets(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
});
