/** A finding: what is stated, by whom, and what it rests on; and the levels and rules that follow from all of them. */
import type { FindingCode, FindingParams } from './codes.ts';

export type { FindingCode, FindingParams, Why } from './codes.ts';

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
  readonly about: 'From' | 'SPF' | 'DKIM' | 'DMARC' | 'ARC' | 'BIMI' | null;
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
