/**
 * Whether those who are to get reports about a domain agree to it (RFC 9990 §4, RFC 7489 §7.1): a destination of
 * another organization has to say so in DNS, or receivers send it nothing.
 */
import { isDefinite } from '../dns/answer.ts';
import type { Ledger } from '../dns/ledger.ts';
import { decodeUtf8 } from '../octets.ts';
import { entriesOf, hostOf, withoutSize } from './lint-addresses.ts';
import { cleanText } from './lint-characters.ts';
import { type DmarcLint, remark } from './lint-remark.ts';
import { isList, tokenize } from './lint-tokens.ts';
import { walk } from './lookup.ts';
import { parseDmarcRecord } from './record.ts';

/** More hosts than any record names; those behind are left out. */
export const MAX_DESTINATIONS = 10;

export interface ReportDestination {
  /** Where the address stands in the record's text. */
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  readonly host: string;
  /** Where a destination of another organization has to consent. */
  readonly consentName: string;
  /**
   * `own`: the same organizational domain. `elsewhere`: the consent names an address at yet another host, and then
   * neither gets reports.
   */
  readonly kind: 'own' | 'consented' | 'not-consented' | 'elsewhere' | 'unanswered';
  /** Indexes of the answers in the ledger. */
  readonly dns: readonly number[];
}

/**
 * Asks every destination of a record at once. `text` is read as UTF-8, `domain` is where the record was found (A-labels),
 * with its organizational domain; null where DNS leaves that open.
 */
export async function reportDestinations(
  text: string,
  domain: string,
  organizationalDomain: string | null,
  ledger: Ledger,
): Promise<readonly ReportDestination[]> {
  const addresses = addressesOf(text);
  const hosts = new Set([...new Set(addresses.map(({ host }) => host))].slice(0, MAX_DESTINATIONS));
  const asked = addresses.filter(({ host }) => hosts.has(host));
  return Promise.all(
    asked.map(async ({ tag, ...address }): Promise<ReportDestination> => {
      const consentName = `${domain}._report._dmarc.${address.host}`;
      const found = await judge(tag, address.host, consentName, { domain, organizationalDomain }, ledger);
      return { ...address, consentName, kind: found.kind, dns: found.dns };
    }),
  );
}

interface Address {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  readonly host: string;
}

function addressesOf(text: string): readonly Address[] {
  const { clean, range } = cleanText(text);
  const lists = tokenize(clean).tokens.filter(({ name }) => isList(name));
  return lists.flatMap(({ name, value, valueStart }) =>
    entriesOf(value, valueStart).flatMap((entry) => {
      const uri = withoutSize(entry.text);
      const host = hostOf(uri);
      return host === null ? [] : [{ tag: name, ...range(entry.start, entry.start + uri.length), uri, host }];
    }),
  );
}

type Found = Pick<ReportDestination, 'kind' | 'dns'>;

async function judge(
  tag: string,
  host: string,
  consentName: string,
  own: { readonly domain: string; readonly organizationalDomain: string | null },
  ledger: Ledger,
): Promise<Found> {
  if (host === own.domain || host === own.organizationalDomain) return { kind: 'own', dns: [] };
  const [walked, { answer, index }] = await Promise.all([walk(host, ledger), ledger.ask(consentName, 'TXT')]);
  const open = walked.steps.filter(({ outcome }) => outcome === 'unanswered').map(({ dns }) => dns);
  const { organizationalDomain } = walked;
  if (organizationalDomain !== null && organizationalDomain === own.organizationalDomain) {
    return { kind: 'own', dns: walked.steps.map(({ dns }) => dns) };
  }
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'unanswered', dns };
  const consents = answer.answers.filter((one) => parseDmarcRecord(one) !== null);
  if (consents.length > 0) {
    return {
      kind: consents.some((one) => isElsewhere(decodeUtf8(one), tag, host)) ? 'elsewhere' : 'consented',
      dns,
    };
  }
  // Without consent it depends on whose the destination is.
  if (organizationalDomain === null) return { kind: 'unanswered', dns: open };
  return own.organizationalDomain === null ? { kind: 'unanswered', dns } : { kind: 'not-consented', dns };
}

/** §4 step 9: a consent may name another address for the same tag, but at no other host. */
function isElsewhere(consent: string, tag: string, host: string): boolean {
  return addressesOf(consent).some((address) => address.tag === tag && address.host !== host);
}

const CONSENT = 'RFC 9990 §4';

/** What there is to say about the destinations of one record. */
export function lintReports(destinations: readonly ReportDestination[]): readonly DmarcLint[] {
  return destinations.map(lintDestination).filter((one) => one !== null);
}

function lintDestination(destination: ReportDestination): DmarcLint | null {
  const { kind, host, consentName } = destination;
  if (kind === 'own' || kind === 'consented') return null;
  const code = `dmarc-report-${kind}` as const;
  const severity = kind === 'unanswered' ? 'info' : 'error';
  return remark(severity, CONSENT, destination, code, { domain: host, other: consentName });
}
