/** The marks of any text, by any finding, can be cut out of it: in order, apart, inside and never empty. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, FindingCode } from '../../lib/engine/index.ts';
import { answerMarks, fieldMarks } from '../../lib/explain/marks.ts';
import { pieces, type Span, tagsOf, tokens } from '../../lib/explain/pieces-of-text.ts';
import {
  ADDRESS_WORDS,
  DMARC_WORDS,
  madeOf,
  RECEIVED_WORDS,
  RESULT_WORDS,
  TAG_WORDS,
  textFor,
} from './arbitraries.ts';

/** In order, apart, inside the text and none of them empty: then a view can cut the text at them. */
function expectInOrder(text: string, spans: readonly Span[]): void {
  let before = 0;
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThan(start);
    before = end;
  }
  expect(before).toBeLessThanOrEqual(text.length);
}

/** Domains of which one begins or ends like another, and letters that change their length with their case. */
const DOMAINS = ['a.example', 'a.example.org', 'x.example', 'İ.example', 'example', '', '.'] as const;
const MORE = [
  '@a.example',
  '@a.example.org',
  '@İ.example',
  'İ',
  'ß',
  '[]',
  'by',
  'by ',
  ' ',
  'd=',
  'dis=',
  'action=',
];

const CODES = [
  'author',
  'authors-several',
  'spf-aligned',
  'dkim-aligned',
  'dkim-key-missing',
  'dkim-key-revoked',
  'dkim-key-unusable',
  'dkim-testing-key',
  'dkim-expired',
  'dkim-weak-algorithm',
  'dkim-unsigned-tail',
  'dkim-body-altered',
  'dkim-from-added',
  'dmarc-fail',
  'policy-reject',
  'policy-testing',
  'receiver-delivered',
  'receiver-error',
  'mailbox-basis',
  'ignored-other-id',
] as const satisfies readonly FindingCode[];

const finding = fc
  .record({
    code: fc.constantFrom(...CODES),
    step: fc.constantFrom('identifier', 'check', 'alignment', 'policy', 'trust'),
    about: fc.constantFrom('From', 'SPF', 'DKIM', 'DMARC', null),
    params: fc.oneof(
      fc.constant({}),
      fc.record({ domain: fc.constantFrom(...DOMAINS) }),
      fc.record({ domain: fc.string({ unit: 'binary', maxLength: 3 }) }),
      fc
        .uniqueArray(fc.constantFrom(...DOMAINS), { maxLength: 4 })
        .map((domains) => ({ domains: domains.join(', ') })),
    ),
  })
  .map(
    (some) =>
      ({ ...some, severity: 'info', provenance: [], because: { fields: [], dns: [] } }) as unknown as Finding,
  );

const KEYS = [
  'from',
  'dkim-signature',
  'received',
  'received-spf',
  'authentication-results',
  'arc-authentication-results',
  'subject',
] as const;
const WORDS_OF: Readonly<Record<(typeof KEYS)[number], readonly string[]>> = {
  from: [...ADDRESS_WORDS, ...MORE],
  'dkim-signature': TAG_WORDS,
  received: ['from ', ' by ', 'a.example', '[', ']', '([', '])', ' ', '192.0.2.1'],
  'received-spf': [...RESULT_WORDS, ...MORE],
  'authentication-results': [...RESULT_WORDS, ...MORE],
  'arc-authentication-results': [...RESULT_WORDS, ...MORE],
  subject: ADDRESS_WORDS,
};
const ANY_WORDS = [...new Set([...ADDRESS_WORDS, ...RECEIVED_WORDS, ...RESULT_WORDS, ...TAG_WORDS, ...MORE])];

describe.each(KEYS)('the marks of %s', (key) => {
  it('can be cut out of the text, whatever stands there', () => {
    fc.assert(
      fc.property(finding, fc.oneof(textFor(WORDS_OF[key]), madeOf(ANY_WORDS)), (about, value) => {
        expectInOrder(value, fieldMarks(about, { key, value }));
      }),
      { numRuns: 1000 },
    );
  });
});

it('the marks of an answer can be cut out of its texts, one list for each', () => {
  const text = fc.oneof(textFor(DMARC_WORDS), textFor(TAG_WORDS));
  const name = fc.constantFrom('_dmarc.a.example', 's1._domainkey.a.example', '');
  const tag = fc.constantFrom('p', 'sp', 'np', null);
  fc.assert(
    fc.property(finding, name, fc.array(text, { maxLength: 3 }), tag, (about, asked, answers, policyTag) => {
      const marks = answerMarks(about, { name: asked, answers }, policyTag);
      expect(marks).toHaveLength(answers.length);
      for (const [at, answer] of answers.entries()) expectInOrder(answer, marks[at] ?? []);
    }),
    { numRuns: 1000 },
  );
});

const READERS: readonly [string, (text: string) => readonly Span[]][] = [
  ['pieces', (text) => pieces(text, ';')],
  ['words', (text) => tokens(text)],
  ['tags', tagsOf],
];

describe.each(READERS)('%s', (_, read) => {
  it('can be cut out of the text, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(textFor(RESULT_WORDS), madeOf(ANY_WORDS)), (text) => {
        const spans = read(text);
        expectInOrder(text, spans);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['(', ')', '"', ';', ' ', '\\', '=', 'a ', 'a=b;', '("', '"('])(
    'are found in 100 kB of %j',
    (part) => {
      const text = part.repeat(100_000 / part.length);
      expectInOrder(text, read(text));
    },
  );
});

it('words of a range stay in it, and are those of its own text where nothing is open before it', () => {
  const text = textFor([...RESULT_WORDS, ...MORE]);
  fc.assert(
    fc.property(text, text, text, (before, inside, after) => {
      const whole = `${before}${inside}${after}`;
      const found = tokens(whole, before.length, before.length + inside.length);
      expect(found.map(({ start, end }) => [start - before.length, end - before.length])).toEqual(
        tokens(inside).map(({ start, end }) => [start, end]),
      );
    }),
    { numRuns: 1000 },
  );
});

it('what stands between pieces is separators and white space', () => {
  fc.assert(
    fc.property(fc.oneof(textFor(RESULT_WORDS), madeOf(ANY_WORDS)), (text) => {
      const ends = [0, ...pieces(text, ';').map(({ end }) => end)];
      const starts = [...pieces(text, ';').map(({ start }) => start), text.length];
      for (const [at, end] of ends.entries()) expect(text.slice(end, starts[at]).trim()).toMatch(/^[;\s]*$/);
    }),
    { numRuns: 500 },
  );
});
