/** The trace field Received (RFC 5321 §4.4): who took the message from whom, over what, when. */
import ipaddr from 'ipaddr.js';
import { parseDate } from './date.ts';
import { atEnd, peek, readQuoted, readRun, type Scanner, scan, skipCfws } from './scanner.ts';

export interface Received {
  /** The client as the server names it: most write the HELO name, some its address; '' where the hop is local. */
  readonly from: string;
  /** What the client called itself in HELO or EHLO: a comment says so, or else it is `from`. */
  readonly helo: string;
  /** The client's address as the server saw it, normalised, or null. Never taken from the HELO name. */
  readonly address: string | null;
  /** The server's own name or address. */
  readonly by: string;
  /** The protocol, such as ESMTPS. */
  readonly with: string;
  /** Seconds since 1970, or null. */
  readonly date: number | null;
}

const WORD = /[^ \t\r\n();"]*/y;

/** Reads the value of a Received field. Total; what is missing is ''. */
export function parseReceived(value: string): Received {
  const scanner = scan(value);
  const clauses: Record<'from' | 'by' | 'with', string> = { from: '', by: '', with: '' };
  let address: string | null = null;
  let helo = '';
  let clause = '';
  let expectsValue = false;
  while (!atEnd(scanner)) {
    const { comments } = skipCfws(scanner);
    if (clause === 'from' && !expectsValue) {
      address ??= addressIn(comments);
      helo ||= heloIn(comments);
    }
    if (atEnd(scanner) || peek(scanner) === ';') break;
    const word = readWord(scanner);
    if (expectsValue) {
      if (isClause(clause) && clauses[clause] === '') clauses[clause] = word;
      expectsValue = false;
    } else {
      clause = word.toLowerCase();
      expectsValue = /^(?:from|by|with|via|id|for)$/.test(clause);
    }
  }
  // The date stands behind the first semicolon that is in no comment.
  const date = parseDate(value.slice(scanner.at + 1));
  const { from, by, with: protocol } = clauses;
  return { from, helo: helo || from, address, by, with: protocol, date };
}

function isClause(word: string): word is 'from' | 'by' | 'with' {
  return word === 'from' || word === 'by' || word === 'with';
}

function readWord(scanner: Scanner): string {
  if (peek(scanner) === '"') return readQuoted(scanner) ?? '';
  const word = readRun(scanner, WORD);
  if (word === '') scanner.at++;
  return word;
}

/** The address in the TCP-info comment: the last in brackets, else a comment that is an address alone. */
function addressIn(comments: readonly string[]): string | null {
  for (const comment of comments) {
    const bracketed = [...comment.matchAll(/\[(?:IPv6:)?([0-9a-f.:]+)\]/gi)].at(-1)?.[1];
    const address = parseAddress(bracketed ?? comment.trim());
    if (address !== null) return address;
  }
  return null;
}

/** The HELO name in a comment, as in `(EHLO mail.example.org)` and `([192.0.2.1] helo=mail.example.org)`. */
function heloIn(comments: readonly string[]): string {
  for (const comment of comments) {
    const word = /(?:^|[\s"])(?:EHLO|HELO)[ =]([^\s"]+)/i.exec(comment)?.[1];
    if (word !== undefined) return word;
  }
  return '';
}

/** An IP address in one normal form (IPv4-mapped IPv6 as IPv4), so that addresses are compared, not text. */
export function parseAddress(text: string): string | null {
  const bare = text.replace(/^IPv6:/i, '');
  // The library also reads IPv4 in octal, hexadecimal and short forms, which no trace field uses.
  if (!bare.includes(':') && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare)) return null;
  // Four decimal numbers are in normal form already.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}
