/** Small words about a raw field (a binary string: name, colon, folded value), shared by those that undo changes. */
import { decodeEncodedWords } from '../message/encoded-word.ts';
import { decodeUtf8, trimWsp } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { MAX_PREVIEW } from './alteration.ts';

/** A way in which a field may have read at signing. */
export interface Variant {
  readonly raw: string;
  /** How much has to have happened: smaller is tried and believed first. */
  readonly cost: number;
  /** Folds and white space of this one field only. */
  readonly isShape?: true;
}

export function nameOf(raw: string): string {
  return raw.slice(0, raw.indexOf(':'));
}

export function keyOf(raw: string): string {
  return trimWsp(nameOf(raw)).toLowerCase();
}

/** The value as it stands behind the colon, white space and folds kept. */
export function rawValue(raw: string): string {
  return raw.slice(raw.indexOf(':') + 1);
}

/** The value on one line, trimmed; still a binary string, encoded words not decoded. */
export function plainValue(raw: string): string {
  return trimWsp(rawValue(raw).replaceAll('\r\n', ''));
}

export function withValue(raw: string, value: string): string {
  return `${nameOf(raw)}: ${value}`;
}

/** The value as a reader sees it. */
export function readable(raw: string, decodeCharset: Ports['decodeCharset']): string {
  return decodeEncodedWords(decodeUtf8(plainValue(raw)), decodeCharset);
}

/** Cut for showing, never inside a surrogate pair. */
export function preview(text: string): string {
  return text.length <= MAX_PREVIEW
    ? text
    : `${[...text.slice(0, MAX_PREVIEW * 2)].slice(0, MAX_PREVIEW - 1).join('')}…`;
}

/** Every text but the one at hand, each once; the likely ones come first, so that costs rise from `cost` on. */
export function variants(raw: string, texts: readonly string[], cost: number): readonly Variant[] {
  const others = [...new Set(texts)].filter((text) => text !== raw);
  return others.map((text, rank) => ({ raw: text, cost: cost + rank / 25 }));
}
