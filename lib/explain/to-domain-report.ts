/** What was found about a domain, put together in one language. Pure: the same examination gives the same report. */
import {
  type DomainExamination,
  type DomainFinding,
  type DomainRecord,
  edited,
  type Lint,
} from '../engine/index.ts';
import type { DomainReport, ReportedFinding, ReportedLint, ReportedRecord } from './domain-report.ts';
import { domainFindingSentence, factSentence, lintSentence } from './lint-sentence.ts';
import { shownDomain } from './sentence.ts';
import { treeLines } from './spf-tree-lines.ts';
import type { Language, Translate } from './translate.ts';

/** Grounds index the report's own `dns`, which holds the answers that are in. */
export function toDomainReport(
  examination: DomainExamination,
  language: Language,
  t: Translate,
): DomainReport {
  const { task, records, findings, authenticData, state } = examination;
  const answered = examination.dns.flatMap((answer, old) => (answer === null ? [] : [{ answer, old }]));
  const places = new Map(answered.map(({ old }, now) => [old, now]));
  const place = (old: number): number => places.get(old) ?? -1;
  const reported = findings.map(({ code, severity, params, dns }): ReportedFinding => {
    const grounds = dns.filter((at) => places.has(at)).map(place);
    return { code, severity, params: { ...params }, because: { fields: [], dns: grounds } };
  });
  const told = records.map((record): ReportedRecord => {
    const { kind, name, type, text, facts, lint, corrected, dns } = record;
    return {
      kind,
      name,
      type,
      text,
      facts: facts.map((fact) => factSentence(t, fact)),
      lint: lint.map((remark) => toReportedLint(text, remark, t)),
      corrected,
      tree: kind === 'spf' && examination.spf !== null ? treeLines(examination.spf, t) : [],
      dns: place(dns),
    };
  });
  return {
    version: 1,
    kind: 'domain',
    language,
    domain: { name: task.domain, records: told, authenticData },
    state,
    findings: reported,
    explanation: {
      headline: headlineOf(examination, t),
      detail: detailOf(examination, t).join(t('sentence_gap')),
      reasons: findings.map((finding) => domainFindingSentence(t, finding)),
    },
    dns: answered.map(({ answer }) => answer),
  };
}

function toReportedLint(text: string, lint: Lint, t: Translate): ReportedLint {
  const { code, severity, start, end, section, edit } = lint;
  return {
    code,
    severity,
    start,
    end,
    message: lintSentence(t, lint),
    section,
    correction: edited(text, [edit]),
  };
}

function countOf(
  severity: 'error' | 'warn',
  findings: readonly DomainFinding[],
  records: readonly DomainRecord[],
): number {
  const remarks = records.flatMap(({ lint }) => lint);
  return [...findings, ...remarks].filter((one) => one.severity === severity).length;
}

/** The worst first: no such domain, errors, warnings, questions that are open, nothing to mend. */
function headlineOf({ task, findings, records, state }: DomainExamination, t: Translate): string {
  const domain = shownDomain(t, task.domain);
  const has = (code: DomainFinding['code']): boolean => findings.some((finding) => finding.code === code);
  if (has('no-such-domain')) return t('records_headline_absent', { domain });
  const errors = countOf('error', findings, records);
  if (errors === 1) return t('records_headline_error', { domain });
  if (errors > 1) return t('records_headline_errors', { domain, count: errors });
  const warnings = countOf('warn', findings, records);
  if (warnings === 1) return t('records_headline_warning', { domain });
  if (warnings > 1) return t('records_headline_warnings', { domain, count: warnings });
  if (state === 'partial') return t('records_headline_open', { domain });
  return has('no-mail') ? t('records_headline_no_mail', { domain }) : t('records_headline_fine', { domain });
}

/** What the domain asks of receivers, and whether anything stayed open. */
function detailOf({ findings, state }: DomainExamination, t: Translate): readonly string[] {
  const told: string[] = [];
  const policy = findings.find(({ code }) => code === 'dmarc-policy' || code === 'dmarc-inherited')?.params;
  if (policy !== undefined && 'policy' in policy) {
    if (policy.policy === 'reject') told.push(t('records_detail_reject'));
    else if (policy.policy === 'quarantine') told.push(t('records_detail_quarantine'));
    else told.push(t('records_detail_none'));
  } else if (findings.some(({ code }) => NO_POLICY.has(code))) told.push(t('records_detail_no_policy'));
  if (state === 'partial') told.push(t('records_detail_open'));
  return told;
}

const NO_POLICY: ReadonlySet<DomainFinding['code']> = new Set([
  'dmarc-missing',
  'dmarc-missing-unused',
  'dmarc-unusable',
  'dmarc-broken',
  'dmarc-several',
  'dmarc-misplaced',
]);
