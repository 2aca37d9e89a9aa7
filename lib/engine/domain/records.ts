/** The mail records of a domain, as they were found, each with what is to be said about its text. */
import type { Answer, RecordType } from '../dns/answer.ts';
import type { Lint } from '../lint/lint.ts';
import type { SpfTree } from '../spf/tree.ts';
import type { DomainFinding } from './findings.ts';

export type RecordKind = 'dmarc' | 'spf' | 'dkim' | 'mx' | 'bimi' | 'mta-sts' | 'tls-rpt' | 'report-consent';

export interface DomainTask {
  /** A-labels, lower case. */
  readonly domain: string;
  /** Selectors of DKIM keys that are known from signatures. */
  readonly selectors: readonly string[];
}

export interface DomainRecord {
  readonly kind: RecordKind;
  readonly name: string;
  readonly type: RecordType;
  /** Read as UTF-8 where it is UTF-8. */
  readonly text: string;
  /** What it says. */
  readonly facts: readonly RecordFact[];
  readonly lint: readonly Lint[];
  /** With everything mended that can be mended without a doubt; null where nothing is. */
  readonly corrected: string | null;
  /** Index of the answer in the ledger. */
  readonly dns: number;
}

/** What the records can say, as data; `lib/explain` has a sentence for each code in every language. */
export interface RecordFactParams {
  policy: { policy: string };
  'subdomain-policy': { policy: string };
  testing: Empty;
  lookups: { count: number };
  'key-rsa': { bits: number };
  'key-ed25519': Empty;
  'key-testing': Empty;
  'key-exact': Empty;
  'key-revoked': Empty;
  'mx-addresses': { addresses: string };
  'mx-null': Empty;
  logo: { location: string };
  evidence: { location: string };
  'policy-id': { value: string };
  reports: { addresses: string };
  consent: { domain: string };
}

type Empty = Record<never, never>;

export type RecordFact = {
  readonly [C in keyof RecordFactParams]: { readonly code: C; readonly params: RecordFactParams[C] };
}[keyof RecordFactParams];

export interface DomainDns {
  /** Answers in the order of asking; open questions are null. */
  readonly dns: readonly (Answer | null)[];
}

export interface DomainExamination extends DomainDns {
  readonly task: DomainTask;
  readonly records: readonly DomainRecord[];
  readonly findings: readonly DomainFinding[];
  /** The way through the SPF records; null where there is not exactly one that can be read. */
  readonly spf: SpfTree | null;
  /** Whether the resolver validated the domain's own answers (RFC 4035 §3.2.3); null where none came. */
  readonly authenticData: boolean | null;
  /** `partial`: some question was not answered; a finding names it. */
  readonly state: 'done' | 'partial';
}
