/** The one shape that popup, terminal and "copy as JSON" share. Version 1; grounds index `fields` and `dns` here. */
import {
  type Answer,
  type Completeness,
  type Examination,
  type Facts,
  type Finding,
  type IgnoredBecause,
  isSealed,
  type Level,
  type ReportedResult,
  type Rule,
} from '../engine/index.ts';
import type { Checked } from './checked.ts';
import { type Explanation, explain } from './explanation.ts';
import { indexer } from './indexer.ts';
import type { Problem } from './problem.ts';
import { checkedOf } from './to-checked.ts';
import type { Language, Translate } from './translate.ts';

export interface ReportField {
  readonly name: string;
  readonly value: string;
  readonly line: number;
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
    /** `sealed`: a file whose result the receiver's own seal proves to be the receiver's. */
    readonly basis: 'mailbox' | 'sealed' | 'file' | null;
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
  readonly checked: Checked;
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
      basis: basisOf(facts),
      profile: evidence.profile,
      authservId: evidence.authservId,
      spf: orNull(evidence.spf),
      dmarc: orNull(evidence.dmarc),
      arc: orNull(evidence.arc),
      dkim: evidence.dkim.map(reported),
      ignored: evidence.ignored.map((ignored) => ({ ...ignored, field: index.field(ignored.field) })),
    },
    checked: checkedOf(examination, index),
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

function basisOf(facts: Facts): MessageReport['reported']['basis'] {
  const { basis } = facts.evidence;
  return basis === 'file' && isSealed(facts) ? 'sealed' : basis;
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
