/** Undoes what relays do to the form of any field: folds, white space, the case of its name, encoded words. */
import { decodeEncodedWords } from '../message/encoded-word.ts';
import { decodeUtf8 } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { encodings } from './encodings.ts';
import { nameOf, plainValue, rawValue, type Variant, variants, withValue } from './field-text.ts';

/** Folds of one field that are each undone alone; more of them are undone all at once only. */
const MAX_FOLDS = 6;
/** RFC 5322 §2.1.1: lines should not be longer. */
const WIDTH = 78;

/** Texts that differ in folds and white space only. `listed` is the name as `h=` spells it, as the signer saw it. */
export function reshaped(raw: string, listed: string): readonly Variant[] {
  const texts = FORMS.map((form) => form(raw)).concat(withName(raw, listed));
  return variants(raw, texts, 2).map((variant) => ({ ...variant, isShape: true }));
}

/** Changes of shape that a relay makes to every field it touches, in the order in which they are tried. */
export const FORMS: readonly ((raw: string) => string)[] = [
  (raw) => raw.replaceAll('\r\n', ''),
  (raw) => raw.replace(/\r\n[ \t]+/g, ' '),
  (raw) => raw.replace(/\r\n[ \t]+/g, '\r\n\t'),
  (raw) => raw.replace(/\r\n[ \t]+/g, '\r\n '),
  (raw) => raw.replace(/\r\n[ \t]+/g, '\r\n        '),
  (raw) => raw.replace(/\r\n[ \t]+/g, '\r\n    '),
  (raw) => withValue(raw, rawValue(raw).replace(/^[ \t]+/, '')),
  (raw) => `${nameOf(raw)}:${rawValue(raw).replace(/^[ \t]+/, '')}`,
  (raw) => `${raw} `,
  (raw) => withoutTrailingSpace(raw),
  (raw) => raw.replace(/[ \t]+/g, ' '),
  (raw) => spacedAfter(raw, ',', '\r\n '),
  (raw) => spacedAfter(raw, ',', '\r\n\t'),
  (raw) => spacedAfter(raw, ';', '\r\n '),
  (raw) => spacedAfter(raw, ';', '\r\n\t'),
  (raw) => folded(raw, '\r\n '),
  (raw) => folded(raw, '\r\n\t'),
  // These matter in relaxed form too.
  (raw) => raw.replace(/\r\n[ \t]+/g, ''),
  (raw) => spacedAfter(raw, ',', ''),
  (raw) => spacedAfter(raw, ',', ' '),
  (raw) => spacedAfter(raw, ';', ''),
  (raw) => spacedAfter(raw, ';', ' '),
];

/** Each fold taken for one that broke a word, where there was no white space before. */
export function rejoined(raw: string): readonly Variant[] {
  const lines = raw.split('\r\n');
  if (lines.length < 3 || lines.length > MAX_FOLDS + 1) return [];
  const texts = lines.slice(1).map((_, at) => {
    const [before, after] = [lines.slice(0, at + 1), lines.slice(at + 1)];
    return `${before.join('\r\n')}${after.join('\r\n').replace(/^[ \t]+/, '')}`;
  });
  return variants(raw, texts, 3);
}

/** The same text in other encoded words, or bare. */
export function reencoded(raw: string, decodeCharset: Ports['decodeCharset']): readonly Variant[] {
  const value = plainValue(raw);
  const text = decodeEncodedWords(decodeUtf8(value), decodeCharset);
  if (text === value) return [];
  return variants(
    raw,
    [...encodings(text), ...latin1(value)].map((other) => withValue(raw, other)),
    3,
  );
}

/** Bare Latin-1, where the text is now bare UTF-8. */
function latin1(value: string): readonly string[] {
  const text = decodeUtf8(value);
  return text !== value && /^[\x00-\xff]*$/.test(text) ? [text] : [];
}

function withName(raw: string, listed: string): readonly string[] {
  const rest = raw.slice(raw.indexOf(':'));
  const capitals = listed.toLowerCase().replace(/(^|-)([a-z])/g, (_, mark: string, letter: string) => {
    return mark + letter.toUpperCase();
  });
  return [
    listed,
    capitals,
    capitals.replace(/-Id$/, '-ID').replace(/^Mime/, 'MIME'),
    listed.toLowerCase(),
  ].map((name) => name + rest);
}

function withoutTrailingSpace(raw: string): string {
  let end = raw.length;
  while (end > 0 && ' \t'.includes(raw.charAt(end - 1))) end--;
  return raw.slice(0, end);
}

function spacedAfter(raw: string, mark: string, space: string): string {
  const [first = '', ...pieces] = plainValue(raw).split(mark);
  return withValue(raw, first + pieces.map((piece) => mark + space + piece.replace(/^[ \t]+/, '')).join(''));
}

/** On lines as long as they may be, broken at white space. */
function folded(raw: string, fold: string): string {
  const lines: string[] = [];
  let line = `${nameOf(raw)}:`;
  for (const word of plainValue(raw).split(' ')) {
    if (line.length + 1 + word.length > WIDTH && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line += ` ${word}`;
    }
  }
  return [...lines, line].join(fold);
}
