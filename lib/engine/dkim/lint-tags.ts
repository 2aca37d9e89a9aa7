/**
 * A tag list (RFC 6376 §3.2) as its writer meant it: tags with their places, and what is wrong with the list itself.
 * Key records and BIMI records are both such lists; what their tags say is for them to judge.
 */
import type { Edit } from '../lint/lint.ts';
import { fault, type TagFault } from './lint-faults.ts';
import { blotStrays, clean, isBlank, trimmed } from './lint-text.ts';

export interface Tag {
  /** In the case in which the protocol knows it. */
  readonly name: string;
  /** Without strays and outer white space. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Takes the tag out of the list. */
  readonly removal: Edit;
}

/** What a protocol knows of its lists. */
export interface Dialect {
  readonly names: readonly string[];
  /** A tag that holds any text, such as the notes of a key. */
  readonly freeTag: string | null;
  /** What people write in the place of a semicolon. */
  readonly separators: string;
  /** The tag that a value without one belongs to; null where that is not plain. */
  readonly owner: (value: string) => string | null;
}

export interface TagReading {
  readonly tags: readonly Tag[];
  readonly faults: readonly TagFault[];
  /** The text with strays blotted out, offset for offset. */
  readonly blotted: string;
}

const TAG_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Reads a list. Total and linear. */
export function readTags(text: string, dialect: Dialect): TagReading {
  const { text: blotted, strays } = blotStrays(text, dialect.freeTag);
  const faults: TagFault[] = [];
  const written: WrittenTag[] = [];
  let from = 0;
  for (const spec of blotted.split(';')) {
    const to = from + spec.length;
    const whole = trimmed(blotted, from, to);
    if (whole.start < whole.end) {
      for (const piece of piecesOf(blotted, from, to, dialect, faults)) {
        const tag = readTag(blotted, piece, dialect, faults);
        if (tag !== null) written.push(tag);
      }
    } else if (to < text.length) {
      // A semicolon may end the list; anywhere else it has a tag before it.
      const place = { start: to, end: to + 1 };
      faults.push(fault('extra-separator', {}, 'error', place, { ...place, text: '' }));
    }
    from = to + 1;
  }
  const tags = settle(written, dialect, faults);
  return { tags, faults: [...strayFaults(strays, faults), ...faults], blotted };
}

interface WrittenTag extends Tag {
  /** The name as it stands in the text. */
  readonly written: string;
}

/** One tag of each name; a name in other letters stands for a known one that is nowhere else. */
function settle(written: readonly WrittenTag[], { names }: Dialect, faults: TagFault[]): readonly Tag[] {
  const exact = new Set(written.map((tag) => tag.written));
  const tags = new Map<string, Tag>();
  for (const tag of written) {
    const place = { start: tag.start, end: tag.start + tag.written.length };
    const meant = tag.written.toLowerCase();
    const isMeant = meant !== tag.written && names.includes(meant) && !exact.has(meant) && !tags.has(meant);
    const name = isMeant ? meant : tag.written;
    if (isMeant) {
      const edit = { ...place, text: name };
      faults.push(fault('tag-case', { tag: tag.written, name }, 'error', place, edit));
    } else if (!names.includes(name)) faults.push(fault('unknown-tag', { tag: name }, 'info', place, null));
    const first = tags.get(name);
    if (first === undefined) tags.set(name, { ...tag, name });
    else {
      const edit = first.value === tag.value ? tag.removal : null;
      faults.push(fault('repeated-tag', { tag: name }, 'error', tag, edit));
    }
  }
  return [...tags.values()];
}

/** Part of the list between two separators, one of them perhaps missing. */
interface Piece {
  readonly from: number;
  /** Behind the separator. */
  readonly next: number;
  readonly start: number;
  readonly end: number;
}

/** Splits further where a known tag begins behind white space or a wrong separator. */
function piecesOf(
  text: string,
  from: number,
  to: number,
  { names, freeTag, separators }: Dialect,
  faults: TagFault[],
): readonly Piece[] {
  const pieces: Piece[] = [];
  const whole = trimmed(text, from, to);
  let start = from;
  let first = whole.start;
  for (; first < whole.end; first++) {
    if (isBlank(text.charAt(first))) continue;
    if (!separators.includes(text.charAt(first))) break;
    const place = { start: first, end: first + 1 };
    faults.push(fault('extra-separator', {}, 'error', place, { ...place, text: '' }));
    start = place.end;
  }
  if (first === whole.end) return pieces;
  const until = (end: number, next: number): void => {
    pieces.push({ from: start, next, ...trimmed(text, start, end) });
  };
  for (let equals = text.indexOf('=', from); equals !== -1 && equals < to; ) {
    const name = nameBefore(text, start, equals);
    const letters = text.slice(name.start, name.end);
    const gap = gapBefore(text, start, name.start, separators);
    if (
      names.includes(letters.toLowerCase()) &&
      first < gap &&
      gap < name.start &&
      hasValue(text, equals + 1, to)
    ) {
      until(gap, name.start);
      const place = { start: gap, end: name.start };
      faults.push(fault('separator', {}, 'error', place, { ...place, text: '; ' }));
      [start, first] = [name.start, name.start];
    }
    // What stands behind the tag that holds any text belongs to it.
    if (letters === freeTag && first === name.start) break;
    equals = text.indexOf('=', equals + 1);
  }
  until(to, Math.min(to + 1, text.length));
  return pieces;
}

/** The letters in front of an equals sign. */
function nameBefore(text: string, from: number, equals: number): { start: number; end: number } {
  let end = equals;
  while (end > from && isBlank(text.charAt(end - 1))) end--;
  let start = end;
  // A known name is short: what is longer need not be walked through.
  while (start > from && end - start < 8 && /^[A-Za-z]$/.test(text.charAt(start - 1))) start--;
  return { start, end };
}

/** Where the white space and the wrong separator in front of a name begin; the name's own place if there is none. */
function gapBefore(text: string, from: number, name: number, separators: string): number {
  let gap = name;
  while (gap > from && isBlank(text.charAt(gap - 1))) gap--;
  if (gap > from && separators.includes(text.charAt(gap - 1))) gap--;
  while (gap > from && isBlank(text.charAt(gap - 1))) gap--;
  return gap;
}

/** Whether a value follows, and not the padding of base64. */
function hasValue(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && isBlank(text.charAt(at))) at++;
  return at < to && text.charAt(at) !== '=';
}

function readTag(text: string, piece: Piece, dialect: Dialect, faults: TagFault[]): WrittenTag | null {
  const { start, end } = piece;
  const raw = text.slice(start, end);
  const equals = raw.indexOf('=');
  const written = equals === -1 ? '' : clean(raw.slice(0, equals));
  if (dialect.names.includes(written)) return tagAt(text, piece, written, start + equals + 1);

  const colon = raw.indexOf(':');
  const before = colon === -1 ? '' : clean(raw.slice(0, colon));
  if (dialect.names.includes(before)) {
    const place = { start: start + colon, end: start + colon + 1 };
    faults.push(fault('equals', { tag: before }, 'error', place, { ...place, text: '=' }));
    return tagAt(text, piece, before, place.end);
  }
  const whole = clean(raw);
  const owner = dialect.owner(whole);
  if (owner !== null) {
    const edit = { start, end: start, text: `${owner}=` };
    faults.push(fault('bare-value', { tag: owner }, 'error', piece, edit));
    return tagAt(text, piece, owner, start);
  }
  if (TAG_NAME.test(written)) return tagAt(text, piece, written, start + equals + 1);
  faults.push(fault('not-a-tag', { text: whole }, 'error', piece, null));
  return null;
}

function tagAt(text: string, piece: Piece, written: string, behindEquals: number): WrittenTag {
  const { from, start, end } = piece;
  const value = trimmed(text, behindEquals, Math.max(behindEquals, end));
  let { next } = piece;
  // The tag behind a first one moves up to the front.
  if (from === 0) while (next < text.length && isBlank(text.charAt(next))) next++;
  return {
    name: written,
    written,
    value: clean(text.slice(value.start, value.end)),
    start,
    end,
    valueStart: value.start,
    valueEnd: value.end,
    removal: { start: from === 0 ? start : from, end: next, text: '' },
  };
}

/** Strays as faults; one between two tags goes with the separator that mends the gap. */
function strayFaults(
  strays: ReturnType<typeof blotStrays>['strays'],
  faults: readonly TagFault[],
): readonly TagFault[] {
  const gaps = faults.filter(({ code }) => code === 'separator');
  let at = 0;
  return strays.flatMap((stray) => {
    while ((gaps[at]?.end ?? Number.POSITIVE_INFINITY) <= stray.start) at++;
    if ((gaps[at]?.start ?? Number.POSITIVE_INFINITY) <= stray.start) return [];
    const { kind, character, edit } = stray;
    return kind === 'invisible'
      ? [fault(kind, { character }, 'error', stray, edit)]
      : [fault(kind, {}, 'error', stray, edit)];
  });
}
