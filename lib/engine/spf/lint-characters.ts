/** Characters that cannot stand in an SPF record, most of them put there by a word processor or a web form. */
import type { SpfLint } from './lint.ts';
import { MAX_REMARKS, type Place, put, remark } from './lint-remark.ts';

/** What was found, and the text with each such character made what it was meant to be, at the same offsets. */
export interface ReadCharacters {
  readonly lints: readonly SpfLint[];
  readonly clean: string;
}

const QUOTES = `"'\`´«»“”„‟‘’‚‛＂＇`;
const INVISIBLE = '\\u00ad\\u200b-\\u200f\\u2060\\ufeff';
const BLANKS = '\\s\\u2800\\u3164';
/** Quotes with the spaces between them, what cannot be seen, blanks, or any one character. */
const RUN = new RegExp(`[${QUOTES}](?:[ ${QUOTES}]*[${QUOTES}])?|[${INVISIBLE}]+|[${BLANKS}]+|.`, 'gsu');
const STARTS_INVISIBLE = new RegExp(`^[${INVISIBLE}]`);
const STARTS_BLANK = new RegExp(`^[${BLANKS}]`);
const DASH = /^[\u2010-\u2015\u2212\ufe58\ufe63]$/;
/** The wide forms of US-ASCII, as Japanese and Chinese keyboards give them. */
const WIDE = /^[\uff01-\uff5e]$/;
const ONLY_ORDINARY = /^[\x20\x21\x23-\x26\x28-\x5f\x61-\x7e]*$/;

/** Looks at characters alone: terms are visible US-ASCII between spaces (§4.6.1, §12). */
export function lintCharacters(text: string): ReadCharacters {
  if (ONLY_ORDINARY.test(text)) return { lints: [], clean: text };
  const lints: SpfLint[] = [];
  const clean: string[] = [];
  for (const { 0: run, index: start } of text.matchAll(RUN)) {
    const place = { start, end: start + run.length };
    const isAtEdge = start === 0 || place.end === text.length;
    const lint = lints.length < MAX_REMARKS ? lintRun(run, place, isAtEdge, text) : null;
    if (lint !== null) lints.push(lint);
    clean.push(cleaned(run, isAtEdge));
  }
  return { lints, clean: clean.join('') };
}

function lintRun(run: string, place: Place, isAtEdge: boolean, text: string): SpfLint | null {
  if (isQuote(run)) {
    // Pieces of one record, as zone files show them, are joined without a space: where none is left over, what was
    // meant is not plain.
    const isJoint = run.length > 1;
    const hasSpace = text.charAt(place.start - 1) === ' ' || text.charAt(place.end) === ' ';
    const edit = isJoint && !isAtEdge && !hasSpace ? null : put('', place);
    const section = place.start === 0 ? '§4.5' : '§4.6.1';
    return remark({ code: 'spf-quotes', params: {} }, 'error', place, section, edit);
  }
  // Spaces that do not belong are left to version and terms.
  if (/^[\x20-\x7e]+$/.test(run)) return null;
  const said = { code: 'spf-bad-character', params: { character: run } } as const;
  if (STARTS_INVISIBLE.test(run)) return remark(said, 'error', place, '§4.6.1', put('', place));
  if (STARTS_BLANK.test(run)) {
    const edit = put(isAtEdge ? '' : ' ', place);
    return remark({ code: 'spf-blank', params: {} }, 'error', place, '§4.6.1', edit);
  }
  const meant = meantBy(run);
  if (meant !== null) return remark(said, 'error', place, '§4.6.1', put(meant, place));
  return /^[\p{L}\p{M}]/u.test(run)
    ? remark({ code: 'spf-international', params: { character: run } }, 'error', place, '§4.3')
    : remark(said, 'error', place, '§4.6.1');
}

function isQuote(run: string): boolean {
  return QUOTES.includes(run.charAt(0));
}

/** The character of US-ASCII that it looks like. */
function meantBy(character: string): string | null {
  if (DASH.test(character)) return '-';
  return WIDE.test(character) ? String.fromCharCode(character.charCodeAt(0) - 0xfee0) : null;
}

function cleaned(run: string, isAtEdge: boolean): string {
  const isSpace = isQuote(run) || (STARTS_INVISIBLE.test(run) ? isAtEdge : STARTS_BLANK.test(run));
  return isSpace ? ' '.repeat(run.length) : (meantBy(run) ?? run);
}
