/** Undoes what relays and lists do to the encoding of a body and of its parts. Bodies are binary strings. */
import { decodeUtf8, fromBinaryString } from '../octets.ts';
import type { Ports } from '../ports.ts';
import type { BodyAlteration, TransferEncoding } from './alteration.ts';
import type { BodyHeader, FormerBody } from './body-search.ts';
import { lineStarts } from './cuts.ts';
import { readableText } from './describe-cut.ts';
import { keyOf, rawValue } from './field-text.ts';
import { type Part, partsOf } from './mime-parts.ts';
import {
  decodeBase64Lines,
  decodeQuotedPrintable,
  encodeBase64,
  encodeQuotedPrintable,
  encodeUtf8,
  inLines,
} from './transfer.ts';
import type { Witness } from './witness.ts';

/** Widths of base64 lines in use; 76 is the longest that RFC 2045 §6.8 allows. */
const WIDTHS = [76, 72, 64, 60];
/** Line starts from the last upward at which an encoded body is cut before it is encoded again. */
const MAX_REENCODED_CUTS = 40;
/** A longer body is not cut and encoded again. */
const MAX_REENCODED = 64 * 1024;
/** Parts whose encoding is undone one by one. */
const MAX_PARTS = 4;

type Encoded = 'quoted-printable' | 'base64';

/** The body, or all its parts, or one of them, in the transfer encoding that it may have had. */
export function* formerEncodings(body: string, { contentType, encoding }: BodyHeader): Generator<FormerBody> {
  const parts = partsOf(body, contentType).filter(({ isLeaf }) => isLeaf);
  if (parts.length === 0) {
    yield* isEncoded(encoding) ? encodedOtherwise(body, encoding) : encodedAnew(body);
    return;
  }
  const encoded = parts.filter((part) => isEncoded(part.encoding));
  if (encoded.length > 0) yield* partEncodings(body, encoded);
  if (encoded.length > 1) for (const part of encoded.slice(0, MAX_PARTS)) yield* partEncodings(body, [part]);
}

function isEncoded(encoding: string): encoding is Encoded {
  return encoding === 'quoted-printable' || encoding === 'base64';
}

function decode(text: string, encoding: Encoded): string | null {
  return encoding === 'base64' ? decodeBase64Lines(text) : decodeQuotedPrintable(text);
}

function transferred(body: string, before: TransferEncoding, after: TransferEncoding): FormerBody {
  return { body, alterations: [{ kind: 'transfer-encoding', before, after }] };
}

/** What stands bare may have been encoded. */
function* encodedAnew(body: string): Generator<FormerBody> {
  yield transferred(encodeQuotedPrintable(body), 'quoted-printable', '8bit');
  const base64 = encodeBase64(body);
  for (const width of WIDTHS) yield transferred(inLines(base64, width), 'base64', '8bit');
}

/** What is encoded may have been bare, in the other encoding, or in other lines; lists add a footer on the way. */
function* encodedOtherwise(body: string, encoding: Encoded): Generator<FormerBody> {
  const content = decode(body, encoding);
  if (content === null) return;
  const text = content.replace(/\r?\n/g, '\r\n');
  yield transferred(text, '8bit', encoding);
  for (const { body: was, alterations } of encodedAnew(content)) {
    const before = alterations[0]?.kind === 'transfer-encoding' ? alterations[0].before : '8bit';
    yield transferred(was, before, encoding);
  }
  if (body.length <= MAX_REENCODED) yield* encodedAboveFooter(text, encoding);
}

/** A list decodes, adds its footer and encodes again; some do it with bare LF. */
function* encodedAboveFooter(text: string, encoding: Encoded): Generator<FormerBody> {
  const starts = lineStarts(text);
  for (const [above, from] of starts.slice(1).slice(-MAX_REENCODED_CUTS).toReversed().entries()) {
    const added: BodyAlteration = {
      kind: 'footer-added',
      lines: above + 1,
      signedLines: starts.length - above - 1,
      text: readableText(text.slice(from), 'text/plain', ''),
    };
    const kept = [text.slice(0, from), text.slice(0, from - 2)];
    for (const rest of [...kept, ...kept.map((crlf) => crlf.replaceAll('\r\n', '\n'))]) {
      for (const before of ['base64', 'quoted-printable'] as const) {
        const was = before === 'base64' ? inLines(encodeBase64(rest), 76) : encodeQuotedPrintable(rest);
        const moved = before === encoding ? [] : transferred(was, before, encoding).alterations;
        yield { body: was, alterations: [...moved, added] };
      }
    }
  }
}

/** Some parts decoded, with `8bit` or `7bit` in their header or nothing, or encoded in other lines. */
function* partEncodings(body: string, parts: readonly Part[]): Generator<FormerBody> {
  const after = parts[0]?.encoding === 'base64' ? 'base64' : 'quoted-printable';
  for (const name of ['8bit', '7bit', ''])
    yield transferred(rewritten(body, parts, decode, name), '8bit', after);
  for (const width of WIDTHS) {
    const anew = (text: string, encoding: Encoded): string | null => {
      const content = decode(text, encoding);
      if (content === null) return null;
      // The last line end belongs to the delimiter.
      return encoding === 'base64'
        ? inLines(encodeBase64(content), width).slice(0, -2)
        : encodeQuotedPrintable(content);
    };
    yield transferred(rewritten(body, parts, anew, null), after, after);
  }
}

/** `name`: the encoding that the parts' headers are to say, '' for none, null for what they say. */
function rewritten(
  body: string,
  parts: readonly Part[],
  change: (text: string, encoding: Encoded) => string | null,
  name: string | null,
): string {
  let text = '';
  let at = 0;
  for (const { delimiter, start, end, encoding } of parts) {
    if (!isEncoded(encoding)) continue;
    const head = body.slice(delimiter, start);
    const field = name === '' ? '' : `\r\nContent-Transfer-Encoding: ${name}`;
    const contentEnd = Math.max(start, end - 2);
    const content = body.slice(start, contentEnd);
    text += body.slice(at, delimiter);
    text += name === null ? head : head.replace(/\r\nContent-Transfer-Encoding:[^\r\n]*/i, field);
    text += change(content, encoding) ?? content;
    at = contentEnd;
  }
  return text + body.slice(at);
}

/** The octets 0x80 to 0x9f of windows-1252, which is Latin-1 in all others; some decoders do not know them. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
/** Charsets besides that into which a gateway may have turned UTF-8. */
const CHARSETS = ['iso-2022-jp', 'shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5', 'koi8-r', 'iso-8859-2'];

/** The same text in the charset that it may have had. */
export function formerCharsets(body: string, decodeCharset: Ports['decodeCharset']): readonly FormerBody[] {
  const text = decodeUtf8(body);
  if (text === body) {
    const western = {
      after: /[\x80-\x9f]/.test(body) ? 'windows-1252' : 'iso-8859-1',
      text: fromWestern(body),
    };
    const others = CHARSETS.map((after) => ({
      after,
      text: decodeCharset(after, fromBinaryString(body)) ?? body,
    }));
    return [western, ...others.filter((read) => read.text !== body && !read.text.includes('\ufffd'))].map(
      (read) => ({
        body: encodeUtf8(read.text),
        alterations: [{ kind: 'charset', before: 'utf-8', after: read.after }],
      }),
    );
  }
  const before = /[^\x00-\xff]/.test(text) ? 'windows-1252' : 'iso-8859-1';
  const narrow = toWestern(text);
  return narrow === null
    ? []
    : [{ body: narrow, alterations: [{ kind: 'charset', before, after: 'utf-8' }] }];
}

function fromWestern(octets: string): string {
  return octets.replace(/[\x80-\x9f]/g, (octet) => WINDOWS_1252[octet.charCodeAt(0) - 0x80] ?? octet);
}

/** Null where a character has no octet. */
function toWestern(text: string): string | null {
  const octets = text.replace(/[^\x00-\x7f\xa0-\xff]/g, (character) => {
    const at = WINDOWS_1252.indexOf(character);
    return at === -1 ? character : String.fromCharCode(0x80 + at);
  });
  return /^[\x00-\xff]*$/.test(octets) ? octets : null;
}

/** The first part alone: a list that cannot append text to a mail puts it into a multipart with its footer behind. */
export function unwrapped(body: string, { contentType }: BodyHeader): readonly FormerBody[] {
  const [first, ...rest] = partsOf(body, contentType);
  if (first === undefined) return [];
  const others = rest.filter((part) => part.delimiter >= first.end);
  const [footer] = others;
  const text =
    footer === undefined
      ? ''
      : readableText(body.slice(footer.start, footer.end), footer.contentType, footer.encoding);
  const header = { contentType: first.contentType, encoding: first.encoding };
  return [
    {
      body: body.slice(first.start, first.end),
      alterations: [{ kind: 'body-wrapped', parts: others.length, text }],
      header,
    },
  ];
}

/** The header of the first part, which was the mail's where its body became that part. */
export function innerFields(body: string, contentType: string): readonly Witness[] {
  const [first] = partsOf(body, contentType);
  return (first?.fields ?? []).map((raw) => ({ key: keyOf(raw), value: rawValue(raw) }));
}
