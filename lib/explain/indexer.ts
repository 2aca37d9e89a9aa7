/** Which header fields and DNS answers a report holds, and how what points at them is renumbered. */
import type { Answer, Facts, Finding } from '../engine/index.ts';

export interface Indexer {
  readonly fields: readonly number[];
  readonly dns: readonly Answer[];
  field(at: number): number;
  answer(at: number): number;
  grounds(because: Finding['because']): Finding['because'];
}

type Alterations = NonNullable<Facts['signatures'][number]['alterations']>;

function alteredFields({ header }: Alterations): readonly number[] {
  if (header.kind !== 'explained') return [];
  return header.alterations.flatMap((change) => {
    if ('fields' in change) return change.fields;
    return 'field' in change ? [change.field] : [];
  });
}

/** Keeps only the fields that something rests on, and the answers that are in, and renumbers what points at them. */
export function indexer({ evidence, signatures, arc, dns }: Facts, findings: readonly Finding[]): Indexer {
  const results = [evidence.spf, evidence.dmarc, evidence.arc, ...evidence.dkim].filter(
    (result) => result !== null,
  );
  const used = new Set([
    ...findings.flatMap(({ because }) => because.fields),
    ...[...results, ...evidence.ignored].map(({ field }) => field),
    ...signatures.map(({ claim }) => claim.field),
    ...signatures.flatMap(({ alterations }) => (alterations === null ? [] : alteredFields(alterations))),
    ...(arc?.sets ?? []).flatMap(({ fields }) => [fields.seal, fields.messageSignature, fields.results]),
  ]);
  const fields = [...used].sort((one, other) => one - other);
  const newField = new Map(fields.map((old, now) => [old, now]));
  const answered = dns.flatMap((answer, old) => (answer === null ? [] : [{ answer, old }]));
  const newAnswer = new Map(answered.map(({ old }, now) => [old, now]));
  const field = (at: number): number => newField.get(at) ?? -1;
  const answer = (at: number): number => newAnswer.get(at) ?? -1;
  return {
    fields,
    dns: answered.map((entry) => entry.answer),
    field,
    answer,
    grounds: (because) => ({
      fields: because.fields.map(field),
      dns: because.dns.filter((at) => newAnswer.has(at)).map(answer),
    }),
  };
}
