/** What the suites have in common: where they lie, and what a case comes to. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

export interface Outcome {
  readonly id: string;
  /**
   * `deviation`: we differ on purpose, and the table says by which section. `not-applicable`: the case is about the
   * interface of the program that it comes from.
   */
  readonly status: 'pass' | 'fail' | 'deviation' | 'not-applicable';
  /** What was found and expected, or the reason. */
  readonly detail: string;
}

export interface Suite {
  readonly name: string;
  readonly run: (folder: string) => Promise<readonly Outcome[]>;
}

const BESIDE = path.join(import.meta.dirname, '../../../../shared/suites');

/** The folder of the suites, or null where they are not at hand. */
export function suitesFolder(): string | null {
  const folder = process.env.MAILVOUCH_SUITES ?? BESIDE;
  return existsSync(folder) ? folder : null;
}

export const ABSENT =
  'The suites are not at hand: set MAILVOUCH_SUITES to their folder, or put it at ../shared/suites.';

export function readJson<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
}

/** Why we differ from the suite in some of its cases, by the id of the case. */
export type Deviations = Readonly<Record<string, string>>;

/**
 * A case's outcome: `problem` is null where it agrees. A listed deviation that does not deviate is a failure: the
 * list must not outlive its reasons.
 */
export function outcomeOf(id: string, problem: string | null, deviations: Deviations = {}): Outcome {
  const listed = Object.hasOwn(deviations, id) ? deviations[id] : undefined;
  if (listed !== undefined) {
    return problem === null
      ? { id, status: 'fail', detail: `listed as a deviation, but agrees: ${listed}` }
      : { id, status: 'deviation', detail: listed };
  }
  return problem === null ? { id, status: 'pass', detail: '' } : { id, status: 'fail', detail: problem };
}

/** Failures for listed deviations that name no case. */
export function strayDeviations(deviations: Deviations, outcomes: readonly Outcome[]): Outcome[] {
  const known = new Set(outcomes.map(({ id }) => id));
  return Object.keys(deviations)
    .filter((id) => !known.has(id))
    .map((id) => ({ id, status: 'fail', detail: 'listed as a deviation, but there is no such case' }));
}

/** Null where both are the same as JSON, else what differs. */
export function difference(found: unknown, expected: unknown): string | null {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  return one === other ? null : `${one}, expected ${other}`;
}
