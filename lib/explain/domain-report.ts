/** The records of a domain without a message: the shape that terminal, analyzer and "copy as JSON" share. Version 1. */
import type { Answer, RecordType } from '../engine/index.ts';
import type { Language } from './translate.ts';

export type ReportedSeverity = 'error' | 'warn' | 'info';

export interface DomainReport {
  readonly version: 1;
  readonly kind: 'domain';
  readonly language: Language;
  readonly domain: {
    /** A-labels. */
    readonly name: string;
    readonly records: readonly ReportedRecord[];
    /** Whether the resolver validated the domain's own answers; null where none came. */
    readonly authenticData: boolean | null;
  };
  /** `partial`: some question was not answered; a finding says which. */
  readonly state: 'done' | 'partial';
  readonly findings: readonly ReportedFinding[];
  readonly explanation: {
    readonly headline: string;
    readonly detail: string;
    /** One for each finding, in its order. */
    readonly reasons: readonly string[];
  };
  readonly dns: readonly Answer[];
}

/** Something about the domain that is not about the characters of one record. */
export interface ReportedFinding {
  readonly code: string;
  readonly severity: 'pass' | ReportedSeverity | 'open';
  readonly params: Readonly<Record<string, string | number>>;
  readonly because: { readonly fields: readonly []; readonly dns: readonly number[] };
}

export interface ReportedRecord {
  readonly kind: 'dmarc' | 'spf' | 'dkim' | 'mx' | 'bimi' | 'mta-sts' | 'tls-rpt' | 'report-consent';
  readonly name: string;
  readonly type: RecordType;
  readonly text: string;
  /** What it says, one sentence each: `RSA, 2048 bits`, `7 of 10 lookups`. */
  readonly facts: readonly string[];
  readonly lint: readonly ReportedLint[];
  /** The text with everything mended that can be mended without a doubt; null where nothing is. */
  readonly corrected: string | null;
  /** SPF only: the terms and the records that they lead to, one line each. */
  readonly tree: readonly TreeLine[];
  /** Index into `dns`. */
  readonly dns: number;
}

export interface ReportedLint {
  readonly code: string;
  readonly severity: ReportedSeverity;
  /** Offsets into the record's text. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly section: string;
  /** The record with this one mended; null where only its owner can know. */
  readonly correction: string | null;
}

export interface TreeLine {
  readonly depth: number;
  /** A term, or the domain of the record that it leads to. */
  readonly text: string;
  /** What is to be known about it; '' where nothing. */
  readonly note: string;
  readonly severity: ReportedSeverity | null;
}
