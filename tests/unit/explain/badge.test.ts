/** The badge: a mark, a tone and one plain sentence, or nothing where there is nothing to say. */
import { describe, expect, it } from 'vitest';
import type { Glanced, Level, Rule } from '../../../lib/engine/index.ts';
import { glancedBadge, markOf, reportedBadge, toneOf } from '../../../lib/explain/badge.ts';
import { bare, bareText } from '../../../lib/explain/translate.ts';
import { reportOf, SAMPLES, translatorFor } from '../../kit/samples.ts';

const t = translatorFor('en');
const plain = translatorFor('en', bare);

const glanced = (over: Partial<Extract<Glanced, { kind: 'glanced' }>> = {}): Glanced => ({
  kind: 'glanced',
  rule: 'reported-pass',
  level: 'authenticated',
  domain: 'bank.example',
  received: true,
  ...over,
});

interface Row {
  readonly rule: Rule;
  readonly level: Level;
  readonly tone: string;
  readonly label: string;
}

const ROWS: readonly Row[] = [
  {
    rule: 'reported-pass',
    level: 'authenticated',
    tone: 'ok',
    label: plain('headline_reported_pass', { domain: 'bank.example' }),
  },
  {
    rule: 'reported-fail',
    level: 'failed',
    tone: 'bad',
    label: plain('headline_reported_fail', { domain: 'bank.example' }),
  },
  {
    rule: 'reported-fail-holds-today',
    level: 'failed',
    tone: 'warn',
    label: plain('headline_reported_fail_holds_today', { domain: 'bank.example' }),
  },
  {
    rule: 'authors-several-failed',
    level: 'failed',
    tone: 'bad',
    label: plain('headline_authors_several_failed'),
  },
  {
    rule: 'reported-none',
    level: 'unprotected',
    tone: 'mute',
    label: plain('headline_reported_none', { domain: 'bank.example' }),
  },
  { rule: 'author-unusable', level: 'unknown', tone: 'mute', label: plain('headline_author_unusable') },
  { rule: 'author-lookalike', level: 'unknown', tone: 'mute', label: plain('headline_author_lookalike') },
  {
    rule: 'undetermined',
    level: 'unknown',
    tone: 'mute',
    label: plain('headline_undetermined', { domain: 'bank.example' }),
  },
];

describe('a glance', () => {
  it.each(ROWS)('at $rule gives the mark of $level in the tone $tone', ({ rule, level, tone, label }) => {
    expect(glancedBadge(glanced({ rule, level }), t)).toEqual({ mark: level, tone, label });
  });

  it('that decides nothing checks nothing, and says so', () => {
    const label = plain('badge_undecided');
    expect(label).not.toBe(plain('headline_pending', { domain: 'bank.example' }));
    expect(glancedBadge(glanced({ rule: 'pending', level: 'unknown' }), t)).toEqual({
      mark: 'unknown',
      tone: 'mute',
      label,
    });
  });

  it.each([
    { why: 'a mail that nobody delivered', of: glanced({ received: false }) },
    {
      why: 'one of them that is undecided',
      of: glanced({ received: false, rule: 'pending', level: 'unknown' }),
    },
    { why: 'what is no mail', of: { kind: 'no-message', why: 'html' } as const },
  ])('at $why gives none', ({ of }) => {
    expect(glancedBadge(of, t)).toBeNull();
  });

  it.each([
    { domain: 'xn--bcher-kva.example', shown: 'bücher.example (xn--bcher-kva.example)' },
    { domain: 'a\u202eb.example', shown: 'a<U+202E>b.example' },
    { domain: '', shown: plain('value_empty') },
  ])('shows the name $shown as the headline does', ({ domain, shown }) => {
    expect(glancedBadge(glanced({ domain }), t)?.label).toBe(
      plain('headline_reported_pass', { domain: shown }),
    );
  });

  it('speaks the language that it is given', () => {
    const japanese = translatorFor('ja', bare)('headline_reported_pass', { domain: 'bank.example' });
    expect(glancedBadge(glanced(), translatorFor('ja'))?.label).toBe(japanese);
  });
});

describe('a report', () => {
  it.each(SAMPLES)('of $name gives the mark of its verdict and its headline', async (sample) => {
    for (const language of ['en', 'ja'] as const) {
      const report = await reportOf(sample, language);
      const isOwn = sample.findings.includes('not-received');
      const { rule, level, explanation } = report;
      expect(reportedBadge(report)).toEqual(
        isOwn ? null : { mark: level, tone: toneOf({ rule, level }), label: bareText(explanation.headline) },
      );
      expect(reportedBadge(report)?.label ?? '').not.toMatch(/[\u2066-\u2069]/);
    }
  });

  it('whose checks decide and are under way has a mark of its own', async () => {
    const [sample] = SAMPLES;
    if (sample === undefined) throw new Error('there are no samples');
    const report = await reportOf(sample, 'en');
    expect(reportedBadge({ ...report, rule: 'pending', level: 'unknown' })).toMatchObject({
      mark: 'pending',
      tone: 'mute',
    });
  });
});

it('the mark is that of the level, and the tone warns of no mail whose signature holds today', () => {
  expect(ROWS.map(markOf)).toEqual(ROWS.map(({ level }) => level));
  expect(markOf({ rule: 'pending', level: 'unknown' })).toBe('pending');
  expect(ROWS.map(toneOf)).toEqual(ROWS.map(({ tone }) => tone));
});
