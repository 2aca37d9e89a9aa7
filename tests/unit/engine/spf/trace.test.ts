import { describe, expect, it } from 'vitest';
import { decidingSteps, type SpfTask } from '../../../../lib/engine/spf/trace.ts';
import { type Row, rows } from '../kit.ts';
import { checked, lines, type Records } from './spf-kit.ts';

/** A record that uses everything, and what it leads to. */
const ZONE: Records = {
  'bank.example': {
    TXT: [
      'v=spf1 ip4:198.51.100.0/24 a mx:m.example include:%{d2}.o.example exists:gone.example x=1 -all redirect=r.example',
    ],
    A: ['198.51.100.1'],
  },
  'm.example': { MX: [[0, 'h.example']] },
  'h.example': { A: ['198.51.100.1'] },
  'bank.example.o.example': 'v=spf1 ?ip4:192.0.2.0/24 -all',
};

describe('the trace of a check', () => {
  it('tells each term in the order of the record, with its lookup and what it led to', async () => {
    const { check } = await checked(ZONE);
    expect(lines(check.trace)).toEqual([
      'no-match ip4:198.51.100.0/24',
      'no-match a (#1 bank.example)',
      'no-match mx:m.example (#2 m.example)',
      'no-match include:%{d2}.o.example (#3 bank.example.o.example)',
      '  match ?ip4:192.0.2.0/24',
      '  not-reached -all',
      'no-match exists:gone.example (#4 gone.example void)',
      'ignored x=1',
      'match -all',
      'ignored redirect=r.example',
    ]);
    expect(check).toMatchObject({ result: 'fail', lookups: 4, voids: 1 });
  });

  it('points at the answers that each term rests on', async () => {
    const { check, asked } = await checked(ZONE);
    const told = (indexes: readonly number[]) => indexes.map((index) => asked[index]);
    expect(told(check.trace?.dns ?? [])).toEqual(['bank.example TXT']);
    expect(check.trace?.terms.map(({ dns }) => told(dns))).toEqual([
      [],
      ['bank.example A'],
      ['m.example MX', 'h.example A'],
      [],
      ['gone.example A'],
      [],
      [],
      [],
    ]);
    expect(told(check.trace?.terms[3]?.record?.dns ?? [])).toEqual(['bank.example.o.example TXT']);
  });

  it('keeps the places of the terms in the record', async () => {
    const { check } = await checked(ZONE);
    const { text, terms } = check.trace ?? { text: null, terms: [] };
    expect(terms.map(({ start, end }) => text?.slice(start, end))).toEqual(terms.map((term) => term.text));
  });

  it('shows what is wrong in a term, and tries none of the others', async () => {
    const { check } = await checked({ 'bank.example': 'v=spf1 +all mx/40 x=1' });
    expect(lines(check.trace)).toEqual(['not-reached +all', 'error mx/40 (bad-prefix)', 'not-reached x=1']);
    expect(check.trace?.terms[1]?.fault).toEqual({ start: 14, end: 17 });
    expect(check.trace?.terms[0]?.fault).toBeNull();
  });

  it('tells a redirect that a match came before from one that has no say', async () => {
    const { check } = await checked({ 'bank.example': 'v=spf1 ip4:192.0.2.25 a redirect=r.example' });
    expect(lines(check.trace)).toEqual([
      'match ip4:192.0.2.25',
      'not-reached a',
      'not-reached redirect=r.example',
    ]);
  });

  it('names what was asked in lower case', async () => {
    const { check } = await checked(
      { 'bank.example': 'v=spf1 a:HOST.%{o} ?all' },
      { mailFrom: 'jane@Bank.Example' },
    );
    expect(check.trace?.terms[0]?.name).toBe('host.bank.example');
  });

  it('has no text for a domain without a record, and none at all where nobody was asked', async () => {
    const none = await checked({});
    expect(none.check.trace).toMatchObject({
      text: null,
      result: 'none',
      reason: 'no-such-domain',
      terms: [],
    });
    expect((await checked({}, { mailFrom: 'jane@pc' })).check.trace).toBeNull();
  });

  it('is plain data', async () => {
    const { check } = await checked(ZONE);
    expect(JSON.parse(JSON.stringify(check))).toEqual(check);
  });
});

describe('the steps that led to the result', () => {
  it.each(
    rows<Row & { zone: Records; task?: Partial<SpfTask>; steps: readonly string[] }>([
      { why: 'a match', zone: ZONE, steps: ['bank.example -all'] },
      { why: 'nothing matched', zone: { 'bank.example': 'v=spf1 ip4:192.0.2.1' }, steps: [] },
      { why: 'no record', zone: {}, steps: [] },
      {
        why: 'through includes to the address',
        zone: {
          'bank.example': 'v=spf1 a include:o.example -all',
          'o.example': 'v=spf1 include:p.example ?all',
          'p.example': 'v=spf1 ip4:192.0.2.25',
        },
        steps: ['bank.example include:o.example', 'o.example include:p.example', 'p.example ip4:192.0.2.25'],
      },
      {
        why: 'through a redirect; exp follows from the result',
        zone: {
          'bank.example': 'v=spf1 redirect=o.example',
          'o.example': 'v=spf1 exp=why.example -all',
          'why.example': 'x',
        },
        steps: ['bank.example redirect=o.example', 'o.example -all'],
      },
      {
        why: 'to a redirect whose record decides nothing',
        zone: { 'bank.example': 'v=spf1 redirect=o.example', 'o.example': 'v=spf1' },
        steps: ['bank.example redirect=o.example'],
      },
      {
        why: 'to the term that is wrong, through an include',
        zone: { 'bank.example': 'v=spf1 include:o.example -all', 'o.example': 'v=spf1 -all moo' },
        steps: ['bank.example include:o.example', 'o.example moo'],
      },
      {
        why: 'to the include that leads nowhere',
        zone: { 'bank.example': 'v=spf1 include:o.example -all' },
        steps: ['bank.example include:o.example'],
      },
      {
        why: 'to the term that was withheld, not to a later match',
        zone: { 'bank.example': 'v=spf1 exists:%{l}.x.example -all' },
        task: { mayReveal: false },
        steps: ['bank.example exists:%{l}.x.example'],
      },
    ]),
  )('%s', async (_, { zone, task, steps }) => {
    const { check } = await checked(zone, task);
    expect(decidingSteps(check.trace).map(({ domain, term }) => `${domain} ${term.text}`)).toEqual(steps);
  });
});
