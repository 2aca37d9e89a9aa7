/** The records that stand in DNS, where anybody may write anything: read in any case, in linear time, and to the letter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBimiRecord, readBimiSelector } from '../../lib/engine/bimi/record.ts';
import { lookUpDmarc } from '../../lib/engine/dmarc/evaluate.ts';
import { walkNames } from '../../lib/engine/dmarc/lookup.ts';
import { comparePsl, pslView } from '../../lib/engine/dmarc/psl-view.ts';
import { type DmarcRecord, parseDmarcRecord } from '../../lib/engine/dmarc/record.ts';
import { httpsPath, readReportUri } from '../../lib/engine/dmarc/uri.ts';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import { publicSuffixOrganization } from '../../lib/platform/public-suffix.ts';
import { portsOver } from '../unit/engine/kit.ts';
import { DMARC_WORDS, textFor } from './arbitraries.ts';

const BIMI_WORDS = [
  'v=BIMI1',
  ';',
  '=',
  ' ',
  'l',
  'a',
  's',
  'lps',
  'avp',
  'https://b.example/x.svg',
  ',',
  '.',
  '-',
];
const URI_WORDS = [
  'mailto:',
  'https://',
  'a',
  '@',
  '.',
  ':',
  '/',
  '?',
  '#',
  '%',
  '%41',
  '!',
  '10m',
  '-',
  ',',
];

const PARSERS: readonly [string, (text: string) => unknown, string, readonly string[]][] = [
  ['a DMARC record', parseDmarcRecord, 'v=DMARC1;', [...DMARC_WORDS, 'fo', 'pct', '!10m', ':', 'zz']],
  ['a BIMI record', parseBimiRecord, 'v=BIMI1;', BIMI_WORDS],
  ['a BIMI selector', readBimiSelector, 'v=BIMI1; s=', BIMI_WORDS],
  ['a report address', readReportUri, 'mailto:', URI_WORDS],
  ['an HTTPS URI', httpsPath, 'https://', URI_WORDS],
];

describe.each(PARSERS)('reading %s', (_, parse, start, words) => {
  it('never throws, whatever stands there', () => {
    const text = textFor(words);
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => start + rest),
        ),
        (one) => {
          parse(one);
        },
      ),
      { numRuns: 1000 },
    );
  });

  /** What is quadratic does not finish this in the time of a test. */
  const SIZE = 200_000;
  const all = words.join('');
  const HOSTILE = [...words, ' ', '\t', 'a ', 'a=;', 'a=b;', 'rua=x;', '%4', '.a', 'a.', '-', all, `${all};`];
  it.each([...new Set(HOSTILE)].map((one) => [JSON.stringify(one), one] as const))(
    'finishes 200 kB of %s',
    (_name, one) => {
      const filling = one.repeat(Math.ceil(SIZE / one.length));
      expect(() => [parse(start + filling), parse(`${start}a${filling}\0`)]).not.toThrow();
    },
  );
});

const policy = fc.constantFrom('none', 'quarantine', 'reject');
const anyCase = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, fc.boolean()).map(([one, isUpper]) => (isUpper ? one.toUpperCase() : one));
const blank = fc.constantFrom('', ' ', '\t', ' \t ');

/** A well-formed record, and what it says. */
const wellFormed = fc
  .record(
    {
      p: policy,
      sp: policy,
      np: policy,
      psd: fc.constantFrom('y', 'n', 'u'),
      t: fc.constantFrom('y', 'n'),
      adkim: fc.constantFrom('r', 's'),
      aspf: fc.constantFrom('r', 's'),
      fo: fc.constantFrom('0', '1', 'd', 's', '0:d', 'd:1:s', 's:d'),
    },
    { requiredKeys: ['p'] },
  )
  .chain((values) =>
    fc
      .tuple(
        fc.shuffledSubarray(Object.entries(values), { minLength: Object.keys(values).length }),
        blank,
        blank,
      )
      .chain(([tags, before, after]) =>
        fc
          .tuple(
            ...tags.map(([name, value]) =>
              fc.tuple(anyCase(fc.constant(name)), anyCase(fc.constant(value ?? ''))),
            ),
          )
          .map((written) => ({
            values,
            text: ['v=DMARC1', ...written.map(([name, value]) => `${name}${before}=${after}${value}`)].join(
              `${after};${before}`,
            ),
          })),
      ),
  );

function said({ p, sp, np, psd, testing, strictDkim, strictSpf }: DmarcRecord): object {
  return { p, sp, np, psd, testing, strictDkim, strictSpf };
}

it('reads a well-formed record as what it says, in any order, case and spacing', () => {
  fc.assert(
    fc.property(wellFormed, ({ values, text }) => {
      const record = parseDmarcRecord(text);
      expect(record).toMatchObject({ badValues: [], unknownTags: [], obsoleteTags: [] });
      expect(record === null ? null : said(record)).toEqual({
        p: values.p,
        sp: values.sp ?? null,
        np: values.np ?? null,
        psd: values.psd ?? 'u',
        testing: values.t === 'y',
        strictDkim: values.adkim === 's',
        strictSpf: values.aspf === 's',
      });
    }),
  );
});

it('is not moved by what stands behind a record: every later error is ignored (§4.8)', () => {
  fc.assert(
    fc.property(wellFormed, textFor(['oops', '=', ' ', 'zz', 'x1', 'pct', '1']), ({ text }, rest) => {
      const [one, other] = [
        parseDmarcRecord(text),
        parseDmarcRecord(`${text}; ${rest.replace(/[a-z]+\s*=/gi, 'zz=')}`),
      ];
      expect(other === null ? null : said(other)).toEqual(one === null ? null : said(one));
    }),
  );
});

const label = fc.constantFrom('a', 'mail', 'b-c', 'news');
const organization = fc.constantFrom('bank.example.com', 'bank.com', 'bank.co.uk', 'bank.github.io');
const below = (domain: string) =>
  fc.array(label, { maxLength: 3 }).map((labels) => [...labels, domain].join('.'));
const mail = organization.chain((domain) => {
  const registered = publicSuffixOrganization(domain) ?? domain;
  return fc.record({
    registered: fc.constant(registered),
    author: below(registered),
    passed: fc.array(fc.oneof(below(registered), below('else.example')), { maxLength: 3 }),
    record: fc
      .tuple(policy, fc.option(policy))
      .map(([p, sp]) => `v=DMARC1; p=${p}${sp === null ? '' : `; sp=${sp}`}`),
  });
});

describe('the older rule beside the tree walk', () => {
  it('agrees with it wherever the registered domain alone has a record, and asks nothing more', async () => {
    await fc.assert(
      fc.asyncProperty(mail, async ({ registered, author, passed, record }) => {
        const ports = portsOver({ [`_dmarc.${registered}`]: record }, { publicSuffixOrganization });
        const ledger = openLedger(ports.resolve);
        const facts = await lookUpDmarc(author, passed, ledger);
        const asked = ledger.answers().length;
        const view = await pslView(author, passed, ports, ledger);
        expect(ledger.answers()).toHaveLength(asked);
        const passes = passed.map((domain) => ({ method: 'dkim', domain }) as const);
        expect(view === null ? null : comparePsl(facts, view, passes).difference).toBe('same');
      }),
      { numRuns: 200 },
    );
  });

  it('looks at the author domain and one name above it', async () => {
    await fc.assert(
      fc.asyncProperty(organization.chain(below), async (author) => {
        const ports = portsOver({}, { publicSuffixOrganization });
        const ledger = openLedger(ports.resolve);
        await pslView(author, [], ports, ledger);
        const names = walkNames(author).map((name) => `_dmarc.${name}`);
        const asked = ledger.answers().map((answer) => answer?.name ?? '');
        expect(asked.length).toBeLessThanOrEqual(2);
        expect(names).toEqual(expect.arrayContaining(asked));
      }),
    );
  });
});
