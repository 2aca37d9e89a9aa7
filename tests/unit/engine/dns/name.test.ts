/** Which names a question can hold, octet by octet. */
import { describe, expect, it } from 'vitest';
import { isAskable } from '../../../../lib/engine/dns/name.ts';
import { type Row, rows } from '../kit.ts';

describe('a name can be asked for', () => {
  it.each(
    rows<Row & { name: string; askable: boolean }>([
      { why: 'with every octet', name: 'a b\xff\x00".example', askable: true },
      { why: 'not with a character that is no octet', name: 'b\u0101nk.example', askable: false },
      { why: 'not with one beyond the first plane', name: '\u{1f4e7}.example', askable: false },
      { why: 'not with half of one', name: '\ud83d.example', askable: false },
      { why: 'not where a backslash escapes what follows', name: 'a\\.b.example', askable: false },
    ]),
  )('%s', (_, { name, askable }) => {
    expect(isAskable(name)).toBe(askable);
  });
});
