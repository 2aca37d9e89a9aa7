import { describe, expect, it } from 'vitest';
import { decidingSteps, type SpfTask } from '../../../../lib/engine/spf/trace.ts';
import { type Row, rows } from '../kit.ts';
import { checked, lines, type Records, told } from './spf-kit.ts';

/** The sender did not agree to show the local part. */
const QUIET: Partial<SpfTask> = { mayReveal: false };
/** What the name would be; no check may ask for it. */
const PERSONAL = { 'jane.x.example': { A: ['127.0.0.2'] } };

function bank(record: string, zone: Records = {}): Records {
  return { 'bank.example': record, ...PERSONAL, ...zone };
}

describe('a name made from the local part is not asked without consent', () => {
  it.each(
    rows<Row & { zone: Records; task?: Partial<SpfTask>; is: string }>([
      {
        why: 'a match would pass',
        zone: bank('v=spf1 exists:%{l}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'capitals are the same letter',
        zone: bank('v=spf1 exists:%{L}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'the whole address has it too',
        zone: bank('v=spf1 a:%{s}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'a part of it is enough',
        zone: bank('v=spf1 exists:%{l1r-}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'the domain of the sender is not personal',
        zone: bank('v=spf1 exists:%{o}.x.example -all'),
        is: 'fail',
      },
      { why: 'the HELO name is not either', zone: bank('v=spf1 exists:%{h}.x.example -all'), is: 'fail' },
      {
        why: 'something before it matches',
        zone: bank('v=spf1 ip4:192.0.2.25 exists:%{l}.x.example -all'),
        is: 'pass',
      },
      { why: 'both ways pass', zone: bank('v=spf1 exists:%{l}.x.example ip4:192.0.2.25 -all'), is: 'pass' },
      { why: 'both ways fail', zone: bank('v=spf1 -exists:%{l}.x.example -all'), is: 'fail' },
      {
        why: 'both ways are neutral, at the end',
        zone: bank('v=spf1 ?exists:%{l}.x.example'),
        is: 'neutral',
      },
      {
        why: 'a match would only be softer',
        zone: bank('v=spf1 ~a:%{l}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'an mx may break the record',
        zone: bank('v=spf1 -mx:%{l}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'an error in the other way',
        zone: bank('v=spf1 exists:%{l}.x.example a:t.example', { 't.example': { RCODE: 'TIMEOUT' } }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'of an included record anything may come',
        zone: bank('v=spf1 -include:%{l}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'of a redirect too',
        zone: bank('v=spf1 redirect=%{l}.x.example'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'within an included record',
        zone: bank('v=spf1 include:o.example -all', { 'o.example': 'v=spf1 exists:%{l}.x.example -all' }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'within an included record where both ways pass',
        zone: bank('v=spf1 include:o.example -all', { 'o.example': 'v=spf1 exists:%{l}.x.example +all' }),
        is: 'pass',
      },
      {
        why: 'within an included record where both ways fail',
        zone: bank('v=spf1 include:o.example ~all', { 'o.example': 'v=spf1 -exists:%{l}.x.example -all' }),
        is: 'softfail',
      },
      {
        why: 'behind a redirect',
        zone: bank('v=spf1 redirect=o.example', { 'o.example': 'v=spf1 exists:%{l}.x.example -all' }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'ptr compares, but cannot with a name unmade',
        zone: bank('v=spf1 ptr:%{l}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'the record is wrong anyway',
        zone: bank('v=spf1 exists:%{l}.x.example moo'),
        is: 'permerror unknown-mechanism',
      },
      {
        why: 'nothing behind it: neutral is the other way',
        zone: bank('v=spf1 exists:%{l}.x.example'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'what an included record withholds may also break it',
        zone: bank('v=spf1 -include:o.example -all', { 'o.example': 'v=spf1 mx:%{l}.x.example -all' }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'it may be the third void',
        zone: bank('v=spf1 a:n1.example a:n2.example -exists:%{l}.x.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'it may have been one of three voids',
        zone: bank('v=spf1 -exists:%{l}.x.example a:n1.example a:n2.example -all'),
        is: 'withheld sender-withheld',
      },
      {
        why: 'one of three voids, in a record that includes',
        zone: bank('v=spf1 include:o.example a:n1.example a:n2.example -all', {
          'o.example': 'v=spf1 -exists:%{l}.x.example -all',
        }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'three voids, but a match would have ended the included record before two of them',
        zone: bank('v=spf1 include:o.example a:n3.example -all', {
          'o.example': 'v=spf1 -exists:%{l}.x.example a:n1.example a:n2.example -all',
        }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'it counts among the ten lookups, which a match would have saved',
        zone: bank(`v=spf1 include:o.example ${'a:x.example '.repeat(9)}-all`, {
          'o.example': 'v=spf1 -exists:%{l}.x.example -all',
          'x.example': { A: ['198.51.100.1'] },
        }),
        is: 'withheld sender-withheld',
      },
      {
        why: 'the local part is not known',
        zone: bank('v=spf1 exists:%{l}.x.example -all'),
        task: { mailFrom: 'bank.example', mayReveal: true },
        is: 'withheld local-part-unknown',
      },
      {
        why: 'a local part beyond what SMTP has is not read',
        zone: bank('v=spf1 exists:%{l}.x.example -all'),
        task: { mailFrom: `${'j'.repeat(300)}@bank.example`, mayReveal: true },
        is: 'withheld local-part-unknown',
      },
      {
        why: 'an empty local part may also be one that was left out',
        zone: bank('v=spf1 exists:%{l}.x.example -all'),
        task: { mailFrom: '@bank.example' },
        is: 'withheld sender-withheld',
      },
      {
        why: 'a local part beyond US-ASCII matches nothing and needs no question',
        zone: bank('v=spf1 exists:%{l}.x.example -all'),
        task: { mailFrom: 'jané@bank.example' },
        is: 'fail',
      },
    ]),
  )('%s', async (_, { zone, task = {}, is }) => {
    expect(await told(zone, { ...QUIET, ...task })).toBe(is);
    for (const prefetch of [false, true]) {
      const { asked } = await checked(zone, { ...QUIET, ...task }, prefetch);
      expect(asked.filter((question) => question.includes('jan'))).toEqual([]);
    }
  });

  it.each(['mailfrom', 'helo'] as const)(
    'but `postmaster` of a null sender tells nobody anything (%s)',
    async (identity) => {
      const zone = {
        'mx.helo.example': 'v=spf1 exists:%{l}.x.example -all',
        'postmaster.x.example': { A: ['127.0.0.2'] },
      };
      expect(await told(zone, { ...QUIET, mailFrom: '', identity })).toBe('pass');
    },
  );

  it('nor is the name of the client for a term that is withheld anyway', async () => {
    const { asked } = await checked(bank('v=spf1 exists:%{p}.%{l}.x.example -all'), QUIET);
    expect(asked).toEqual(['bank.example TXT']);
  });

  it('with consent the same name is asked', async () => {
    const { check, asked } = await checked(bank('v=spf1 exists:%{l}.x.example -all'));
    expect(check.result).toBe('pass');
    expect(asked).toContain('jane.x.example A');
  });

  it('says which term was withheld, and that it counts', async () => {
    const { check } = await checked(
      bank('v=spf1 include:o.example -all', { 'o.example': 'v=spf1 exists:%{l}.x.example a -all' }),
      QUIET,
    );
    expect(lines(check.trace)).toEqual([
      'withheld include:o.example (sender-withheld #1 o.example)',
      '  withheld exists:%{l}.x.example (sender-withheld #2)',
      '  no-match a (#3 o.example void)',
      '  match -all',
      'match -all',
    ]);
    expect(check).toMatchObject({ lookups: 3, explanation: null });
    expect(decidingSteps(check.trace).map(({ domain, term }) => `${domain} ${term.text}`)).toEqual([
      'bank.example include:o.example',
      'o.example exists:%{l}.x.example',
    ]);
  });
});
