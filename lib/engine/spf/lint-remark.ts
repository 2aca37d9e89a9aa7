/** One remark about an SPF record. */
import type { Edit, LintSeverity } from '../lint/lint.ts';
import type { SpfLint, SpfLintParams } from './lint.ts';

/** A text of 64 kB may be wrong all over; nobody reads more remarks. */
export const MAX_REMARKS = 200;

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A code with its parameters. */
export type Said = {
  [C in keyof SpfLintParams]: { readonly code: C; readonly params: SpfLintParams[C] };
}[keyof SpfLintParams];

/** `section` is one of RFC 7208, such as `§4.6.4`; `mended` replaces what stands at the place. */
export function remark(
  said: Said,
  severity: LintSeverity,
  { start, end }: Place,
  section: string,
  edit: Edit | null = null,
): SpfLint {
  const { code, params } = said;
  // Code and parameters come from one pair, which a union of objects cannot say.
  return { code, params, severity, start, end, section: `RFC 7208 ${section}`, edit } as SpfLint;
}

/** An edit of a place. */
export function put(text: string, { start, end }: Place): Edit {
  return { start, end, text };
}
