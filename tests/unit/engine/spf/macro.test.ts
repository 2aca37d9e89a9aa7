import { describe, expect, it } from 'vitest';
import {
  endsAsDomain,
  expand,
  type MacroValues,
  parseMacro,
  uses,
} from '../../../../lib/engine/spf/macro.ts';
import { type Row, rows } from '../kit.ts';

/** The sender of RFC 7208 §7.4. */
const VALUES: MacroValues = {
  s: 'strong-bad@email.example.com',
  l: 'strong-bad',
  o: 'email.example.com',
  d: 'email.example.com',
  i: '192.0.2.3',
  p: 'mx.example.org',
  v: 'in-addr',
  h: 'helo.example.org',
  c: '192.0.2.3',
  r: 'receiver.example',
  t: '1795158256',
};

function expanded(text: string, values: Partial<MacroValues> = {}): string {
  const parsed = parseMacro(text, 'explanation');
  return parsed.kind === 'macro'
    ? expand(parsed.macro, { ...VALUES, ...values })
    : `error at ${parsed.start}`;
}

describe('expansion (RFC 7208 §7.3, the examples of §7.4)', () => {
  it.each([
    ['%{s}', 'strong-bad@email.example.com'],
    ['%{o}', 'email.example.com'],
    ['%{d}', 'email.example.com'],
    ['%{d4}', 'email.example.com'],
    ['%{d3}', 'email.example.com'],
    ['%{d2}', 'example.com'],
    ['%{d1}', 'com'],
    ['%{dr}', 'com.example.email'],
    ['%{d2r}', 'example.email'],
    ['%{l}', 'strong-bad'],
    ['%{l-}', 'strong.bad'],
    ['%{lr}', 'strong-bad'],
    ['%{lr-}', 'bad.strong'],
    ['%{l1r-}', 'strong'],
    ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
    ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
    ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
    ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
  ])('%s is %s', (text, result) => {
    expect(expanded(text)).toBe(result);
  });

  it.each(
    rows<Row & { text: string; result: string; values?: Partial<MacroValues> }>([
      { why: 'the three short forms', text: '%%%_%-x', result: '% %20x' },
      {
        why: 'letters in capitals are escaped',
        text: '%{L}',
        values: { l: "~jack&jill=up'(a)_!*" },
        result: '~jack%26jill%3Dup%27%28a%29_%21%2A',
      },
      { why: 'octets of UTF-8 are escaped', text: '%{L}', values: { l: 'jané' }, result: 'jan%C3%A9' },
      {
        why: 'half a surrogate pair is no character',
        text: '%{L}',
        values: { l: '\ud800x' },
        result: '%EF%BF%BDx',
      },
      { why: 'a whole pair is one', text: '%{L}', values: { l: '😀' }, result: '%F0%9F%98%80' },
      { why: 'capital R reverses too', text: '%{D2R}', result: 'example.email' },
      { why: 'more parts than there are', text: '%{d127}', result: 'email.example.com' },
      { why: 'a number beyond all numbers', text: `%{d${'9'.repeat(400)}}`, result: 'email.example.com' },
      {
        why: 'several delimiters',
        text: '%{l3r+-}',
        values: { l: 'foo-bar+zip+quux' },
        result: 'zip.bar.foo',
      },
      { why: 'a delimiter replaces the dot', text: '%{d-}', result: 'email.example.com' },
      {
        why: 'the letters for explanations',
        text: '%{c} %{r} %{t}',
        result: '192.0.2.3 receiver.example 1795158256',
      },
    ]),
  )('%s', (_, { text, result, values }) => {
    expect(expanded(text, values)).toBe(result);
  });
});

describe('what is no macro string (§7.1)', () => {
  it.each(
    rows<Row & { text: string; use: 'domain' | 'explanation'; start: number; end: number }>([
      { why: 'a percent sign before nothing', text: 'ab%', use: 'domain', start: 2, end: 3 },
      { why: 'a percent sign before another character', text: 'ab%(ir)', use: 'domain', start: 2, end: 3 },
      { why: 'a macro that never closes', text: 'ab%{d', use: 'domain', start: 2, end: 3 },
      { why: 'an unknown letter', text: '%{x}', use: 'explanation', start: 0, end: 4 },
      { why: 'no letter', text: '%{}', use: 'explanation', start: 0, end: 1 },
      { why: 'zero parts', text: '%{d0}', use: 'domain', start: 0, end: 5 },
      { why: 'r before the number', text: '%{dr2}', use: 'domain', start: 0, end: 1 },
      { why: 'an unknown delimiter', text: '%{d:}', use: 'domain', start: 0, end: 1 },
      { why: 'c in a domain', text: '%{c}', use: 'domain', start: 0, end: 4 },
      { why: 't in a domain', text: '%{T}', use: 'domain', start: 0, end: 4 },
      { why: 'a space in a domain', text: 'a b', use: 'domain', start: 1, end: 2 },
      { why: 'a control character in an explanation', text: 'a\tb', use: 'explanation', start: 1, end: 2 },
      { why: 'an octet beyond US-ASCII', text: 'a\x96', use: 'explanation', start: 1, end: 2 },
    ]),
  )('%s', (_, { text, use, start, end }) => {
    expect(parseMacro(text, use)).toEqual({ kind: 'error', start, end });
  });
});

it.each(
  rows<Row & { text: string; is: boolean }>([
    { why: 'a name', text: 'a.example', is: true },
    { why: 'a name with the dot of the root', text: 'a.example.', is: true },
    { why: 'a macro', text: '%{d}', is: true },
    { why: 'a short form is a macro too', text: 'a%%', is: true },
    { why: 'a top label behind a macro', text: '%{h}.bar', is: true },
    { why: 'hyphens and digits in a top label', text: 'foo.1-1', is: true },
    { why: 'a dot behind a macro ends no name', text: '%{d}.', is: false },
    { why: 'two dots at the end', text: 'a.example..', is: false },
    { why: 'an underscore in a top label', text: 'a._b', is: false },
    { why: 'a top label of digits', text: 'abc.123', is: false },
    { why: 'nothing', text: '', is: false },
  ]),
)('%s ends as a domain-spec does, or not (§7.1)', (_, { text, is }) => {
  const parsed = parseMacro(text, 'domain');
  expect(parsed.kind === 'macro' && endsAsDomain(parsed.macro)).toBe(is);
});

it('says which letters a string uses, in any case', () => {
  const parsed = parseMacro('%{L}.%{d}', 'domain');
  const macro = parsed.kind === 'macro' ? parsed.macro : { parts: [], tail: '' };
  expect([uses(macro, ['l', 's']), uses(macro, ['d']), uses(macro, ['s', 'p'])]).toEqual([true, true, false]);
});
