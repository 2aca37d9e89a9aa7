/**
 * Where the mail itself still tells how a field read at signing: copies that the signer made (`z=`, RFC 6376 §3.5), copies
 * that a list or relay kept under another name, and the header of a part into which the signed body was put.
 */
import { parseTagList } from '../dkim/tag-list.ts';
import type { Message } from '../message/split.ts';
import { addressesIn, type Elsewhere } from './address-forms.ts';
import { keyOf, plainValue, rawValue } from './field-text.ts';

/** A field as it may have stood at signing: `key` in lower case, `value` as it stood behind the colon. */
export interface Witness {
  readonly key: string;
  readonly value: string;
}

/** Copies that are read, and fields in which addresses are looked for. */
const MAX_WITNESSES = 100;

/** `X-Original-From`, `X-Google-Original-From`, `Old-Subject`, `X-Spam-Prev-Subject`, `X-MS-Old-To`, … */
const KEPT = /^(?:x-)?(?:[a-z0-9]{1,20}-)?(?:original|orig|old|prev)-([a-z-]{1,40})$/;
/** Names under which something else is kept. */
const KEPT_AS: ReadonlyMap<string, string> = new Map([
  ['thread-topic', 'subject'],
  ['x-original-sender', 'from'],
]);

export function keptCopies({ fields }: Message): readonly Witness[] {
  return fields
    .flatMap(({ key, raw }) => {
      const name = KEPT_AS.get(key) ?? KEPT.exec(key)?.[1];
      return name === undefined ? [] : [{ key: name, value: rawValue(raw) }];
    })
    .slice(0, MAX_WITNESSES);
}

/** The copies in `z=`: `name:value` in DKIM quoted-printable (§2.11), divided by bars. */
export function signersCopies(signatureField: string): readonly Witness[] {
  const list = parseTagList(rawValue(signatureField));
  if (list.kind === 'error') return [];
  const copies = (list.tags.get('z') ?? '').split('|').slice(0, MAX_WITNESSES);
  return copies.flatMap((copy) => {
    const text = copy
      .replace(/[ \t\r\n]/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return text.includes(':') ? [{ key: keyOf(text), value: rawValue(text) }] : [];
  });
}

const AUTHOR_FIELDS = new Set(['reply-to', 'sender', 'return-path', 'resent-from', 'author']);
const ADDRESS_FIELDS = new Set([
  ...AUTHOR_FIELDS,
  'from',
  'to',
  'cc',
  'delivered-to',
  'envelope-to',
  'errors-to',
  'authentication-results',
]);

export function elsewhere({ fields }: Message, kept: readonly Witness[]): Elsewhere {
  const authors = [
    ...kept.filter(({ key }) => key === 'from').map(({ value }) => plainValue(`:${value}`)),
    ...fields.filter(({ key }) => AUTHOR_FIELDS.has(key)).map(({ raw }) => plainValue(raw)),
  ];
  const holders = fields.filter(({ key }) => ADDRESS_FIELDS.has(key) || /^x-.*(?:from|to|sender)$/.test(key));
  const addresses = holders
    .slice(0, MAX_WITNESSES)
    .flatMap(({ raw }) => addressesIn(rawValue(raw).slice(0, MAX_VALUE)));
  const short = authors.filter((author) => author.length <= MAX_VALUE);
  return {
    authors: unique(short).slice(0, MAX_AUTHORS),
    addresses: unique(addresses).slice(0, MAX_WITNESSES),
  };
}

/** Authors that are tried. */
const MAX_AUTHORS = 6;
/** Characters of a field in which addresses are looked for. */
const MAX_VALUE = 4000;

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
