/** Two engines over the same generated cases: they say the same, or a listed reason says why not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What both say about one thing of a case (a signature, a client, a chain), in words that they share. */
export interface Compared<Context> {
  readonly ours: string;
  readonly theirs: string;
  /** What an explanation may look at. */
  readonly context: Context;
}

/** Why we differ on purpose. A reason that never occurs fails the test, so that the list outlives no cause. */
export interface Explanation<Context> {
  readonly name: string;
  /** Where the standard says that we are right. */
  readonly section: string;
  readonly fits: (compared: Compared<Context>) => boolean;
}

export interface Differential<Case, Context> {
  readonly name: string;
  readonly cases: fc.Arbitrary<Case>;
  readonly runs: number;
  readonly compare: (one: Case) => Promise<readonly Compared<Context>[]>;
  readonly explanations: readonly Explanation<Context>[];
  /** Our results that must occur often, or the cases would test little. */
  readonly results: readonly string[];
  /** A case as one would want to read it. */
  readonly describe: (one: Case) => string;
}

/** The same cases in every run. */
const SEED = 20_261_124;
/** Each of the results makes up at least this share. */
const SHARE = 0.02;

export interface Tally {
  readonly results: ReadonlyMap<string, number>;
  readonly explained: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Compares every case. Throws for the smallest one that differs for no listed reason. */
export async function tallyOf<Case, Context>({
  cases,
  runs,
  compare,
  explanations,
  describe: tell,
}: Differential<Case, Context>): Promise<Tally> {
  const results = new Map<string, number>();
  const explained = new Map<string, number>();
  let total = 0;
  const property = fc.asyncProperty(cases, async (one) => {
    for (const compared of await compare(one)) {
      const { ours, theirs } = compared;
      total++;
      // What stands behind the result word is detail.
      increment(results, ours.split(' ')[0] ?? '');
      if (ours === theirs) continue;
      const why = explanations.find(({ fits }) => fits(compared));
      if (why === undefined) throw new Error(`we say ${ours}, mailauth says ${theirs}`);
      increment(explained, why.name);
    }
  });
  const details = await fc.check(property, { seed: SEED, numRuns: runs });
  if (details.counterexample !== null) {
    const reason = details.errorInstance instanceof Error ? details.errorInstance.message : 'no verdict';
    throw new Error(`${reason}\n${details.counterexample.map(tell).join('\n')}`);
  }
  return { results, explained, total };
}

/** The tests of one differential: agreement, every reason in use, every result often enough. */
export function expectAgreement<Case, Context>(differential: Differential<Case, Context>): void {
  const { name, runs, explanations, results } = differential;
  describe(name, () => {
    let tally: Tally | null = null;

    it(`says what mailauth says, or says why not, in ${runs} cases`, async ({ annotate }) => {
      tally = await tallyOf(differential);
      await annotate(summaryOf(tally));
    }, 120_000);

    it.for(explanations)('still differs: $name ($section)', ({ name: reason }, { skip }) => {
      if (tally === null) return skip();
      expect(tally.explained.get(reason) ?? 0).toBeGreaterThan(0);
    });

    it.for(results)('says %s often enough', (result, { skip }) => {
      if (tally === null) return skip();
      expect((tally.results.get(result) ?? 0) / tally.total).toBeGreaterThanOrEqual(SHARE);
    });
  });
}

/** `1600 compared: pass 700, fail 500; explained: …` */
function summaryOf({ results, explained, total }: Tally): string {
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts].map(([word, count]) => `${word} ${count}`).join(', ');
  return `${total} compared: ${list(results)}; explained: ${list(explained)}`;
}

function increment(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
