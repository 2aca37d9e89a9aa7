/** The way to a result, line by line: how deep it stands, what it amounts to, and in which words. */
import { describe, expect, it } from 'vitest';
import type { SpfRecordTrace } from '../../../lib/engine/index.ts';
import { arcLines, type Line, spfLines } from '../../../lib/explain/stations.ts';
import { bare, partsOf } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';
import { LETTER, SEALERS, type SealOptions, seal } from '../engine/arc/sealed-mail.ts';
import { type Row, rows } from '../engine/kit.ts';
import { checked, type Records } from '../engine/spf/spf-kit.ts';
import { reportFor, type Zone } from './report-kit.ts';

const t = translatorFor('en', bare);

/** One text a line: `tone  text  (note)`, indented by its depth. */
function written(lines: readonly Line[]): readonly string[] {
  return lines.map(({ depth, tone, text, note }) => `${'  '.repeat(depth)}${tone} ${text} (${note})`);
}

/** `n` includes, none of which knows the address. */
function manyIncludes(n: number): Records {
  const names = Array.from({ length: n }, (_, index) => `i${index + 1}.example`);
  return {
    'bank.example': `v=spf1 ${names.map((name) => `include:${name}`).join(' ')} -all`,
    ...Object.fromEntries(names.map((name) => [name, 'v=spf1 ?ip4:198.51.100.1'])),
  };
}

interface SpfRow extends Row {
  readonly zone: Records;
  readonly task?: Parameters<typeof checked>[1];
  readonly lines: readonly string[];
}

describe('the lines of an SPF check', () => {
  it.each(
    rows<SpfRow>([
      {
        why: 'a match in the domain’s own record, and what is not reached behind it',
        zone: { 'bank.example': 'v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.25 a -all' },
        lines: [
          'plain bank.example (pass)',
          '  plain ip4:198.51.100.0/24 (does not match)',
          '  match ip4:192.0.2.25 (matches)',
          '  quiet a (not reached)',
          '  quiet -all (not reached)',
        ],
      },
      {
        why: 'an include: its record stands below it, and its terms below that',
        zone: {
          'bank.example': 'v=spf1 include:o.example -all',
          'o.example': 'v=spf1 include:p.example ?all',
          'p.example': 'v=spf1 ip4:192.0.2.25',
        },
        lines: [
          'plain bank.example (pass)',
          '  match include:o.example (matches · lookup 1 of 10)',
          '    plain o.example (pass)',
          '      match include:p.example (matches · lookup 2 of 10)',
          '        plain p.example (pass)',
          '          match ip4:192.0.2.25 (matches)',
          '      quiet ?all (not reached)',
          '  quiet -all (not reached)',
        ],
      },
      {
        why: 'a lookup that found nothing',
        zone: { 'bank.example': 'v=spf1 exists:gone.example -all' },
        lines: [
          'plain bank.example (fail)',
          '  plain exists:gone.example (does not match · lookup 1 of 10 · found nothing)',
          '  match -all (matches)',
        ],
      },
      {
        why: 'a redirect that is followed, and the explanation of a fail',
        zone: {
          'bank.example': 'v=spf1 redirect=o.example',
          'o.example': 'v=spf1 -all exp=why.example',
          'why.example': 'No.',
        },
        lines: [
          'plain bank.example (fail)',
          '  match redirect=o.example (followed · lookup 1 of 10)',
          '    plain o.example (fail)',
          '      match -all (matches)',
          '      match exp=why.example (followed)',
        ],
      },
      {
        why: 'what has no say',
        zone: { 'bank.example': 'v=spf1 x=1 ~all redirect=o.example' },
        lines: [
          'plain bank.example (softfail)',
          '  quiet x=1 (without effect)',
          '  match ~all (matches)',
          '  quiet redirect=o.example (without effect)',
        ],
      },
      {
        why: 'a term that breaks the rules, with the rule that it breaks',
        zone: { 'bank.example': 'v=spf1 +all mx/40' },
        lines: [
          'plain bank.example (permerror)',
          '  quiet +all (not reached)',
          '  error mx/40 (the length of the address range is wrong)',
        ],
      },
      {
        why: 'an include of a domain without a record',
        zone: { 'bank.example': 'v=spf1 include:o.example -all', 'o.example': { A: ['192.0.2.1'] } },
        lines: [
          'plain bank.example (permerror)',
          '  error include:o.example (it refers to a domain without an SPF record · lookup 1 of 10)',
          '    plain o.example (there is no record)',
          '  quiet -all (not reached)',
        ],
      },
      {
        why: 'a name that DNS is silent about',
        zone: {
          'bank.example': 'v=spf1 include:o.example -all',
          'o.example': { RCODE: 'TIMEOUT' },
        },
        lines: [
          'plain bank.example (temperror)',
          '  error include:o.example (DNS gave no answer · lookup 1 of 10)',
          '    plain o.example (DNS gave no answer)',
          '  quiet -all (not reached)',
        ],
      },
      {
        why: 'no such domain',
        zone: {},
        lines: ['plain bank.example (the domain does not exist)'],
      },
      {
        why: 'a domain without a record',
        zone: { 'bank.example': 'something else' },
        lines: ['plain bank.example (there is no record)'],
      },
      {
        why: 'more than one record',
        zone: { 'bank.example': { TXT: ['v=spf1 -all', 'v=spf1 +all'] } },
        lines: ['plain bank.example (there is more than one, and the standard allows one)'],
      },
      {
        why: 'the eleventh lookup, which breaks',
        zone: manyIncludes(11),
        lines: [
          'plain bank.example (permerror)',
          ...Array.from({ length: 10 }, (_, index) => [
            `  plain include:i${index + 1}.example (does not match · lookup ${index + 1} of 10)`,
            `    plain i${index + 1}.example (neutral)`,
            '      plain ?ip4:198.51.100.1 (does not match)',
          ]).flat(),
          '  error include:i11.example (it goes over the limit of ten DNS lookups · lookup 11 of 10)',
          '  quiet -all (not reached)',
        ],
      },
      {
        why: 'the third lookup that finds nothing, which breaks',
        zone: { 'bank.example': 'v=spf1 exists:a.example exists:b.example exists:c.example -all' },
        lines: [
          'plain bank.example (permerror)',
          '  plain exists:a.example (does not match · lookup 1 of 10 · found nothing)',
          '  plain exists:b.example (does not match · lookup 2 of 10 · found nothing)',
          '  error exists:c.example (more than two lookups find nothing · lookup 3 of 10 · found nothing)',
          '  quiet -all (not reached)',
        ],
      },
      {
        why: 'a name that would hold the sender’s address',
        zone: { 'bank.example': 'v=spf1 exists:%{l}.bank.example -all' },
        task: { mayReveal: false },
        lines: [
          'plain bank.example (the sender’s address was not given to DNS)',
          '  open exists:%{l}.bank.example (not asked: it would reveal the sender’s address · lookup 1 of 10)',
          '  match -all (matches)',
        ],
      },
      {
        why: 'a name that would hold an address that nobody knows',
        zone: { 'bank.example': 'v=spf1 exists:%{l}.bank.example -all' },
        task: { mailFrom: 'bank.example' },
        lines: [
          'plain bank.example (the sender’s address is not known)',
          '  open exists:%{l}.bank.example (the sender’s address is not known · lookup 1 of 10)',
          '  match -all (matches)',
        ],
      },
      {
        why: 'an internationalised domain, both ways',
        zone: {
          'bank.example': 'v=spf1 redirect=xn--bcher-kva.example',
          'xn--bcher-kva.example': 'v=spf1 -all',
        },
        lines: [
          'plain bank.example (fail)',
          '  match redirect=xn--bcher-kva.example (followed · lookup 1 of 10)',
          '    plain bücher.example (xn--bcher-kva.example) (fail)',
          '      match -all (matches)',
        ],
      },
    ]),
  )('tell %s', async (_, { zone, task, lines }) => {
    const { check } = await checked(zone, task);
    expect(written(spfLines(check.trace, t))).toEqual(lines);
  });

  it('are none where no record was asked for', async () => {
    expect(spfLines(null, t)).toEqual([]);
    const { check } = await checked({}, { mailFrom: 'jane@pc' });
    expect(spfLines(check.trace, t)).toEqual([]);
  });

  it('show what a record holds and do not obey it', () => {
    const trace: SpfRecordTrace = {
      domain: 'bank.example',
      text: null,
      result: 'permerror',
      reason: null,
      dns: [],
      terms: [
        {
          text: `a:\u202e\u2068\u0007${'x'.repeat(400)}`,
          start: 0,
          end: 0,
          outcome: 'error',
          reason: 'bad-character',
          fault: null,
          name: null,
          lookup: null,
          isVoid: false,
          dns: [],
          record: null,
        },
      ],
    };
    const [, term] = spfLines(trace, t);
    expect(term?.text).toMatch(/^a:<U\+202E><U\+2068><U\+0007>x+…x+$/);
    expect(term?.text.length).toBeLessThanOrEqual(120);
  });

  it('speak Japanese', async () => {
    const { check } = await checked({ 'bank.example': 'v=spf1 exists:gone.example mx -all' });
    expect(written(spfLines(check.trace, translatorFor('ja', bare)))).toEqual([
      'plain bank.example (fail)',
      '  plain exists:gone.example (不一致 · 問い合わせ 1/10 · 該当なし)',
      '  plain mx (不一致 · 問い合わせ 2/10 · 該当なし)',
      '  match -all (一致)',
    ]);
  });

  it('set the number of a lookup apart for a view', async () => {
    const { check } = await checked({ 'bank.example': 'v=spf1 exists:gone.example -all' });
    const [, term] = spfLines(check.trace, translatorFor('en'));
    expect(partsOf(term?.note ?? '').filter(({ isValue }) => isValue)).toEqual([
      { text: '1', isValue: true },
    ]);
  });
});

async function stations(text: string, zone: Zone = SEALERS): Promise<readonly string[]> {
  const { checked: found } = await reportFor(text, { zone });
  return written(arcLines(found.arc, t));
}

/** A letter with one set for each of the options, the first one first. */
function sealed(...sets: readonly SealOptions[]): string {
  return sets.reduce((message, options) => seal(message, options), LETTER);
}

describe('the stations of an ARC chain', () => {
  it.each(
    rows<Row & { sets: readonly SealOptions[]; zone?: Zone; lines: readonly string[] }>([
      {
        why: 'the first one first, each with what it found',
        sets: [
          { results: 'list.example; spf=pass smtp.mailfrom=a@bank.example; dkim=pass; dmarc=pass' },
          { results: 'list.example; arc=pass; dkim=fail; dmarc=fail header.from=bank.example' },
        ],
        lines: [
          'match i=1 list.example (spf=pass dkim=pass dmarc=pass · its seal holds)',
          'match i=2 list.example (arc=pass dkim=fail dmarc=fail · its seal holds)',
        ],
      },
      {
        why: 'no method but those of this story',
        sets: [{ results: 'list.example; x-spam=fail; iprev=pass; dmarc=none' }],
        lines: ['match i=1 list.example (dmarc=none · its seal holds)'],
      },
      {
        why: 'one that found nothing',
        sets: [{ results: 'list.example; none' }],
        lines: ['match i=1 list.example (its seal holds)'],
      },
      {
        why: 'one whose key is another',
        sets: [{}],
        zone: { 's1._domainkey.list.example': SEALERS['arc-20240605._domainkey.google.com'] },
        lines: ['error i=1 list.example (dmarc=pass · its seal does not hold)'],
      },
      {
        why: 'one whose key nobody gave',
        sets: [{}],
        zone: { 's1._domainkey.list.example': { RCODE: 'TIMEOUT' } },
        lines: ['open i=1 list.example (dmarc=pass · its seal could not be checked)'],
      },
    ]),
  )('tell %s', async (_, { sets, zone, lines }) => {
    expect(await stations(sealed(...sets), zone)).toEqual(lines);
  });

  it('tell one after which the mail was changed', async () => {
    const changed = seal(LETTER, {}).replace(/\r\n\r\n[\s\S]*$/, '\r\n\r\nAnother text\r\n');
    const [first, second] = await stations(seal(changed, {}));
    expect(first).toMatch(/the mail was changed after it/);
    expect(second).not.toMatch(/changed/);
  });

  it('are none without a chain, nor before it is checked', async () => {
    expect(await stations(LETTER)).toEqual([]);
    expect(arcLines(null, t)).toEqual([]);
  });

  it('show results that would act', async () => {
    const [line] = await stations(
      sealed({ results: 'list.example; dmarc=pa\u0007ss header.from=bank.example' }),
    );
    expect(line).not.toMatch(/\u0007/);
  });
});
