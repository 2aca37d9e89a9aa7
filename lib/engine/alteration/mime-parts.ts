/** Where the parts of a multipart body lie (RFC 2046 §5.1). Offsets into the body, a binary string with CRLF. */
import { trimWsp } from '../octets.ts';

export interface Part {
  /** Where its delimiter line begins. */
  readonly delimiter: number;
  /** Where its content begins, behind the empty line that ends its header. */
  readonly start: number;
  /** Where the next delimiter line begins; the CRLF before it belongs to that delimiter. */
  readonly end: number;
  readonly contentType: string;
  /** Content-Transfer-Encoding in lower case, '' where there is none. */
  readonly encoding: string;
  /** Its header fields, each a raw field. */
  readonly fields: readonly string[];
  readonly isLeaf: boolean;
}

/** Multiparts within multiparts; deeper ones count as one leaf. */
const MAX_DEPTH = 5;
/** Parts that are told apart. */
const MAX_PARTS = 50;

/** All parts, each multipart before its own parts. None where the body is no multipart. */
export function partsOf(body: string, contentType: string): readonly Part[] {
  return partsWithin(body, 0, contentType, MAX_DEPTH).slice(0, MAX_PARTS);
}

/** `text` is what a multipart holds and begins at `offset`; each level is looked through once. */
function partsWithin(text: string, offset: number, contentType: string, depth: number): readonly Part[] {
  const boundary = boundaryOf(contentType);
  if (boundary === null || depth === 0) return [];
  const delimiters = delimiterLines(text, `--${boundary}`);
  return delimiters.slice(0, -1).flatMap((delimiter, index) => {
    const part = readPart(text.slice(delimiter, delimiters[index + 1]), offset + delimiter);
    const content = text.slice(part.start - offset, part.end - offset);
    const inner = partsWithin(content, part.start, part.contentType, depth - 1);
    return [{ ...part, isLeaf: inner.length === 0 }, ...inner];
  });
}

/** Where the lines begin that start with the delimiter; what follows the closing one is not looked at. */
function delimiterLines(text: string, delimiter: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(delimiter); at !== -1; at = text.indexOf(delimiter, at + 1)) {
    if (at > 0 && !text.startsWith('\r\n', at - 2)) continue;
    const rest = trimWsp(/^[^\r\n]{0,80}/.exec(text.slice(at + delimiter.length))?.[0] ?? '');
    if (rest !== '' && rest !== '--') continue;
    found.push(at);
    if (rest === '--' || found.length > MAX_PARTS) break;
  }
  return found;
}

/** `text` is a part from its delimiter line, at `delimiter`, to the next one. */
function readPart(text: string, delimiter: number): Part {
  const lineEnd = text.indexOf('\r\n');
  const head = lineEnd === -1 ? text.length : lineEnd;
  const empty = text.indexOf('\r\n\r\n', head);
  const headEnd = empty === -1 ? head : empty;
  const fields = text
    .slice(head + 2, Math.max(head + 2, headEnd))
    .split(/\r\n(?![ \t])/)
    .filter((field) => field.includes(':'));
  const end = delimiter + text.length;
  const start = Math.min(end, delimiter + headEnd + (headEnd === empty ? 4 : 2));
  const contentType = fieldValue(fields, 'content-type');
  const encoding = fieldValue(fields, 'content-transfer-encoding').toLowerCase();
  return { delimiter, start, end, contentType, encoding, fields, isLeaf: true };
}

function fieldValue(fields: readonly string[], key: string): string {
  const field = fields.find((raw) => raw.slice(0, key.length + 1).toLowerCase() === `${key}:`);
  return trimWsp((field ?? '').slice(key.length + 1).replaceAll('\r\n', ''));
}

/** The `boundary` of a multipart, null for anything else. */
function boundaryOf(contentType: string): string | null {
  if (!/^multipart\//i.test(contentType)) return null;
  const match = /;\s?boundary\s?=\s?(?:"([^"]{1,100})"|([^\s;"]{1,100}))/i.exec(
    contentType.replace(/\s+/g, ' '),
  );
  return match?.[1] ?? match?.[2] ?? null;
}
