/** The one shape that popup, terminal and "copy as JSON" share. Version 1; grounds index `fields` and `dns` here. */
import {
  type Answer,
  alignmentOf,
  type Basis,
  type Completeness,
  checkedDmarc,
  type DkimCheck,
  type DmarcResult,
  type Examination,
  type Facts,
  type Finding,
  type IgnoredBecause,
  isDefinite,
  type Level,
  type ReportedResult,
  type Rule,
} from '../engine/index.ts';
import { type Explanation, explain } from './explanation.ts';
import type { Problem } from './problem.ts';
import type { Language, Translate } from './translate.ts';

export interface ReportField {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

export interface CheckedSignature
  extends Pick<
    DkimCheck,
    'domain' | 'selector' | 'algorithm' | 'keyBits' | 'created' | 'expires' | 'reason'
  > {
  /** Null while the answer is awaited. */
  readonly result: DkimCheck['result'] | null;
  /** Null where DNS leaves it open. */
  readonly aligned: boolean | null;
  readonly field: number;
  readonly dns: number | null;
}

export interface MessageReport {
  readonly version: 1;
  readonly kind: 'message';
  readonly language: Language;
  readonly source: Origin & { readonly completeness: Completeness };
  readonly from: {
    readonly address: string | null;
    readonly domain: string | null;
    readonly organizationalDomain: string | null;
    readonly displayName: string | null;
    readonly domains: readonly string[];
  };
  readonly level: Level;
  readonly rule: Rule;
  readonly reported: {
    readonly basis: Basis | null;
    readonly profile: string | null;
    readonly authservId: string | null;
    readonly spf: ReportedResult | null;
    readonly dmarc: ReportedResult | null;
    readonly arc: ReportedResult | null;
    readonly dkim: readonly ReportedResult[];
    readonly ignored: readonly {
      readonly field: number;
      readonly authservId: string | null;
      readonly because: IgnoredBecause;
    }[];
  };
  readonly checked: {
    readonly state: 'pending' | 'done' | 'partial';
    readonly level: Level;
    /** SPF is told as the receiver reported it. */
    readonly spf: { readonly result: 'not-checked' };
    readonly dkim: readonly CheckedSignature[];
    /** Null where no single author domain could be looked up, or while the answers are awaited. */
    readonly dmarc: null | {
      readonly result: DmarcResult | null;
      readonly policy: string | null;
      /** The policy that is asked of receivers once `t=y` is taken into account. */
      readonly appliedPolicy: string | null;
      readonly appliedTag: string | null;
      readonly recordDomain: string | null;
      readonly walk: readonly {
        readonly domain: string;
        readonly outcome: string;
        readonly record: string | null;
      }[];
      readonly spfAligned: boolean | null;
      readonly dkimAligned: boolean | null;
    };
  };
  readonly findings: readonly Finding[];
  readonly explanation: Explanation;
  readonly bounce: null;
  readonly fields: readonly ReportField[];
  readonly dns: readonly Answer[];
}

/** How the octets were come by. */
export interface Origin {
  readonly via: Route;
  /** Of the message as it was read. */
  readonly bytes: number;
  /** Why the whole original was not had; null where it was. */
  readonly instead: Problem | null;
}

/**
 * Gmail: its original, the same at a second try, the original fetched by the worker, and the page that shows it.
 * `file` and `paste` are the reader's own.
 */
export const ROUTES = ['gmail', 'gmail-again', 'gmail-worker', 'gmail-page', 'file', 'paste'] as const;
export type Route = (typeof ROUTES)[number];

/** Puts a report together in one language. Pure: the same examination gives the same report. */
export function toReport(
  examination: Examination,
  origin: Origin,
  language: Language,
  t: Translate,
): MessageReport {
  const { facts, verdict } = examination;
  const { evidence, message, completeness } = facts;
  const index = indexer(facts, verdict.findings);
  const reported = (result: ReportedResult): ReportedResult => ({
    ...result,
    field: index.field(result.field),
  });
  const orNull = (result: ReportedResult | null): ReportedResult | null => result && reported(result);
  const explanation = explain(examination, t);
  return {
    version: 1,
    kind: 'message',
    language,
    source: { completeness, ...origin },
    from: fromOf(facts),
    level: verdict.level,
    rule: verdict.rule,
    reported: {
      basis: evidence.basis,
      profile: evidence.profile,
      authservId: evidence.authservId,
      spf: orNull(evidence.spf),
      dmarc: orNull(evidence.dmarc),
      arc: orNull(evidence.arc),
      dkim: evidence.dkim.map(reported),
      ignored: evidence.ignored.map((ignored) => ({ ...ignored, field: index.field(ignored.field) })),
    },
    checked: {
      state: !facts.done ? 'pending' : index.dns.every(isDefinite) ? 'done' : 'partial',
      level: verdict.checkedLevel,
      spf: { result: 'not-checked' },
      dkim: facts.signatures.map(({ claim, check }) => ({
        result: check?.result ?? null,
        reason: check?.reason ?? null,
        domain: claim.domain,
        selector: claim.selector,
        algorithm: claim.algorithm,
        keyBits: check?.keyBits ?? null,
        created: claim.created,
        expires: claim.expires,
        aligned: alignmentOf(facts, claim.domain, 'dkim'),
        field: index.field(claim.field),
        dns: check?.dns == null ? null : index.answer(check.dns),
      })),
      dmarc: dmarcOf(facts),
    },
    findings: verdict.findings.map((finding) => ({ ...finding, because: index.grounds(finding.because) })),
    explanation: {
      ...explanation,
      reasons: explanation.reasons.map((reason) => ({ ...reason, because: index.grounds(reason.because) })),
    },
    bounce: null,
    fields: index.fields.map((at) => {
      const field = message.fields[at];
      return { name: field?.name ?? '', value: field?.value ?? '', line: field?.line ?? 0 };
    }),
    dns: index.dns,
  };
}

function fromOf({ authors, dmarc }: Facts): MessageReport['from'] {
  if (authors.kind === 'one') {
    const { address, domain, displayName } = authors.author;
    const organizationalDomain = dmarc?.walk.organizationalDomain ?? null;
    return { address, domain, organizationalDomain, displayName, domains: [domain] };
  }
  const domains = authors.kind === 'several' ? [...new Set(authors.authors.map(({ domain }) => domain))] : [];
  return { address: null, domain: null, organizationalDomain: null, displayName: null, domains };
}

function dmarcOf(facts: Facts): MessageReport['checked']['dmarc'] {
  const { dmarc, reportedMailFrom, signatures } = facts;
  if (dmarc === null) return null;
  const { policy, walk } = dmarc;
  const record = policy.kind === 'record' ? policy : null;
  const passing = signatures.filter(({ check }) => check?.result === 'pass');
  const alignments = passing.map(({ claim }) => alignmentOf(facts, claim.domain, 'dkim'));
  return {
    result: checkedDmarc(facts),
    policy: record?.policy ?? null,
    appliedPolicy: record?.applied ?? null,
    appliedTag: record?.tag ?? null,
    recordDomain: record?.recordDomain ?? null,
    walk: walk.steps.map(({ domain, outcome, record: found }) => ({
      domain,
      outcome,
      record: found?.text ?? null,
    })),
    spfAligned: facts.evidence.spf === null ? null : alignmentOf(facts, reportedMailFrom, 'spf'),
    dkimAligned: alignments.includes(true) ? true : alignments.includes(null) ? null : false,
  };
}

interface Indexer {
  readonly fields: readonly number[];
  readonly dns: readonly Answer[];
  field(at: number): number;
  answer(at: number): number;
  grounds(because: Finding['because']): Finding['because'];
}

/** Keeps only the fields that something rests on, and the answers that are in, and renumbers what points at them. */
function indexer({ evidence, signatures, dns }: Facts, findings: readonly Finding[]): Indexer {
  const results = [evidence.spf, evidence.dmarc, evidence.arc, ...evidence.dkim].filter(
    (result) => result !== null,
  );
  const used = new Set([
    ...findings.flatMap(({ because }) => because.fields),
    ...[...results, ...evidence.ignored].map(({ field }) => field),
    ...signatures.map(({ claim }) => claim.field),
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
