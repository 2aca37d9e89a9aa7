/** What makes a receiver: which trace fields it writes, and where it writes its results. */
import type { Received } from '../message/received.ts';
import type { Message } from '../message/split.ts';
import type { Ports } from '../ports.ts';
import type { Border, Found, ResultField } from './evidence.ts';

/** A border and what stands around it. */
export interface Place {
  readonly message: Message;
  readonly border: Border;
  readonly results: readonly ResultField[];
  readonly ports: Pick<Ports, 'decodeCharset'>;
}

export interface Profile {
  /** `gmail`, `microsoft`, a known receiver, or the authserv-id that was named. */
  readonly id: string;
  /** The address of the client, as this receiver writes it; null where it writes none. */
  clientOf(hop: Received): string | null;
  /** A hop inside the receiver, which may stand above the border. */
  isInternalHop(hop: Received): boolean;
  /** The hop in which the receiver took the message from outside. */
  isBorder(hop: Received): boolean;
  /** Field names (lower case) besides Received that may stand above the border. */
  mayStandAbove(key: string): boolean;
  /** Where the results stand, seen from the border. */
  readonly resultStands: 'above' | 'below';
  /** Whether an authserv-id is the receiver's: whole token, case-insensitive (RFC 8601 §2.5). */
  isOwnId(authservId: string | null): boolean;
  /** The results that the receiver wrote at this border. */
  find(place: Place): Found;
  /** Only the authserv-id is known, so that every trace has a border for it. */
  readonly fitsAnyTrace: boolean;
  /** The receiver leaves `dmarc=` away exactly where it found no record. */
  readonly absentDmarcMeansNone: boolean;
  /** The receiver writes Return-Path above its border, where no sender can. */
  readonly writesReturnPath: boolean;
  /** The receiver writes `smtp.helo=` in place of `smtp.mailfrom=` for the null sender, and only then. */
  readonly heloMeansNullSender: boolean;
}
