/**
 * Gmail: above the border only its own fields; the one result stands directly below it and is confirmed by two other
 * things that Gmail wrote.
 */
import type { Message } from '../message/split.ts';
import { mayHoldSendersWords } from './doubt.ts';
import { type Border, type Found, NOTHING_FOUND, refusal } from './evidence.ts';
import { hasQuotedId, type MethodResult, parseAuthResults } from './parse.ts';
import type { Place, Profile } from './profile.ts';
import { clientAddress } from './received-spf.ts';

const ABOVE = /^(?:delivered-to|x-received|x-google-.+|x-gm-.+|x-forwarded-.+|arc-.+|return-path)$/;

export const GMAIL: Profile = {
  id: 'gmail',
  clientOf: ({ address }) => address,
  // Mail that Gmail fetched from another mailbox (POP3) has a header that anybody may have written.
  isInternalHop: (hop) =>
    hop.from === '' &&
    /^(?:2002:[0-9a-f:]+|10(?:\.\d{1,3}){3})$/i.test(hop.by) &&
    !/^(?:pop|imap|http)/i.test(hop.with),
  isBorder: (hop) => hop.from !== '' && hop.address !== null && isGmail(hop.by),
  mayStandAbove: (key) => ABOVE.test(key),
  resultStands: 'below',
  isOwnId: isGmail,
  find: gmailResult,
  fitsAnyTrace: false,
  absentDmarcMeansNone: true,
  writesReturnPath: true,
  heloMeansNullSender: true,
};

function isGmail(host: string | null): boolean {
  return host?.toLowerCase() === 'mx.google.com';
}

/**
 * The group that follows the border is Received-SPF, then Authentication-Results of exactly `mx.google.com`. The
 * SPF address must be the border's; where Gmail's own ARC set stands above the border, it must say the same.
 */
function gmailResult({ message, border, results }: Place): Found {
  const spfField = message.fields[border.field + 1];
  const result = results.find(({ field }) => field === border.field + 2);
  if (spfField?.key !== 'received-spf' || result?.key !== 'authentication-results') return NOTHING_FOUND;
  if (!isGmail(result.parsed.authservId) || hasQuotedId(result.parsed)) return NOTHING_FOUND;
  if (senderBreaksComments(message, border) || mayHoldSendersWords(result.parsed)) {
    return refusal([result], 'unparseable');
  }

  if (clientAddress(spfField.value) !== border.address) {
    return { ...refusal([result], 'address-mismatch'), gateway: true };
  }
  const sealed = sealedResults(message, border);
  if (sealed !== null && fingerprint(sealed) !== fingerprint(result.parsed.results)) {
    return refusal([result], 'seal-mismatch');
  }
  const gateway = result.parsed.results.some(({ properties }) =>
    properties.some(({ ptype, name }) => ptype === 'gateway' && name === 'spf'),
  );
  return { believed: [result], refused: [], gateway };
}

/**
 * Gmail quotes MAIL FROM inside a comment before `dmarc=`. A quoted local part may hold a parenthesis, and then what
 * follows may be the sender's own `dmarc=pass`: nobody can tell where the comment ends.
 */
function senderBreaksComments(message: Message, border: Border): boolean {
  return message.fields
    .slice(0, border.field)
    .some(({ key, value }) => key === 'return-path' && /[()\\]/.test(value));
}

/** The results of Gmail's ARC set (RFC 8617 §4.1.1) above the border with the highest instance, or null. */
function sealedResults(message: Message, border: Border): readonly MethodResult[] | null {
  const above = message.fields.slice(0, border.field);
  const instances = above
    .filter(({ key, value }) => key === 'arc-seal' && /(?:^|;)\s*d\s*=\s*google\.com\s*(?:;|$)/i.test(value))
    .map(({ value }) => instanceOf(value));
  const highest = Math.max(0, ...instances);
  const field = above.find(
    ({ key, value }) => key === 'arc-authentication-results' && instanceOf(value) === highest,
  );
  if (field === undefined) return null;
  return parseAuthResults(field.value.replace(/^[^;]*;/, '')).results;
}

/** The tag `i=` of an ARC field, 0 where there is none. */
function instanceOf(value: string): number {
  return Number(/(?:^|;)\s*i\s*=\s*(\d{1,3})\s*(?:;|$)/.exec(value)?.[1] ?? 0);
}

/** What must agree between result and seal: method, result and identifiers of SPF, DKIM and DMARC. */
function fingerprint(results: readonly MethodResult[]): string {
  const lines = results
    .filter(({ method }) => method === 'spf' || method === 'dkim' || method === 'dmarc')
    .map(({ method, result, properties }) =>
      [method, result, ...properties.map(({ value }) => value)].join(' '),
    );
  return lines.sort().join('\n');
}
