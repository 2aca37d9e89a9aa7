/** Where a record's text is cut for its marks, and what of a corrected one is new: no character is lost or added. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, segmentsOf } from '../../components/record-segments.ts';

const severities = ['error', 'warn', 'info'] as const;
const place = fc
  .tuple(fc.nat(40), fc.nat(40), fc.constantFrom(...severities))
  .map(([one, other, severity]) => ({ start: Math.min(one, other), end: Math.max(one, other), severity }));

describe('the segments of a text', () => {
  it.each([
    { why: 'nothing is said', lint: [], want: ['v=DMARC1'] },
    {
      why: 'a part is marked',
      lint: [{ start: 2, end: 7, severity: 'error' }],
      want: ['v=', 'error:DMARC:1', '1'],
    },
    { why: 'all is marked', lint: [{ start: 0, end: 8, severity: 'warn' }], want: ['warn:v=DMARC1:1'] },
    {
      why: 'something is missing',
      lint: [{ start: 2, end: 2, severity: 'info' }],
      want: ['v=', 'info::1', 'DMARC1'],
    },
    {
      why: 'the end is missing',
      lint: [{ start: 8, end: 8, severity: 'error' }],
      want: ['v=DMARC1', 'error::1'],
    },
    {
      why: 'the start is missing',
      lint: [{ start: 0, end: 0, severity: 'error' }],
      want: ['error::1', 'v=DMARC1'],
    },
    {
      why: 'one remark lies in another, and the graver one shows',
      lint: [
        { start: 0, end: 8, severity: 'info' },
        { start: 2, end: 4, severity: 'error' },
      ],
      want: ['info:v=:', 'error:DM:2', 'info:ARC1:1'],
    },
    {
      why: 'two remarks end at one place',
      lint: [
        { start: 0, end: 4, severity: 'warn' },
        { start: 2, end: 4, severity: 'warn' },
      ],
      want: ['warn:v=:', 'warn:DM:1 2', 'ARC1'],
    },
    {
      why: 'offsets lie outside',
      lint: [{ start: 6, end: 99, severity: 'error' }],
      want: ['v=DMAR', 'error:C1:1'],
    },
  ] as const)('where $why', ({ lint, want }) => {
    const told = segmentsOf('v=DMARC1', lint).map(({ text, severity, numbers }) =>
      severity === null ? text : `${severity}:${text}:${numbers.join(' ')}`,
    );
    expect(told).toEqual(want);
  });

  it('are the text, and every remark ends once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(place, { maxLength: 8 }), (text, lint) => {
        const segments = segmentsOf(text, lint);
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        expect(segments.flatMap(({ numbers }) => numbers).sort()).toEqual(
          lint.map((_, index) => index + 1).sort(),
        );
      }),
    );
  });
});

describe('the changes of a text', () => {
  it.each([
    { old: 'v=DMARC1 p=none', corrected: 'v=DMARC1; p=none', want: ['v=DMARC1', '+;', ' p=none'] },
    { old: 'p=rejct', corrected: 'p=reject', want: ['p=', '+reject'] },
    { old: 'a; b; c', corrected: 'a; c', want: ['a; c'] },
    { old: 'p=none', corrected: 'v=DMARC1; p=none', want: ['+v=DMARC1; ', 'p=none'] },
    {
      old: 'v=DMARC1 p=rejct; pct=50; rua=dmarc@bank.example',
      corrected: 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example',
      want: ['v=DMARC1', '+;', ' p=', '+reject', '; rua=', '+mailto:', 'dmarc@bank.example'],
    },
    { old: '', corrected: 'p=none', want: ['+p=none'] },
    { old: 'p=none', corrected: '', want: [] },
  ])('from “$old” to “$corrected”', ({ old, corrected, want }) => {
    expect(changesOf(old, corrected).map(({ text, isNew }) => `${isNew ? '+' : ''}${text}`)).toEqual(want);
  });

  it('are the corrected text, of which what is old was there', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ';', '=', ' '), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (old, corrected) => {
        const changes = changesOf(old, corrected);
        expect(changes.map((stretch) => stretch.text).join('')).toBe(corrected);
        const kept = changes
          .filter(({ isNew }) => !isNew)
          .map((stretch) => stretch.text)
          .join('');
        let at = 0;
        for (const character of kept) at = old.indexOf(character, at) + 1 || Number.POSITIVE_INFINITY;
        expect(at).toBeLessThanOrEqual(old.length);
      }),
    );
  });

  it('of texts that are too long to compare begin and end where they differ', () => {
    const long = (words: string): string => `v=spf1 ${`${words} `.repeat(600)}-all`;
    const changes = changesOf(long('a b'), long('c d'));
    expect(changes.map(({ isNew }) => isNew)).toEqual([false, true, false]);
    expect(changes[0]?.text).toBe('v=spf1 ');
  });
});
