/**
 * What is wrong with the text of a record, pointed out at the very characters, as a compiler does it. Every protocol
 * has its own codes beside its own `lint`; `lib/explain` has a sentence for each code in every language.
 */
import type { BimiLintParams } from '../bimi/lint.ts';
import type { KeyLintParams } from '../dkim/lint.ts';
import type { DmarcLintParams } from '../dmarc/lint.ts';
import type { MtaStsLintParams } from '../mta-sts/lint.ts';
import type { MxLintParams } from '../mx/lint.ts';
import type { SpfLintParams } from '../spf/lint.ts';
import type { TlsRptLintParams } from '../tls-rpt/lint.ts';

/** Every code with its parameters. */
export type LintParams = SpfLintParams &
  DmarcLintParams &
  KeyLintParams &
  BimiLintParams &
  MxLintParams &
  MtaStsLintParams &
  TlsRptLintParams;

/** `error`: receivers do not go by the record, or by this part of it. `warn`: they do, to its owner's harm. */
export type LintSeverity = 'error' | 'warn' | 'info';

/** Puts `text` in the place of what stands between two offsets. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What is wrong, and where. Offsets are into the record's text, read as UTF-8; `start === end` is a gap. */
export type FaultOf<Params> = {
  readonly [C in keyof Params]: {
    readonly code: C;
    readonly params: Params[C];
    readonly severity: LintSeverity;
    readonly start: number;
    readonly end: number;
    /** What mends it without a doubt; null where only the owner can know. */
    readonly edit: Edit | null;
  };
}[keyof Params];

/** One remark of a protocol; `section` such as `RFC 7208 §4.6.4`. */
export type LintOf<Params> = FaultOf<Params> & { readonly section: string };

export type Lint = LintOf<LintParams>;

/**
 * The text with edits made, from the last to the first; one that overlaps an edit behind it is left out. Null where
 * nothing changes.
 */
export function edited(text: string, edits: readonly (Edit | null)[]): string | null {
  const inOrder = edits.filter((edit) => edit !== null).sort((one, other) => other.start - one.start);
  let mended = text;
  let from = Number.POSITIVE_INFINITY;
  for (const { start, end, text: replacement } of inOrder) {
    if (end > from || (start === from && end === from)) continue;
    mended = mended.slice(0, start) + replacement + mended.slice(end);
    from = start;
  }
  return mended === text ? null : mended;
}

interface Editing {
  readonly edit: Edit | null;
}

/** The text with the edits of remarks about it made; null where nothing changes. */
export function editedBy(text: string, remarks: readonly Editing[]): string | null {
  return edited(
    text,
    remarks.map(({ edit }) => edit),
  );
}

/** What was mended may lay another fault bare; more rounds than this no record needs. */
const MAX_ROUNDS = 8;

/** The text with everything mended that can be mended without a doubt; null where nothing is. */
export function mended(text: string, lint: (text: string) => readonly Editing[]): string | null {
  let now = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = editedBy(now, lint(now));
    if (next === null) break;
    now = next;
  }
  return now === text ? null : now;
}
