/** What the tests of key and BIMI remarks share: keys of any length, remarks as lines, a record with all edits made. */
import { type Edit, editedBy } from '../../../../lib/engine/lint/lint.ts';

interface Remark {
  readonly code: string;
  readonly severity: string;
  readonly start: number;
  readonly end: number;
  readonly edit: Edit | null;
}

type LintText = (text: string) => readonly Remark[];

/** `severity code` and what it points at; a gap is `at` its offset. */
export function lines(lint: LintText, text: string): readonly string[] {
  return lint(text).map(({ code, severity, start, end }) => {
    const place = start === end ? `at ${start}` : JSON.stringify(text.slice(start, end));
    return `${severity} ${code} ${place}`;
  });
}

/** The text with every edit made, again and again until there is none: one edit may lie within another. */
export function mended(lint: LintText, text: string): string {
  let record = text;
  for (let round = 0; round < 10; round++) {
    const better = editedBy(record, lint(record));
    if (better === null) return record;
    record = better;
  }
  throw new Error(`there is no end to mending ${text}`);
}

function der(tag: number, ...parts: readonly (readonly number[])[]): readonly number[] {
  const content = parts.flat();
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return [tag, ...size, ...content];
}

const RSA = der(0x30, [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1], [0x05, 0]);

/** The public key of as many bits, a multiple of 8, in base64: well-formed, if no key for use. */
export function rsaKey(bits: number): string {
  const modulus = Array.from({ length: bits / 8 }, (_, at) => (at === 0 ? 0xc5 : (at * 37 + bits) & 0xff));
  const numbers = der(0x30, der(0x02, [0, ...modulus]), der(0x02, [1, 0, 1]));
  return base64(der(0x30, RSA, der(0x03, [0, ...numbers])));
}

/** 32 octets, as RFC 8463 wants them. */
export const ED25519 = base64(Array.from({ length: 32 }, (_, at) => at * 7));
/** The same as key files have it. */
export const WRAPPED = base64([
  0x30,
  0x2a,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x03,
  0x21,
  0x00,
  ...Buffer.from(ED25519, 'base64'),
]);

export function base64(octets: readonly number[]): string {
  return Buffer.from(octets).toString('base64');
}
