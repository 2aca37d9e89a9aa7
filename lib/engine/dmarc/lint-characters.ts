/**
 * The characters of a record that are none of DMARC's: quotes of a word processor or a control panel, backslashes,
 * full-width letters, invisible spaces. The text without them is what the rest of the lint goes by, so that one slip
 * does not hide the others.
 */
import { characterName } from '../lint/character.ts';
import type { Edit } from '../lint/lint.ts';

export interface Stray {
  readonly kind: 'quote' | 'escape' | 'character' | 'line-end';
  readonly start: number;
  readonly end: number;
  /** What stands there, as `U+00A0`, `U+00A0–U+3000` for a run. */
  readonly character: string;
  /** What it has to be; null where only the owner can know. */
  readonly edit: Edit | null;
}

export interface CleanText {
  readonly clean: string;
  readonly strays: readonly Stray[];
  /** A range of the clean text as a range of the text itself. */
  range(start: number, end: number): { readonly start: number; readonly end: number };
  /** The same for what is taken out: strays behind it go with it, except at the end, where they enclose the whole. */
  cut(start: number, end: number): { readonly start: number; readonly end: number };
}

const DOUBLE_QUOTES = new Set('"“”„‟«»″＂\x93\x94');
const SINGLE_QUOTES = new Set("'‘’‚‛`´＇\x91\x92");
const SPACES = /[\xA0\u2000-\u200A\u202F\u205F\u3000]/;
const INVISIBLE = /[\xAD\u200B-\u200F\u2060\uFEFF]/;
const FULL_WIDTH = /[\uFF01-\uFF5E]/;
const FULL_WIDTH_SHIFT = 0xfee0;
/** What a single quote touches where it is one, and no apostrophe of an address. */
const BORDER = /[\s;=:,"“”]/;

/** Reads a record's text. Linear. */
export function cleanText(text: string): CleanText {
  const positions: number[] = [];
  const strays: Stray[] = [];
  let clean = '';
  for (let at = 0; at < text.length; ) {
    const found = strayAt(text, at);
    if (found === null) {
      clean += text.charAt(at);
      positions.push(at++);
      continue;
    }
    const { kind, end, reading } = found;
    const kept = reading ?? text.slice(at, end);
    clean += kept;
    if (kept !== '') positions.push(at);
    addStray(strays, kind, text, { start: at, end, reading });
    at = end;
  }
  const end = (at: number): number => (at === 0 ? 0 : (positions[at - 1] ?? text.length - 1) + 1);
  const range = (from: number, to: number): { start: number; end: number } => {
    const start = positions[from] ?? end(from);
    return { start, end: to > from ? end(to) : start };
  };
  const cut = (from: number, to: number): { start: number; end: number } => {
    const { start, end: inside } = range(from, to);
    return { start, end: positions[to] ?? inside };
  };
  return { clean, strays, range, cut };
}

interface Found {
  readonly kind: Stray['kind'];
  readonly end: number;
  /** How it is read; null where it stays what it is. */
  readonly reading: string | null;
}

function strayAt(text: string, at: number): Found | null {
  const character = text.charAt(at);
  const end = at + 1;
  if (DOUBLE_QUOTES.has(character)) return { kind: 'quote', end: endOfSeam(text, at), reading: '' };
  if (SINGLE_QUOTES.has(character)) {
    const isQuote = isBorder(text, at - 1) || isBorder(text, end);
    if (isQuote) return { kind: 'quote', end, reading: '' };
    return character === "'" ? null : { kind: 'character', end, reading: null };
  }
  if (character === '\\') {
    const isEscape = !/[a-z0-9\\]/i.test(text.charAt(end));
    return isEscape ? { kind: 'escape', end, reading: '' } : { kind: 'character', end, reading: null };
  }
  if (character === '\t' || (character >= ' ' && character <= '~')) return null;
  if (character === '\r' || character === '\n') return { kind: 'line-end', end, reading: ' ' };
  if (SPACES.test(character)) return { kind: 'character', end, reading: ' ' };
  if (INVISIBLE.test(character)) return { kind: 'character', end, reading: '' };
  if (FULL_WIDTH.test(character)) {
    const reading = String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_SHIFT);
    return { kind: 'character', end, reading };
  }
  return { kind: 'character', end, reading: null };
}

function isBorder(text: string, at: number): boolean {
  return at < 0 || at >= text.length || BORDER.test(text.charAt(at));
}

/**
 * Strings of one TXT record belong together without a space (RFC 9989 §4.5): a seam such as `exam" "ple` is quotes
 * and the space between them. Behind a semicolon the space does no harm and stays.
 */
function endOfSeam(text: string, at: number): number {
  const before = text.charAt(at - 1);
  if (before === '' || before === ';' || before === ' ') return at + 1;
  let next = at + 1;
  while (text.charAt(next) === ' ') next++;
  return next > at + 1 && DOUBLE_QUOTES.has(text.charAt(next)) ? next + 1 : at + 1;
}

function addStray(
  strays: Stray[],
  kind: Stray['kind'],
  text: string,
  { start, end, reading }: { readonly start: number; readonly end: number; readonly reading: string | null },
): void {
  const edit = reading === null ? null : { start, end, text: reading };
  const character = characterName(text, start);
  const last = strays.at(-1);
  // A run is one remark: a word in another script is one mistake.
  if (last?.end !== start || last.kind !== kind || (last.edit === null) !== (edit === null)) {
    strays.push({ kind, start, end, character, edit });
    return;
  }
  const joined =
    last.edit === null || edit === null ? null : { start: last.start, end, text: last.edit.text + edit.text };
  strays[strays.length - 1] = { ...last, end, edit: joined };
}
