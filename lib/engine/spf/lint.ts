/** Remarks about an SPF record (RFC 7208), and about a text that was meant to be one. */
import type { LintOf } from '../lint/lint.ts';
import { lintCharacters } from './lint-characters.ts';
import { lintRecord } from './lint-record.ts';
import { MAX_REMARKS } from './lint-remark.ts';
import { lintTerms } from './lint-term.ts';
import { lintTree } from './lint-tree.ts';
import { findVersion } from './lint-version.ts';
import type { SpfTree } from './tree.ts';

type Empty = Record<never, never>;
/** A term as it is written. */
interface OfTerm {
  term: string;
}
/** A term, which may stand in a record further down, and the name that it leads to. */
interface OfReference {
  term: string;
  domain: string;
}

export interface SpfLintParams {
  'spf-version-missing': Empty;
  'spf-version-misplaced': Empty;
  'spf-version-misspelt': { value: string };
  /** `v=spf1` in the middle of a record: two were put into one. */
  'spf-version-again': Empty;
  /** `spf2.0/…`. */
  'spf-sender-id': Empty;
  'spf-quotes': Empty;
  'spf-bad-character': { character: string };
  /** A letter beyond US-ASCII: a name that has to be written as A-labels. */
  'spf-international': { character: string };
  /** A tab or line break, or a space of another kind. */
  'spf-blank': Empty;
  'spf-space': Empty;
  'spf-space-missing': Empty;
  'spf-separator': Empty;
  'spf-colon': { name: string };
  'spf-equals': { name: string };
  'spf-qualified-modifier': { name: string };
  'spf-malformed-term': OfTerm;
  'spf-misspelt': { name: string; nearest: string };
  'spf-unknown-mechanism': { name: string };
  'spf-unknown-modifier': { name: string };
  'spf-unexpected-argument': OfTerm;
  'spf-missing-domain': OfTerm;
  'spf-bad-domain-spec': OfTerm;
  /** Allowed as a name in DNS, but no host has it. */
  'spf-odd-name': OfTerm;
  /** A domain or an address without a mechanism before it. */
  'spf-bare-name': OfTerm;
  'spf-bare-address': OfTerm;
  'spf-address-as-name': OfTerm;
  'spf-name-as-address': OfTerm;
  'spf-bad-macro': OfTerm;
  'spf-bad-network': OfTerm;
  'spf-wrong-family': OfTerm;
  'spf-bad-prefix': OfTerm;
  'spf-repeated-modifier': { name: string };
  'spf-duplicate-term': OfTerm;
  'spf-after-all': OfTerm;
  'spf-redirect-with-all': Empty;
  'spf-no-all': Empty;
  'spf-pass-all': Empty;
  'spf-neutral-all': Empty;
  'spf-ptr': Empty;
  'spf-wide-network': OfTerm;
  'spf-long': { count: number };
  'spf-too-many-lookups': { count: number; term: string };
  'spf-too-many-voids': { count: number };
  'spf-void': OfReference;
  'spf-too-many-mx': { domain: string; count: number };
  'spf-include-missing': OfReference;
  'spf-include-several': OfReference;
  'spf-include-broken': OfReference;
  'spf-include-unanswered': OfReference;
  /** What it leads to ends in `+all`. */
  'spf-include-pass-all': OfReference;
  'spf-loop': OfReference;
  'spf-unanswered': OfReference;
}

export type SpfLint = LintOf<SpfLintParams>;

/**
 * Everything there is to say about one TXT record of a domain that is an SPF record, or was meant to be one
 * (`isSpfAttempt`), in the order of its characters. `text` is read as UTF-8; `tree` is the domain's tree, where it is
 * known, and counts only if it begins with this very text.
 */
export function lintSpf(text: string, tree: SpfTree | null): readonly SpfLint[] {
  const { lints: characters, clean } = lintCharacters(text);
  const version = findVersion(text, clean);
  if (version.terms === null) return version.lints;
  const terms = lintTerms(version.terms, text);
  const found = [
    ...characters,
    ...version.lints,
    ...terms.lints,
    ...lintRecord(text, terms),
    ...(tree !== null && tree.root.text === text ? lintTree(tree) : []),
  ];
  return found.sort((one, other) => one.start - other.start || one.end - other.end).slice(0, MAX_REMARKS);
}

/** Whether a TXT record that may be no SPF record (`isSpfRecord`) was meant as one. */
export function isSpfAttempt(text: string): boolean {
  return findVersion(text, lintCharacters(text).clean).isAttempt;
}
