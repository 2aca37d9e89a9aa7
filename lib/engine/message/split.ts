/** Splits a message into header fields and body without changing an octet (RFC 5322 §2.1, §2.2). */
import { MAX_FIELDS, MAX_HEADER_OCTETS } from '../limits.ts';
import { decodeUtf8, toBinaryString, trimWsp } from '../octets.ts';

export interface HeaderField {
  /** The name as written. */
  readonly name: string;
  /** The name in lower case, for comparing. */
  readonly key: string;
  /** The whole field as a binary string: name, colon, folded value, without the final line end. */
  readonly raw: string;
  /** The value unfolded and trimmed, read as UTF-8 where it is UTF-8. */
  readonly value: string;
  /** The line of the file on which the field begins, from 1. */
  readonly line: number;
}

export interface Message {
  readonly fields: readonly HeaderField[];
  /** The body as it stands; empty where the message is headers only. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** False where no empty line ends the header: then there is no body to speak of. */
  readonly hasBody: boolean;
  /** `lf`: the file had bare LF throughout and was read as CRLF; `mixed` ends are kept as they are. */
  readonly lineEnds: 'crlf' | 'lf' | 'mixed';
  /** Lines of the header that are no field, with their line number; they are passed over. */
  readonly strayLines: readonly number[];
}

/** Why some octets are no message. */
export type NoMessage = 'empty' | 'html' | 'binary' | 'no-header';

export type Split =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'no-message'; readonly why: NoMessage };

const CR = 13;
const LF = 10;
/** RFC 5322 §3.6.8: printable US-ASCII except the colon; white space before the colon is obsolete but read. */
const FIELD_START = /^([!-9;-~]+)[ \t]*:/;

const HTML_START = /^[\s\xef\xbb\xbf]*<(?:!doctype|html|head|body|\?xml)/i;
const BINARY = /[\x00-\x08\x0e-\x1a]/;

/** Reads the octets of a message. Total: anything that is no message is told apart by `why`. */
export function splitMessage(octets: Uint8Array<ArrayBuffer>): Split {
  const text = withoutMark(octets);
  if (text.length === 0) return { kind: 'no-message', why: 'empty' };
  const lineEnds = lineEndsOf(text);
  const wire = lineEnds === 'lf' ? withCrlf(text) : text;
  const header = readHeader(wire);
  const start = toBinaryString(wire.subarray(0, 2048));
  // A page may hold lines that look like fields, such as those of a style sheet.
  if (HTML_START.test(start)) return { kind: 'no-message', why: 'html' };
  if (header.fields.length === 0) {
    return { kind: 'no-message', why: BINARY.test(start) ? 'binary' : 'no-header' };
  }
  const { fields, strayLines, bodyAt } = header;
  const hasBody = bodyAt !== null;
  const body = hasBody ? wire.subarray(bodyAt) : wire.subarray(wire.length);
  return { kind: 'message', message: { fields, body, hasBody, lineEnds, strayLines } };
}

/** Some editors put a byte order mark (U+FEFF in UTF-8) before everything; it is no part of the message. */
function withoutMark(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const isMark = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf;
  return isMark ? octets.subarray(3) : octets;
}

function lineEndsOf(octets: Uint8Array): Message['lineEnds'] {
  let crlf = false;
  let lf = false;
  for (let at = octets.indexOf(LF); at !== -1; at = octets.indexOf(LF, at + 1)) {
    if (at > 0 && octets[at - 1] === CR) crlf = true;
    else lf = true;
    if (crlf && lf) return 'mixed';
  }
  return lf ? 'lf' : 'crlf';
}

function withCrlf(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  let count = 0;
  for (const octet of octets) if (octet === LF) count++;
  const wire = new Uint8Array(octets.length + count);
  let to = 0;
  for (const octet of octets) {
    if (octet === LF) wire[to++] = CR;
    wire[to++] = octet;
  }
  return wire;
}

interface Line {
  readonly text: string;
  readonly next: number;
}

function readLine(octets: Uint8Array, from: number, limit: number): Line {
  const lf = octets.indexOf(LF, from);
  const next = lf === -1 ? octets.length : lf + 1;
  const end = lf === -1 ? next : lf > from && octets[lf - 1] === CR ? lf - 1 : lf;
  return { text: toBinaryString(octets.subarray(from, Math.min(end, limit))), next };
}

interface Header {
  readonly fields: readonly HeaderField[];
  readonly strayLines: readonly number[];
  readonly bodyAt: number | null;
}

function readHeader(octets: Uint8Array): Header {
  const fields: HeaderField[] = [];
  const strayLines: number[] = [];
  let open: { name: string; lines: string[]; line: number } | null = null;
  const close = (): void => {
    if (open !== null && fields.length < MAX_FIELDS) fields.push(toField(open.name, open.lines, open.line));
    open = null;
  };
  let at = 0;
  for (let line = 1; at < octets.length && at < MAX_HEADER_OCTETS; line++) {
    const { text, next } = readLine(octets, at, MAX_HEADER_OCTETS);
    at = next;
    if (text === '') {
      close();
      return { fields, strayLines, bodyAt: at };
    }
    const start = FIELD_START.exec(text);
    if (/^[ \t]/.test(text) && open !== null) {
      open.lines.push(text);
    } else if (start?.[1] !== undefined) {
      close();
      open = { name: start[1], lines: [text], line };
    } else {
      close();
      // A mailbox file's separator (RFC 4155) may stand first; anything else is told.
      if (!(line === 1 && text.startsWith('From '))) strayLines.push(line);
    }
  }
  close();
  return { fields, strayLines, bodyAt: null };
}

function toField(name: string, lines: readonly string[], line: number): HeaderField {
  const raw = lines.join('\r\n');
  const value = trimWsp(decodeUtf8(lines.join('').slice(raw.indexOf(':') + 1)));
  return { name, key: name.toLowerCase(), raw, value, line };
}

/** Indexes of the fields of that name (lower case), from the top. */
export function fieldsNamed(message: Message, key: string): readonly number[] {
  return message.fields.flatMap((field, index) => (field.key === key ? [index] : []));
}

const TRACES = new Set(['received', 'return-path', 'delivered-to', 'dkim-signature']);

/** Whether any server handled the message; what was sent or drafted here bears no trace (RFC 5321 §4.4). */
export function wasReceived(message: Message): boolean {
  return message.fields.some(({ key }) => TRACES.has(key));
}
