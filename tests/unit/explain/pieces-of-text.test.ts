/** Structured text in pieces: quotes and comments hold whatever they like, and positions are those of the text. */
import { describe, expect, it } from 'vitest';
import { pieces, type Span, tagsOf, tokens } from '../../../lib/explain/pieces-of-text.ts';

const words = (text: string, spans: readonly Span[]): readonly string[] =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('pieces', () => {
  it.each([
    { text: 'a; b ;c', want: ['a', 'b', 'c'], why: 'are cut and trimmed' },
    { text: '  a \t;\r\n b  ', want: ['a', 'b'], why: 'of any white space' },
    { text: 'a b', want: ['a b'], why: 'are one where nothing cuts' },
    { text: ';; a ;; ;', want: ['a'], why: 'are never empty' },
    { text: '', want: [], why: 'are none of nothing' },
    { text: ';', want: [], why: 'nor of a separator' },
    { text: 'a="x;y"; b', want: ['a="x;y"', 'b'], why: 'are not cut in quotes' },
    { text: '(a;b) c; d', want: ['(a;b) c', 'd'], why: 'nor in comments' },
    { text: '(a(;)b;) c; d', want: ['(a(;)b;) c', 'd'], why: 'nor in comments in comments' },
    { text: '"\\";" a; b', want: ['"\\";" a', 'b'], why: 'an escaped quote ends no quotes' },
    { text: '(\\);) a; b', want: ['(\\);) a', 'b'], why: 'an escaped bracket no comment' },
    { text: '("); a;") b; c', want: ['(")', 'a', '") b; c'], why: 'a quote in a comment is none' },
    { text: '"("; a', want: ['"("', 'a'], why: 'a bracket in quotes is none' },
    { text: '\\"; a', want: ['\\"; a'], why: 'outside of both nothing is escaped' },
    { text: ') a; b', want: [') a', 'b'], why: 'a bracket that closes nothing is a letter' },
    { text: 'a; "b; c', want: ['a', '"b; c'], why: 'open quotes hold the rest' },
    { text: 'a; (b; c', want: ['a', '(b; c'], why: 'and so does an open comment' },
    { text: 'a; "b\\', want: ['a', '"b\\'], why: 'even with an escape at the very end' },
    { text: 'ü; 日本; 😀', want: ['ü', '日本', '😀'], why: 'may be in any script' },
  ])('$why: $text', ({ text, want }) => {
    expect(words(text, pieces(text, ';'))).toEqual(want);
  });

  it('are cut at the separator that is given', () => {
    expect(words('a,b;c', pieces('a,b;c', ','))).toEqual(['a', 'b;c']);
  });

  it('are told by their positions', () => {
    expect(pieces(' a ;bc', ';')).toEqual([
      { start: 1, end: 2 },
      { start: 4, end: 6 },
    ]);
  });
});

describe('words', () => {
  it.each([
    { text: 'from a.example by mx', want: ['from', 'a.example', 'by', 'mx'], why: 'stand between spaces' },
    { text: ' a\t\tb ', want: ['a', 'b'], why: 'and between tabs' },
    { text: '', want: [], why: 'there are none in nothing' },
    { text: '(a b)', want: [], why: 'nor in a comment' },
    { text: 'from a (b [192.0.2.1]) by c', want: ['from', 'a', 'by', 'c'], why: 'a comment is none' },
    { text: 'a(b)c', want: ['a', 'c'], why: 'a comment ends a word' },
    { text: 'a(b (c) d)e f', want: ['a', 'e', 'f'], why: 'and so do comments in comments' },
    { text: 'a)b', want: ['a', 'b'], why: 'a bracket that closes nothing ends it too' },
    { text: 'a="b c" d', want: ['a="b c"', 'd'], why: 'quotes are part of their word' },
    { text: 'a="b (c" d)', want: ['a="b (c"', 'd'], why: 'whatever stands in them' },
    { text: '"b c"@d e', want: ['"b c"@d', 'e'], why: 'also at its beginning' },
    { text: 'x="a"b"c d"e f', want: ['x="a"b"c d"e', 'f'], why: 'and several times' },
    { text: 'x "y" z', want: ['x', '"y"', 'z'], why: 'or a word by themselves' },
    { text: 'a="q"(c) d', want: ['a="q"', 'd'], why: 'and end where a comment begins' },
    { text: 'x="a\\" b" c', want: ['x="a\\" b"', 'c'], why: 'an escaped quote ends none' },
    { text: 'x a="b c', want: ['x', 'a="b c'], why: 'open quotes reach to the end' },
    { text: 'x a="b c"', want: ['x', 'a="b c"'], why: 'as closed ones may' },
    { text: 'x (a b', want: ['x'], why: 'an open comment swallows the rest' },
    { text: '日本 語', want: ['日本', '語'], why: 'may be in any script' },
  ])('$why: $text', ({ text, want }) => {
    expect(words(text, tokens(text))).toEqual(want);
  });

  it.each([
    { from: 2, to: 6, want: ['bb', 'c'] },
    { from: 3, to: 8, want: ['b', 'cc'] },
    { from: 0, to: 0, want: [] },
    { from: 8, to: 8, want: [] },
  ])('may be those between $from and $to', ({ from, to, want }) => {
    const text = 'a bb cc d';
    expect(words(text, tokens(text, from, to))).toEqual(want);
  });

  it('end where the range ends, though a quote may not', () => {
    const text = 'a x="b c" d';
    expect(words(text, tokens(text, 2, 7))).toEqual(['x="b ']);
  });
});

describe('tags', () => {
  it.each([
    {
      text: 'v=1; a=b',
      want: [
        ['v', 'v=1'],
        ['a', 'a=b'],
      ],
      why: 'from name to value',
    },
    {
      text: ' v = 1 ;A =b;',
      want: [
        ['v', 'v = 1'],
        ['a', 'A =b'],
      ],
      why: 'with white space, by their small name',
    },
    {
      text: 'bh=AA=; b=B B==',
      want: [
        ['bh', 'bh=AA='],
        ['b', 'b=B B=='],
      ],
      why: 'whose value holds what it likes',
    },
    { text: 'p=', want: [['p', 'p=']], why: 'without a value' },
    {
      text: 'p=; t=y',
      want: [
        ['p', 'p='],
        ['t', 't=y'],
      ],
      why: 'the next one apart',
    },
    {
      text: 't=y; t=s',
      want: [
        ['t', 't=y'],
        ['t', 't=s'],
      ],
      why: 'each time that they stand there',
    },
    { text: 'v=1; ; word;=x', want: [['v', 'v=1']], why: 'but nothing without a name' },
    {
      text: 'a="x;b=y"',
      want: [
        ['a', 'a="x'],
        ['b', 'b=y"'],
      ],
      why: 'which know no quotes',
    },
    { text: '', want: [], why: 'and none in nothing' },
  ])('are read $why: $text', ({ text, want }) => {
    expect(tagsOf(text).map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual(want);
  });
});
