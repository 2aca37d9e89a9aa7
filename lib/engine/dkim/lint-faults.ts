/** What can be wrong with a tag list (RFC 6376 §3.2), whichever tags it has. */
import type { Edit, FaultOf, LintSeverity } from '../lint/lint.ts';

type Empty = Record<never, never>;

export interface TagFaultParams {
  quotes: Empty;
  /** A backslash that a zone editor left. */
  escape: Empty;
  /** A character that cannot be seen, such as `U+00A0`. */
  invisible: { character: string };
  /** No semicolon between two tags, or something else in its place. */
  separator: Empty;
  /** A semicolon with nothing before it. */
  'extra-separator': Empty;
  /** A colon in the place of `=`. */
  equals: { tag: string };
  /** A value whose tag was left out. */
  'bare-value': { tag: string };
  'not-a-tag': { text: string };
  'tag-case': { tag: string; name: string };
  'unknown-tag': { tag: string };
  'repeated-tag': { tag: string };
}

export type TagFault = FaultOf<TagFaultParams>;

/** The same under the codes of a protocol. */
export type PrefixedFaults<Prefix extends string> = {
  [C in keyof TagFaultParams as `${Prefix}-${C}`]: TagFaultParams[C];
};

export function fault<C extends keyof TagFaultParams>(
  code: C,
  params: TagFaultParams[C],
  severity: LintSeverity,
  { start, end }: { readonly start: number; readonly end: number },
  edit: Edit | null,
): TagFault {
  return { code, params, severity, start, end, edit } as TagFault;
}
