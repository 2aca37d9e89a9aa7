/** Undoes what lists and gateways put into a Subject. */
import { decodeEncodedWords } from '../message/encoded-word.ts';
import { decodeUtf8 } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { encodings } from './encodings.ts';
import { plainValue, type Variant, variants, withValue } from './field-text.ts';

/** A mark such as `[list]`, `{Spam?}`, `(external)`, `<EXT>`, `***SPAM***`, `_SPAM_`. */
const MARK = String.raw`(?:\[[^\]]{1,100}\]|\{[^}]{1,60}\}|\([^)]{1,60}\)|<[^>]{1,60}>|\*{2,9}[^*]{1,60}\*{2,9}|\*[^*]{1,60}\*|_{1,9}[^_ ]{1,60}_{1,9})`;
const LEADING_MARK = new RegExp(`^(${MARK}[ :-]{0,3})`);
const TRAILING_MARK = new RegExp(`^[ -]{0,3}${MARK}$`);
/** `Re:` and its like in other languages, or a gateway's word such as `EXTERNAL:` or `SPAM ALERT -`. */
const LEADING_WORD = /^((?:[^\s:\]]{1,20} ){0,2}[^\s:\]]{1,20}: ?|[A-Z]{3,20} - )/;
const REPLY = /^((?:re|aw|sv|vs|antw|odp|fwd?|wg|tr)(?:\[\d{1,3}\])?: ?)/i;
const REPLIES = ['Re: ', 'RE: ', 're: ', 'AW: ', 'Aw: '];

/** Rounds of taking away: a list's tag before a gateway's. */
const ROUNDS = 2;
/** Texts that are tried. */
const MAX_TEXTS = 60;
/** Longer ones are left alone; real ones are shorter. */
const MAX_SUBJECT = 1000;
/** Marks at the end begin this far from it at most. */
const MAX_TRAILING = 105;

/** What the Subject may have been, first without what stands in the field as it is, then encoded anew. */
export function untagged(raw: string, decodeCharset: Ports['decodeCharset']): readonly Variant[] {
  const value = plainValue(raw);
  if (value.length > MAX_SUBJECT) return [];
  const bare = variants(
    raw,
    shorterSubjects(value).map((text) => withValue(raw, text)),
    1,
  );
  const text = decodeEncodedWords(decodeUtf8(value), decodeCharset);
  if (text === value) return bare;
  const written = shorterSubjects(text).flatMap(encodings);
  return [
    ...bare,
    ...variants(
      raw,
      written.map((other) => withValue(raw, other)),
      1.5,
    ),
  ];
}

/** Every text that remains when marks and words are taken away, in the order of how little was taken. */
export function shorterSubjects(subject: string): readonly string[] {
  const found = new Set<string>();
  let round: readonly string[] = [subject];
  for (let left = ROUNDS; left > 0; left--) {
    round = round.flatMap(shorter).filter((text) => !found.has(text));
    for (const text of round) found.add(text);
  }
  return [...found].slice(0, MAX_TEXTS).concat(`Re: ${subject}`);
}

function shorter(text: string): readonly string[] {
  const mark = LEADING_MARK.exec(text)?.[1] ?? '';
  const word = LEADING_WORD.exec(text)?.[1] ?? '';
  const reply = REPLY.exec(text)?.[1] ?? '';
  const answered = text.slice(reply.length);
  const inner = reply === '' ? '' : (LEADING_MARK.exec(answered)?.[1] ?? '');
  const replyBehind = mark === '' ? '' : (REPLY.exec(text.slice(mark.length))?.[1] ?? '');
  return [
    ...(mark === '' ? [] : [text.slice(mark.length), text.slice(mark.trimEnd().length)]),
    ...(inner === '' ? [] : [reply, ...REPLIES].map((prefix) => prefix + answered.slice(inner.length))),
    ...(word === '' ? [] : [text.slice(word.length), text.slice(word.trimEnd().length)]),
    ...withoutTrailingMark(text),
    // Lists move their tag to one side of `Re:`.
    ...(inner === '' ? [] : REPLIES.map((prefix) => `${inner}${prefix}${answered.slice(inner.length)}`)),
    ...(replyBehind === '' ? [] : [`${replyBehind}${mark}${text.slice(mark.length + replyBehind.length)}`]),
    ...(reply === '' ? [] : REPLIES.map((prefix) => prefix + answered)),
  ];
}

function withoutTrailingMark(text: string): readonly string[] {
  const start = Math.max(0, text.length - MAX_TRAILING);
  for (let at = text.length - 1; at >= start; at--) {
    if (!'[{(<*_'.includes(text.charAt(at)) || !TRAILING_MARK.test(text.slice(at))) continue;
    const rest = text.slice(0, at);
    return [rest.trimEnd(), rest.replace(/-[ ]{0,3}$/, '').trimEnd()];
  }
  return [];
}
