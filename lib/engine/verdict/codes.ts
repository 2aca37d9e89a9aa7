/**
 * Everything the engine can find, as data: one code for each fact, with its parameters. `lib/explain` has a sentence
 * for every code in every language; a code without one does not compile.
 */
import type { SealDoubt } from '../arc/seal.ts';
import type { BimiObstacle } from '../bimi/evaluate.ts';
import type { SpfReason } from '../spf/trace.ts';

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
  // SPF, as reported and as checked here.
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
  'spf-pending': { domain: string };
  /** The name to ask for would hold the sender's address, and nobody consented. */
  'spf-withheld': { domain: string };
  'spf-unanswered': { domain: string };
  'spf-broken': { domain: string; term: string; why: SpfWhy };
  /** Where no term is to blame. */
  'spf-unusable': { domain: string; why: SpfWhy };
  'spf-explanation': { domain: string; text: string };
  'spf-helo': { domain: string; result: string };
  // DKIM, one for each signature.
  'dkim-aligned': { domain: string };
  'dkim-unaligned': { domain: string; author: string };
  'dkim-alignment-open': { domain: string; author: string };
  /** A pass where there is no one author domain to compare with. */
  'dkim-intact': { domain: string };
  'dkim-body-altered': { domain: string };
  'dkim-signature-mismatch': { domain: string };
  'dkim-both-altered': { domain: string };
  /** It fits once the changes of the way are undone: genuine, and broken since. */
  'dkim-broken-since': { domain: string };
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
  /** A copy of the mail is all that there is. */
  'dkim-not-original': { domain: string };
  'dkim-reported': { domain: string; result: string };
  'dkim-pending': { domain: string };
  'dkim-none': Empty;
  /** A field that is signed once and stands here more often (RFC 6376 §8.15). */
  'field-repeated': { name: string; domain: string };
  // What broke a signature, proven by undoing it.
  'altered-refolded': { name: string };
  'altered-respaced': { name: string };
  'altered-recased': { name: string };
  'altered-requoted': { name: string };
  'altered-reencoded': { name: string };
  'altered-subject-tag': { tag: string } & Changed;
  'altered-subject': Changed;
  'altered-from': Changed;
  'altered-reply-to': Changed;
  'altered-recipients': { name: string } & Changed;
  'altered-date': Changed;
  'altered-field': { name: string } & Changed;
  'altered-field-added': { name: string };
  'altered-field-removed': { name: string; before: string };
  'altered-reordered': { name: string };
  'altered-other-key': { domain: string; selector: string };
  'altered-footer': Added;
  'altered-banner': Added;
  'altered-part': Added;
  'altered-body-added': Empty;
  'altered-wrapped': { text: string };
  'altered-line-ends': Empty;
  'altered-trailing-space': Empty;
  'altered-tabs': Empty;
  'altered-blank-lines': Empty;
  'altered-final-line-end': Empty;
  'altered-from-escaped': Empty;
  'altered-dots': Empty;
  'altered-lines-broken': Empty;
  'altered-transfer-encoding': Changed;
  'altered-charset': Changed;
  'altered-links': { count: number; by: string };
  'altered-unexplained': { domain: string };
  // DMARC: whether anything that passed is the author domain's own.
  'dmarc-pass': { domain: string };
  /** On delivery; by today's DNS it would fail. */
  'dmarc-pass-then': { domain: string };
  /** What passed is another name of the same organization (RFC 9989 §4.4). */
  'same-organization': { domain: string; author: string };
  'dmarc-fail': { domain: string };
  'dmarc-fail-several': Empty;
  'dmarc-none': { domain: string };
  /** None on delivery; there is a record today. */
  'dmarc-none-then': { domain: string };
  /** The receiver goes by the older rule, by which there is none. */
  'dmarc-none-by-list': { domain: string };
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
  'policy-nonexistent': { domain: string; author: string };
  'policy-several': { domain: string };
  /** RFC 9989 is at odds with itself about it. */
  'policy-no-p': { domain: string };
  'policy-unreadable': { domain: string };
  'policy-as-none': { domain: string };
  'policy-bad-value': { domain: string; tags: string };
  'policy-obsolete': { domain: string; tags: string };
  'policy-missing': { domain: string };
  'policy-unanswered': { domain: string };
  'policy-pending': { domain: string };
  // The older rule beside today's (RFC 7489).
  'psl-differs': { psl: string; walk: string };
  'psl-record': { psl: string; walk: string };
  'psl-policy': { psl: string; walk: string };
  // The logo.
  'bimi-shown': { domain: string };
  'bimi-hidden': { domain: string; why: BimiWhy };
  'bimi-declined': { domain: string };
  'bimi-evidence': { location: string };
  /** The logo alone: it decides nothing, and is told where nothing else is open. */
  'bimi-unanswered': { domain: string };
  // What the receiver did, and how then compares with now.
  'receiver-delivered': Empty;
  /** Although the author domain asks for something else. */
  'receiver-delivered-anyway': Empty;
  /** Because it trusts who forwarded it (RFC 8617). */
  'receiver-arc-override': Empty;
  'receiver-quarantined': Empty;
  'receiver-rejected': Empty;
  'receiver-error': { result: string };
  'now-agrees': Empty;
  'now-differs': { then: string; now: string };
  'now-open': Empty;
  /** Open because DNS is: what was reported stands all the same. */
  'now-unanswered': { receiver: string };
  'now-key-gone': { domain: string; selector: string };
  'now-body-changed': { domain: string };
  'now-not-checkable': Empty;
  'now-spf-changed': { domain: string };
  'now-spf-permits': { domain: string };
  'now-only-psl': { domain: string };
  'now-only-walk': { domain: string };
  'now-record-gone': { domain: string };
  'now-walk-applies': { domain: string };
  'holds-today': { domain: string };
  'published-since': { domain: string };
  'worked-out': Empty;
  // What DNS left open, one for each cause.
  'dns-unanswered': { open: readonly OpenCheck[]; why: DnsWhy };
  /** The resolver answered, and had nothing of use from the domain's own name servers. */
  'dns-servfail': { open: readonly OpenCheck[] };
  // Whose word counts.
  'mailbox-basis': { receiver: string };
  'file-basis': Empty;
  'no-report': Empty;
  'no-report-file': Empty;
  'gateway-in-front': Empty;
  'gateway-named': { id: string };
  'gateway-silent': { id: string };
  'gateway-bypassed': { id: string };
  'gateway-recognised': { id: string };
  imported: Empty;
  internal: Empty;
  rebuilt: Empty;
  'ignored-no-border': { id: string };
  'ignored-below-border': { id: string };
  'ignored-other-id': { id: string };
  'ignored-duplicate': { id: string };
  'ignored-from-mismatch': { id: string };
  'ignored-contradiction': { id: string };
  'ignored-unparseable': { id: string };
  'ignored-address-mismatch': { id: string };
  'ignored-seal-mismatch': { id: string };
  'ignored-gateway-bypassed': { id: string };
  // What was at hand.
  'mailing-list': Empty;
  forwarded: { domain: string; result: string };
  // The chain of custody, and the receiver's own link of it.
  'arc-intact': { count: number; domain: string };
  'arc-broken': { instance: number; reason: string };
  'arc-unanswered': Empty;
  'arc-not-checkable': Empty;
  'seal-proven': { receiver: string };
  'seal-said': { receiver: string; result: string };
  'seal-unproven': { receiver: string; why: SealWhy };
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
/** Texts as they were signed and as they stand here. */
type Changed = { before: string; after: string };
/** Lines that were added, and how they begin. */
type Added = { lines: number; text: string };
/** A check without a result because DNS gave none: the DMARC record, the key of a signature, SPF in MAIL FROM. */
export type OpenCheck =
  | { readonly kind: 'dmarc' | 'spf'; readonly domain: string }
  | { readonly kind: 'key'; readonly domain: string; readonly selector: string };
/** Why a question to DNS is open. */
export type DnsDoubt = DnsFault | 'servfail';
type DnsFault =
  | 'offline'
  | 'portal'
  | 'unreachable'
  | 'timeout'
  | 'error'
  | 'refused'
  | 'truncated'
  | 'malformed';
/** A code that is put into words within a sentence. */
export type DnsWhy = `dns-${DnsFault}`;
export type SpfWhy = `spf-${SpfReason}`;
export type BimiWhy = `bimi-${BimiObstacle}`;
export type SealWhy = `seal-${SealDoubt}`;
export type Why = SpfWhy | BimiWhy | SealWhy | DnsWhy;

export type FindingCode = keyof FindingParams;
