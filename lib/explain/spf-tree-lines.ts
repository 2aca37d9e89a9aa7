/** The records that a domain's SPF leads to, line by line, with what each term costs. */
import { MAX_SPF_LOOKUPS, type SpfTree, type SpfTreeRecord, type SpfTreeTerm } from '../engine/index.ts';
import type { ReportedSeverity, TreeLine } from './domain-report.ts';
import { keyOf, shownDomain } from './sentence.ts';
import type { Translate } from './translate.ts';
import { shortened } from './visible.ts';

export function treeLines({ root, lookups }: SpfTree, t: Translate): readonly TreeLine[] {
  const [head, ...rest] = recordLines(root, 0, t);
  if (head === undefined) return [];
  const count = t('records_fact_lookups', { count: lookups });
  const note = head.note === '' ? count : head.note;
  return [{ ...head, note, severity: lookups > MAX_SPF_LOOKUPS ? 'error' : head.severity }, ...rest];
}

function recordLines(record: SpfTreeRecord, depth: number, t: Translate): readonly TreeLine[] {
  const { domain, problem, terms } = record;
  const head: TreeLine = {
    depth,
    text: shownDomain(t, domain),
    note: problem === null ? '' : problemNote(problem, t),
    severity: problem === null ? null : SEVERITIES[problem],
  };
  return [
    head,
    ...terms.flatMap((term) => [
      termLine(term, depth + 1, t),
      ...(term.record === null ? [] : recordLines(term.record, depth + 2, t)),
    ]),
  ];
}

type Problem = NonNullable<SpfTreeRecord['problem']>;

const SEVERITIES: Readonly<Record<Problem, ReportedSeverity>> = {
  'bad-domain': 'error',
  'no-such-domain': 'error',
  'no-record': 'error',
  'several-records': 'error',
  loop: 'error',
  'record-unanswered': 'info',
  unread: 'info',
};

function problemNote(problem: Problem, t: Translate): string {
  if (problem === 'loop') return t('records_tree_loop');
  return problem === 'unread' ? t('records_tree_unread') : t(keyOf('why', `spf-${problem}`));
}

function termLine(term: SpfTreeTerm, depth: number, t: Translate): TreeLine {
  const { text, lookup, isVoid, isUnanswered } = term;
  const notes: string[] = [];
  if (lookup !== null) notes.push(t('spf_lookup', { number: lookup }));
  if (isVoid) notes.push(t('spf_void'));
  if (isUnanswered) notes.push(t('why_spf_dns_failed'));
  return { depth, text: shortened(text), note: notes.join(' · '), severity: severityOf(term) };
}

function severityOf({ lookup, isVoid, isUnanswered }: SpfTreeTerm): ReportedSeverity | null {
  if (lookup !== null && lookup > MAX_SPF_LOOKUPS) return 'error';
  if (isVoid) return 'warn';
  return isUnanswered ? 'info' : null;
}
