/** Undoes what lists and relays do to the addresses of a field: another author, other marks, other case. */
import { type Mailbox, parseAddressList } from '../message/address.ts';
import { decodeEncodedWords } from '../message/encoded-word.ts';
import { decodeUtf8 } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { encodings } from './encodings.ts';
import { plainValue, type Variant, variants, withValue } from './field-text.ts';

/** What other fields of the mail tell about addresses. */
export interface Elsewhere {
  /** Raw values, on one line, of fields in which lists keep the author: Reply-To, X-Original-From and so on. */
  readonly authors: readonly string[];
  /** Every address in the header as it is written there. */
  readonly addresses: readonly string[];
}

/** Addresses and names that are tried in each other's company. */
const MAX_ADDRESSES = 6;
const MAX_NAMES = 6;

/** The author whom a list replaced by itself: `Anna via List <list@…>`, `anna=40example.com@list…`. */
export function formerAuthors(
  raw: string,
  { authors }: Elsewhere,
  decodeCharset: Ports['decodeCharset'],
): readonly Variant[] {
  const value = plainValue(raw);
  const [current] = parseAddressList(value).mailboxes;
  if (current === undefined) return [];
  const others = authors.flatMap((author) => parseAddressList(author).mailboxes.slice(0, 1));
  const addresses = unique([...others.map(addressOf), ...unwrapped(current), addressOf(current)]).slice(
    0,
    MAX_ADDRESSES,
  );
  const spoken = decodeEncodedWords(decodeUtf8(current.displayName), decodeCharset);
  const shortened = withoutVia(spoken);
  const names = unique([
    ...(current.displayName === spoken
      ? shortened
      : shortened.flatMap((name) => encodings(name).slice(0, 4))),
    ...others.map(({ displayName }) => displayName),
    current.displayName,
  ]).slice(0, MAX_NAMES);
  const composed = addresses.flatMap((address) => names.flatMap((name) => written(name, address)));
  return variants(
    raw,
    [...authors, ...composed].map((text) => withValue(raw, text)),
    1,
  );
}

/** The ways of writing the same mailboxes. */
export function remarked(raw: string): readonly Variant[] {
  const { mailboxes, errors } = parseAddressList(plainValue(raw));
  if (mailboxes.length === 0 || errors.length > 0) return [];
  const texts = STYLES.map((style) =>
    mailboxes.map((mailbox) => style(mailbox.displayName, addressOf(mailbox))).join(', '),
  );
  return variants(
    raw,
    texts.map((text) => withValue(raw, text)),
    2.5,
  );
}

/** The same addresses in another case: as written elsewhere, or as people write them. */
export function recased(raw: string, { addresses }: Elsewhere): readonly Variant[] {
  const value = plainValue(raw);
  const small = value.toLowerCase();
  const written = addresses.filter((address) => {
    return !value.includes(address) && small.includes(address.toLowerCase());
  });
  const own = addressesIn(value).slice(0, MAX_ADDRESSES);
  const otherwise = CASES.flatMap((change) => own.map(change));
  const texts = [...written, ...otherwise].map((address) => {
    const at = small.indexOf(address.toLowerCase());
    return value.slice(0, at) + address + value.slice(at + address.length);
  });
  return variants(
    raw,
    texts.map((text) => withValue(raw, text)),
    2.5,
  );
}

/** Recipients of whom some were added, or who were replaced by the mailbox that got the mail. */
export function formerRecipients(raw: string, { addresses }: Elsewhere): readonly Variant[] {
  const value = plainValue(raw);
  const items = value.split(/, ?/);
  if (items.length > MAX_ADDRESSES) return [];
  const fewer =
    items.length === 1
      ? []
      : [...items, ...items.map((_, out) => items.filter((__, at) => at !== out).join(', '))];
  const [only] = parseAddressList(value).mailboxes;
  const replaced = only === undefined || items.length > 1 ? [] : addresses.slice(0, MAX_ADDRESSES * 2);
  const texts = [...fewer, ...replaced.flatMap((address) => written(only?.displayName ?? '', address))];
  return variants(
    raw,
    texts.map((text) => withValue(raw, text)),
    2.5,
  );
}

/** Words of a text that look like addresses. */
export function addressesIn(text: string): readonly string[] {
  return text.split(/[\s<>,;:"()=]+/).filter((word) => /^[^@]+@[^@]+$/.test(word));
}

const STYLES: readonly ((name: string, address: string) => string)[] = [
  (name, address) => (name === '' ? address : `${name} <${address}>`),
  (name, address) => (name === '' ? `<${address}>` : `${quoted(name)} <${address}>`),
  (_, address) => address,
  (_, address) => `<${address}>`,
  (name, address) => (name === '' ? address : `${address} (${name})`),
  (_, address) => `${address} <${address}>`,
  (_, address) => `${quoted(address)} <${address}>`,
];

/** As most programs write it: bare, and in quotation marks. */
function written(name: string, address: string): readonly string[] {
  return STYLES.slice(0, 2).map((style) => style(name, address));
}

function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** `Anna via List`, `'Anna' via List`, `Anna (via List)`, `Anna - List`: the name alone. */
function withoutVia(name: string): readonly string[] {
  const ends = [' via ', ' (via ', ' (', ' - ', ' | ', ' @ ']
    .map((mark) => name.lastIndexOf(mark))
    .filter((at) => at > 0);
  const bare = unique(ends.map((end) => name.slice(0, end)));
  return bare.flatMap((text) => {
    const inner = /^(['"])(.*)\1$/.exec(text)?.[2];
    return inner === undefined ? [text] : [inner, text];
  });
}

/** `anna=40example.com@list` and `anna=example.com@list`: the address that was wrapped. */
function unwrapped({ localPart }: Mailbox): readonly string[] {
  const coded = localPart.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const equals = localPart.lastIndexOf('=');
  return [
    ...(/^[^@]+@[^@]+$/.test(coded) ? [coded] : []),
    ...(equals > 0 ? [`${localPart.slice(0, equals)}@${localPart.slice(equals + 1)}`] : []),
  ];
}

const CASES: readonly ((address: string) => string)[] = [
  (address) => address.toLowerCase(),
  (address) => inDomain(address, (domain) => domain.toLowerCase()),
  (address) => inDomain(address, (domain) => domain.toUpperCase()),
  (address) => inDomain(address, capitals),
  (address) => inDomain(address, (domain) => domain.charAt(0).toUpperCase() + domain.slice(1)),
  (address) => capitals(address.slice(0, address.indexOf('@'))) + address.slice(address.indexOf('@')),
  (address) => address.toUpperCase(),
];

function inDomain(address: string, change: (domain: string) => string): string {
  const at = address.indexOf('@') + 1;
  return address.slice(0, at) + change(address.slice(at));
}

function capitals(text: string): string {
  return text.replace(/(^|[.-])([a-z])/g, (_, mark: string, letter: string) => mark + letter.toUpperCase());
}

function addressOf({ localPart, domain }: Mailbox): string {
  return `${localPart}@${domain}`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
