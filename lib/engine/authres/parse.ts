/**
 * Authentication-Results (RFC 8601 §2.2), as the standard says and as receivers write it.
 *
 * Tolerated: no authserv-id (Microsoft), properties without a type (`action=none`), no space before a comment
 * (`pass(p=reject)`), stray words between results, an empty property. Results named inside comments or quoted
 * strings are text, never results.
 */
import { MAX_RESULTS } from '../limits.ts';
import {
  accept,
  atEnd,
  peek,
  readQuoted,
  readRun,
  type Scanner,
  scan,
  skipCfws,
} from '../message/scanner.ts';

export interface Property {
  /** `smtp`, `header`, `body`, `policy`; '' where the receiver wrote none. Lower case. */
  readonly ptype: string;
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

export interface MethodResult {
  /** Lower case: `dkim`, `spf`, `dmarc`, `arc`, … */
  readonly method: string;
  /** Lower case. */
  readonly result: string;
  readonly reason: string | null;
  readonly comments: readonly string[];
  readonly properties: readonly Property[];
}

export type AuthResultsWarning =
  | 'unclosed-comment'
  | 'unclosed-quote'
  | 'stray-text'
  | 'too-many-results'
  | 'quoted-id';

export interface AuthResults {
  /** As written; null where the field begins with a result. */
  readonly authservId: string | null;
  readonly version: string | null;
  readonly results: readonly MethodResult[];
  readonly warnings: readonly AuthResultsWarning[];
}

const TOKEN = /[^ \t\r\n();="]*/y;
const VALUE = /[^ \t\r\n();"]*/y;
const STRAY = /[^ \t\r\n(;"]*/y;

/** Reads the unfolded value of the field. Total and linear. */
export function parseAuthResults(value: string): AuthResults {
  const scanner = scan(value);
  const warnings = new Set<AuthResultsWarning>();
  const id = readAuthservId(scanner, warnings);
  const results: MethodResult[] = [];
  while (!atEnd(scanner)) {
    if (results.length >= MAX_RESULTS) {
      warnings.add('too-many-results');
      break;
    }
    const result = readResult(scanner, warnings);
    if (result !== null) results.push(result);
  }
  return { ...id, results, warnings: [...warnings] };
}

function cfws(scanner: Scanner, warnings: Set<AuthResultsWarning>): string[] {
  const { comments, open } = skipCfws(scanner);
  if (open) warnings.add('unclosed-comment');
  return comments;
}

/** Reads `authserv-id [version]` and the semicolon, or nothing where the first segment is a result. */
function readAuthservId(
  scanner: Scanner,
  warnings: Set<AuthResultsWarning>,
): Pick<AuthResults, 'authservId' | 'version'> {
  cfws(scanner, warnings);
  const start = scanner.at;
  const quoted = peek(scanner) === '"';
  const authservId = quoted ? readQuoted(scanner) : readRun(scanner, TOKEN);
  cfws(scanner, warnings);
  if (peek(scanner) === '=' || authservId === null) {
    scanner.at = start;
    return { authservId: null, version: null };
  }
  if (quoted) warnings.add('quoted-id');
  const version = readRun(scanner, TOKEN);
  cfws(scanner, warnings);
  if (!atEnd(scanner) && !accept(scanner, ';')) {
    warnings.add('stray-text');
    skipSegment(scanner, warnings);
  }
  return { authservId, version: version === '' ? null : version };
}

/** Skips to behind the next semicolon that is neither in a comment nor in a quoted string. */
function skipSegment(scanner: Scanner, warnings: Set<AuthResultsWarning>): void {
  while (!atEnd(scanner)) {
    cfws(scanner, warnings);
    if (peek(scanner) === '"') readQuotedOrEnd(scanner, warnings);
    else if (accept(scanner, ';')) return;
    else if (readRun(scanner, STRAY) === '') scanner.at++;
  }
}

function readQuotedOrEnd(scanner: Scanner, warnings: Set<AuthResultsWarning>): string {
  const text = readQuoted(scanner);
  if (text === null) warnings.add('unclosed-quote');
  return text ?? '';
}

/** Reads one segment up to and including its semicolon; null where it holds no result. */
function readResult(scanner: Scanner, warnings: Set<AuthResultsWarning>): MethodResult | null {
  const comments = cfws(scanner, warnings);
  if (atEnd(scanner) || accept(scanner, ';')) return null;
  const method = readMethod(scanner, comments, warnings);
  if (!accept(scanner, '=')) {
    // `none` alone says that nothing was judged (§2.2 no-result); other words are strays.
    if (method !== 'none') warnings.add('stray-text');
    skipSegment(scanner, warnings);
    return null;
  }
  comments.push(...cfws(scanner, warnings));
  const result = readRun(scanner, TOKEN).toLowerCase();
  let reason: string | null = null;
  const properties: Property[] = [];
  for (;;) {
    comments.push(...cfws(scanner, warnings));
    if (atEnd(scanner) || accept(scanner, ';')) break;
    const property = readProperty(scanner, comments, warnings);
    if (property === null) continue;
    if (property.ptype === '' && property.name === 'reason' && reason === null) reason = property.value;
    else properties.push(property);
  }
  return { method, result, reason, comments, properties };
}

/** The name of a method; CFWS may stand on either side of the slash before its version, which is not needed. */
function readMethod(scanner: Scanner, comments: string[], warnings: Set<AuthResultsWarning>): string {
  const token = readRun(scanner, TOKEN);
  comments.push(...cfws(scanner, warnings));
  if (token.endsWith('/') || peek(scanner) === '/') {
    accept(scanner, '/');
    comments.push(...cfws(scanner, warnings));
    readRun(scanner, TOKEN);
    comments.push(...cfws(scanner, warnings));
  }
  return token.toLowerCase().split('/')[0] ?? '';
}

/** `ptype.property`; CFWS may stand on either side of the dot. */
function readKey(scanner: Scanner, comments: string[], warnings: Set<AuthResultsWarning>): string {
  let key = '';
  for (;;) {
    const token = readRun(scanner, TOKEN);
    key += token;
    comments.push(...cfws(scanner, warnings));
    const goesOn = token !== '' && (token.endsWith('.') || peek(scanner) === '.');
    if (!goesOn) return key.toLowerCase();
  }
}

function readProperty(
  scanner: Scanner,
  comments: string[],
  warnings: Set<AuthResultsWarning>,
): Property | null {
  const start = scanner.at;
  const key = readKey(scanner, comments, warnings);
  if (!accept(scanner, '=')) {
    warnings.add('stray-text');
    if (peek(scanner) === '"') readQuotedOrEnd(scanner, warnings);
    else if (scanner.at === start) scanner.at++;
    return null;
  }
  comments.push(...cfws(scanner, warnings));
  const dot = key.indexOf('.');
  const [ptype, name] = dot === -1 ? ['', key] : [key.slice(0, dot), key.slice(dot + 1)];
  return { ptype, name, value: readValue(scanner, warnings) };
}

/** A token, a quoted string, or either followed by `@domain` (a local part may be quoted). */
function readValue(scanner: Scanner, warnings: Set<AuthResultsWarning>): string {
  let value = '';
  for (;;) {
    if (peek(scanner) === '"') value += readQuotedOrEnd(scanner, warnings);
    const token = readRun(scanner, VALUE);
    value += token;
    if (peek(scanner) !== '"') return value;
  }
}

/** An id in quotation marks is another id than the same without: no receiver quotes its own. */
export function hasQuotedId({ warnings }: AuthResults): boolean {
  return warnings.includes('quoted-id');
}

/** Something never closes and has swallowed what followed: a sender's parenthesis must not hide a `dmarc=fail`. */
export function isOpen({ warnings }: AuthResults): boolean {
  return warnings.includes('unclosed-quote') || warnings.includes('unclosed-comment');
}

/** The first property of that type and name, '' where there is none. */
export function propertyOf(properties: readonly Property[], ptype: string, name: string): string {
  return properties.find((property) => property.ptype === ptype && property.name === name)?.value ?? '';
}
