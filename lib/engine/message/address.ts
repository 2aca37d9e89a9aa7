/**
 * Addresses of a From field (RFC 5322 §3.4, with the obsolete forms of §4.4).
 *
 * Read before anything is decoded: an encoded word never makes an address. Tolerated because mail clients do:
 * unquoted specials in a display name before `<…>`, stray dots in a local part. Everything else that is no
 * address is an error, and a field with an error names nobody.
 */
import { MAX_MAILBOXES } from '../limits.ts';
import { accept, atEnd, peek, readQuoted, readRun, type Scanner, scan, skipCfws } from './scanner.ts';

export interface Mailbox {
  /** As written, quotes and comments removed, encoded words not decoded. */
  readonly displayName: string;
  readonly localPart: string;
  /** As written: U-labels or A-labels, or a literal in brackets. */
  readonly domain: string;
}

export type AddressError =
  | 'unclosed-comment'
  | 'unclosed-quote'
  | 'unclosed-bracket'
  | 'unclosed-group'
  | 'no-address'
  | 'bad-local-part'
  | 'bad-domain'
  | 'trailing-text'
  | 'too-many';

export interface AddressList {
  readonly mailboxes: readonly Mailbox[];
  /** Names of groups, empty ones such as `undisclosed-recipients:;` included. */
  readonly groups: readonly string[];
  readonly errors: readonly AddressError[];
}

const MEMBER = /[^,;]*/y;
const LITERAL = /[^\]]*/y;
const WORD = /[^ \t\r\n()<>[\]:;@\\,."]*/y;

/** Reads the value of a From field. Total and linear. */
export function parseAddressList(value: string): AddressList {
  const scanner = scan(value);
  const mailboxes: Mailbox[] = [];
  const groups: string[] = [];
  const errors = new Set<AddressError>();
  let inGroup = false;
  while (mailboxes.length < MAX_MAILBOXES) {
    if (skipCfws(scanner).open) errors.add('unclosed-comment');
    if (atEnd(scanner)) break;
    if (accept(scanner, ',')) continue;
    if (accept(scanner, ';')) {
      if (!inGroup) errors.add('trailing-text');
      inGroup = false;
      continue;
    }
    const item = readItem(scanner);
    if (item.kind === 'group') {
      if (inGroup) errors.add('trailing-text');
      groups.push(item.name);
      inGroup = true;
    } else if (item.kind === 'mailbox') {
      mailboxes.push(item.mailbox);
    } else {
      errors.add(item.error);
      readRun(scanner, MEMBER);
    }
  }
  if (!atEnd(scanner)) errors.add('too-many');
  if (inGroup) errors.add('unclosed-group');
  if (mailboxes.length === 0 && groups.length === 0 && errors.size === 0) errors.add('no-address');
  return { mailboxes, groups, errors: [...errors] };
}

type Item =
  | { kind: 'mailbox'; mailbox: Mailbox }
  | { kind: 'group'; name: string }
  | { kind: 'error'; error: AddressError };

/** A word or special of the text before `<`, `,`, `;` or `:`. */
interface Piece {
  readonly kind: 'word' | 'quoted' | 'special' | 'literal';
  readonly text: string;
  /** White space or a comment stood before it. */
  readonly spaced: boolean;
}

function fail(error: AddressError): Item {
  return { kind: 'error', error };
}

function readItem(scanner: Scanner): Item {
  const pieces: Piece[] = [];
  for (;;) {
    const cfws = skipCfws(scanner);
    if (cfws.open) return fail('unclosed-comment');
    const character = peek(scanner);
    if (character === '<') return readAngle(scanner, phraseOf(pieces));
    if (character === ':') {
      if (pieces.some((piece) => piece.text === '@')) return fail('bad-local-part');
      scanner.at++;
      return { kind: 'group', name: phraseOf(pieces) };
    }
    if (character === '' || character === ',' || character === ';') return toMailbox(pieces, '');
    if (character === '>') return fail('trailing-text');
    const piece = readPiece(scanner, cfws.skipped);
    if (piece === null) return fail(character === '"' ? 'unclosed-quote' : 'unclosed-bracket');
    pieces.push(piece);
  }
}

function readPiece(scanner: Scanner, spaced: boolean): Piece | null {
  const character = peek(scanner);
  if (character === '"') {
    const text = readQuoted(scanner);
    return text === null ? null : { kind: 'quoted', text, spaced };
  }
  if (character === '[') {
    const text = readRun(scanner, LITERAL);
    return accept(scanner, ']') ? { kind: 'literal', text: `${text}]`, spaced } : null;
  }
  if ('@.)]\\'.includes(character)) {
    scanner.at++;
    return { kind: 'special', text: character, spaced };
  }
  return { kind: 'word', text: readRun(scanner, WORD), spaced };
}

function phraseOf(pieces: readonly Piece[]): string {
  return pieces.map((piece, at) => (piece.spaced && at > 0 ? ` ${piece.text}` : piece.text)).join('');
}

function readAngle(scanner: Scanner, displayName: string): Item {
  scanner.at++;
  const pieces: Piece[] = [];
  let route: 'none' | 'open' | 'passed' = 'none';
  for (;;) {
    const cfws = skipCfws(scanner);
    if (cfws.open) return fail('unclosed-comment');
    const character = peek(scanner);
    if (character === '>') break;
    if (character === '' || character === '<' || character === ';') return fail('unclosed-bracket');
    // A source route (RFC 5322 §4.4) says which way the mail went, not whose it is.
    if (character === ':' || character === ',') {
      if (route === 'passed' || !isRouteElement(pieces)) return fail('bad-local-part');
      if (pieces.length > 0) route = 'open';
      if (character === ':') {
        if (route !== 'open') return fail('bad-local-part');
        route = 'passed';
      }
      pieces.length = 0;
      scanner.at++;
      continue;
    }
    const piece = readPiece(scanner, cfws.skipped);
    if (piece === null) return fail(character === '"' ? 'unclosed-quote' : 'unclosed-bracket');
    pieces.push(piece);
  }
  scanner.at++;
  if (route === 'open') return fail('bad-local-part');
  const item = toMailbox(pieces, displayName);
  if (item.kind === 'error') return item;
  if (skipCfws(scanner).open) return fail('unclosed-comment');
  return atEnd(scanner) || ',;'.includes(peek(scanner)) ? item : fail('trailing-text');
}

/** `@domain`, or nothing between two commas. */
function isRouteElement([at, ...domain]: readonly Piece[]): boolean {
  return at === undefined || (at.text === '@' && at.kind === 'special' && joinDomain(domain) !== null);
}

function toMailbox(pieces: readonly Piece[], displayName: string): Item {
  const at = pieces.findLastIndex((piece) => piece.kind === 'special' && piece.text === '@');
  if (at === -1) return fail('no-address');
  const localPart = joinLocalPart(pieces.slice(0, at));
  if (localPart === null) return fail('bad-local-part');
  const domain = joinDomain(pieces.slice(at + 1));
  if (domain === null) return fail('bad-domain');
  return { kind: 'mailbox', mailbox: { displayName, localPart, domain } };
}

/** Words and dots in any order, but two words never side by side. */
function joinLocalPart(pieces: readonly Piece[]): string | null {
  let text = '';
  let afterWord = false;
  for (const piece of pieces) {
    const isWord = piece.kind === 'word' || piece.kind === 'quoted';
    if (!isWord && !(piece.kind === 'special' && piece.text === '.')) return null;
    if (isWord && afterWord) return null;
    if (piece.kind === 'quoted' && /[\r\n]/.test(piece.text)) return null;
    text += piece.text;
    afterWord = isWord;
  }
  return text === '' && !pieces.some((piece) => piece.kind === 'quoted') ? null : text;
}

/** Words joined by single dots, one dot at the end allowed (then absent in the result), or one literal. */
function joinDomain(pieces: readonly Piece[]): string | null {
  const [first] = pieces;
  if (first?.kind === 'literal') return pieces.length === 1 ? first.text : null;
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    const wantsWord = index % 2 === 0;
    if (wantsWord ? piece.kind !== 'word' : piece.text !== '.') return null;
    text += piece.text;
  }
  const domain = text.endsWith('.') ? text.slice(0, -1) : text;
  return domain === '' ? null : domain;
}
