/** Receivers as data: which trace fields they write, and where they write their one result. */
import ipaddr from 'ipaddr.js';
import type { Received } from '../message/received.ts';

export interface Profile {
  /** `gmail`, `microsoft`, or the authserv-id that was named. */
  readonly id: string;
  /** A hop inside the receiver, which may stand above the border. */
  isInternalHop(hop: Received): boolean;
  /** The hop in which the receiver took the message from outside. */
  isBorder(hop: Received): boolean;
  /** Field names (lower case) besides Received that may stand above the border. */
  mayStandAbove(key: string): boolean;
  /** Where the result stands, seen from the border. */
  readonly resultStands: 'above' | 'below';
  /** Whether an authserv-id is the receiver's: whole token, case-insensitive (RFC 8601 §2.5). */
  isOwnId(authservId: string | null): boolean;
  /** The receiver leaves `dmarc=` away exactly where it found no record. */
  readonly absentDmarcMeansNone: boolean;
}

const GMAIL_ABOVE = /^(?:delivered-to|x-received|x-google-.+|x-gm-.+|x-forwarded-.+|arc-.+|return-path)$/;

export const GMAIL: Profile = {
  id: 'gmail',
  // Mail that Gmail fetched from another mailbox (POP3) has a header that anybody may have written.
  isInternalHop: (hop) =>
    hop.from === '' &&
    /^(?:2002:[0-9a-f:]+|10(?:\.\d{1,3}){3})$/i.test(hop.by) &&
    !/^(?:pop|imap|http)/i.test(hop.with),
  isBorder: (hop) => hop.from !== '' && hop.address !== null && hop.by.toLowerCase() === 'mx.google.com',
  mayStandAbove: (key) => GMAIL_ABOVE.test(key),
  resultStands: 'below',
  isOwnId: (id) => id?.toLowerCase() === 'mx.google.com',
  absentDmarcMeansNone: true,
};

const MICROSOFT_INNER = /(?:^|\.)(?:prod\.outlook\.com|outlook\.office365\.com|exchangelabs\.com)$/i;
const MICROSOFT_BORDER = /\.mail\.protection\.outlook\.com$/i;
const MICROSOFT_RANGE = ipaddr.parseCIDR('2603:1000::/24');

export const MICROSOFT: Profile = {
  id: 'microsoft',
  isInternalHop: (hop) => MICROSOFT_INNER.test(hop.by) && isMicrosoftInner(hop.address),
  isBorder: (hop) => hop.from !== '' && hop.address !== null && MICROSOFT_BORDER.test(hop.by),
  mayStandAbove: () => true,
  resultStands: 'above',
  isOwnId: (id) => id === null,
  absentDmarcMeansNone: false,
};

function isMicrosoftInner(address: string | null): boolean {
  if (address === null) return false;
  if (address === '::1') return true;
  const parsed = ipaddr.parse(address);
  return parsed.kind() === 'ipv6' && parsed.match(MICROSOFT_RANGE);
}

/**
 * A receiver of which only the authserv-id is known: it has no internal hops, so the first Received is the
 * border, and its results touch the border from above (the order in which a milter prepends them).
 */
export function namedProfile(id: string): Profile {
  return {
    id,
    isInternalHop: () => false,
    isBorder: (hop) => hop.by !== '',
    mayStandAbove: () => true,
    resultStands: 'above',
    isOwnId: (authservId) => authservId?.toLowerCase() === id.toLowerCase(),
    absentDmarcMeansNone: false,
  };
}
