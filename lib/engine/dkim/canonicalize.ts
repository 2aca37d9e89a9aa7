/** Canonical forms of header fields and body (RFC 6376 §3.4). Header text is a binary string, the body is octets. */
import { trimWsp } from '../octets.ts';
import type { Canonicalization } from './signature.ts';

/** One header field with its CRLF. `raw` holds name, colon and folded value without the final line end. */
export function canonicalField(raw: string, form: Canonicalization): string {
  if (form === 'simple') return `${raw}\r\n`;
  const colon = raw.indexOf(':');
  const name = trimWsp(raw.slice(0, colon)).toLowerCase();
  const value = trimWsp(
    raw
      .slice(colon + 1)
      .replaceAll('\r\n', '')
      .replace(/[ \t]+/g, ' '),
  );
  return `${name}:${value}\r\n`;
}

/** The signature field itself with the value of `b=` removed and without the final CRLF (§3.7). */
export function canonicalSignatureField(raw: string, form: Canonicalization): string {
  const colon = raw.indexOf(':') + 1;
  const emptied = raw.slice(colon).replace(/((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*/, '$1');
  return canonicalField(raw.slice(0, colon) + emptied, form).slice(0, -2);
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const CRLF = new Uint8Array([CR, LF]);

/** The body in canonical form. A body that is canonical as it stands comes back as a view, without a copy. */
export function canonicalBody(
  body: Uint8Array<ArrayBuffer>,
  form: Canonicalization,
): Uint8Array<ArrayBuffer> {
  const settled = form === 'relaxed' ? relaxWhiteSpace(body) : body;
  const end = contentEnd(settled);
  // §3.4.3: an empty body is one CRLF in simple form; §3.4.4: nothing in relaxed form.
  if (end === 0) return form === 'simple' ? CRLF : settled.subarray(0, 0);
  const endsLine = end >= 2 && settled[end - 2] === CR && settled[end - 1] === LF;
  if (endsLine) return settled.subarray(0, end);
  const closed = new Uint8Array(end + 2);
  closed.set(settled.subarray(0, end));
  closed.set(CRLF, end);
  return closed;
}

/** Where the content ends once empty lines at the end are dropped; a line end of the last line counts. */
function contentEnd(body: Uint8Array): number {
  let end = body.length;
  while (
    end >= 4 &&
    body[end - 1] === LF &&
    body[end - 2] === CR &&
    body[end - 3] === LF &&
    body[end - 4] === CR
  ) {
    end -= 2;
  }
  return end === 2 && body[0] === CR && body[1] === LF ? 0 : end;
}

/** Runs of white space become one space, white space before a CRLF goes. Copies where anything changes. */
function relaxWhiteSpace(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const change = firstChange(body);
  if (change === -1) return body;
  // The copy is closed up in its own place.
  const relaxed = body.slice();
  const { length } = relaxed;
  let to = change;
  for (let at = change; at < length; at++) {
    const octet = relaxed[at] ?? 0;
    if (octet !== SPACE && octet !== TAB) {
      relaxed[to++] = octet;
      continue;
    }
    const end = runEnd(relaxed, at);
    if (!endsLineAt(relaxed, end)) relaxed[to++] = SPACE;
    at = end - 1;
  }
  return relaxed.subarray(0, to);
}

/** The start of the first run of white space that is not one inner space, or -1. */
function firstChange(body: Uint8Array): number {
  for (let at = 0; at < body.length; at++) {
    const octet = body[at];
    if (octet !== SPACE && octet !== TAB) continue;
    const end = runEnd(body, at);
    if (octet === TAB || end > at + 1 || endsLineAt(body, end)) return at;
  }
  return -1;
}

function runEnd(body: Uint8Array, start: number): number {
  let at = start;
  while (body[at] === SPACE || body[at] === TAB) at++;
  return at;
}

function endsLineAt(body: Uint8Array, at: number): boolean {
  return at >= body.length || (body[at] === CR && body[at + 1] === LF);
}

/**
 * The header fields that `h=` names, in its order, each name taking instances from the bottom up; a name without
 * an instance left stands for nothing (§5.4.2). Returns indexes into `keys` (names in lower case, from the top).
 */
export function selectSigned(keys: readonly string[], signedHeaders: readonly string[]): readonly number[] {
  const left = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const indexes = left.get(key);
    if (indexes === undefined) left.set(key, [index]);
    else indexes.push(index);
  }
  return signedHeaders.flatMap((name) => left.get(name)?.pop() ?? []);
}
