/** Octets and text: binary strings (one character an octet), UTF-8 and base64, without a platform's help. */

const CHUNK = 8192;

/** Octets as a binary string: character code = octet. */
export function toBinaryString(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += CHUNK) {
    // As a list of arguments at once: spreading would step through the octets one by one.
    text += Reflect.apply(String.fromCharCode, null, octets.subarray(at, at + CHUNK));
  }
  return text;
}

/** A binary string as octets; codes above 255 do not occur in one. */
export function fromBinaryString(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) octets[at] = text.charCodeAt(at);
  return octets;
}

/** A binary string read as UTF-8 where it is valid UTF-8 (RFC 3629), else as it stands. */
export function decodeUtf8(binary: string): string {
  if (/^[\x00-\x7f]*$/.test(binary)) return binary;
  let text = '';
  for (let at = 0; at < binary.length; ) {
    const lead = binary.charCodeAt(at);
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
    if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) return binary;
    if (at + length > binary.length) return binary;
    let point = length === 1 ? lead : lead & (0x7f >> length);
    for (let next = at + 1; next < at + length; next++) {
      const octet = binary.charCodeAt(next);
      if ((octet & 0xc0) !== 0x80) return binary;
      point = (point << 6) | (octet & 0x3f);
    }
    const overlong = (length === 3 && point < 0x800) || (length === 4 && point < 0x10000);
    if (overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return binary;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_URL = `${BASE64.slice(0, -2)}-_`;
/** The value of each US-ASCII character. */
const BASE64_VALUES = Uint8Array.from({ length: 128 }, (_, code) =>
  BASE64.indexOf(String.fromCharCode(code)),
);
/** -1 as an octet. */
const NO_VALUE = 0xff;

/** Base64 (RFC 4648 §4) with white space allowed anywhere, padding optional; null where it is anything else. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const compact = text.replace(/[ \t\r\n]+/g, '');
  const length = compact.length - (compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0);
  if (length % 4 === 1) return null;
  const octets = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let pending = 0;
  let to = 0;
  for (let at = 0; at < length; at++) {
    const value = BASE64_VALUES[compact.charCodeAt(at)] ?? NO_VALUE;
    if (value === NO_VALUE) return null;
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    octets[to++] = (pending >> bits) & 0xff;
  }
  return octets;
}

/** Base64 with the alphabet for URLs and without padding (RFC 4648 §5). */
export function encodeBase64Url(octets: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const octet of octets) {
    pending = ((pending << 8) | octet) & 0xffff;
    for (bits += 8; bits >= 6; bits -= 6) text += BASE64_URL.charAt((pending >> (bits - 6)) & 0x3f);
  }
  return bits === 0 ? text : text + BASE64_URL.charAt((pending << (6 - bits)) & 0x3f);
}

/** The octets of several arrays in one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two arrays hold the same octets. Not constant-time: nothing secret is compared here. */
export function equalOctets(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Removes white space of mail (space, tab, CR, LF) at both ends; octets such as 0xA0 are no white space there. */
export function trimWsp(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWsp(text.charCodeAt(start))) start++;
  while (end > start && isWsp(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isWsp(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}
