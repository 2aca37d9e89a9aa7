/** The public keys of a signature (RFC 6376 §3.6.2). */
import { isDefinite } from '../dns/answer.ts';
import type { Ledger } from '../dns/ledger.ts';
import { MAX_KEY_RECORDS } from '../limits.ts';
import { type ParsedKeyRecord, parseKeyRecord } from './record.ts';

export type KeyAnswer =
  | { readonly kind: 'keys'; readonly keys: readonly ParsedKeyRecord[]; readonly dns: number }
  | { readonly kind: 'missing'; readonly dns: number }
  | { readonly kind: 'unanswered'; readonly dns: number };

/** Asks for `selector._domainkey.domain`. Several records are undefined by the standard: all are tried. */
export async function lookUpKeys(
  { domain, selector }: { readonly domain: string; readonly selector: string },
  ledger: Ledger,
): Promise<KeyAnswer> {
  const { answer, index } = await ledger.ask(`${selector}._domainkey.${domain}`, 'TXT');
  if (!isDefinite(answer)) return { kind: 'unanswered', dns: index };
  if (answer.answers.length === 0) return { kind: 'missing', dns: index };
  return { kind: 'keys', keys: answer.answers.slice(0, MAX_KEY_RECORDS).map(parseKeyRecord), dns: index };
}
