/** Encoded words (RFC 2047) of a header value, for showing a display name. Never applied before parsing. */
import { decodeBase64, fromBinaryString } from '../octets.ts';
import type { Ports } from '../ports.ts';

const ENCODED_WORD = /=\?([!-~]+?)\?([bq])\?([!->@-~]*)\?=/gi;

/** The text with its encoded words decoded; a word that cannot be decoded stays as it is. */
export function decodeEncodedWords(text: string, decodeCharset: Ports['decodeCharset']): string {
  // White space between two encoded words is part of the encoding (§6.2).
  return text
    .replace(/(\?=)[ \t\r\n]+(?==\?)/g, '$1')
    .replace(ENCODED_WORD, (word, charset, encoding, payload) => {
      const octets = encoding.toLowerCase() === 'b' ? decodeBase64(payload) : decodeQ(payload);
      // RFC 2231 §5 lets a language follow the charset.
      const name = String(charset).split('*')[0] ?? '';
      return (octets && decodeCharset(name, octets)) ?? word;
    });
}

function decodeQ(payload: string): Uint8Array {
  return fromBinaryString(
    payload
      .replaceAll('_', ' ')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}
