/** The ways in which mail programs write a text in a header field (RFC 2047), as far as they are usual. */
import { encodeBase64, encodeUtf8 } from './transfer.ts';

/** RFC 2047 §2: an encoded word has at most 75 characters. */
const MAX_WORD = 75;

interface Style {
  readonly charset: string;
  readonly encoding: 'B' | 'Q' | 'b' | 'q';
  /** Characters that `Q` leaves as they are. */
  readonly plain: RegExp;
}

/** RFC 2047 §4.2 for text, and §5 (3) for a phrase. */
const LOOSE = /[!-<>@-^`-~]/;
const STRICT = /[A-Za-z0-9!*+/-]/;

const STYLES: readonly Style[] = [
  { charset: 'UTF-8', encoding: 'B', plain: LOOSE },
  { charset: 'utf-8', encoding: 'B', plain: LOOSE },
  { charset: 'UTF-8', encoding: 'Q', plain: LOOSE },
  { charset: 'utf-8', encoding: 'Q', plain: LOOSE },
  { charset: 'utf-8', encoding: 'q', plain: STRICT },
  { charset: 'utf-8', encoding: 'b', plain: LOOSE },
  { charset: 'UTF-8', encoding: 'Q', plain: STRICT },
  { charset: 'utf-8', encoding: 'Q', plain: STRICT },
  { charset: 'iso-8859-1', encoding: 'Q', plain: LOOSE },
  { charset: 'iso-8859-1', encoding: 'q', plain: STRICT },
];

/** Binary strings that all read as `text`: bare, and in encoded words, of the whole or of the words in need. */
export function encodings(text: string): readonly string[] {
  const bare = encodeUtf8(text);
  if (/^[\x00-\x7f]*$/.test(text)) return [bare];
  const styles = STYLES.filter(({ charset }) => charset !== 'iso-8859-1' || /^[\x00-\xff]*$/.test(text));
  const { head, middle, tail } = partInNeed(text);
  const whole = styles.map((style) => encodeWords(text, style));
  const partly = styles.map((style) => `${head}${encodeWords(middle, style)}${tail}`);
  return [...new Set([bare, ...whole, ...partly])];
}

/** From the first to the last word that is not ASCII; head and tail keep the white space between. */
function partInNeed(text: string): { head: string; middle: string; tail: string } {
  const pieces = text.split(' ');
  const inNeed = (piece: string): boolean => /[^\x00-\x7f]/.test(piece);
  const first = pieces.findIndex(inNeed);
  const last = pieces.findLastIndex(inNeed) + 1;
  return {
    head: pieces
      .slice(0, first)
      .map((piece) => `${piece} `)
      .join(''),
    middle: pieces.slice(first, last).join(' '),
    tail: pieces
      .slice(last)
      .map((piece) => ` ${piece}`)
      .join(''),
  };
}

/** As few words as the limit allows, none of which splits a character. */
function encodeWords(text: string, style: Style): string {
  const room = MAX_WORD - `=?${style.charset}?${style.encoding}??=`.length;
  const words: string[] = [];
  let octets = '';
  let length = 0;
  for (const character of text) {
    const added = style.charset === 'iso-8859-1' ? character : encodeUtf8(character);
    const grown = payloadLength(octets, length, added, style);
    if (grown > room && octets !== '') {
      words.push(octets);
      octets = added;
      length = payloadLength('', 0, added, style);
    } else {
      octets += added;
      length = grown;
    }
  }
  words.push(octets);
  return words.map((word) => `=?${style.charset}?${style.encoding}?${payload(word, style)}?=`).join('\r\n ');
}

function payloadLength(octets: string, length: number, added: string, style: Style): number {
  return isBase64(style)
    ? Math.ceil((octets.length + added.length) / 3) * 4
    : length + payload(added, style).length;
}

function payload(octets: string, style: Style): string {
  if (isBase64(style)) return encodeBase64(octets);
  return Array.from(octets, (octet) => {
    if (octet === ' ') return '_';
    const code = octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return style.plain.test(octet) ? octet : `=${code}`;
  }).join('');
}

function isBase64({ encoding }: Style): boolean {
  return encoding === 'B' || encoding === 'b';
}
