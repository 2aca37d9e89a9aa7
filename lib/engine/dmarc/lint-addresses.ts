/** The addresses of `rua=` and `ruf=` (RFC 9989 §4.6, §4.7): each one, and what stands between them. */

import { distance } from '../lint/words.ts';
import { type DmarcLint, FORMAT, GRAMMAR, remark } from './lint-remark.ts';
import type { Span, Token } from './lint-tokens.ts';
import { readReportUri } from './uri.ts';

const URIS = 'RFC 9989 §4.6';
/** RFC 7489 §6.2: a receiver need not send to more. */
const SURE_URIS = 2;

/** What there is to say about the value of `rua=` or `ruf=`. */
export function lintAddresses(token: Token): readonly DmarcLint[] {
  const { name, value, valueStart } = token;
  if (value === '') return [remark('error', FORMAT, token, 'dmarc-uri-empty', { tag: name })];
  const remarks: DmarcLint[] = [];
  const entries = entriesOf(value, valueStart);
  const named = entries.filter(({ text }) => text !== '');
  for (const [index, entry] of entries.entries()) {
    if (entry.before === ';') {
      const at = { start: entry.from - 1, end: entry.from };
      remarks.push(remark('error', URIS, at, 'dmarc-uri-separator', {}, { ...at, text: ',' }));
    }
    if (entry.text === '') {
      // The comma goes with it: the one before, or for the first the one behind.
      const at =
        index === 0 ? { start: entry.from, end: entry.to + 1 } : { start: entry.from - 1, end: entry.to };
      const edit = named.length > 0 ? { ...at, text: '' } : null;
      remarks.push(remark('error', GRAMMAR, at, 'dmarc-uri-empty', { tag: name }, edit));
    } else remarks.push(...lintEntry(entry));
  }
  const surplus = named[SURE_URIS];
  if (surplus !== undefined) {
    const at = { start: surplus.start, end: token.end };
    remarks.push(remark('info', 'RFC 7489 §6.2', at, 'dmarc-many-uris', { tag: name, count: named.length }));
  }
  return remarks;
}

export interface Entry extends Span {
  /** Without blanks around it. */
  readonly text: string;
  /** The separator before it; '' for the first. */
  readonly before: string;
  /** With the blanks. */
  readonly from: number;
  readonly to: number;
}

/** The entries of a list that begins at `offset`. Semicolons that a token holds are separators, wrong ones. */
export function entriesOf(value: string, offset: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at <= value.length; ) {
    let end = at;
    while (end < value.length && value.charAt(end) !== ',' && value.charAt(end) !== ';') end++;
    const whole = value.slice(at, end);
    const text = whole.trim();
    const start = offset + at + (text === '' ? 0 : whole.indexOf(text));
    entries.push({
      text,
      start,
      end: start + text.length,
      before: at === 0 ? '' : value.charAt(at - 1),
      from: offset + at,
      to: offset + end,
    });
    at = end + 1;
  }
  return entries;
}

function lintEntry(entry: Entry): readonly DmarcLint[] {
  const { start, text } = entry;
  const uri = withoutSize(text);
  const span = { start, end: start + uri.length };
  const remarks = [...lintUri(span, uri)];
  if (uri !== text) {
    const at = { start: span.end, end: entry.end };
    const severity = /^[ \t]/.test(text.slice(uri.length)) ? 'error' : 'info';
    remarks.push(remark(severity, 'RFC 9989 Appendix C', at, 'dmarc-obsolete-size', {}, { ...at, text: '' }));
  }
  return remarks;
}

/** An entry without the `!10m` of RFC 7489 §6.2. A blank before that makes an address that is none. */
export function withoutSize(text: string): string {
  const mark = text.lastIndexOf('!');
  return mark > 0 && /^![0-9]+[kmgt]?$/i.test(text.slice(mark)) ? text.slice(0, mark).trimEnd() : text;
}

function lintUri(span: Span, uri: string): readonly DmarcLint[] {
  if (isMailto(uri)) return [];
  if (/[ \t]/.test(uri)) return lintSpaced(span, uri);
  const read = readReportUri(uri);
  if (read !== null && !/^mailto:/i.test(uri) && /^https?:/i.test(uri)) {
    return [remark('warn', FORMAT, span, 'dmarc-uri-scheme', { value: uri })];
  }
  const address = meantAddress(uri);
  if (address === null) return [remark('error', GRAMMAR, span, 'dmarc-uri-bad', { value: uri })];
  const gap = { start: span.start, end: span.start };
  const edit = address === `mailto:${uri}` ? { ...gap, text: 'mailto:' } : { ...span, text: address };
  const params = { value: uri };
  return [remark('error', FORMAT, span, 'dmarc-uri-no-mailto', params, edit)];
}

/** Blanks in an entry: between two addresses they stand for a comma, inside one they are a slip. */
function lintSpaced(span: Span, uri: string): readonly DmarcLint[] {
  const words = wordsOf(uri, span.start);
  const areAll = words.every(({ text }) => meantAddress(text) !== null || isMailto(text));
  const isOne = !areAll && meantAddress(words.map(({ text }) => text).join('')) !== null;
  if (!areAll && !isOne) return [remark('error', GRAMMAR, span, 'dmarc-uri-bad', { value: uri })];
  const remarks: DmarcLint[] = areAll ? words.flatMap((word) => lintUri(word, word.text)) : [];
  for (const [index, { start }] of words.entries()) {
    const before = words[index - 1];
    if (before === undefined) continue;
    const gap = { start: before.end, end: start };
    remarks.push(
      areAll
        ? remark('error', URIS, gap, 'dmarc-uri-separator', {}, { ...gap, text: ',' })
        : remark('error', GRAMMAR, gap, 'dmarc-uri-space', {}, { ...gap, text: '' }),
    );
  }
  return remarks;
}

function wordsOf(text: string, offset: number): readonly (Span & { readonly text: string })[] {
  const words: (Span & { readonly text: string })[] = [];
  let at = offset;
  for (const word of text.split(/[ \t]/)) {
    if (word !== '') words.push({ text: word, start: at, end: at + word.length });
    at += word.length + 1;
  }
  return words;
}

const HOST = /^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/i;

/** The domain of a `mailto:` that reports can reach; null where it is anything else. */
export function hostOf(uri: string): string | null {
  if (!/^mailto:(?!mailto:|\/\/)/i.test(uri) || readReportUri(uri) === null) return null;
  const query = uri.indexOf('?');
  const address = query === -1 ? uri : uri.slice(0, query);
  const host = address.slice(address.lastIndexOf('@') + 1);
  return HOST.test(host) ? host.toLowerCase() : null;
}

function isMailto(uri: string): boolean {
  return hostOf(uri) !== null;
}

/** The `mailto:` that an entry was meant to be; null where that is anybody's guess. */
function meantAddress(written: string): string | null {
  const entry = /^<.*>$/.test(written) ? written.slice(1, -1) : written;
  const inner = entry.replace(/<([^<>]*)>$/, '$1');
  if (isMailto(inner)) return inner;
  if (isMailto(`mailto:${inner}`) && !/[:/=]/.test(inner)) return `mailto:${inner}`;
  const sign = inner.search(/[:=]/);
  if (sign <= 0 || sign > MAX_SCHEME) return null;
  const letters = inner
    .slice(0, sign)
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
  if (letters !== 'mail' && letters !== 'email' && distance(letters, 'mailto') > 1) return null;
  let at = sign;
  while (/[:=/]/.test(inner.charAt(at))) at++;
  const rest = inner.slice(at).replace(/^mailto:/i, '');
  const meant = `mailto:${rest}`;
  return isMailto(meant) && !/[:/=]/.test(rest) ? meant : null;
}

const MAX_SCHEME = 12;
