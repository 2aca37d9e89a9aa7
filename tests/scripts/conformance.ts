// Runs the suites that others wrote and prints one line for each, with every listed deviation and its reason.
import process from 'node:process';
import { SUITES } from '../conformance/suites/all.ts';
import { ABSENT, type Outcome, suitesFolder } from '../conformance/suites/suite.ts';

type Status = Outcome['status'];

function count(outcomes: readonly Outcome[], status: Status): number {
  return outcomes.filter((outcome) => outcome.status === status).length;
}

/** `dkim 51/51`, or with what was set aside: `authres 148/161, 13 listed as deviating`. */
function line(name: string, outcomes: readonly Outcome[]): string {
  const aside: readonly [Status, string][] = [
    ['deviation', 'listed as deviating'],
    ['not-applicable', 'not applicable'],
    ['fail', 'FAILED'],
  ];
  const parts = aside
    .map(([status, words]) => [count(outcomes, status), words] as const)
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`);
  return [`${name} ${count(outcomes, 'pass')}/${outcomes.length}`, ...parts].join(', ');
}

/** The cases of one status under their reasons. */
function reasons(outcomes: readonly Outcome[], status: Status): string[] {
  const listed = outcomes.filter((outcome) => outcome.status === status);
  return [...new Set(listed.map(({ detail }) => detail))].flatMap((detail) => [
    `  ${status}: ${detail}`,
    ...new Set(listed.filter((outcome) => outcome.detail === detail).map(({ id }) => `    ${id}`)),
  ]);
}

const folder = suitesFolder();
if (folder === null) {
  console.log(ABSENT);
} else {
  let failures = 0;
  for (const { name, run } of SUITES) {
    const outcomes = await run(folder);
    failures += count(outcomes, 'fail');
    console.log(line(name, outcomes));
    for (const status of ['deviation', 'not-applicable', 'fail'] as const) {
      for (const text of reasons(outcomes, status)) console.log(text);
    }
  }
  process.exitCode = failures === 0 ? 0 : 1;
}
