import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSeal } from '../../lib/engine/arc/seal.ts';
import { MAX_ARC_SETS, readArcSets } from '../../lib/engine/arc/set.ts';
import { MAX_FIELDS } from '../../lib/engine/limits.ts';
import { arcOf, LETTER, SEALERS, seal } from '../unit/engine/arc/sealed-mail.ts';
import { letter, mail, ports, toMessage } from '../unit/engine/kit.ts';
import { madeOf, RESULT_WORDS, TAG_WORDS } from './arbitraries.ts';

const NAMES = ['ARC-Seal', 'ARC-Message-Signature', 'ARC-Authentication-Results'] as const;
const WORDS = [
  ...TAG_WORDS,
  ...RESULT_WORDS,
  'cv',
  'none',
  'pass',
  'fail',
  'i=1',
  'i=2',
  '; ',
  's1',
  'list.example',
];

/** A field that may be one of a set: a number and some words, or words alone. */
const field = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom('', 'i=1; ', 'i=2; ', 'i=3; ', 'i=99; '), madeOf(WORDS))
  // Folded lines must begin with white space, or they are no part of the field.
  .map(([name, instance, words]) => `${name}: ${instance}${words.replace(/[\r\n]+/g, '\r\n ').trim()}`);

const header = fc.array(field, { maxLength: 12 });

describe('reading ARC sets', () => {
  it('never throws, and what it finds is a chain or has a flaw', () => {
    fc.assert(
      fc.property(header, (fields) => {
        const { sets, highest, flaw } = readArcSets(toMessage(mail([...fields, ...letter()])), ports);
        const instances = sets.map(({ instance }) => instance);
        expect(instances).toEqual([...new Set(instances)].sort((one, other) => one - other));
        expect(sets.length).toBeLessThanOrEqual(MAX_ARC_SETS);
        const used = sets.flatMap((set) => Object.values(set.fields));
        expect(new Set(used).size).toBe(used.length);
        if (flaw !== null) return;
        expect(instances).toEqual(Array.from({ length: highest }, (_, at) => at + 1));
        expect(used.length).toBe(fields.length);
        expect(sets.map(({ cv }) => cv)).toEqual(instances.map((at) => (at === 1 ? 'none' : 'pass')));
      }),
      { numRuns: 1000 },
    );
  });

  const SIZE = 100_000;
  const HOSTILE = ['(', '"', ' ', ';', '=', ':', '\\', '\t', '\r\n ', 'i=1;', 'i=', '; b=', 'h=a:', 'i '];
  it.each(NAMES.flatMap((name) => HOSTILE.map((piece) => [name, piece] as const)))(
    'finishes 100 kB in %s of %j',
    async (name, piece) => {
      const text = mail([`${name}: i=1; ${piece.repeat(SIZE / piece.length)}`, ...letter()]);
      expect((await arcOf(text)).result).toBe('fail');
    },
  );

  it.each([
    ['of one set', (): number => 1],
    ['of a set each', (at: number): number => at + 1],
  ] as const)('finishes as many fields as are read, %s', (_, instance) => {
    const fields = Array.from(
      { length: MAX_FIELDS - 10 },
      (__, at) => `${NAMES[at % 3]}: i=${instance(at)}; x`,
    );
    const { sets, flaw } = readArcSets(toMessage(mail([...fields, ...letter()])), ports);
    expect([sets.length, flaw === null]).toEqual([0, false]);
  });
});

describe('verifying ARC sets', () => {
  it('never rejects and never passes what nobody sealed', async () => {
    await fc.assert(
      fc.asyncProperty(
        header,
        fc.constantFrom('full', 'reencoded', 'headers'),
        async (fields, completeness) => {
          const text = mail([...fields, ...letter()]);
          const check = await arcOf(text, { completeness, zone: SEALERS });
          expect(check.result).toBe(fields.length === 0 ? 'none' : 'fail');
          expect(check.reason === null).toBe(fields.length === 0);
          const context = { message: toMessage(text), authorDomains: ['bank.example'] };
          expect(checkSeal(check, context, ports).kind).not.toBe('proven');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('passes a chain of any length, and none that a field was taken from, put twice or moved to', async () => {
    const change = fc.constantFrom<(field: string) => readonly string[]>(
      () => [],
      (one) => [one, one],
      (one) => [one.replace(/i=\d+/, 'i=9')],
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.nat(), change, async (length, pick, alter) => {
        const sealed = Array.from({ length }).reduce<string>((message) => seal(message), LETTER);
        expect((await arcOf(sealed)).result).toBe('pass');
        const lines = sealed.split('\r\n');
        const at = pick % (3 * length);
        const broken = lines.toSpliced(at, 1, ...alter(lines[at] ?? '')).join('\r\n');
        expect((await arcOf(broken)).result).toBe('fail');
      }),
      { numRuns: 60 },
    );
  });
});
