/** The DKIM keys of the domain, as far as their selectors are known: DNS gives out no list of them. */
import { keyFacts } from '../dkim/key-facts.ts';
import { type KeyPlace, lookUpKeyPlace } from '../dkim/key-place.ts';
import { lintKey } from '../dkim/lint.ts';
import type { Ledger } from '../dns/ledger.ts';
import { mended } from '../lint/lint.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainRecord, RecordFact } from './records.ts';
import type { Use } from './use.ts';

export interface KeysFound {
  readonly places: readonly KeyPlace[];
  /** Whether anything stands at or below `_domainkey` (RFC 8020); null where DNS leaves it open. */
  readonly hasDomainKeys: boolean | null;
  /** Index of that answer in the ledger. */
  readonly dns: number;
}

export async function askKeys(
  domain: string,
  selectors: readonly string[],
  ledger: Ledger,
): Promise<KeysFound> {
  const above = ledger.ask(`_domainkey.${domain}`, 'TXT');
  const places = await Promise.all(selectors.map((selector) => lookUpKeyPlace(selector, domain, ledger)));
  const { answer, index } = await above;
  const hasDomainKeys = answer.rcode === 'NXDOMAIN' ? false : answer.rcode === 'NOERROR' ? true : null;
  return { places, hasDomainKeys, dns: index };
}

export function keyRecords({ places }: KeysFound): readonly DomainRecord[] {
  return places.flatMap((place) =>
    place.texts.map(
      (text): DomainRecord => ({
        kind: 'dkim',
        name: place.name,
        type: 'TXT',
        text,
        facts: factsOf(text),
        lint: lintKey(text, place),
        corrected: mended(text, (once) => lintKey(once)),
        dns: place.dns[0],
      }),
    ),
  );
}

function factsOf(text: string): readonly RecordFact[] {
  const key = keyFacts(text);
  if (key === null) return [];
  if (key.isRevoked) return [{ code: 'key-revoked', params: {} }];
  const facts: RecordFact[] = [];
  if (key.bits !== null) facts.push({ code: 'key-rsa', params: { bits: key.bits } });
  if (key.keyType === 'ed25519') facts.push({ code: 'key-ed25519', params: {} });
  if (key.isTesting) facts.push({ code: 'key-testing', params: {} });
  if (key.isExact) facts.push({ code: 'key-exact', params: {} });
  return facts;
}

export function keyFindings(
  { places, hasDomainKeys, dns }: KeysFound,
  domain: string,
  { sendsMail }: Use,
): readonly DomainFinding[] {
  const missing = places
    .filter(({ state }) => state === 'missing')
    .map(
      ({ selector, dns: at }): DomainFinding => ({
        code: 'key-missing',
        params: { domain, selector },
        severity: 'error',
        dns: at.slice(0, 1),
      }),
    );
  if (places.length > 0 || sendsMail === false || hasDomainKeys === null) return missing;
  return hasDomainKeys
    ? [{ code: 'dkim-no-selector', params: { domain }, severity: 'info', dns: [dns] }]
    : [{ code: 'dkim-nothing', params: { domain }, severity: 'warn', dns: [dns] }];
}
