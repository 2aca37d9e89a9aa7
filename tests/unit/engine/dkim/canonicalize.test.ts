import { describe, expect, it } from 'vitest';
import {
  canonicalBody,
  canonicalField,
  canonicalSignatureField,
  selectSigned,
} from '../../../../lib/engine/dkim/canonicalize.ts';
import { fromBinaryString, toBinaryString } from '../../../../lib/engine/octets.ts';
import { type Row, rows } from '../kit.ts';

function body(text: string, form: 'simple' | 'relaxed'): string {
  return toBinaryString(canonicalBody(fromBinaryString(text), form));
}

describe('the example of RFC 6376 §3.4.5', () => {
  it('relaxed header', () => {
    expect(canonicalField('A: X', 'relaxed')).toBe('a:X\r\n');
    expect(canonicalField('B : Y\t\r\n\tZ  ', 'relaxed')).toBe('b:Y Z\r\n');
  });

  it('simple header', () => {
    expect(canonicalField('A: X', 'simple')).toBe('A: X\r\n');
    expect(canonicalField('B : Y\t\r\n\tZ  ', 'simple')).toBe('B : Y\t\r\n\tZ  \r\n');
  });

  it('relaxed body', () => {
    expect(body(' C \r\nD \t E\r\n\r\n\r\n', 'relaxed')).toBe(' C\r\nD E\r\n');
  });

  it('simple body', () => {
    expect(body(' C \r\nD \t E\r\n\r\n\r\n', 'simple')).toBe(' C \r\nD \t E\r\n');
  });
});

describe('the body', () => {
  it.each(
    rows<Row & { text: string; simple: string; relaxed: string }>([
      { why: 'empty: one CRLF, or nothing (§3.4.3, §3.4.4)', text: '', simple: '\r\n', relaxed: '' },
      { why: 'one empty line is empty', text: '\r\n', simple: '\r\n', relaxed: '' },
      { why: 'empty lines are empty', text: '\r\n\r\n\r\n', simple: '\r\n', relaxed: '' },
      {
        why: 'a line of white space is empty when relaxed only',
        text: ' \t\r\n',
        simple: ' \t\r\n',
        relaxed: '',
      },
      { why: 'white space without a line end', text: ' \t', simple: ' \t\r\n', relaxed: '' },
      { why: 'a last line without its end gets one', text: 'a', simple: 'a\r\n', relaxed: 'a\r\n' },
      { why: 'as it stands', text: 'a b\r\nc\r\n', simple: 'a b\r\nc\r\n', relaxed: 'a b\r\nc\r\n' },
      {
        why: 'empty lines inside stay',
        text: 'a\r\n\r\nb\r\n',
        simple: 'a\r\n\r\nb\r\n',
        relaxed: 'a\r\n\r\nb\r\n',
      },
      {
        why: 'empty lines at the start stay',
        text: '\r\n\r\na\r\n',
        simple: '\r\n\r\na\r\n',
        relaxed: '\r\n\r\na\r\n',
      },
      {
        why: 'white space at a line end goes when relaxed',
        text: 'a \t\r\nb\r\n',
        simple: 'a \t\r\nb\r\n',
        relaxed: 'a\r\nb\r\n',
      },
      { why: 'a tab becomes a space when relaxed', text: 'a\tb\r\n', simple: 'a\tb\r\n', relaxed: 'a b\r\n' },
      {
        why: 'lines of white space at the end go when relaxed',
        text: 'a\r\n \r\n\t\r\n',
        simple: 'a\r\n \r\n\t\r\n',
        relaxed: 'a\r\n',
      },
      {
        why: 'octet 0xA0 at a line end is no white space',
        text: 'a\xa0\r\n',
        simple: 'a\xa0\r\n',
        relaxed: 'a\xa0\r\n',
      },
      { why: 'a bare LF ends no line', text: 'a \nb\r\n', simple: 'a \nb\r\n', relaxed: 'a \nb\r\n' },
      { why: 'a bare CR ends no line', text: 'a \rb\r\n', simple: 'a \rb\r\n', relaxed: 'a \rb\r\n' },
      { why: 'a CR at the very end', text: 'a\r', simple: 'a\r\r\n', relaxed: 'a\r\r\n' },
      { why: 'a LF at the very end', text: 'a\n', simple: 'a\n\r\n', relaxed: 'a\n\r\n' },
    ]),
  )('%s', (_, { text, simple, relaxed }) => {
    expect(body(text, 'simple')).toBe(simple);
    expect(body(text, 'relaxed')).toBe(relaxed);
  });

  it.each(['simple', 'relaxed'] as const)('that is canonical as it stands is not copied (%s)', (form) => {
    const octets = fromBinaryString('a b\r\n\r\nc\r\n\r\n\r\n');
    const canonical = canonicalBody(octets, form);
    expect(canonical.buffer).toBe(octets.buffer);
    expect(canonical.length).toBe(octets.length - 4);
  });

  it('never changes the octets that were given', () => {
    const octets = fromBinaryString('a \t b \r\n');
    canonicalBody(octets, 'relaxed');
    expect(toBinaryString(octets)).toBe('a \t b \r\n');
  });
});

describe('header fields', () => {
  it.each(
    rows<Row & { raw: string; relaxed: string }>([
      { why: 'an empty value', raw: 'X:', relaxed: 'x:\r\n' },
      { why: 'a value of white space', raw: 'X: \t', relaxed: 'x:\r\n' },
      { why: 'a fold alone', raw: 'X:\r\n a', relaxed: 'x:a\r\n' },
      { why: 'a value with colons', raw: 'X: a:b : c', relaxed: 'x:a:b : c\r\n' },
      { why: 'octet 0xA0 is kept', raw: 'X: \xa0a\xa0', relaxed: 'x:\xa0a\xa0\r\n' },
    ]),
  )('relaxed: %s', (_, { raw, relaxed }) => {
    expect(canonicalField(raw, 'relaxed')).toBe(relaxed);
  });

  it.each(
    rows<Row & { raw: string; simple: string }>([
      {
        why: 'the value of b= goes, with the white space round it',
        raw: 'D: v=1; b= ab\r\n c= ',
        simple: 'D: v=1; b=',
      },
      { why: 'what follows it stays', raw: 'D: b=ab ; v=1', simple: 'D: b=; v=1' },
      { why: 'bh= is another tag', raw: 'D: bh=ab; b=cd', simple: 'D: bh=ab; b=' },
      {
        why: 'the name may have white space round it',
        raw: 'D: v=1;\r\n\tb\t=ab',
        simple: 'D: v=1;\r\n\tb\t=',
      },
      { why: 'a value that ends in b= is not it', raw: 'D: n=b=x; b=cd', simple: 'D: n=b=x; b=' },
    ]),
  )('the signature itself, without its last CRLF (§3.7): %s', (_, { raw, simple }) => {
    expect(canonicalSignatureField(raw, 'simple')).toBe(simple);
  });
});

describe('h= takes fields from the bottom up (§5.4.2)', () => {
  const keys = ['received', 'from', 'subject', 'received', 'from'];
  it.each(
    rows<Row & { names: readonly string[]; taken: readonly number[] }>([
      { why: 'in the order of h=', names: ['subject', 'from'], taken: [2, 4] },
      { why: 'a second mention takes the next one above', names: ['from', 'from'], taken: [4, 1] },
      {
        why: 'over-signing: a name without an instance left stands for nothing',
        names: ['from', 'from', 'from', 'subject'],
        taken: [4, 1, 2],
      },
      { why: 'an absent field stands for nothing', names: ['cc', 'from'], taken: [4] },
      { why: 'names that every object has are no fields', names: ['constructor', '__proto__'], taken: [] },
    ]),
  )('%s', (_, { names, taken }) => {
    expect(selectSigned(keys, names)).toEqual(taken);
  });
});
