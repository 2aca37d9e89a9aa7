/** Makes text from a mail or from DNS safe to show: nothing in it acts, hides or reorders. */
import { toASCII, toUnicode } from 'punycode/punycode.es6.js';

/** Controls, bidirectional controls, zero-width and other invisible characters, unpaired surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** The text with every character that cannot be seen written as its code point. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** JSON text of the same value in which every character that cannot be seen is an escape; its own line ends stay. */
export function unseenEscaped(json: string): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return json.replace(UNSEEN, (character) =>
    character === '\n' ? character : character.split('').map(escaped).join(''),
  );
}

/** A value inside a sentence: visible, and cut in the middle so that a made-up name cannot fill the view. */
export function shortened(text: string, limit = 120): string {
  const shown = visible(text);
  if (shown.length <= limit) return shown;
  const tail = Math.floor(limit * 0.6);
  return `${shown.slice(0, limit - tail - 1)}…${shown.slice(-tail)}`;
}

/** A domain as it is written and, where it is internationalised, as it is stored: `bücher.example (xn--…)`. */
export function bothWays(domain: string): string {
  const stored = domain.toLowerCase();
  if (!/(?:^|\.)xn--/.test(stored)) return shortened(domain);
  const unicode = unicodeOf(stored);
  // An A-label that stands for plain ASCII, `xn--bank-`, is made up: no name is written so.
  const isName = unicode !== stored && toASCII(unicode) === stored;
  return isName ? `${shortened(unicode)} (${shortened(domain)})` : shortened(domain);
}

/** A domain in the letters that it stands for; as it is where it stands for none. Not safe to show by itself. */
export function unicodeOf(domain: string): string {
  try {
    return toUnicode(domain);
  } catch {
    return domain;
  }
}
