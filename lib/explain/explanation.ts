/** Verdict to sentences: headline, detail, reasons in their order, and what to do. */
import {
  type Examination,
  type Facts,
  type Finding,
  isOwnMail,
  isSealed,
  type Rule,
  type Severity,
  type Step,
  type Verdict,
} from '../engine/index.ts';
import { fixesFor } from './fixes.ts';
import { answerMarks, fieldMarks, type Mark } from './marks.ts';
import {
  findingSentence,
  headlineSentence,
  keyOf,
  provenanceSentence,
  receiverName,
  resultWord,
  shownAddress,
  shownDomain,
} from './sentence.ts';
import { spfMarks } from './spf-marks.ts';
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
  readonly marks: Marks;
}

/** The deciding words in what a reason rests on: a list for each field of `because`, and for each text of each answer. */
export interface Marks {
  readonly fields: readonly (readonly Mark[])[];
  readonly dns: readonly (readonly (readonly Mark[])[])[];
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
  const { evidence } = facts;
  const receiver = { name: receiverName(t, evidence.profile), isFile: evidence.basis === 'file' };
  const reasons = verdict.findings.map(
    (finding): Reason => ({
      code: finding.code,
      step: finding.step,
      severity: finding.severity,
      text: findingSentence(t, finding),
      about: finding.about,
      provenance: finding.provenance.map((source) => provenanceSentence(t, source, receiver)),
      ...groundsOf(finding, facts),
    }),
  );
  reasons.sort((one, other) => STEPS.indexOf(one.step) - STEPS.indexOf(other.step));
  return {
    headline: headline(facts, verdict, t),
    detail: detail(facts, verdict.rule, verdict.findings, t).join(t('sentence_gap')),
    reasons,
    fixes: fixesFor(facts, verdict, t),
  };
}

/** What can be shown of what a finding rests on: an answer that is still awaited cannot. */
function groundsOf(finding: Finding, facts: Facts): Pick<Reason, 'because' | 'marks'> {
  const { message, dns, dmarc } = facts;
  const { fields } = finding.because;
  const answered = finding.because.dns.flatMap((at) => {
    const answer = dns[at] ?? null;
    return answer === null ? [] : [{ at, answer }];
  });
  const policyTag = dmarc?.policy.kind === 'record' ? dmarc.policy.tag : null;
  return {
    because: { fields, dns: answered.map(({ at }) => at) },
    marks: {
      fields: fields.map((at) => {
        const field = message.fields[at];
        return field === undefined ? [] : fieldMarks(finding, field);
      }),
      dns: answered.map(({ at, answer }) =>
        finding.about === 'SPF'
          ? spfMarks(finding, facts, at, answer.answers)
          : answerMarks(finding, answer, policyTag),
      ),
    },
  };
}

function headline({ authors }: Facts, { rule, findings }: Verdict, t: Translate): string {
  const domain = authors.kind === 'one' ? authors.author.domain : '';
  if (isOwnMail(findings)) return t('headline_not_received');
  if (!isPublishedSince(findings)) return headlineSentence(t, rule, domain);
  const shown = { domain: shownDomain(t, domain) };
  return rule === 'reported-none-vouched'
    ? t('headline_published_since_vouched', shown)
    : t('headline_published_since', shown);
}

/** There is a rule today, so that none must not be spoken of in the present. */
function isPublishedSince(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === 'published-since');
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
  if (isOwnMail(findings)) return [...sentences, t('detail_not_received')];
  const domain = authors.kind === 'one' ? shownDomain(t, authors.author.domain) : '';
  sentences.push(...ruleDetail(rule, findings, domain, t));
  if (evidence.basis === 'file' && evidence.dmarc !== null) {
    const said = {
      receiver: receiverName(t, evidence.profile),
      result: resultWord(t, evidence.dmarc.result),
    };
    sentences.push(isSealed(facts) ? t('detail_sealed', said) : t('detail_file', said));
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
      if (isBrokenSince(findings)) return [t('detail_broken_since', { domain })];
      const other = sentAs(findings);
      if (other === null) return [t('detail_unproven')];
      const shown = shownDomain(t, other.domain);
      return [
        other.by === 'signature'
          ? t('detail_sent_as', { other: shown })
          : t('detail_server_of', { other: shown }),
      ];
    }
    case 'reported-fail-holds-today':
      return [t('detail_holds', { domain })];
    case 'reported-none':
    case 'checked-none':
    case 'reported-none-vouched':
    case 'checked-none-vouched':
      return [isPublishedSince(findings) ? t('detail_published_since') : t('detail_anyone')];
    case 'author-lookalike':
      return [t('detail_lookalike')];
    case 'author-unusable':
      return [t('detail_no_sender')];
    case 'unanswered':
      return [dnsDetail(findings, t)];
    case 'undetermined':
      return [t('detail_no_evidence')];
    case 'authors-several':
    case 'pending':
      return [];
  }
}

/** Why nothing was learnt of DNS; the reader's side of it first. */
function dnsDetail(findings: readonly Finding[], t: Translate): string {
  const unanswered = findings.find((finding) => finding.code === 'dns-unanswered');
  return unanswered === undefined
    ? t('detail_dns_servfail')
    : t('detail_dns', { why: t(keyOf('why', unanswered.params.why)) });
}

/** The author domain's own signature is genuine, and the mail was changed after it. */
function isBrokenSince(findings: readonly Finding[]): boolean {
  return findings.some(({ code, severity }) => code === 'dkim-broken-since' && severity === 'fail');
}

/** The foreign domain in whose name the mail verifiably went out: a signature first, it survives forwarding. */
export function sentAs(
  findings: readonly Finding[],
): { readonly by: 'signature' | 'server'; readonly domain: string } | null {
  const signed = findings.find(({ code }) => code === 'dkim-unaligned');
  const sent = signed ?? findings.find(({ code }) => code === 'spf-unaligned');
  if (sent === undefined || !('domain' in sent.params)) return null;
  return { by: signed === undefined ? 'server' : 'signature', domain: sent.params.domain };
}
