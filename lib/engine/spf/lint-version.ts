/** `v=spf1` at the beginning of a record (RFC 7208 §4.5), and what stands there in its place. */

import { isNear } from '../lint/words.ts';
import type { SpfLint } from './lint.ts';
import { type Place, put, remark } from './lint-remark.ts';
import { parseSpfRecord, type Term } from './record.ts';

export interface FoundVersion {
  /** Whether the text is an SPF record or was meant to be one. */
  readonly isAttempt: boolean;
  readonly lints: readonly SpfLint[];
  /** The terms, with their places in the text; null where there is nothing to read. */
  readonly terms: readonly Term[] | null;
}

const VERSION = 'v=spf1';

/** `clean` is the text with quotes and blanks made spaces. A record without a version ahead is not read (§4.5). */
export function findVersion(text: string, clean: string): FoundVersion {
  const start = clean.length - clean.trimStart().length;
  const first = clean.slice(start, endOfWord(clean, start));
  if (/^spf2\.0(?:\/|$)/i.test(first)) {
    const place = { start, end: start + first.length };
    const lint = { ...remark({ code: 'spf-sender-id', params: {} }, 'info', place, '§4.5') };
    return { isAttempt: true, lints: [{ ...lint, section: 'RFC 4406 §3.1' }], terms: null };
  }
  const found = atBeginning(clean, start, first) ?? further(clean, start) ?? nowhere(clean, start);
  const lints = [...spacesBefore(text, start), ...found.lints];
  return { isAttempt: found.isAttempt, lints, terms: found.isAttempt ? termsBeside(clean, found.at) : null };
}

interface Found {
  readonly isAttempt: boolean;
  /** What is no term. */
  readonly at: Place;
  readonly lints: readonly SpfLint[];
}

function endOfWord(text: string, start: number): number {
  const space = text.indexOf(' ', start);
  return space === -1 ? text.length : space;
}

/** Spaces before everything else; quotes and characters that cannot stand anywhere have their own remark. */
function spacesBefore(text: string, end: number): readonly SpfLint[] {
  return [...text.slice(0, end).matchAll(/ +/g)].map(({ 0: spaces, index }) => {
    const place = { start: index, end: index + spaces.length };
    return remark({ code: 'spf-space', params: {} }, 'error', place, '§4.5', put('', place));
  });
}

/** `v = spf1`. */
const SPACED = / *v *= *spf *1(?= |$)/iy;
/** Something of `spf1` without its `v=`, or another version: `spf1`, `v:spf1`, `v=spf`, `v=spf2`, `v=spf1.0`. */
const ALIKE = /^(?:v[=:.-]{0,2})?spf[-_.]?(?:\d+(?:\.\d+)?)?$/i;

function atBeginning(clean: string, start: number, first: string): Found | null {
  const whole = { start, end: start + first.length };
  const head = { start, end: start + VERSION.length };
  const lower = first.toLowerCase();
  if (lower === VERSION) return { isAttempt: true, at: whole, lints: [] };
  SPACED.lastIndex = start;
  const spaced = SPACED.exec(clean)?.[0];
  if (spaced !== undefined) {
    const at = { start, end: start + spaced.length };
    return { isAttempt: true, at, lints: [misspelt(spaced, at)] };
  }
  if (!lower.startsWith(VERSION)) {
    const bare = first.replace(/[;,:]+$/, '');
    // `spf` alone is also how a note about something else begins.
    const isWord = /^v/i.test(first) || looksLikeTerms(clean.slice(whole.end));
    const isMeant = (ALIKE.test(bare) || isNear(bare.toLowerCase(), VERSION)) && isWord;
    return isMeant ? { isAttempt: true, at: whole, lints: [misspelt(first, whole)] } : null;
  }
  const rest = first.slice(VERSION.length);
  const separators = /^[;,:.]+/.exec(rest)?.[0] ?? '';
  if (separators !== '') {
    const at = { start, end: head.end + separators.length };
    const isLast = separators === rest;
    const edit = put(isLast ? '' : ' ', { start: head.end, end: at.end });
    const said = { code: 'spf-version-misspelt', params: { value: VERSION + separators } } as const;
    return { isAttempt: true, at, lints: [remark(said, 'error', at, '§4.5', edit)] };
  }
  if (parseSpfRecord(`${VERSION} ${rest}`).every(({ kind }) => kind === 'mechanism' || kind === 'modifier')) {
    const gap = { start: head.end, end: head.end };
    const lint = remark({ code: 'spf-space-missing', params: {} }, 'error', gap, '§4.5', put(' ', gap));
    return { isAttempt: true, at: head, lints: [lint] };
  }
  return { isAttempt: true, at: whole, lints: [misspelt(first, whole, /^[\d.]+$/.test(rest))] };
}

function misspelt(value: string, at: Place, isPlain = true): SpfLint {
  const said = { code: 'spf-version-misspelt', params: { value } } as const;
  return remark(said, 'error', at, '§4.5', isPlain ? put(VERSION, at) : null);
}

/** A version that stands behind terms. */
function further(clean: string, start: number): Found | null {
  const found = / v=spf1(?= |$)/i.exec(clean);
  if (found === null) return null;
  const at = { start: found.index + 1, end: found.index + found[0].length };
  const edit = put(`${VERSION} ${clean.slice(start, found.index)}`, { start, end: at.end });
  const lint = remark({ code: 'spf-version-misplaced', params: {} }, 'error', at, '§4.5', edit);
  return { isAttempt: true, at, lints: [lint] };
}

function nowhere(clean: string, start: number): Found {
  const at = { start, end: start };
  const isAttempt = looksLikeTerms(clean);
  const edit = isAttempt ? put(`${VERSION} `, at) : null;
  const lint = remark({ code: 'spf-version-missing', params: {} }, 'error', at, '§4.5', edit);
  return { isAttempt, at, lints: [lint] };
}

/** Whether a text without a version can hardly be anything else: it ends as records do, or names networks. */
function looksLikeTerms(clean: string): boolean {
  const words = clean.toLowerCase().trim().split(/ +/);
  const isSpf = (word: string) => /^[-+~?]?(?:include:|ip[46]:|redirect=_?\w)/.test(word);
  return /^[-+~?]all$/.test(words.at(-1) ?? '') || isSpf(words[0] ?? '');
}

/** The terms of a text around something that is none. */
function termsBeside(clean: string, { start, end }: Place): readonly Term[] {
  const text = clean.slice(0, start) + ' '.repeat(end - start) + clean.slice(end);
  const shift = -VERSION.length;
  return parseSpfRecord(VERSION + text).map((term) => moved(term, shift));
}

function moved(term: Term, by: number): Term {
  const start = term.start + by;
  const end = term.end + by;
  if (term.kind !== 'fault') return { ...term, start, end };
  return { ...term, start, end, at: { start: term.at.start + by, end: term.at.end + by } };
}
