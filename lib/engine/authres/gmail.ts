/** Gmail's one result: directly below the border, confirmed by two other things that Gmail wrote. */
import { parseAddress } from '../message/received.ts';
import { accept, atEnd, readUntil, scan, skipCfws } from '../message/scanner.ts';
import type { Message } from '../message/split.ts';
import { type Border, type Found, NOTHING_FOUND, type ResultField } from './evidence.ts';
import { type MethodResult, parseAuthResults } from './parse.ts';
import { GMAIL } from './profiles.ts';

/**
 * The group that follows the border is Received-SPF, then Authentication-Results of exactly `mx.google.com`. The
 * SPF address must be the border's; where Gmail's own ARC set stands above the border, it must say the same.
 */
export function gmailResult(message: Message, border: Border, results: readonly ResultField[]): Found {
  const spfField = message.fields[border.field + 1];
  const result = results.find(({ field }) => field === border.field + 2);
  if (spfField?.key !== 'received-spf' || result?.key !== 'authentication-results') return NOTHING_FOUND;
  if (!GMAIL.isOwnId(result.parsed.authservId) || result.parsed.warnings.includes('quoted-id'))
    return NOTHING_FOUND;
  if (senderBreaksComments(message, border)) {
    return { ...NOTHING_FOUND, refused: [{ field: result.field, because: 'unparseable' }] };
  }

  const gateway = result.parsed.results.some(({ properties }) =>
    properties.some(({ ptype, name }) => ptype === 'gateway' && name === 'spf'),
  );
  if (clientAddress(spfField.value) !== border.address) {
    return {
      ...NOTHING_FOUND,
      refused: [{ field: result.field, because: 'address-mismatch' }],
      gateway: true,
    };
  }
  const sealed = sealedResults(message, border);
  if (sealed !== null && fingerprint(sealed) !== fingerprint(result.parsed.results)) {
    return { ...NOTHING_FOUND, refused: [{ field: result.field, because: 'seal-mismatch' }] };
  }
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

/** `client-ip=` of a Received-SPF field (RFC 7208 §9.1), read outside comments: those hold the sender's words. */
function clientAddress(value: string): string | null {
  const scanner = scan(value);
  while (!atEnd(scanner)) {
    skipCfws(scanner);
    const word = readUntil(scanner, ' \t\r\n(;');
    if (word.startsWith('client-ip='))
      return parseAddress(word.slice('client-ip='.length).replaceAll('"', ''));
    if (word === '' && !accept(scanner, ';')) scanner.at++;
  }
  return null;
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
