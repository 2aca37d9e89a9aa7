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
  /** `lf`: the file had bare LF throughout and was read as CRLF; any other line ends are kept as they are. */
  readonly lineEnds: 'kept' | 'lf';
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
  // A page may hold lines that look like fields, such as those of a style sheet.
  if (HTML_START.test(startOf(wire, 256))) return { kind: 'no-message', why: 'html' };
  const { fields, strayLines, bodyAt } = readHeader(wire);
  if (fields.length === 0) {
    return { kind: 'no-message', why: BINARY.test(startOf(wire, 2048)) ? 'binary' : 'no-header' };
  }
  const hasBody = bodyAt !== null;
  const body = hasBody ? wire.subarray(bodyAt) : wire.subarray(wire.length);
  return { kind: 'message', message: { fields, body, hasBody, lineEnds, strayLines } };
}

/** Some editors put a byte order mark (U+FEFF in UTF-8) before everything; it is no part of the message. */
function withoutMark(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const isMark = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf;
  return isMark ? octets.subarray(3) : octets;
}

/** The first line end decides for almost every message; only where it is a bare LF all of them are looked at. */
function lineEndsOf(octets: Uint8Array): Message['lineEnds'] {
  let lf = octets.indexOf(LF);
  if (lf === -1) return 'kept';
  while (lf !== -1 && octets[lf - 1] !== CR) lf = octets.indexOf(LF, lf + 1);
  return lf === -1 ? 'lf' : 'kept';
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

function startOf(octets: Uint8Array, most: number): string {
  return toBinaryString(octets.subarray(0, most));
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
  const bodyAt = bodyStart(octets);
  const lines = toBinaryString(octets.subarray(0, bodyAt ?? MAX_HEADER_OCTETS)).split(/\r?\n/);
  // What stands behind the last line end: nothing, or a line that was cut short.
  if (bodyAt !== null) lines.length -= 2;
  else if (lines.at(-1) === '') lines.pop();
  for (const [at, text] of lines.entries()) {
    const line = at + 1;
    const start = FIELD_START.exec(text);
    if (open !== null && (text.startsWith(' ') || text.startsWith('\t'))) {
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
  return { fields, strayLines, bodyAt };
}

/** Behind the first empty line (§2.1); null where none ends the header within its limit. */
function bodyStart(octets: Uint8Array): number | null {
  for (let at = 0; at < MAX_HEADER_OCTETS; ) {
    const isCrlf = octets[at] === CR && octets[at + 1] === LF;
    if (isCrlf || octets[at] === LF) return at + (isCrlf ? 2 : 1);
    const lf = octets.indexOf(LF, at);
    if (lf === -1) return null;
    at = lf + 1;
  }
  return null;
}

function toField(name: string, lines: readonly string[], line: number): HeaderField {
  const raw = lines.join('\r\n');
  const value = trimWsp(decodeUtf8(lines.join('').slice(raw.indexOf(':') + 1)));
  return { name, key: name.toLowerCase(), raw, value, line };
}

/** Indexes of the fields of that name (lower case), from the top. */
export function fieldsNamed(message: Message, key: string): readonly number[] {
  const indexes: number[] = [];
  for (const [index, field] of message.fields.entries()) if (field.key === key) indexes.push(index);
  return indexes;
}

const TRACES = new Set(['received', 'return-path', 'delivered-to', 'dkim-signature']);

/** Whether any server handled the message; what was sent or drafted here bears no trace (RFC 5321 §4.4). */
export function wasReceived(message: Message): boolean {
  return message.fields.some(({ key }) => TRACES.has(key));
}
