/**
 * Characters that zone editors and copied web pages leave in a record: quotation marks, backslashes, characters that
 * cannot be seen. They are blotted out one for one, so that what is left can be read and every offset stays true.
 */
import { characterName } from '../lint/character.ts';
import type { Edit } from '../lint/lint.ts';

export type StrayKind = 'quotes' | 'escape' | 'invisible';

export interface Stray {
  readonly kind: StrayKind;
  /** The first character, such as `U+00A0`. */
  readonly character: string;
  readonly start: number;
  readonly end: number;
  readonly edit: Edit;
}

export interface Blotted {
  /** As long as the text; `BLOT` where a stray stands. */
  readonly text: string;
  readonly strays: readonly Stray[];
}

export const BLOT = '\0';

/**
 * Quotation marks straight and typographic, alone or as the seam of two strings (`" "`); a backslash with what it
 * escapes where that is white space or a quotation mark; controls, blanks and joiners that no record may hold.
 */
const STRAY =
  /(?<quotes>^'|'$|["`“”„‟‘’‚‛″′«»＂](?:[ \t]*["`“”„‟‘’‚‛″′«»＂])*)|(?<escape>\\(?:0(?:09|32|34)|[nrt](?!=)|["'])?)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+/g;

/** Blots strays out, but not within `n=`-like tags that anybody may fill (`freeTag`). Total and linear. */
export function blotStrays(text: string, freeTag: string | null): Blotted {
  const strays: Stray[] = [];
  const free = freeTag === null ? [] : freeRanges(text, freeTag);
  let at = 0;
  const blotted = text.replace(STRAY, (found, ...rest) => {
    const [start, groups] = [Number(rest.at(-3)), rest.at(-1)];
    const end = start + found.length;
    while ((free[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    if ((free[at]?.start ?? Number.POSITIVE_INFINITY) <= start) return found;
    const kind =
      groups.quotes !== undefined ? 'quotes' : groups.escape !== undefined ? 'escape' : 'invisible';
    strays.push({ kind, character: characterName(found), start, end, edit: { start, end, text: '' } });
    return BLOT.repeat(found.length);
  });
  return { text: blotted, strays };
}

/** Without strays and without white space at the ends. */
export function clean(blotted: string): string {
  return blotted.replaceAll(BLOT, '').trim();
}

/** Whether nothing stands there: white space of a tag list (RFC 6376 §2.8), or a stray. */
export function isBlank(character: string): boolean {
  return character === BLOT || /^[ \t\r\n]$/.test(character);
}

/** The extent of a part of the text without what is blank at its ends; empty at `from` where all of it is. */
export function trimmed(
  text: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charAt(start))) start++;
  while (end > start && isBlank(text.charAt(end - 1))) end--;
  return start === end ? { start: from, end: from } : { start, end };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the values of a tag stand. */
function freeRanges(text: string, tag: string): readonly Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const spec of text.split(';')) {
    const equals = spec.indexOf('=');
    if (equals !== -1 && spec.slice(0, equals).trim() === tag) {
      ranges.push({ start: start + equals + 1, end: start + spec.length });
    }
    start += spec.length + 1;
  }
  return ranges;
}
