/** One test for each case of a suite; without the suites one test that is skipped and says why. */
import { expect, it } from 'vitest';
import { ABSENT, type Suite, suitesFolder } from './suites/suite.ts';

export async function expectSuite({ name, run }: Suite, cases: number): Promise<void> {
  const folder = suitesFolder();
  if (folder === null) {
    it.skip(`${name}: ${ABSENT}`, () => {});
    return;
  }
  const outcomes = await run(folder);
  it(`${name} has ${cases} cases, none of them dropped`, () => {
    expect(outcomes).toHaveLength(cases);
  });
  it.each(outcomes.map((outcome) => [outcome.status, outcome.id, outcome] as const))(
    `${name}: %s: %s`,
    (_, id, outcome) => {
      expect(outcome.status === 'fail' ? `${id}: ${outcome.detail}` : null).toBeNull();
    },
  );
}
