/** Says what an addition to a body was, for the reader: how many lines, beside how many, and how it begins. */
import { decodeUtf8, trimWsp } from '../octets.ts';
import { type BodyAlteration, MAX_PREVIEW } from './alteration.ts';
import type { Cut } from './cuts.ts';
import { preview } from './field-text.ts';
import { partsOf } from './mime-parts.ts';
import { decodeBase64Lines, decodeQuotedPrintable } from './transfer.ts';

/** Octets of an addition that are looked at for a preview. */
const MAX_READ = 20 * MAX_PREVIEW;

/** A line drawn across the page, as lists put one above their footer. */
const RULE = /^[-_=*~]{4,}$/gm;

/** `body` is canonical (a binary string). */
export function describeCut(body: string, contentType: string, { from, to, kind }: Cut): BodyAlteration {
  const removed = body.slice(from, to);
  if (trimWsp(removed) === '') return { kind: 'blank-lines', count: countLines(removed) };
  const rest = body.slice(0, from) + body.slice(to);
  const holder = partsOf(body, contentType).findLast((part) => part.delimiter <= from && to <= part.end);
  const content =
    kind === 'part-added' && holder !== undefined ? body.slice(holder.start, holder.end) : removed;
  const type = holder?.contentType ?? contentType;
  const added = {
    lines: countFilled(removed),
    signedLines: countFilled(rest),
    text: readableText(content, type, holder?.encoding ?? ''),
  };
  return { kind: rest === '' ? 'body-added' : kind, ...added };
}

/** The text of a piece of content, decoded, without markup, on one line, cut for showing. */
export function readableText(content: string, contentType: string, encoding: string): string {
  const start =
    content.length <= MAX_READ ? content : content.slice(0, content.lastIndexOf('\r\n', MAX_READ) + 2);
  const decoded =
    encoding === 'quoted-printable'
      ? decodeQuotedPrintable(start)
      : encoding === 'base64'
        ? (decodeBase64Lines(start) ?? start)
        : start;
  const text = decodeUtf8(decoded);
  const plain = /^text\/html/i.test(contentType) ? text.replace(/<[^<>]*>/g, ' ') : text;
  return preview(trimWsp(plain.replace(RULE, '').replace(/[ \t\r\n]+/g, ' ')));
}

function countLines(text: string): number {
  return text.split('\r\n').length - (text === '' || text.endsWith('\r\n') ? 1 : 0);
}

/** Lines in which a reader sees something. */
function countFilled(text: string): number {
  return text.split('\r\n').filter((line) => trimWsp(line) !== '').length;
}
