/** Messages under ARC sets, by a sealer that shares no code with the engine (RFC 8617 §5.1). */
import { createHash, type KeyObject, sign } from 'node:crypto';
import { type ArcCheck, verifyArc } from '../../../../lib/engine/arc/verify.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import type { Completeness } from '../../../../lib/engine/index.ts';
import { bodyHash } from '../../../scripts/sign.ts';
import { keyEntry, keys, letter, mail, portsOver, toMessage } from '../kit.ts';

/** A letter that nobody has sealed. */
export const LETTER = mail(letter(), 'Dear reader,\r\n\r\nall is well.\r\n');

/** The moment of sealing. */
export const SEALED_AT = 1_795_158_256;

/** The keys of the sealers in these tests, each of another pair where it matters whose it is. */
export const SEALERS = {
  's1._domainkey.list.example': keyEntry(keys.rsaB),
  'arc-20240605._domainkey.google.com': keyEntry(keys.rsaA),
  'arcselector10001._domainkey.microsoft.com': keyEntry(keys.rsaA),
};

export interface SealOptions {
  readonly key?: KeyObject;
  /** `d=` of both signatures. */
  readonly domain?: string;
  /** `s=` of both signatures. */
  readonly selector?: string;
  /** `i=`; one above the highest that the message has, where not given. */
  readonly instance?: number;
  /** `cv=`; `none` for the first set and `pass` above it, where not given. */
  readonly cv?: string;
  /** What the sealer found, from its authserv-id on. */
  readonly results?: string;
  /** `h=` */
  readonly headers?: readonly string[];
  /** `l=` */
  readonly length?: number;
  /** `t=` of both signatures; null leaves it out. */
  readonly time?: number | null;
  /** Tags of the message signature to change, add or (null) leave out, before it is made. */
  readonly messageTags?: Readonly<Record<string, string | null>>;
  /** The same for the seal. */
  readonly sealTags?: Readonly<Record<string, string | null>>;
}

/** The message with one more set on top. It is sealed as it stands, whatever that does to the chain. */
export function seal(message: string, options: SealOptions = {}): string {
  return `${setOf(message, options).join('\r\n')}\r\n${message}`;
}

/** The three fields of a set for the message, from the top: seal, message signature, results. */
export function setOf(message: string, options: SealOptions = {}): readonly [string, string, string] {
  const { key = keys.rsaB, domain = 'list.example', selector = 's1', length, time = SEALED_AT } = options;
  const instance = options.instance ?? highestOf(message) + 1;
  const common = {
    i: `${instance}`,
    a: `${key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa'}-sha256`,
    d: domain,
    s: selector,
    t: time === null ? null : `${time}`,
  };
  const results = `ARC-Authentication-Results: i=${instance}; ${options.results ?? 'list.example; dmarc=pass header.from=bank.example'}`;
  const signed = `${results}\r\n${message}`;
  const names = options.headers ?? ['From', 'To', 'Subject', 'Date', 'Message-ID'];
  const messageSignature = complete(
    'ARC-Message-Signature',
    {
      ...common,
      c: 'relaxed/relaxed',
      h: names.join(':'),
      l: length === undefined ? null : `${length}`,
      bh: bodyHash(signed, 'relaxed', length),
      ...options.messageTags,
    },
    (unsigned) =>
      named(signed, (options.messageTags?.h ?? names.join(':')).split(':'))
        .map(relaxed)
        .join('') + unsigned,
    key,
  );
  const cv = options.cv ?? (instance === 1 ? 'none' : 'pass');
  const below = cv === 'fail' ? '' : chainOf(message).map(relaxed).join('');
  const arcSeal = complete(
    'ARC-Seal',
    { ...common, cv, ...options.sealTags },
    (unsigned) => below + relaxed(results) + relaxed(messageSignature) + unsigned,
    key,
  );
  return [arcSeal, messageSignature, results];
}

/** Writes the field, signs what `data` makes of it without `b=`, and fills that in. */
function complete(
  name: string,
  tags: Readonly<Record<string, string | null>>,
  data: (unsigned: string) => string,
  key: KeyObject,
): string {
  const list = Object.entries(tags).flatMap(([tag, value]) => (value === null ? [] : [`${tag}=${value}`]));
  const unsigned = `${name}: ${list.join('; ')}; b=`;
  const octets = Buffer.from(data(relaxed(unsigned).slice(0, -2)), 'utf8');
  // RFC 8463 §3: Ed25519 signs the digest.
  const made =
    key.asymmetricKeyType === 'ed25519'
      ? sign(null, createHash('sha256').update(octets).digest(), key)
      : sign('sha256', octets, key);
  return `${unsigned}${made.toString('base64')}`;
}

function relaxed(raw: string): string {
  const colon = raw.indexOf(':');
  const value = raw
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[\t ]+/g, ' ');
  return `${raw.slice(0, colon).toLowerCase()}:${value.trim()}\r\n`;
}

function fieldsOf(message: string): readonly string[] {
  return message.slice(0, message.indexOf('\r\n\r\n')).split(/\r\n(?![\t ])/);
}

/** The fields of these names, each name from the bottom up. */
function named(message: string, names: readonly string[]): readonly string[] {
  const left = [...fieldsOf(message)].reverse();
  return names.flatMap((name) => {
    const at = left.findIndex((field) => field.toLowerCase().startsWith(`${name.trim().toLowerCase()}:`));
    return at === -1 ? [] : left.splice(at, 1);
  });
}

/** The sets that stand in the message, from the first: results, message signature, seal. */
function chainOf(message: string): readonly string[] {
  const fields = fieldsOf(message);
  return Array.from({ length: highestOf(message) }, (_, below) =>
    ['ARC-Authentication-Results', 'ARC-Message-Signature', 'ARC-Seal'].flatMap((name) =>
      fields.filter((field) => field.startsWith(`${name}: i=${below + 1};`)),
    ),
  ).flat();
}

function highestOf(message: string): number {
  const found = fieldsOf(message).map((field) => Number(/^ARC-Seal: i=(\d+);/.exec(field)?.[1] ?? 0));
  return Math.max(0, ...found);
}

interface Circumstances {
  readonly zone?: Readonly<Record<string, unknown>>;
  readonly completeness?: Completeness;
  readonly judgedAt?: number;
}

/** What is found about the chain of a message. */
export function arcOf(text: string, circumstances: Circumstances = {}): Promise<ArcCheck> {
  const { zone = SEALERS, completeness = 'full', ...judged } = circumstances;
  const ports = portsOver(zone);
  return verifyArc({ message: toMessage(text), completeness, ...judged }, ports, openLedger(ports.resolve));
}
