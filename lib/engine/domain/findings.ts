/** What there is to say about a domain's mail records that is not about the characters of one of them, as data. */
import type { Rcode } from '../dns/answer.ts';

/** `lib/explain` has a sentence for every code in every language; a code without one does not compile. */
export interface DomainFindingParams {
  'no-such-domain': { domain: string };
  /** It neither takes mail nor sends any: other advice fits it. */
  'no-mail': { domain: string };
  // DMARC.
  'dmarc-policy': { domain: string; policy: string };
  'dmarc-inherited': { domain: string; other: string; policy: string };
  /** `other`: where the record has to stand. */
  'dmarc-missing': { domain: string; other: string };
  'dmarc-missing-unused': { domain: string; other: string };
  /** A lax policy on a domain that sends nothing, where a strict one costs nothing. */
  'dmarc-weak-unused': { domain: string; policy: string };
  'dmarc-several': { other: string; count: number };
  'dmarc-misplaced': { domain: string; other: string };
  'dmarc-unrelated': { other: string; count: number };
  /** Its policies cannot be read, and no report address makes up for it. */
  'dmarc-unusable': { other: string };
  /** A record that nobody takes for one. */
  'dmarc-broken': { domain: string; other: string };
  // SPF.
  'spf-missing': { domain: string };
  'spf-missing-unused': { domain: string };
  'spf-several': { domain: string; count: number };
  // DKIM.
  'dkim-nothing': { domain: string };
  /** Keys cannot be listed; whoever knows no selector cannot ask. */
  'dkim-no-selector': { domain: string };
  'key-missing': { domain: string; selector: string };
  // Where mail goes.
  'null-mx': { domain: string };
  'null-mx-sends': { domain: string };
  'mx-implicit': { domain: string };
  'mx-missing': { domain: string };
  // The logo.
  'bimi-missing': { domain: string };
  'bimi-inherited': { domain: string; other: string };
  'bimi-misplaced': { domain: string; other: string };
  'bimi-several': { other: string; count: number };
  /** A logo without a policy that programs ask for before they show it. */
  'bimi-unenforced': { domain: string };
  // Encrypted delivery.
  'mta-sts-missing': { domain: string };
  'mta-sts-several': { other: string; count: number };
  'mta-sts-policy-unread': { other: string };
  'mta-sts-no-host': { other: string };
  'tls-rpt-missing': { domain: string };
  'tls-rpt-several': { other: string; count: number };
  // DNS itself.
  'dnssec-on': { domain: string };
  'dnssec-off': { domain: string };
  unanswered: { other: string; type: string; rcode: Rcode };
}

export type DomainFindingCode = keyof DomainFindingParams;

/** `open`: a question that was not answered. */
export type DomainSeverity = 'pass' | 'error' | 'warn' | 'info' | 'open';

export type DomainFinding = {
  readonly [C in DomainFindingCode]: {
    readonly code: C;
    readonly params: DomainFindingParams[C];
    readonly severity: DomainSeverity;
    /** Indexes of the answers in the ledger that it rests on. */
    readonly dns: readonly number[];
  };
}[DomainFindingCode];
