/** The deciding terms in the SPF records that a finding rests on. */
import { decidingSteps, type Facts, type Finding, type SpfRecordTrace } from '../engine/index.ts';
import type { Mark } from './marks.ts';

/** A list for each text of the answer at that place of the ledger. */
export function spfMarks(
  { code }: Finding,
  { spf }: Pick<Facts, 'spf'>,
  at: number,
  answers: readonly string[],
): readonly (readonly Mark[])[] {
  const check = spf.kind === 'judgeable' ? (code === 'spf-helo' ? spf.helo : spf.mailFrom) : null;
  const path = check?.trace == null ? [] : pathOf(check.trace);
  return answers.map((text) =>
    distinct(path.filter(({ record }) => record.dns.includes(at) && record.text === text)),
  );
}

/** From left to right, each place once: a way may come back to a record that it has been to. */
function distinct(marks: readonly Mark[]): readonly Mark[] {
  const ends = new Map(marks.map(({ start, end }) => [start, end]));
  return [...ends].map(([start, end]) => ({ start, end })).sort((one, other) => one.start - other.start);
}

/** Each record on the way with the place of the term that decided it. */
function pathOf(trace: SpfRecordTrace): readonly (Mark & { readonly record: SpfRecordTrace })[] {
  let record: SpfRecordTrace | null = trace;
  return decidingSteps(trace).flatMap(({ term }) => {
    const here = record;
    record = term.record;
    return here === null ? [] : [{ record: here, start: term.start, end: term.end }];
  });
}
