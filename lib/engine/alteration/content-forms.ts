/** Undoes what relays do to the fields that describe the content, and to Date. */
import { parseDate } from '../message/date.ts';
import { plainValue, type Variant, variants, withValue } from './field-text.ts';

/** Content-Type with other marks, case, order or charset; the type itself stays. */
export function retyped(raw: string): readonly Variant[] {
  if (raw.length > MAX_CONTENT_TYPE) return [];
  const [type = '', ...parameters] = plainValue(raw).split(/; {0,9}/);
  if (parameters.length > MAX_PARAMETERS) return [];
  const pairs = parameters.filter((text) => text !== '').map(toParameter);
  const charsets = pairs.some(({ name }) => name.toLowerCase() === 'charset')
    ? CHARSETS.map((charset) => pairs.map((pair) => (isCharset(pair) ? { ...pair, value: charset } : pair)))
    : CHARSETS.map((charset) => [{ name: 'charset', value: charset }, ...pairs]);
  const lists = [
    pairs,
    ...['charset', 'format', 'delsp', 'reply-type', 'name'].map((gone) =>
      pairs.filter(({ name }) => name.toLowerCase() !== gone),
    ),
    pairs.map((pair) => (isCharset(pair) ? { ...pair, value: pair.value.toLowerCase() } : pair)),
    pairs.map((pair) => (isCharset(pair) ? { ...pair, value: pair.value.toUpperCase() } : pair)),
    pairs.toReversed(),
    [],
    ...charsets,
  ];
  const texts = lists.flatMap((list) =>
    QUOTINGS.map((quote) => [type, ...list.map((pair) => `${pair.name}=${quote(pair)}`)]),
  );
  const shapes = texts.flatMap((pieces) => [pieces.join('; '), `${pieces.join('; ')};`, pieces.join(';')]);
  return variants(
    raw,
    shapes.map((text) => withValue(raw, text)),
    2.5,
  );
}

/** Longer or richer ones are left as they are. */
const MAX_CONTENT_TYPE = 500;
const MAX_PARAMETERS = 6;
const CHARSETS = ['utf-8', 'UTF-8', 'us-ascii', 'iso-8859-1', 'ISO-8859-1', 'windows-1252', 'US-ASCII'];

interface Parameter {
  readonly name: string;
  /** Without quotes. */
  readonly value: string;
  readonly quoted?: boolean;
}

function toParameter(text: string): Parameter {
  const equals = text.indexOf('=');
  const value = text.slice(equals + 1);
  const inner = /^"([^"]*)"$/.exec(value)?.[1];
  return { name: text.slice(0, Math.max(0, equals)), value: inner ?? value, quoted: inner !== undefined };
}

function isCharset({ name }: Parameter): boolean {
  return name.toLowerCase() === 'charset';
}

const QUOTINGS: readonly ((pair: Parameter) => string)[] = [
  ({ value, quoted }) => (quoted ? `"${value}"` : value),
  ({ value }) => `"${value}"`,
  ({ value }) => value,
  (pair) => (pair.name.toLowerCase() === 'boundary' ? `"${pair.value}"` : pair.value),
];

/** Content-Transfer-Encoding before a relay encoded the body anew. */
export function retransferred(raw: string): readonly Variant[] {
  return variants(
    raw,
    TRANSFERS.map((name) => withValue(raw, name)),
    2,
  );
}

export const TRANSFERS = [
  '8bit',
  '7bit',
  'quoted-printable',
  'base64',
  '8BIT',
  '7BIT',
  'binary',
  'Quoted-Printable',
  '8Bit',
  '7Bit',
];

/** MIME-Version without or with another comment. */
export function reversioned(raw: string): readonly Variant[] {
  return variants(raw, [withValue(raw, '1.0')], 3);
}

/** The same moment in another zone or spelling (RFC 5322 §3.3). */
export function redated(raw: string): readonly Variant[] {
  const value = plainValue(raw);
  const moment = parseDate(value);
  if (moment === null || value.length > 100) return [];
  const bare = value.replace(/ ?\([^()]{0,60}\)$/, '');
  const spelled = [
    bare,
    bare.replace(/[+-]0000$/, 'GMT'),
    bare.replace(/[+-]0000$/, 'UT'),
    bare.replace(/[+-]0000$/, '+0000 (UTC)'),
    bare.replace(/[+-]0000$/, '+0000 (GMT)'),
    bare.replace(/ (?:GMT|UTC|UT|Z)$/, ' +0000'),
    bare.replace(/ (?:GMT|UTC|UT|Z)$/, ' -0000'),
    bare.replace(/^([A-Za-z]{3}, )0/, '$1'),
    bare.replace(/^([A-Za-z]{3}, )(\d )/, '$10$2'),
    bare.replace(/^([A-Za-z]{3}, )(\d )/, '$1 $2'),
    bare.replace(/^[A-Za-z]{3}, /, ''),
    bare.replace(/:00 ([+-])/, ' $1'),
  ];
  const zones = ZONES.flatMap((minutes) => {
    const text = dateIn(moment, minutes);
    return /, 0/.test(text) ? [text, text.replace(', 0', ', ')] : [text];
  });
  return variants(
    raw,
    [...zones, ...spelled].map((text) => withValue(raw, text)),
    2.5,
  );
}

/** Offsets of zones in use, in minutes: those where most mail is written, then every other. */
const ZONES: readonly number[] = [
  ...[0, 60, 120, -300, -240, -480, -420, -360, 180, 330, 480, 540, 600, 660, -180],
  ...[345, 525, 765, ...Array.from({ length: 53 }, (_, step) => step * 30 - 720)],
];

/** A moment (seconds since 1970) as a Date field has it in a zone that is `minutes` ahead of UTC. */
function dateIn(moment: number, minutes: number): string {
  const ahead = Math.abs(minutes);
  const [hours, rest] = [Math.floor(ahead / 60), ahead % 60].map((part) => String(part).padStart(2, '0'));
  const local = new Date((moment + minutes * 60) * 1000).toUTCString();
  return local.replace('GMT', `${minutes < 0 ? '-' : '+'}${hours}${rest}`);
}
