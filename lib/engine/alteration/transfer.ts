/** Transfer encodings both ways (RFC 2045 §6.7, §6.8), over binary strings. */
import { decodeBase64, toBinaryString } from '../octets.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Twelve bits each, which halves the work. */
const PAIRS = Array.from({ length: 4096 }, (_, bits) => BASE64.charAt(bits >> 6) + BASE64.charAt(bits & 63));

/** Base64 on one line. */
export function encodeBase64(octets: string): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 3) {
    const [second, third] = [octets.charCodeAt(at + 1) || 0, octets.charCodeAt(at + 2) || 0];
    const bits = (octets.charCodeAt(at) << 16) | (second << 8) | third;
    text += `${PAIRS[bits >> 12]}${PAIRS[bits & 0xfff]}`;
  }
  const missing = (3 - (octets.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '=='.slice(0, missing);
}

/** Text in lines of `width` characters, each with its CRLF. */
export function inLines(text: string, width: number): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(`${text.slice(at, at + width)}\r\n`);
  return lines.join('');
}

/** Null where the text is no base64. */
export function decodeBase64Lines(text: string): string | null {
  const octets = decodeBase64(text);
  return octets === null ? null : toBinaryString(octets);
}

/** Quoted-printable; what is no code stays as it stands. */
export function decodeQuotedPrintable(text: string): string {
  return text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Quoted-printable as most programs write it: lines of at most 76 characters with the soft break. */
export function encodeQuotedPrintable(octets: string): string {
  return octets.split('\r\n').map(encodeLine).join('\r\n');
}

function encodeLine(line: string): string {
  let text = '';
  let column = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    const last = at === line.length - 1;
    const plain = (code >= 33 && code <= 126 && code !== 61) || ((code === 32 || code === 9) && !last);
    const piece = plain ? line.charAt(at) : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
    // A soft break takes one column, which the last piece of a line does not have to leave free.
    if (column + piece.length > (last ? 76 : 75)) {
      text += '=\r\n';
      column = 0;
    }
    text += piece;
    column += piece.length;
  }
  return text;
}

/** Text as UTF-8 in a binary string; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return Array.from(text, (character) => encodePoint(character.codePointAt(0) ?? 0)).join('');
}

function encodePoint(point: number): string {
  if (point < 0x80) return String.fromCharCode(point);
  if (point >= 0xd800 && point < 0xe000) return '\xef\xbf\xbd';
  const count = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  const mark = [0, 0xc0, 0xe0, 0xf0][count] ?? 0;
  const tail = Array.from({ length: count }, (_, at) => 0x80 | ((point >> (6 * (count - 1 - at))) & 0x3f));
  return String.fromCharCode(mark | (point >> (6 * count)), ...tail);
}
