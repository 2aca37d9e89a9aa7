/** Messages under ARC sets, by the signer of the tests, which shares no code with the engine (RFC 8617 §5.1). */
import type { KeyObject } from 'node:crypto';
import { type ArcCheck, verifyArc } from '../../../../lib/engine/arc/verify.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import type { Completeness } from '../../../../lib/engine/index.ts';
import { arcSet, bodyHash } from '../../../scripts/sign.ts';
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
  const names = options.headers ?? ['From', 'To', 'Subject', 'Date', 'Message-ID'];
  const messageTags = {
    ...common,
    c: 'relaxed/relaxed',
    h: names.join(':'),
    l: length === undefined ? null : `${length}`,
    bh: bodyHash(message, 'relaxed', length),
    ...options.messageTags,
  };
  const sealTags = {
    ...common,
    cv: options.cv ?? (instance === 1 ? 'none' : 'pass'),
    ...options.sealTags,
  };
  const results = options.results ?? 'list.example; dmarc=pass header.from=bank.example';
  const unsigned = {
    seal: unsignedField('ARC-Seal', sealTags),
    messageSignature: unsignedField('ARC-Message-Signature', messageTags),
    results: `ARC-Authentication-Results: i=${instance}; ${results}`,
  };
  return arcSet(message, unsigned, key);
}

function unsignedField(name: string, tags: Readonly<Record<string, string | null>>): string {
  const list = Object.entries(tags).flatMap(([tag, value]) => (value === null ? [] : [`${tag}=${value}`]));
  return `${name}: ${list.join('; ')}; b=`;
}

function highestOf(message: string): number {
  const found = [...message.matchAll(/^ARC-Seal: i=(\d+);/gm)].map(([, instance]) => Number(instance));
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
