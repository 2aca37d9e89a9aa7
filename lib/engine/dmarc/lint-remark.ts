/** The remarks about a DMARC record, each with what its sentence needs. */
import type { Edit, LintOf, LintSeverity } from '../lint/lint.ts';

export interface DmarcLintParams {
  /** The text has nothing of a DMARC record. */
  'dmarc-no-record': Empty;
  'dmarc-version': { value: string };
  'dmarc-version-missing': Empty;
  'dmarc-version-place': Empty;
  /** Blanks or semicolons before the version. */
  'dmarc-start': Empty;
  'dmarc-quotes': Empty;
  'dmarc-escape': Empty;
  /** `U+3000` */
  'dmarc-bad-character': { character: string };
  'dmarc-line-end': Empty;
  'dmarc-separator': { tag: string };
  'dmarc-equals': { tag: string };
  'dmarc-empty-tag': Empty;
  'dmarc-not-a-tag': { value: string };
  /** A policy without the tag that it is for. */
  'dmarc-bare-policy': { value: string };
  'dmarc-unknown-tag': { tag: string };
  'dmarc-misspelt-tag': { tag: string; meant: string };
  'dmarc-repeated-tag': { tag: string };
  'dmarc-no-policy': Empty;
  /** The same with a report address, which makes it `p=none`. */
  'dmarc-no-policy-reports': Empty;
  'dmarc-policy-value': { tag: string; value: string };
  'dmarc-bad-value': { tag: string; value: string; allowed: string };
  'dmarc-failure-options': { value: string };
  'dmarc-options-unused': Empty;
  'dmarc-obsolete-tag': { tag: string };
  'dmarc-obsolete-percentage': { percentage: number };
  'dmarc-obsolete-size': Empty;
  'dmarc-uri-no-mailto': { value: string };
  'dmarc-uri-space': Empty;
  'dmarc-uri-separator': Empty;
  'dmarc-uri-empty': { tag: string };
  'dmarc-uri-scheme': { value: string };
  'dmarc-uri-bad': { value: string };
  'dmarc-many-uris': { tag: string; count: number };
  'dmarc-p-none': Empty;
  'dmarc-sp-weaker': { tag: string; value: string; policy: string };
  'dmarc-sp-unused': { tag: string };
  'dmarc-no-rua': Empty;
  'dmarc-testing': Empty;
  'dmarc-psd': Empty;
  'dmarc-tag-order': Empty;
  /** `other`: the name at which the destination would have to consent. */
  'dmarc-report-not-consented': { domain: string; other: string };
  'dmarc-report-unanswered': { domain: string; other: string };
  'dmarc-report-elsewhere': { domain: string; other: string };
}

type Empty = Record<never, never>;
export type DmarcLint = LintOf<DmarcLintParams>;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** One remark, at a range of the text that is being read. */
export function remark<C extends keyof DmarcLintParams>(
  severity: LintSeverity,
  section: string,
  { start, end }: Place,
  code: C,
  params: DmarcLintParams[C],
  edit: Edit | null = null,
): DmarcLint {
  return { code, params, severity, start, end, section, edit } as DmarcLint;
}

export const FORMAT = 'RFC 9989 §4.7';
export const GRAMMAR = 'RFC 9989 §4.8';
export const POLICY = 'RFC 9989 §4.10.1';
