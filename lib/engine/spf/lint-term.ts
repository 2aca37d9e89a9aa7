/** The terms of a record, one by one: what is wrong with each, and what each plainly means (RFC 7208 §4.6.1, §5, §6). */

import type { SpfLint } from './lint.ts';
import { lintFault, lintReadable, lintUnknownModifier } from './lint-fault.ts';
import { type Readable, readTerm } from './lint-read.ts';
import { MAX_REMARKS, type Place, put, remark } from './lint-remark.ts';
import type { Term } from './record.ts';

export interface ReadTerms {
  readonly lints: readonly SpfLint[];
  /** What the record says, mended where that is plain; each at the place of what is written. */
  readonly said: readonly Readable[];
  /** Whether some term stays unread, so that it cannot be told what the record lacks. */
  readonly isPartial: boolean;
}

/** What one term comes to. */
export type ReadTerm = ReadTerms;

/** `text` has the record's own characters at the places of the terms. */
export function lintTerms(terms: readonly Term[], text: string): ReadTerms {
  const lints: SpfLint[] = [];
  const said: Readable[] = [];
  let isPartial = false;
  for (let at = 0; at < terms.length; ) {
    if (lints.length >= MAX_REMARKS) return { lints, said, isPartial: true };
    const joined = joinedAt(terms, at);
    const term = terms[at];
    if (term === undefined) break;
    at += joined?.parts.length ?? 1;
    if (joined !== null) {
      lints.push(...gapsIn(joined.parts, text));
      said.push(joined.term);
      continue;
    }
    const read = lintTerm(term, terms, said);
    lints.push(...read.lints);
    for (const one of read.said) said.push(placedAt(one, term));
    isPartial ||= read.isPartial;
  }
  return { lints, said, isPartial };
}

function lintTerm(term: Term, terms: readonly Term[], before: readonly Readable[]): ReadTerm {
  switch (term.kind) {
    case 'fault':
      return lintFault(term, terms);
    case 'unknown-modifier':
      return lintUnknownModifier(term, before);
    default:
      return lintReadable(term);
  }
}

function placedAt(term: Readable, { start, end }: Place): Readable {
  return { ...term, start, end };
}

interface Joined {
  readonly parts: readonly Term[];
  readonly term: Readable;
}

/** Pieces of one term with spaces between them: `include: x`, `redirect = x`, `- all`. */
function joinedAt(terms: readonly Term[], at: number): Joined | null {
  for (const length of [3, 2]) {
    const parts = terms.slice(at, at + length);
    const [first] = parts;
    const last = parts[length - 1];
    if (first === undefined || last === undefined) continue;
    if (!parts.every((part, index) => index === 0 || isTorn(parts[index - 1], part))) continue;
    const term = readTerm(parts.map(({ text }) => text).join(''));
    if (term !== null) return { parts, term: placedAt(term, { start: first.start, end: last.end }) };
  }
  return null;
}

/** Whether one term asks for another behind it, or before it. */
function isTorn(before: Term | undefined, after: Term): boolean {
  return before !== undefined && (/[:=/]$|^[-+~?]$/.test(before.text) || /^[:=/]/.test(after.text));
}

/** The spaces between the parts. Where a quote stood there is no space to speak of. */
function gapsIn(parts: readonly Term[], text: string): readonly SpfLint[] {
  return parts.slice(1).flatMap((part, index) => {
    const gap = { start: parts[index]?.end ?? part.start, end: part.start };
    if (!/^ +$/.test(text.slice(gap.start, gap.end))) return [];
    return [remark({ code: 'spf-space', params: {} }, 'error', gap, '§4.6.1', put('', gap))];
  });
}
