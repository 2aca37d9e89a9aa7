/** Where mail for a domain goes (RFC 5321 §5.1): its exchanges, and whether each of them can be reached by its name. */
import ipaddr from 'ipaddr.js';
import { isDefinite } from '../dns/answer.ts';
import type { Asked, Ledger } from '../dns/ledger.ts';
import { type MxRecord, readMx } from './record.ts';

/** Exchanges whose addresses are asked for; senders try only the first few. */
export const MAX_EXCHANGES = 20;

/**
 * `local`: every address is of a kind that the internet does not reach. `literal`: an address in the place of a name.
 * `unread`: beyond the number that is asked for.
 */
export type ExchangeState =
  | 'reachable'
  | 'local'
  | 'no-address'
  | 'no-such-name'
  | 'literal'
  | 'null'
  | 'unanswered'
  | 'unread';

export interface Exchange extends MxRecord {
  readonly state: ExchangeState;
  /** The name that an alias leads to; null where the host is none. */
  readonly alias: string | null;
  readonly addresses: readonly string[];
  readonly dns: readonly number[];
}

/**
 * `null`: the domain takes no mail (RFC 7505). `implicit`: no exchange, so that senders go to the domain's own address.
 * `none`: neither.
 */
export type MxAnswer =
  | { readonly kind: 'exchanges'; readonly exchanges: readonly Exchange[]; readonly dns: readonly number[] }
  | { readonly kind: 'null'; readonly exchanges: readonly Exchange[]; readonly dns: readonly number[] }
  | { readonly kind: 'implicit' | 'none' | 'unanswered'; readonly dns: readonly number[] };

/** Asks for the exchanges, their addresses, and the domain's own where there is no exchange. Domain in A-labels. */
export async function lookUpMx(domain: string, ledger: Ledger): Promise<MxAnswer> {
  const { answer, index } = await ledger.ask(domain, 'MX');
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'unanswered', dns };
  if (answer.answers.length === 0) return askImplicit(domain, dns, ledger);
  const records = answer.answers.map(readMx).sort((one, other) => one.preference - other.preference);
  const exchanges = await Promise.all(
    records.map((record, at) =>
      at < MAX_EXCHANGES
        ? askExchange(record, ledger)
        : { ...record, ...NOT_ASKED, state: 'unread' as const },
    ),
  );
  const isNull = exchanges.every(({ state }) => state === 'null');
  return { kind: isNull ? 'null' : 'exchanges', exchanges, dns };
}

const NOT_ASKED = { alias: null, addresses: [], dns: [] } as const;

async function askExchange(record: MxRecord, ledger: Ledger): Promise<Exchange> {
  const { host } = record;
  if (host === '') return { ...record, ...NOT_ASKED, state: 'null' };
  if (ipaddr.isValid(host.replace(/^\[|\]$/g, ''))) return { ...record, ...NOT_ASKED, state: 'literal' };
  const asked = await askAddresses(host, ledger);
  const addresses = asked.flatMap(({ answer }) => answer.answers);
  const alias = asked.map(({ answer }) => answer.canonicalName).find((name) => name !== undefined) ?? null;
  return {
    ...record,
    state: stateOf(asked, addresses),
    alias: alias === host ? null : alias,
    addresses,
    dns: asked.map(({ index }) => index),
  };
}

function stateOf(asked: readonly Asked[], addresses: readonly string[]): ExchangeState {
  if (addresses.length > 0) return addresses.every(isLocal) ? 'local' : 'reachable';
  if (asked.some(({ answer }) => !isDefinite(answer))) return 'unanswered';
  return asked.every(({ answer }) => answer.rcode === 'NXDOMAIN') ? 'no-such-name' : 'no-address';
}

async function askImplicit(domain: string, dns: readonly number[], ledger: Ledger): Promise<MxAnswer> {
  const asked = await askAddresses(domain, ledger);
  const all = [...dns, ...asked.map(({ index }) => index)];
  if (asked.some(({ answer }) => answer.answers.length > 0)) return { kind: 'implicit', dns: all };
  return { kind: asked.every(({ answer }) => isDefinite(answer)) ? 'none' : 'unanswered', dns: all };
}

function askAddresses(name: string, ledger: Ledger): Promise<readonly Asked[]> {
  return Promise.all([ledger.ask(name, 'A'), ledger.ask(name, 'AAAA')]);
}

const LOCAL: ReadonlySet<string> = new Set([
  'unspecified',
  'loopback',
  'private',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
  'broadcast',
]);

/** Addresses that only a network of its own reaches (RFC 1918, RFC 4193, RFC 6890). */
function isLocal(address: string): boolean {
  return ipaddr.isValid(address) && LOCAL.has(ipaddr.parse(address).range());
}
