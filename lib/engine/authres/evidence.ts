/** What the receiver reported, and why it is believed: the shape that `trust.ts` fills. */
import { type AuthResults, type Property, propertyOf } from './parse.ts';

/**
 * `mailbox`: read from the receiver's own page, or the user vouches for the receiver. `file`: the shape fits, but
 * a file can be made up.
 */
export type Basis = 'mailbox' | 'file';

/** Who is asked to be believed. */
export interface Receiver {
  /** `detect` tries the known profiles; anything but a known id is an authserv-id. */
  readonly id: 'detect' | 'gmail' | 'outlook' | (string & {});
  readonly basis: Basis;
}

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
  | 'seal-mismatch';

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
  /** When the receiver took the message, in seconds since 1970. */
  readonly date: number | null;
}

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

/** What a receiver's own way of writing yields: the fields that it wrote, or why none of them counts. */
export interface Found {
  readonly believed: readonly ResultField[];
  /** Fields in the receiver's place that fail a condition of its own. */
  readonly refused: readonly { readonly field: number; readonly because: IgnoredBecause }[];
  readonly gateway: boolean;
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

/** The domain that SPF was judged for in MAIL FROM (never HELO), as written; '' where it was the null sender. */
export function mailFromDomain(spf: ReportedResult): string {
  return domainPart(propertyOf(spf.properties, 'smtp', 'mailfrom'));
}

/** The signing domain of a reported DKIM result: `header.d`, else the domain of `header.i`; '' without either. */
export function signingDomain(dkim: ReportedResult): string {
  return propertyOf(dkim.properties, 'header', 'd') || domainPart(propertyOf(dkim.properties, 'header', 'i'));
}
