/** What the receiver reported, and why it is believed: the shape that `trust.ts` fills. */
import { type AuthResults, type Property, propertyOf } from './parse.ts';

/**
 * `mailbox`: read from the receiver's own page, or the user vouches for the receiver. `file`: the shape fits, but
 * a file can be made up.
 */
export type Basis = 'mailbox' | 'file';

/** A server that the user, or the policy of an organisation, names. */
export interface TrustedServer {
  /** An authserv-id, exact or `*.domain`. */
  readonly id: string;
  /** The addresses (CIDR) from which a gateway hands on to the mailbox; empty for a receiver of one's own. */
  readonly ranges: readonly string[];
}

/** Who is asked to be believed. */
export interface Receiver {
  /** `detect` tries the known profiles; anything but a known id is an authserv-id. */
  readonly id: 'detect' | 'gmail' | 'outlook' | KnownReceiver | (string & {});
  readonly basis: Basis;
  readonly trusted?: readonly TrustedServer[];
}

/** The receivers whose way of writing is known as data, see `known.ts`. */
export type KnownReceiver = 'fastmail' | 'icloud' | 'proton' | 'zoho' | 'yahoo';

/** Why a result field does not count. */
export type IgnoredBecause =
  | 'no-border'
  | 'below-border'
  | 'other-id'
  | 'duplicate'
  | 'from-mismatch'
  | 'contradiction'
  | 'unparseable'
  | 'address-mismatch'
  | 'seal-mismatch'
  | 'gateway-bypassed';

export interface IgnoredField {
  /** Index into the message's fields. */
  readonly field: number;
  readonly authservId: string | null;
  readonly because: IgnoredBecause;
}

export interface ReportedResult {
  /** As the receiver wrote it, lower case. */
  readonly result: string;
  readonly properties: readonly Property[];
  /** The comments, joined; null where there is none. */
  readonly comment: string | null;
  /** Index into the message's fields. */
  readonly field: number;
}

export interface Border {
  /** Index into the message's fields. */
  readonly field: number;
  readonly address: string | null;
  /** What the client called itself in HELO or EHLO, as the receiver wrote it; '' where it wrote none. */
  readonly helo: string;
  /** When the receiver took the message, in seconds since 1970. */
  readonly date: number | null;
}

/** MAIL FROM (RFC 5321 §4.1.1.2), where the receiver wrote it. */
export interface MailFrom {
  /** The address, or its domain alone, as written; '' for the null sender. */
  readonly address: string;
  /** `MAIL FROM:<>`: the SPF identity is then `postmaster@` the HELO name (RFC 7208 §2.4). */
  readonly isNull: boolean;
  /** Index into the message's fields. */
  readonly field: number;
}

/**
 * A server of the recipient's that stands between the outside and the mailbox. `unnamed`: its traces are there, but
 * nobody vouches for it, so that it is told and never believed. `believed`: its results are the reported ones.
 * `silent`: it handed the mail on, but left no result that counts, and the mailbox's own stands. `bypassed`: results
 * bear its id, but the mail did not come from it.
 */
export type GatewayInFront =
  | { readonly kind: 'none' }
  /** The authserv-id as written, null where only the mailbox's own result tells of a gateway. */
  | { readonly kind: 'unnamed'; readonly id: string | null }
  | { readonly kind: 'believed' | 'silent' | 'bypassed'; readonly id: string };

/**
 * How the message came to lie where it was read. `delivered`: a receiver took it from outside. `own`: sent or
 * written here, no server delivered it. `imported`: put there by POP3, IMAP or a program. `internal`: sent within one
 * organisation, which judges nothing. `rebuilt`: Exchange made it anew without the trace of its transport.
 */
export type Origin = 'delivered' | 'own' | 'imported' | 'internal' | 'rebuilt' | 'unknown';

export interface Evidence {
  /** Null where nothing is reported. */
  readonly basis: Basis | null;
  /** The receiver that was assumed or recognised, whether or not it reported. */
  readonly profile: string | null;
  readonly authservId: string | null;
  readonly border: Border | null;
  readonly spf: ReportedResult | null;
  readonly dmarc: ReportedResult | null;
  readonly arc: ReportedResult | null;
  readonly dkim: readonly ReportedResult[];
  readonly ignored: readonly IgnoredField[];
  /** Another server of the recipient's stands in front of Gmail, which then judges neither SPF nor DMARC. */
  readonly gateway: boolean;
  readonly gatewayInFront: GatewayInFront;
  readonly mailFrom: MailFrom | null;
  readonly origin: Origin;
  /** No `dmarc=` from this receiver means that it found no record. */
  readonly absentDmarcMeansNone: boolean;
}

/** A result field of the message, parsed. */
export interface ResultField {
  /** Index into the message's fields. */
  readonly field: number;
  /** The field's name in lower case. */
  readonly key: string;
  readonly parsed: AuthResults;
}

/** A field in the receiver's place that fails a condition of its own. */
export interface Refused {
  readonly field: number;
  readonly because: IgnoredBecause;
}

/** What a receiver's own way of writing yields: the fields that it wrote, or why none of them counts. */
export interface Found {
  readonly believed: readonly ResultField[];
  readonly refused: readonly Refused[];
  /** As in `Evidence`. */
  readonly gateway: boolean;
}

/** These fields stand in the receiver's place, and none of them counts. */
export function refusal(fields: readonly ResultField[], because: IgnoredBecause): Found {
  return { ...NOTHING_FOUND, refused: fields.map(({ field }) => ({ field, because })) };
}

/** When the receiver took the message; null where no border can be believed, as in a file. */
export function receivedAt({ border }: Evidence, reader: Basis): number | null {
  return reader === 'mailbox' ? (border?.date ?? null) : null;
}

export const NOTHING_FOUND: Found = { believed: [], refused: [], gateway: false };

/** What stands behind the last `@` of an address, or the whole where there is none. */
export function domainPart(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1);
}

/** MAIL FROM of an SPF result as written (RFC 8601 §2.7.2; `smtp.mail` is Yandex's); '' for none or the null sender. */
export function mailFromProperty({ properties }: ReportedResult): string {
  const written = propertyOf(properties, 'smtp', 'mailfrom') || propertyOf(properties, 'smtp', 'mail');
  return written === '<>' ? '' : written;
}

/** The domain that SPF was judged for in MAIL FROM (never HELO), as written; '' where it was the null sender. */
export function mailFromDomain(spf: ReportedResult): string {
  return domainPart(mailFromProperty(spf));
}

/** The signing domain of a reported DKIM result: `header.d`, else the domain of `header.i`; '' without either. */
export function signingDomain(dkim: ReportedResult): string {
  return propertyOf(dkim.properties, 'header', 'd') || domainPart(propertyOf(dkim.properties, 'header', 'i'));
}
