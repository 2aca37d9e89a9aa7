/** Microsoft's one result: above the border, without authserv-id, with the border's address in its SPF comment. */
import { decodeEncodedWords } from '../message/encoded-word.ts';
import { parseAddress, type Received } from '../message/received.ts';
import { fieldsNamed, type Message } from '../message/split.ts';
import { isInRange } from './address-range.ts';
import { type Found, NOTHING_FOUND, type ResultField, refusal } from './evidence.ts';
import { parseAuthResults } from './parse.ts';
import type { Place, Profile } from './profile.ts';

const INNER_HOST = /(?:^|\.)(?:prod\.outlook\.com|outlook\.office365\.com|exchangelabs\.com)$/i;
const BORDER_HOST = /\.mail\.protection\.outlook\.com$/i;
const INNER_RANGE = '2603:1000::/24';

export const MICROSOFT: Profile = {
  id: 'microsoft',
  clientOf: ({ address }) => address,
  isInternalHop: (hop) => INNER_HOST.test(hop.by) && isInner(hop),
  isBorder: (hop) => hop.from !== '' && hop.address !== null && BORDER_HOST.test(hop.by),
  mayStandAbove: () => true,
  resultStands: 'above',
  isOwnId: (id) => id === null,
  find: microsoftResult,
  fitsAnyTrace: false,
  absentDmarcMeansNone: false,
  writesReturnPath: false,
  heloMeansNullSender: true,
};

function isInner({ address }: Received): boolean {
  return address !== null && (address === '::1' || isInRange(address, INNER_RANGE));
}

function microsoftResult({ message, border, results, ports }: Place): Found {
  const field = results.find(
    ({ field, key, parsed }) =>
      field < border.field && key === 'authentication-results' && parsed.authservId === null,
  );
  if (field === undefined || authenticatedAs(message) !== 'Anonymous') return NOTHING_FOUND;
  const result = decoded(message, field, ports);
  const spf = result.parsed.results.find(({ method }) => method === 'spf');
  const sender = spf?.comments.map((comment) => /^sender IP is (\S+)$/i.exec(comment)?.[1]).find(Boolean);
  if (sender === undefined || parseAddress(sender) !== border.address) {
    return refusal([result], 'address-mismatch');
  }
  return { believed: [result], refused: [], gateway: false };
}

/** Microsoft encodes the whole value (RFC 2047) where it names a domain that is not ASCII. */
function decoded(message: Message, result: ResultField, { decodeCharset }: Place['ports']): ResultField {
  const value = message.fields[result.field]?.value ?? '';
  if (!value.startsWith('=?')) return result;
  const parsed = parseAuthResults(decodeEncodedWords(value, decodeCharset));
  return parsed.authservId === null ? { ...result, parsed } : result;
}

/**
 * Whom Exchange took the sender for. It strips its own fields from mail that comes from outside, so that exactly one
 * is its own; null where there are none or several.
 */
export function authenticatedAs(message: Message): string | null {
  const [field, ...others] = fieldsNamed(message, 'x-ms-exchange-organization-authas');
  if (field === undefined || others.length > 0) return null;
  return message.fields[field]?.value ?? null;
}
