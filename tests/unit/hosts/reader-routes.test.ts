/** The way through the ways: which is tried after what, where it ends, and what is said of it. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../lib/explain/problem.ts';
import { A } from './markup.ts';
import { done, mailbox, type Outcomes, problem, reading, sample, type Way } from './reader-kit.ts';

const ways = (gone: readonly (readonly [Way, string])[]) => gone.map(([way]) => way);

interface Row {
  readonly why: string;
  readonly outcomes: Partial<Outcomes>;
}

describe('a source from', () => {
  const rows: readonly (Row & { readonly via: Way; readonly instead: Problem | null })[] = [
    { why: 'the first way', outcomes: { gmail: 'full' }, via: 'gmail', instead: null },
    {
      why: 'the second one after a redirect',
      outcomes: { gmail: 'redirected', 'gmail-again': 'full' },
      via: 'gmail-again',
      instead: null,
    },
    {
      why: 'the second one after something that is no original',
      outcomes: { gmail: 'not-original', 'gmail-again': 'full' },
      via: 'gmail-again',
      instead: null,
    },
    {
      why: 'the second one after nothing',
      outcomes: { gmail: 'empty', 'gmail-again': 'full' },
      via: 'gmail-again',
      instead: null,
    },
    {
      why: 'the page, after the worker was led away as well',
      outcomes: {
        gmail: 'redirected',
        'gmail-again': 'redirected',
        'gmail-worker': 'redirected',
        'gmail-page': 'reencoded',
      },
      via: 'gmail-page',
      instead: 'redirected',
    },
    {
      why: 'the page, without the worker where there was no redirect',
      outcomes: { gmail: 'not-original', 'gmail-again': 'not-original', 'gmail-page': 'reencoded' },
      via: 'gmail-page',
      instead: 'not-original',
    },
    {
      why: 'the page, after nothing',
      outcomes: { gmail: 'empty', 'gmail-again': 'empty', 'gmail-page': 'reencoded' },
      via: 'gmail-page',
      instead: 'empty',
    },
    {
      why: 'the page, for the reason of the first way and not of the last',
      outcomes: { gmail: 'redirected', 'gmail-again': 'not-original', 'gmail-page': 'reencoded' },
      via: 'gmail-page',
      instead: 'redirected',
    },
    {
      why: 'the page, after the worker found no original',
      outcomes: {
        gmail: 'empty',
        'gmail-again': 'redirected',
        'gmail-worker': 'not-original',
        'gmail-page': 'reencoded',
      },
      via: 'gmail-page',
      instead: 'empty',
    },
    {
      why: 'the first way, which is too large',
      outcomes: { gmail: 'headers' },
      via: 'gmail',
      instead: 'too-large',
    },
    {
      why: 'the second way, which is too large: that matters more than the redirect',
      outcomes: { gmail: 'redirected', 'gmail-again': 'headers' },
      via: 'gmail-again',
      instead: 'too-large',
    },
  ];

  it.each(rows)('$why', async ({ outcomes, via, instead }) => {
    const { explain, here, gone } = mailbox(outcomes);
    const told = await explain();
    expect(told.at(-1)).toEqual(done);
    expect(told.filter(({ kind }) => kind === 'problem')).toEqual([]);
    expect(ways(gone)).toEqual(Object.keys(outcomes));
    expect(here).toHaveBeenCalledOnce();
    expect(here.mock.calls[0]?.[0]).toMatchObject({
      octets: sample.octets,
      completeness: outcomes[via],
      via,
      instead,
    });
  });
});

describe('the worker', () => {
  const redirected: Partial<Outcomes> = { gmail: 'redirected', 'gmail-again': 'redirected' };

  it('reads by itself what the page is led away from, and what it tells is told', async () => {
    const { explain, here, there, gone } = mailbox({ ...redirected, 'gmail-worker': 'full' });
    const told = await explain();
    expect(told.slice(-2)).toEqual([{ kind: 'reading', stage: 'handing', done: 1, of: 2 }, done]);
    expect(there.mock.calls[0]?.[0]).toEqual({ account: '/mail/u/0/', id: A, again: false });
    expect(here).not.toHaveBeenCalled();
    expect(ways(gone)).toEqual(['gmail', 'gmail-again', 'gmail-worker']);
  });

  it('has its report kept like any other', async () => {
    const { explain, gone } = mailbox({ ...redirected, 'gmail-worker': 'full' });
    await explain();
    expect((await explain()).map(({ kind }) => kind)).toEqual(['open', 'report']);
    expect(gone).toHaveLength(3);
  });

  it('is asked where the second way was led away, whatever came of the first', async () => {
    const { explain, gone } = mailbox({
      gmail: 'not-original',
      'gmail-again': 'redirected',
      'gmail-worker': 'full',
    });
    expect((await explain()).at(-1)).toEqual(done);
    expect(ways(gone)).toEqual(['gmail', 'gmail-again', 'gmail-worker']);
  });

  it.each(['throttled', 'signed-out', 'stopped', 'fault', 'too-large', 'no-header'] as const)(
    'that meets “%s” has the last word, told once',
    async (met) => {
      const { explain, gone } = mailbox({ ...redirected, 'gmail-worker': met });
      const told = await explain();
      expect(told.filter(({ kind }) => kind === 'problem')).toEqual([problem(met)]);
      expect(told.at(-1)).toEqual(problem(met));
      expect(ways(gone)).toEqual(['gmail', 'gmail-again', 'gmail-worker']);
    },
  );
});

describe('it ends', () => {
  const REDIRECTED = 'redirected' as const;
  const rows: readonly (Row & { readonly end: Problem })[] = [
    { why: 'at once where Gmail asks to slow down', outcomes: { gmail: 'throttled' }, end: 'throttled' },
    { why: 'at once where the session is over', outcomes: { gmail: 'signed-out' }, end: 'signed-out' },
    { why: 'at once where the network is gone', outcomes: { gmail: 'unreachable' }, end: 'unreachable' },
    {
      why: 'at the second way where Gmail asks to slow down',
      outcomes: { gmail: REDIRECTED, 'gmail-again': 'throttled' },
      end: 'throttled',
    },
    {
      why: 'at the second way where the network is gone by then',
      outcomes: { gmail: 'not-original', 'gmail-again': 'unreachable' },
      end: 'unreachable',
    },
    {
      why: 'at the sign-in page where everything leads away',
      outcomes: {
        gmail: REDIRECTED,
        'gmail-again': REDIRECTED,
        'gmail-worker': REDIRECTED,
        'gmail-page': REDIRECTED,
      },
      end: 'signed-out',
    },
    {
      why: 'at the sign-in page where the last way leads away',
      outcomes: { gmail: 'empty', 'gmail-again': 'empty', 'gmail-page': REDIRECTED },
      end: 'signed-out',
    },
    {
      why: 'with what the last way met, where none leads anywhere',
      outcomes: { gmail: 'empty', 'gmail-again': 'empty', 'gmail-page': 'not-original' },
      end: 'not-original',
    },
    {
      why: 'with the page’s own haste',
      outcomes: { gmail: 'empty', 'gmail-again': 'not-original', 'gmail-page': 'throttled' },
      end: 'throttled',
    },
    {
      why: 'with the network where it goes during the last way',
      outcomes: { gmail: 'empty', 'gmail-again': 'not-original', 'gmail-page': 'unreachable' },
      end: 'unreachable',
    },
  ];

  it.each(rows)('$why', async ({ outcomes, end }) => {
    const { explain, here, gone } = mailbox(outcomes);
    const told = await explain();
    expect(told.filter(({ kind }) => kind === 'problem')).toEqual([problem(end)]);
    expect(told.at(-1)).toEqual(problem(end));
    expect(ways(gone)).toEqual(Object.keys(outcomes));
    expect(here).not.toHaveBeenCalled();
  });
});

it('every way of the page is told from its beginning, and how far it is', async () => {
  const { explain } = mailbox({ gmail: 'empty', 'gmail-again': 'full' });
  expect((await explain()).filter(({ kind }) => kind === 'reading')).toEqual([
    reading,
    { ...reading, done: 5 },
    reading,
    { ...reading, done: 5 },
  ]);
});
