import { describe, expect, it } from 'vitest';
import { parseTagList } from '../../../../lib/engine/dkim/tag-list.ts';
import { type Row, rows } from '../kit.ts';

describe('a tag list (RFC 6376 §3.2)', () => {
  it.each(
    rows<Row & { text: string; tags: readonly (readonly [string, string])[] }>([
      {
        why: 'tags in their order',
        text: 'v=1; a=rsa-sha256',
        tags: [
          ['v', '1'],
          ['a', 'rsa-sha256'],
        ],
      },
      { why: 'a semicolon may end it', text: 'v=1;', tags: [['v', '1']] },
      { why: 'white space round name and value goes', text: ' v \t=\r\n 1 ; ', tags: [['v', '1']] },
      { why: 'white space inside a value stays', text: 'n=a  b', tags: [['n', 'a  b']] },
      { why: 'a value may hold an equals sign', text: 'b=ab==', tags: [['b', 'ab==']] },
      { why: 'a value may be empty', text: 'p=', tags: [['p', '']] },
      {
        why: 'names keep their case',
        text: 'A=1; a=2',
        tags: [
          ['A', '1'],
          ['a', '2'],
        ],
      },
      { why: 'nothing is an empty list', text: '', tags: [] },
      { why: 'white space alone as well', text: ' \r\n\t', tags: [] },
      { why: 'octet 0xA0 is no white space', text: 'v=1\xa0', tags: [['v', '1\xa0']] },
    ]),
  )('%s', (_, { text, tags }) => {
    const list = parseTagList(text);
    expect(list.kind === 'tags' && [...list.tags]).toEqual(tags);
  });

  it.each(
    rows<Row & { text: string; error: string }>([
      { why: 'a tag twice makes it invalid', text: 'v=1; v=1', error: 'duplicate-tag' },
      { why: 'an empty tag', text: 'v=1;; a=2', error: 'syntax' },
      { why: 'a leading semicolon', text: ';v=1', error: 'syntax' },
      { why: 'no equals sign', text: 'v', error: 'syntax' },
      { why: 'no name', text: '=1', error: 'syntax' },
      { why: 'a name that begins with a digit', text: '1v=1', error: 'syntax' },
      { why: 'a name with a hyphen', text: 'a-b=1', error: 'syntax' },
      { why: 'a name with a space inside', text: 'a b=1', error: 'syntax' },
    ]),
  )('is an error: %s', (_, { text, error }) => {
    expect(parseTagList(text)).toEqual({ kind: 'error', error });
  });
});
