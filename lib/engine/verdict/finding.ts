/**
 * Everything the engine can find, as data: one code for each fact, with its parameters. `lib/explain` has a sentence
 * for every code in every language; a code without one does not compile.
 */

/** Domains and addresses are as the mail or DNS gives them; showing them safely is the explanation's business. */
export interface FindingParams {
  // Who the mail claims to be from.
  author: { address: string; domain: string };
  'author-no-from': Empty;
  'author-no-address': Empty;
  'author-unreadable': Empty;
  'author-domain-literal': Empty;
  'author-bad-domain': Empty;
  'author-mapped-domain': Empty;
  'authors-several': { domains: string };
  // SPF, as reported.
  'spf-aligned': { domain: string };
  'spf-unaligned': { domain: string; author: string };
  'spf-alignment-open': { domain: string; author: string };
  /** A pass where there is no one author domain to compare with. */
  'spf-permitted': { domain: string };
  'spf-helo-only': Empty;
  'spf-fail': { domain: string };
  /** A fail beside a signature that holds: what forwarding leaves behind. */
  'spf-fail-signed': { domain: string };
  'spf-neutral': { domain: string };
  'spf-none': { domain: string };
  'spf-error': { domain: string };
  'spf-not-reported': Empty;
  // DKIM, one for each signature.
  'dkim-aligned': { domain: string };
  'dkim-unaligned': { domain: string; author: string };
  'dkim-alignment-open': { domain: string; author: string };
  /** A pass where there is no one author domain to compare with. */
  'dkim-intact': { domain: string };
  'dkim-body-altered': { domain: string };
  'dkim-signature-mismatch': { domain: string };
  'dkim-key-missing': { domain: string; selector: string };
  /** The receiver had it, DNS has it no more. */
  'dkim-key-gone': { domain: string; selector: string };
  'dkim-key-revoked': { domain: string; selector: string };
  'dkim-key-unanswered': { domain: string; selector: string };
  'dkim-key-unusable': { domain: string; selector: string; reason: string };
  'dkim-malformed': { reason: string };
  'dkim-expired': { domain: string };
  'dkim-weak-algorithm': { domain: string };
  'dkim-short-key': { domain: string; bits: number };
  'dkim-testing-key': { domain: string };
  'dkim-unsigned-tail': { domain: string };
  'dkim-from-added': { domain: string };
  'dkim-not-checkable': { domain: string };
  'dkim-reported': { domain: string; result: string };
  'dkim-pending': { domain: string };
  'dkim-none': Empty;
  // DMARC: whether anything that passed is the author domain's own.
  'dmarc-pass': { domain: string };
  /** What passed is another name of the same organization (RFC 9989 §4.4). */
  'same-organization': { domain: string; author: string };
  'dmarc-fail': { domain: string };
  'dmarc-fail-several': Empty;
  'dmarc-none': { domain: string };
  /** None on delivery; there is a record today. */
  'dmarc-none-then': { domain: string };
  'dmarc-error': { domain: string };
  'dmarc-open': { domain: string };
  'dmarc-pending': { domain: string };
  // What the author domain asks of receivers.
  'policy-reject': { domain: string };
  'policy-quarantine': { domain: string };
  'policy-none': { domain: string };
  'policy-testing': { domain: string };
  /** The record stands at a name above the author domain. */
  'policy-inherited': { domain: string; author: string };
  'policy-missing': { domain: string };
  'policy-unanswered': { domain: string };
  'policy-pending': { domain: string };
  // What the receiver did, and how then compares with now.
  'receiver-delivered': Empty;
  /** Although the author domain asks for something else. */
  'receiver-delivered-anyway': Empty;
  'receiver-quarantined': Empty;
  'receiver-rejected': Empty;
  'receiver-error': { result: string };
  'now-agrees': Empty;
  'now-differs': { then: string; now: string };
  'now-open': Empty;
  'now-without-spf': Empty;
  'holds-today': { domain: string };
  'published-since': { domain: string };
  'worked-out': Empty;
  // Whose word counts.
  'mailbox-basis': { receiver: string };
  'file-basis': Empty;
  'no-report': Empty;
  'no-report-file': Empty;
  'gateway-in-front': Empty;
  'ignored-no-border': { id: string };
  'ignored-below-border': { id: string };
  'ignored-other-id': { id: string };
  'ignored-duplicate': { id: string };
  'ignored-from-mismatch': { id: string };
  'ignored-contradiction': { id: string };
  'ignored-unparseable': { id: string };
  'ignored-address-mismatch': { id: string };
  'ignored-seal-mismatch': { id: string };
  // What was at hand.
  'mailing-list': Empty;
  'line-ends-converted': Empty;
  'no-body': Empty;
  /** Another form of the message than the one that travelled. */
  'not-original': Empty;
  /** No server took it in: sent or drafted here. */
  'not-received': Empty;
  'expiry-by-date': Empty;
  /** It was valid on delivery and is not any more. */
  'dkim-expired-since': { domain: string };
}

type Empty = Record<never, never>;

export type FindingCode = keyof FindingParams;

/** `pass` only where something is the author domain's own; a valid mark of another domain is `info`. */
export type Severity = 'pass' | 'fail' | 'warn' | 'info' | 'open';

/** The order in which reasons are told. */
export type Step = 'identifier' | 'check' | 'alignment' | 'policy' | 'trust';

/** Who says so, and with which result word; `unchecked`: not checked here. */
export interface Provenance {
  readonly by: 'reported' | 'checked' | 'unchecked' | 'unknown' | 'pending';
  readonly result: string | null;
}

/** What a finding rests on: indexes of header fields in the message and of answers in the ledger. */
export interface Grounds {
  readonly fields: readonly number[];
  readonly dns: readonly number[];
}

/** What a finding states: a code with its own parameters. */
export type Statement = {
  readonly [C in FindingCode]: {
    readonly code: C;
    readonly params: FindingParams[C];
    readonly severity: Severity;
  };
}[FindingCode];

export type Finding = Statement & {
  readonly step: Step;
  /** The protocol or field that the finding is about. */
  readonly about: 'From' | 'SPF' | 'DKIM' | 'DMARC' | null;
  readonly provenance: readonly Provenance[];
  readonly because: Grounds;
};

/** The four answers to "does the author domain vouch for this mail?". */
export type Level = 'authenticated' | 'failed' | 'unprotected' | 'unknown';

/** Which row of the table in ARCHITECTURE decided the level. */
export type Rule =
  | 'author-unusable'
  | 'author-lookalike'
  | 'authors-several'
  | 'authors-several-failed'
  | 'reported-pass'
  | 'reported-fail'
  | 'reported-fail-holds-today'
  | 'reported-none'
  | 'reported-none-vouched'
  | 'worked-out-pass'
  | 'worked-out-fail'
  | 'checked-pass'
  | 'checked-none'
  | 'checked-none-vouched'
  | 'checked-fail'
  | 'pending'
  | 'unanswered'
  | 'undetermined';

/** The level that each rule gives. */
export const LEVEL_OF: Readonly<Record<Rule, Level>> = {
  'author-unusable': 'unknown',
  'author-lookalike': 'unknown',
  'authors-several': 'unknown',
  'authors-several-failed': 'failed',
  'reported-pass': 'authenticated',
  'reported-fail': 'failed',
  'reported-fail-holds-today': 'failed',
  'reported-none': 'unprotected',
  'reported-none-vouched': 'unprotected',
  'worked-out-pass': 'authenticated',
  'worked-out-fail': 'failed',
  'checked-pass': 'authenticated',
  'checked-none': 'unprotected',
  'checked-none-vouched': 'unprotected',
  'checked-fail': 'failed',
  pending: 'unknown',
  unanswered: 'unknown',
  undetermined: 'unknown',
};
