/** Text of others is shown, never obeyed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothWays, shortened, unseenEscaped, visible } from '../../../lib/explain/visible.ts';

describe('visible', () => {
  it.each([
    { given: 'plain text', want: 'plain text', why: 'ordinary text stays as it is' },
    { given: '日本語 ñ €', want: '日本語 ñ €', why: 'so do letters of any script' },
    { given: 'a\u202eb', want: 'a<U+202E>b', why: 'an override cannot turn the text round' },
    { given: 'pay\u200bpal', want: 'pay<U+200B>pal', why: 'a zero-width space cannot hide' },
    { given: '\u001b[2J', want: '<U+001B>[2J', why: 'an escape sequence cannot clear a terminal' },
    { given: 'a\u2069b', want: 'a<U+2069>b', why: 'an isolate cannot be closed from inside' },
    { given: 'a\nb', want: 'a<U+000A>b', why: 'a line cannot be broken' },
    { given: '\u{e0041}', want: '<U+E0041>', why: 'a tag character cannot hide' },
  ])('$why', ({ given, want }) => {
    expect(visible(given)).toBe(want);
  });

  it('leaves nothing that acts, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});

describe('shortened', () => {
  it('cuts in the middle and keeps both ends', () => {
    const cut = shortened(`${'a'.repeat(300)}.bank.example`);
    expect(cut.length).toBeLessThanOrEqual(120);
    expect(cut).toMatch(/^a+…a*\.bank\.example$/);
  });
});

describe('bothWays', () => {
  it.each([
    { domain: 'bank.example', want: 'bank.example' },
    { domain: 'xn--bcher-kva.example', want: 'bücher.example (xn--bcher-kva.example)' },
    { domain: 'mail.xn--fsq.example', want: 'mail.例.example (mail.xn--fsq.example)' },
    { domain: 'xn--\u0080.example', want: 'xn--<U+0080>.example' },
    // Labels that no name is written as: shown as what they are, never as the name that they imitate.
    { domain: 'xn--paypal-.example', want: 'xn--paypal-.example' },
    { domain: 'xn--paypal-.xn--bcher-kva.example', want: 'xn--paypal-.xn--bcher-kva.example' },
    { domain: 'XN--BCHER-KVA.example', want: 'bücher.example (XN--BCHER-KVA.example)' },
  ])('shows $domain', ({ domain, want }) => {
    expect(bothWays(domain)).toBe(want);
  });
});

describe('JSON for a terminal', () => {
  it('holds nothing that acts, and means the same', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        const value: unknown = JSON.parse(json);
        const text = unseenEscaped(JSON.stringify(value, null, 2));
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(text)).toEqual(value);
      }),
    );
  });

  it('escapes a character beyond the basic plane as its two units', () => {
    expect(unseenEscaped('"\u{e0041}\u009b\u202e"')).toBe('"\\udb40\\udc41\\u009b\\u202e"');
  });
});
