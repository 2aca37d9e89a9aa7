/** Verdict to sentences: headline, detail, reasons in their order, and what to do. */
import type { Examination, Facts, Finding, Rule, Severity, Step } from '../engine/index.ts';
import { fixesFor } from './fixes.ts';
import {
  findingSentence,
  headlineSentence,
  provenanceSentence,
  receiverName,
  resultWord,
  shownAddress,
  shownDomain,
} from './sentence.ts';
import type { Translate } from './translate.ts';

export interface Reason {
  readonly code: Finding['code'];
  readonly step: Step;
  readonly severity: Severity;
  readonly text: string;
  /** The protocol or field that it is about, an RFC word; null where it is about none. */
  readonly about: Finding['about'];
  /** Who says so, one phrase each. */
  readonly provenance: readonly string[];
  readonly because: Finding['because'];
}

export interface Fix {
  readonly code: string;
  readonly role: 'recipient' | 'sender';
  readonly text: string;
}

export interface Explanation {
  readonly headline: string;
  readonly detail: string;
  readonly reasons: readonly Reason[];
  readonly fixes: readonly Fix[];
}

const STEPS: readonly Step[] = ['identifier', 'check', 'alignment', 'policy', 'trust'];

/** Puts a verdict into the words of one language. Grounds still index the message and the ledger. */
export function explain({ facts, verdict }: Examination, t: Translate): Explanation {
  const { evidence, authors } = facts;
  const receiver = { name: receiverName(t, evidence.profile), isFile: evidence.basis === 'file' };
  const reasons = verdict.findings.map(
    (finding): Reason => ({
      code: finding.code,
      step: finding.step,
      severity: finding.severity,
      text: findingSentence(t, finding),
      about: finding.about,
      provenance: finding.provenance.map((source) => provenanceSentence(t, source, receiver)),
      because: finding.because,
    }),
  );
  reasons.sort((one, other) => STEPS.indexOf(one.step) - STEPS.indexOf(other.step));
  return {
    headline: headlineSentence(t, verdict.rule, authors.kind === 'one' ? authors.author.domain : ''),
    detail: detail(facts, verdict.rule, verdict.findings, t).join(t('sentence_gap')),
    reasons,
    fixes: fixesFor(facts, verdict, t),
  };
}

function detail(facts: Facts, rule: Rule, findings: readonly Finding[], t: Translate): readonly string[] {
  const { authors, evidence } = facts;
  const sentences: string[] = [];
  if (authors.kind === 'one')
    sentences.push(t('detail_from', { address: shownAddress(authors.author.address) }));
  if (authors.kind === 'several') {
    sentences.push(
      t('detail_from_several', {
        domains: authors.authors.map(({ domain }) => shownDomain(t, domain)).join(', '),
      }),
    );
  }
  const domain = authors.kind === 'one' ? shownDomain(t, authors.author.domain) : '';
  sentences.push(...ruleDetail(rule, findings, domain, t));
  if (evidence.basis === 'file' && evidence.dmarc !== null) {
    const result = resultWord(t, evidence.dmarc.result);
    sentences.push(t('detail_file', { receiver: receiverName(t, evidence.profile), result }));
  }
  return sentences;
}

function ruleDetail(
  rule: Rule,
  findings: readonly Finding[],
  domain: string,
  t: Translate,
): readonly string[] {
  switch (rule) {
    case 'reported-pass':
    case 'worked-out-pass':
    case 'checked-pass':
      return [t('detail_vouched')];
    case 'reported-fail':
    case 'worked-out-fail':
    case 'checked-fail':
    case 'authors-several-failed': {
      if (findings.some(({ code }) => code === 'mailing-list')) return [t('detail_list')];
      const other = sentAs(findings);
      return [other === null ? t('detail_unproven') : t('detail_sent_as', { other: shownDomain(t, other) })];
    }
    case 'reported-fail-holds-today':
      return [t('detail_holds', { domain })];
    case 'reported-none':
    case 'checked-none':
    case 'reported-none-vouched':
    case 'checked-none-vouched':
      return [t('detail_anyone')];
    case 'author-lookalike':
      return [t('detail_lookalike')];
    case 'author-unusable':
      return [t('detail_no_sender')];
    case 'unanswered':
      return [t('detail_dns')];
    case 'undetermined':
      return [t('detail_no_evidence')];
    case 'authors-several':
    case 'pending':
      return [];
  }
}

/** The foreign domain in whose name the mail verifiably went out: a signature first, it survives forwarding. */
export function sentAs(findings: readonly Finding[]): string | null {
  for (const code of ['dkim-unaligned', 'spf-unaligned'] as const) {
    const finding = findings.find((candidate) => candidate.code === code);
    if (finding !== undefined && 'domain' in finding.params) return finding.params.domain;
  }
  return null;
}
