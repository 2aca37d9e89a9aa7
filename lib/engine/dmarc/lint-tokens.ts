/**
 * A record cut into its tags, with the place of each part: also where a semicolon or an equals sign is missing or is
 * another character, as long as it is plain which tag begins.
 */
import { CLOSED, KNOWN, mayHold } from './lint-tags.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Span {
  /** As it stands. */
  readonly written: string;
  /** In lower case, as written otherwise; '' where it is no tag. */
  readonly name: string;
  readonly nameEnd: number;
  readonly value: string;
  readonly valueStart: number;
  /** What stands where the equals sign should; null where it does. */
  readonly badEquals: Span | null;
  /** What stands where the semicolon before it should; null where it does, and for the first. */
  readonly badSeparator: Span | null;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Semicolons with nothing before them, each with the blanks. */
  readonly empty: readonly Span[];
}

/** Cuts a text without stray characters. Linear. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  const empty: Span[] = [];
  let at = 0;
  for (const part of text.split(';')) {
    const span = trimmed(text, at, at + part.length);
    const last = tokens.at(-1);
    const isLast = at + part.length === text.length;
    if (span.start === span.end) {
      if (last !== undefined && !isLast) addEmpty(empty, { start: at, end: at + part.length + 1 });
    } else if (last !== undefined && isList(last.name) && isAddress(text.slice(span.start, span.end))) {
      const { end } = span;
      const [written, value] = [text.slice(last.start, end), text.slice(last.valueStart, end)];
      tokens[tokens.length - 1] = { ...last, end, written, value };
    } else tokens.push(...cut(text, span));
    at += part.length + 1;
  }
  return { tokens, empty };
}

export function isList(name: string): boolean {
  return name === 'rua' || name === 'ruf';
}

/** An address without a tag: it belongs to the list before it, and the semicolon should be a comma. */
function isAddress(text: string): boolean {
  const mark = text.indexOf('@');
  const equals = text.indexOf('=');
  const name = text.slice(0, skip(text, 0, text.length, LETTER)).toLowerCase();
  return mark > 0 && (equals === -1 || mark < equals) && !KNOWN.has(name);
}

function addEmpty(empty: Span[], span: Span): void {
  const last = empty.at(-1);
  if (last?.end === span.start) empty[empty.length - 1] = { start: last.start, end: span.end };
  else empty.push(span);
}

/** One part between semicolons; where semicolons are missing it holds several tags. */
function cut(text: string, part: Span): readonly Token[] {
  const tokens: Token[] = [];
  let badSeparator: Span | null = null;
  let { start } = part;
  for (const gap of [...gaps(text, part), { start: part.end, end: part.end }]) {
    let token = readToken(text, { start, end: gap.start }, badSeparator);
    for (let seam = seamIn(token); seam !== null; seam = seamIn(token)) {
      tokens.push(readToken(text, { start: token.start, end: seam }, badSeparator));
      badSeparator = { start: seam, end: seam };
      token = readToken(text, { start: seam, end: gap.start }, badSeparator);
    }
    tokens.push(token);
    badSeparator = gap;
    start = gap.end;
  }
  return tokens;
}

const LETTER = /[a-z]/i;
const BLANK = /[ \t]/;
const SEPARATOR = /[ \t,:|]/;

/** The gaps before what is plainly the next tag: `p=none rua=…`, `p=none, rua=…`, `v=DMARC1 p:none`. */
function gaps(text: string, { start, end }: Span): readonly Span[] {
  const found: Span[] = [];
  let inList = false;
  for (let at = start; at < end; ) {
    const gapStart = at;
    at = skip(text, at, end, SEPARATOR);
    const gap = text.slice(gapStart, at);
    const word = at;
    at = skip(text, at, end, LETTER);
    const name = text.slice(word, at).toLowerCase();
    const isBlank = BLANK.test(gap);
    const next = skip(text, at, end, BLANK);
    const isKnown = KNOWN.has(name);
    const hasEquals = text.charAt(next) === '=' && next < end && name !== '' && (isKnown || isBlank);
    const hasColon = text.charAt(next) === ':' && next < end && isKnown && isBlank;
    // In a list of addresses a colon belongs to `mailto:`.
    const isGap = gap !== '' && (isBlank || gap.includes(',') || !inList);
    const isTag = (word === start || isGap) && (hasEquals || hasColon);
    if (isTag && word > start) found.push({ start: gapStart, end: word });
    if (isTag) inList = isList(name);
    while (at < end && !SEPARATOR.test(text.charAt(at))) at++;
  }
  return found;
}

function readToken(text: string, span: Span, badSeparator: Span | null): Token {
  const { start, end } = span;
  const letters = skip(text, start, end, LETTER);
  const name = text.slice(start, letters).toLowerCase();
  const sign = skip(text, letters, end, BLANK);
  const token = (tag: string, nameEnd: number, valueFrom: number, badEquals: Span | null): Token => {
    const valueStart = skip(text, valueFrom, end, BLANK);
    return {
      start,
      end,
      written: text.slice(start, end),
      name: tag,
      nameEnd,
      value: text.slice(valueStart, end),
      valueStart,
      badEquals,
      badSeparator,
    };
  };
  const character = sign < end ? text.charAt(sign) : '';
  if (KNOWN.has(name) && (character === ':' || character === '=')) {
    const signEnd = skip(text, sign, end, /[=: \t]/);
    const signs = text.slice(sign, signEnd).trimEnd();
    return token(
      name,
      letters,
      sign + signs.length,
      signs === '=' ? null : { start: sign, end: sign + signs.length },
    );
  }
  if (KNOWN.has(name) && sign > letters && mayHold(name, text.slice(sign, end))) {
    return token(name, letters, sign, { start: letters, end: sign });
  }
  const equals = text.slice(start, end).indexOf('=');
  if (equals <= 0) return token('', start, start, null);
  const written = text.slice(start, start + equals).trimEnd();
  return token(written.toLowerCase(), start + written.length, start + equals + 1, null);
}

/** Where the next tag begins right behind a value, as in `v=DMARC1p=none`; null where none does. */
function seamIn({ name, value, valueStart }: Token): number | null {
  const allowed = name === 'v' ? ['dmarc1'] : CLOSED.get(name);
  const lower = value.slice(0, MAX_SEAM).toLowerCase();
  for (const one of allowed ?? []) {
    if (!lower.startsWith(one)) continue;
    const rest = lower.slice(one.length);
    const equals = rest.indexOf('=');
    if (KNOWN.has(rest.slice(0, Math.max(0, equals)).trimEnd())) return valueStart + one.length;
  }
  return null;
}

/** The longest value, the longest name and an equals sign, with a few blanks. */
const MAX_SEAM = 24;

function trimmed(text: string, start: number, end: number): Span {
  const from = skip(text, start, end, BLANK);
  let to = end;
  while (to > from && BLANK.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

function skip(text: string, from: number, end: number, characters: RegExp): number {
  let at = from;
  while (at < end && characters.test(text.charAt(at))) at++;
  return at;
}
