/** The mail records of a domain, as they were found, each with what is to be said about its text. */
import type { Answer, RecordType } from '../dns/answer.ts';
import type { Lint } from '../lint/lint.ts';

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
  readonly lint: readonly Lint[];
  /** Index of the answer in the ledger. */
  readonly dns: number;
}

export interface DomainDns {
  /** Answers in the order of asking; open questions are null. */
  readonly dns: readonly (Answer | null)[];
}
