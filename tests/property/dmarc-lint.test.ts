/** The lint of DMARC records: it agrees with the parser, and what it proposes never protects a domain less. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DmarcPlace, lintDmarc } from '../../lib/engine/dmarc/lint.ts';
import { settlePolicy } from '../../lib/engine/dmarc/policy.ts';
import { parseDmarcRecord } from '../../lib/engine/dmarc/record.ts';
import { edited } from '../../lib/engine/lint/lint.ts';
import { DMARC_WORDS, textFor } from './arbitraries.ts';

const OWN: DmarcPlace = { purpose: 'policy', isOrganizational: true };
const WORDS = [
  ...DMARC_WORDS,
  'v=DMARC1;',
  'p=reject',
  'sp=none',
  't=y',
  'none',
  'rejct',
  'fo',
  'pct=50',
  '!10m',
  ':',
  ',',
  '"',
  '“',
  '\\',
  '\xA0',
  '；',
  'mailto:',
  'a@b.example',
  'ps=none',
  'zz',
];
const RANKS = ['none', 'quarantine', 'reject'];
const text = fc.oneof(
  textFor(WORDS),
  textFor(WORDS).map((rest) => `v=DMARC1; p=reject; ${rest}`),
  textFor(WORDS).map((rest) => `v=DMARC1; p=reject; rua=mailto:a@b.example ${rest}`),
);

function whole(one: string): string {
  return (
    edited(
      one,
      lintDmarc(one, OWN).map(({ edit }) => edit),
    ) ?? one
  );
}

/** What receivers are asked to do with mail of the domain, below it, and of names that do not exist. */
function asked(one: string): readonly number[] {
  const record = parseDmarcRecord(one);
  if (record === null) return [0, 0, 0];
  const below = record.sp === null ? 'p' : 'sp';
  return (['p', below, record.np === null ? below : 'np'] as const).map((tag) => {
    const found = settlePolicy('rfc9989', { domain: '', outcome: 'record', record, dns: 0 }, record, tag);
    return found.kind === 'record' ? RANKS.indexOf(found.applied) : 0;
  });
}

describe('remarks', () => {
  it('stand in the text, in its order, each with an edit within it', () => {
    fc.assert(
      fc.property(text, (one) => {
        const lints = lintDmarc(one, OWN);
        const isWithin = (at: { readonly start: number; readonly end: number }): boolean =>
          at.start >= 0 && at.end >= at.start && at.end <= one.length;
        expect(lints.map(({ start }) => start)).toEqual(
          lints.map(({ start }) => start).sort((a, b) => a - b),
        );
        expect(lints.every((lint) => isWithin(lint) && (lint.edit === null || isWithin(lint.edit)))).toBe(
          true,
        );
        expect(lints.filter(({ edit }) => edit !== null && edited(one, [edit]) === null)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('hold an error wherever the parser passes something over', () => {
    fc.assert(
      fc.property(text, (one) => {
        const record = parseDmarcRecord(one);
        const lints = lintDmarc(one, OWN);
        if (lints.length === 64) return;
        const errors = lints.filter(({ severity }) => severity === 'error');
        if (record === null) expect(lints.length).toBeGreaterThan(0);
        else if (record.badValues.length > 0) expect(errors.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('edits', () => {
  it('never ask for less than the record does, alone or together', () => {
    fc.assert(
      fc.property(text, (one) => {
        const now = asked(one);
        const edits = lintDmarc(one, OWN).map(({ edit }) => edit);
        for (const then of [...edits.map((edit) => edited(one, [edit]) ?? one), whole(one)].map(asked)) {
          expect(now.every((rank, at) => rank <= (then[at] ?? 0))).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never lose a policy that can be read', () => {
    fc.assert(
      fc.property(text, (one) => {
        const [before, after] = [parseDmarcRecord(one), parseDmarcRecord(whole(one))];
        if (before === null) return;
        for (const tag of ['p', 'sp', 'np'] as const) {
          if (before[tag] !== null) expect(after?.[tag]).not.toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('come to an end', () => {
    fc.assert(
      fc.property(text, (one) => {
        let now = one;
        for (let round = 0; round < 12; round++) {
          const then = whole(now);
          if (then === now) return;
          now = then;
        }
        expect(now).toBe(whole(now));
      }),
      { numRuns: 1000 },
    );
  });
});

const policy = fc.constantFrom('none', 'quarantine', 'reject');
const uri = fc.constantFrom('mailto:a@b.example', 'mailto:c@d.example,mailto:e@f.example');
const record = fc
  .record(
    { p: policy, sp: policy, adkim: fc.constantFrom('r', 's'), rua: uri },
    { requiredKeys: ['p', 'rua'] },
  )
  .map((tags) => Object.entries(tags).map(([name, value]) => `${name}=${value ?? ''}`));

/** A slip, and the text with it; each is mended without a doubt. */
const SLIPS: readonly ((tags: readonly string[]) => string)[] = [
  (tags) => ['v=dmarc1', ...tags].join('; '),
  (tags) => ['v=DMARC', ...tags].join('; '),
  (tags) => ['DMARC1', ...tags].join('; '),
  (tags) => tags.join('; '),
  (tags) => [...tags, 'v=DMARC1'].join('; '),
  (tags) => `  ${['v=DMARC1', ...tags].join('; ')}`,
  (tags) => `“${['v=DMARC1', ...tags].join('; ')}”`,
  (tags) => `"${['v=DMARC1', ...tags].join('; ')}"`,
  (tags) => ['v=DMARC1', ...tags].join('\\; '),
  (tags) => ['v=DMARC1', ...tags].join(' '),
  (tags) => ['v=DMARC1', ...tags].join(', '),
  (tags) => ['v=DMARC1', ...tags].join('；'),
  (tags) => ['v=DMARC1', ...tags].join(';; '),
  (tags) => ['v=DMARC1', ...tags].join('; ').replaceAll('mailto:', ''),
  (tags) => ['v=DMARC1', ...tags].join('; ').replaceAll(',', '; '),
  (tags) => ['v=DMARC1', ...tags].join('; ').replaceAll(',', ' '),
  (tags) =>
    ['v=DMARC1', ...tags].join('; ').replaceAll('quarantine', 'qurantine').replaceAll('reject', 'rejct'),
  (tags) => ['v=DMARC1', ...tags].join('; ').replaceAll('rua', 'ruas').replaceAll('adkim', 'adkm'),
  (tags) => ['v=DMARC1', ...tags].join('; ').replace(/(; [a-z]+)=/g, '$1:'),
  (tags) =>
    [...['v=DMARC1', ...tags].join('; ')].map((one) => (/[a-z=]/.test(one) ? wide(one) : one)).join(''),
];

function wide(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
}

it('one slip, whichever it is, is mended at once to what was meant', () => {
  fc.assert(
    fc.property(record, fc.constantFrom(...SLIPS), (tags, slip) => {
      const broken = slip(tags);
      const meant = parseDmarcRecord(['v=DMARC1', ...tags].join('; '));
      const { text: _, ...read } = parseDmarcRecord(whole(broken)) ?? { text: '' };
      const { text: __, ...expected } = meant ?? { text: '' };
      expect(read).toEqual(expected);
      expect(lintDmarc(whole(broken), OWN).filter(({ edit }) => edit !== null)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

describe('hostile records', () => {
  const SIZE = 65_000;
  const HOSTILE = [
    ...WORDS,
    ' ',
    ', ',
    'a=',
    'a=b;',
    '; ;',
    ' p=',
    'p=none',
    'p=nonep',
    'a@',
    '<',
    '!1',
    'rua=x',
    ' a',
    '" "',
  ];
  it.each([...new Set(HOSTILE)].map((one) => [JSON.stringify(one), one] as const))(
    'finishes 65 kB of %s',
    (_, one) => {
      const filling = one.repeat(Math.ceil(SIZE / one.length));
      for (const start of ['', 'v=DMARC1; p=reject; ', 'v=DMARC1; p=none; rua=mailto:', 'v=DMARC1; rua=']) {
        expect(lintDmarc(start + filling, OWN).length).toBeLessThanOrEqual(64);
      }
    },
  );
});
