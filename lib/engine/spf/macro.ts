/** Macro strings (RFC 7208 §7): read once, expanded with the values of a check. */

export type MacroLetter = 's' | 'l' | 'o' | 'd' | 'i' | 'p' | 'v' | 'h' | 'c' | 'r' | 't';

/** `%{letter digits r delimiters}` */
export interface MacroExpand {
  readonly letter: MacroLetter;
  /** An upper-case letter: the value is URL-escaped. */
  readonly isUrl: boolean;
  /** How many parts from the right remain; null for all. */
  readonly keep: number | null;
  readonly reverse: boolean;
  readonly delimiters: string;
}

export interface MacroString {
  /** Literal text, and what is to be expanded. */
  readonly parts: readonly (string | MacroExpand)[];
  /** The literal text behind the last macro; '' where a macro ends the string. */
  readonly tail: string;
}

export type ParsedMacro =
  | { readonly kind: 'macro'; readonly macro: MacroString }
  /** `start` to `end`: what is no macro, or the character that cannot stand in one. */
  | { readonly kind: 'error'; readonly start: number; readonly end: number };

export type MacroValues = Readonly<Record<MacroLetter, string>>;

const DOMAIN_LETTERS = 'slodipvh';
/** §7.2: these are for explanations only. */
const EXPLANATION_LETTERS = `${DOMAIN_LETTERS}crt`;
const EXPAND = /%\{([a-z])(\d*)(r?)([-.+,/_=]*)\}/iy;
const SHORT: Readonly<Record<string, string>> = { '%%': '%', '%_': ' ', '%-': '%20' };

/**
 * Reads a macro string: visible US-ASCII, `%` only where a macro begins (§7.1). An explanation may hold spaces and
 * the macros `c`, `r` and `t`. Total and linear.
 */
export function parseMacro(text: string, use: 'domain' | 'explanation'): ParsedMacro {
  const letters = use === 'domain' ? DOMAIN_LETTERS : EXPLANATION_LETTERS;
  const lowest = use === 'domain' ? 0x21 : 0x20;
  const parts: (string | MacroExpand)[] = [];
  let tailStart = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < lowest || code > 0x7e) return { kind: 'error', start: at, end: at + 1 };
    if (code !== 0x25) {
      const start = at;
      while (at < text.length && isLiteral(text.charCodeAt(at), lowest)) at++;
      parts.push(text.slice(start, at));
      continue;
    }
    const short = SHORT[text.slice(at, at + 2)];
    EXPAND.lastIndex = at;
    const found = short === undefined ? EXPAND.exec(text) : null;
    const macro = short ?? (found === null ? null : readExpand(found, letters));
    if (macro === null) return { kind: 'error', start: at, end: at + (found?.[0].length ?? 1) };
    parts.push(macro);
    at += found?.[0].length ?? 2;
    tailStart = at;
  }
  return { kind: 'macro', macro: { parts, tail: text.slice(tailStart) } };
}

function isLiteral(code: number, lowest: number): boolean {
  return code >= lowest && code <= 0x7e && code !== 0x25;
}

function readExpand(found: RegExpExecArray, letters: string): MacroExpand | null {
  const [, letter = '', digits = '', reverse = '', delimiters = ''] = found;
  const lower = letter.toLowerCase();
  if (!isMacroLetter(lower, letters)) return null;
  // §7.1: a number of parts must not be zero.
  if (/^0+$/.test(digits)) return null;
  return {
    letter: lower,
    isUrl: lower !== letter,
    keep: digits === '' ? null : Number(digits),
    reverse: reverse !== '',
    delimiters: delimiters === '' ? '.' : delimiters,
  };
}

function isMacroLetter(letter: string, letters: string): letter is MacroLetter {
  return letters.includes(letter);
}

/** `domain-end` (§7.1): a macro, or a dot and a top label, which is not all digits; a last dot may follow. */
export function endsAsDomain({ parts, tail }: MacroString): boolean {
  if (tail === '') return parts.length > 0;
  const bare = tail.endsWith('.') ? tail.slice(0, -1) : tail;
  const dot = bare.lastIndexOf('.');
  const label = bare.slice(dot + 1);
  if (dot === -1 || !/^[a-z0-9-]+$/i.test(label)) return false;
  return !label.startsWith('-') && !label.endsWith('-') && !/^\d+$/.test(label);
}

/** Whether a macro stands for one of the letters. */
export function uses({ parts }: MacroString, letters: readonly MacroLetter[]): boolean {
  return parts.some((part) => typeof part !== 'string' && letters.includes(part.letter));
}

/** The string with its macros replaced (§7.3). */
export function expand({ parts }: MacroString, values: MacroValues): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : transform(part, values[part.letter])))
    .join('');
}

function transform({ isUrl, keep, reverse, delimiters }: MacroExpand, value: string): string {
  const pieces = splitAtAny(value, delimiters);
  const ordered = reverse ? pieces.toReversed() : pieces;
  const kept = (keep === null ? ordered : ordered.slice(-keep)).join('.');
  return isUrl ? urlEscape(kept) : kept;
}

function splitAtAny(text: string, delimiters: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (!delimiters.includes(text.charAt(at))) continue;
    pieces.push(text.slice(start, at));
    start = at + 1;
  }
  return [...pieces, text.slice(start)];
}

/** Everything but RFC 3986's unreserved characters as octets of UTF-8 (§7.3). */
function urlEscape(text: string): string {
  let escaped = '';
  for (const character of text) {
    if (/[a-z0-9._~-]/i.test(character)) escaped += character;
    else if (/[!'()*]/.test(character)) escaped += `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
    // Half of a surrogate pair is no character, and has no octets.
    else escaped += encodeURIComponent(/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character);
  }
  return escaped;
}
