/** Names the change from a field as it was signed to the field as it stands here. */
import type { Ports } from '../ports.ts';
import type { HeaderAlteration } from './alteration.ts';
import { keyOf, nameOf, preview, rawValue, readable } from './field-text.ts';

type ChangedField = Extract<HeaderAlteration, { before: string; after: string }>;

type PlainKind = Exclude<ChangedField['kind'], 'subject-tagged'>;

const REWRITTEN: ReadonlyMap<string, PlainKind> = new Map([
  ['subject', 'subject-changed'],
  ['from', 'from-rewritten'],
  ['reply-to', 'reply-to-rewritten'],
  ['to', 'recipients-rewritten'],
  ['cc', 'recipients-rewritten'],
  ['date', 'date-rewritten'],
  ['mime-version', 'content-rewritten'],
]);

/** `before` and `after` are raw fields of one name; `field` is the index of the second in the message. */
export function describeField(
  field: number,
  before: string,
  after: string,
  decodeCharset: Ports['decodeCharset'],
): ChangedField {
  const [was, is] = [readable(before, decodeCharset), readable(after, decodeCharset)];
  const changed = { field, name: nameOf(after), before: preview(was), after: preview(is) };
  const form = formOnly(before, after, was, is);
  if (form !== null) return { kind: form, ...changed };
  const key = keyOf(after);
  const tag = key === 'subject' ? insertion(was, is) : null;
  if (tag !== null) return { kind: 'subject-tagged', ...changed, tag: preview(tag) };
  return {
    kind: REWRITTEN.get(key) ?? (key.startsWith('content-') ? 'content-rewritten' : 'field-changed'),
    ...changed,
  };
}

/** Where only the form changed: which aspect of it. */
function formOnly(before: string, after: string, was: string, is: string): PlainKind | null {
  const [from, to] = [rawValue(before), rawValue(after)];
  if (squeezed(from) === squeezed(to)) {
    if (from === to) return 'field-recased';
    const sameBreaks = folds(from) === folds(to);
    return sameBreaks && joined(from) !== joined(to) ? 'field-respaced' : 'field-refolded';
  }
  if (squeezed(was) === squeezed(is)) return 'field-reencoded';
  if (squeezed(was).toLowerCase() === squeezed(is).toLowerCase()) return 'field-recased';
  return bare(was) === bare(is) ? 'field-requoted' : null;
}

function squeezed(text: string): string {
  return text.replace(/[ \t\r\n]/g, '');
}

/** The text with its folds marked and no other white space. */
function folds(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[ \t]/g, '');
}

/** The text with one space for each fold and the white space that begins the next line. */
function joined(text: string): string {
  return text.replace(/\r\n[ \t]+/g, ' ');
}

/** The text without marks that quote or enclose, and its case, which is free in a charset's name. */
function bare(text: string): string {
  return text.replace(/[ \t"\\<>()']/g, '').toLowerCase();
}

/** What was inserted, in one piece, to make `after` of `before`; null where it takes more than that. */
function insertion(before: string, after: string): string | null {
  const length = after.length - before.length;
  if (length <= 0) return null;
  if (after.endsWith(before)) return after.slice(0, length).trim();
  let start = before.length;
  while (start > 0 && before[start - 1] === after[start - 1 + length]) start--;
  return after.startsWith(before.slice(0, start)) ? after.slice(start, start + length).trim() : null;
}
