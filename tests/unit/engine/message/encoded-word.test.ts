import { describe, expect, it } from 'vitest';
import { decodeEncodedWords } from '../../../../lib/engine/message/encoded-word.ts';
import { ports, type Row, rows } from '../kit.ts';

describe('encoded words (RFC 2047)', () => {
  it.each(
    rows<Row & { text: string; decoded: string }>([
      {
        why: '§8: Q',
        text: '=?US-ASCII?Q?Keith_Moore?= <moore@cs.example>',
        decoded: 'Keith Moore <moore@cs.example>',
      },
      { why: '§8: Latin-1', text: '=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=', decoded: 'Keld Jørn Simonsen' },
      { why: '§8: a plain word beside', text: '=?ISO-8859-1?Q?Andr=E9?= Pirard', decoded: 'André Pirard' },
      {
        why: '§8: B, and the space between two words vanishes',
        text: '=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n    =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=',
        decoded: 'If you can read this you understand the example.',
      },
      { why: '§8: one word', text: '=?ISO-8859-1?Q?a?=', decoded: 'a' },
      { why: '§8: a word and text', text: '=?ISO-8859-1?Q?a?= b', decoded: 'a b' },
      { why: '§8: two words', text: '=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=', decoded: 'ab' },
      { why: '§8: an encoded space stays', text: '=?ISO-8859-1?Q?a_b?=', decoded: 'a b' },
      { why: 'Japanese', text: '=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=', decoded: 'テスト' },
      { why: 'a language (RFC 2231 §5)', text: '=?US-ASCII*EN?Q?Keith?=', decoded: 'Keith' },
      { why: 'an unknown charset stays as it is', text: '=?x-none?Q?a?=', decoded: '=?x-none?Q?a?=' },
      { why: 'base64 that is none stays as it is', text: '=?utf-8?B?a?=', decoded: '=?utf-8?B?a?=' },
      { why: 'an unknown encoding stays as it is', text: '=?utf-8?X?a?=', decoded: '=?utf-8?X?a?=' },
      { why: 'no word', text: 'a =? b ?= c', decoded: 'a =? b ?= c' },
    ]),
  )('%s', (_, { text, decoded }) => {
    expect(decodeEncodedWords(text, ports.decodeCharset)).toBe(decoded);
  });
});
