/** What SPF asks of DNS: records, addresses, mail hosts, the client's own names (RFC 7208 §4.4, §4.5, §5). */
import { isDefinite } from '../dns/answer.ts';
import type { Asked, Ledger } from '../dns/ledger.ts';
import { isAskable, isAtOrBelow } from '../dns/name.ts';
import { MAX_MX_HOSTS, MAX_PTR_NAMES } from './limits.ts';
import { type Client, isWithin, reverseName } from './network.ts';
import { isSpfRecord } from './record.ts';

/** The record of a domain, or why there is none. */
export type FoundRecord =
  | { readonly kind: 'record'; readonly text: string; readonly dns: readonly number[] }
  | {
      readonly kind: 'bad-domain' | 'no-such-domain' | 'no-record' | 'several-records' | 'record-unanswered';
      readonly dns: readonly number[];
    };

/** What became of a question: `dns` are the answers that it rests on, `isVoid` says that it found nothing. */
export interface Answered {
  readonly kind: 'match' | 'no-match' | 'dns-failed' | 'too-many-mx';
  readonly isVoid: boolean;
  readonly dns: readonly number[];
}

export interface Prefixes {
  readonly prefix4: number;
  readonly prefix6: number;
}

/** §4.3–4.5. A name of one label, or one that DNS cannot hold, is no domain; nobody is asked. */
export async function findRecord(domain: string, ledger: Ledger): Promise<FoundRecord> {
  if (!domain.includes('.') || !isAskable(domain)) return { kind: 'bad-domain', dns: [] };
  const { answer, index } = await ledger.ask(domain, 'TXT');
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'record-unanswered', dns };
  if (answer.rcode === 'NXDOMAIN') return { kind: 'no-such-domain', dns };
  const [text, ...others] = answer.answers.filter(isSpfRecord);
  if (text === undefined) return { kind: 'no-record', dns };
  return others.length > 0 ? { kind: 'several-records', dns } : { kind: 'record', text, dns };
}

/** `a` (§5.3): an address of the name in the client's family. */
export async function askAddress(
  name: string,
  prefixes: Prefixes,
  client: Client,
  ledger: Ledger,
): Promise<Answered> {
  return addressAnswer(await askAddresses(name, client, ledger), prefixes, client);
}

/** `exists` (§5.7): any address, of IPv4 whatever the client's family. */
export async function askExists(name: string, ledger: Ledger): Promise<Answered> {
  const { answer, index } = await ledger.ask(name, 'A');
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'dns-failed', isVoid: false, dns };
  const isVoid = answer.answers.length === 0;
  return { kind: isVoid ? 'no-match' : 'match', isVoid, dns };
}

/**
 * `mx` (§5.4): the addresses of the exchanges, asked all at once and looked at in their order. Void is the question
 * for the exchanges: §4.6.4 counts terms, and a host without an address of one family is nothing unusual.
 */
export async function askMx(
  name: string,
  prefixes: Prefixes,
  client: Client,
  ledger: Ledger,
): Promise<Answered> {
  const { answer, index } = await ledger.ask(name, 'MX');
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'dns-failed', isVoid: false, dns };
  if (answer.answers.length > MAX_MX_HOSTS) return { kind: 'too-many-mx', isVoid: false, dns };
  const hosts = answer.answers.map(exchangeOf).filter((host) => host !== '');
  const asked = await Promise.all(hosts.map((host) => askAddresses(host, client, ledger)));
  for (const one of asked) {
    dns.push(one.index);
    const { kind } = addressAnswer(one, prefixes, client);
    if (kind !== 'no-match') return { kind, isVoid: false, dns };
  }
  return { kind: 'no-match', isVoid: answer.answers.length === 0, dns };
}

/** `ptr` (§5.5): a name of the client, confirmed by its addresses, at or below the target. Errors only skip. */
export async function askPtr(target: string, client: Client, ledger: Ledger): Promise<Answered> {
  const { names, isVoid, dns } = await validatedNames(client, target, ledger);
  return { kind: names.length > 0 ? 'match' : 'no-match', isVoid, dns };
}

/** The value of `%{p}` (§7.3): the domain itself, else a name below it, else any confirmed name of the client. */
export async function validatedName(
  client: Client,
  domain: string,
  ledger: Ledger,
): Promise<{ readonly name: string; readonly dns: readonly number[] }> {
  const { names, dns } = await validatedNames(client, null, ledger);
  const name =
    names.find((one) => one === domain) ?? names.find((one) => isAtOrBelow(one, domain)) ?? names[0];
  return { name: name ?? 'unknown', dns };
}

/** The client's names that lead back to it (§5.5); only those at or below the target, where there is one. */
async function validatedNames(
  client: Client,
  target: string | null,
  ledger: Ledger,
): Promise<{ readonly names: readonly string[]; readonly isVoid: boolean; readonly dns: readonly number[] }> {
  const { answer, index } = await ledger.ask(reverseName(client), 'PTR');
  const named = isDefinite(answer) ? answer.answers.slice(0, MAX_PTR_NAMES).map(hostName) : [];
  const names = [...new Set(named)].filter((name) => target === null || isAtOrBelow(name, target));
  const asked = await Promise.all(names.map((name) => askAddresses(name, client, ledger)));
  const confirmed = asked.map((one) => addressAnswer(one, { prefix4: 32, prefix6: 128 }, client).kind);
  return {
    names: names.filter((_, at) => confirmed[at] === 'match'),
    isVoid: isDefinite(answer) && answer.answers.length === 0,
    dns: [index, ...asked.map((one) => one.index)],
  };
}

function askAddresses(name: string, { family }: Client, ledger: Ledger): Promise<Asked> {
  return ledger.ask(name, family === 4 ? 'A' : 'AAAA');
}

function addressAnswer({ answer, index }: Asked, prefixes: Prefixes, client: Client): Answered {
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'dns-failed', isVoid: false, dns };
  const prefix = client.family === 4 ? prefixes.prefix4 : prefixes.prefix6;
  const isMatch = answer.answers.some((address) => isWithin(client, address, prefix));
  return { kind: isMatch ? 'match' : 'no-match', isVoid: answer.answers.length === 0, dns };
}

/** The host of `10 mail.example`; '' for the null MX (RFC 7505), which names none. */
function exchangeOf(record: string): string {
  return hostName(record.slice(record.indexOf(' ') + 1));
}

function hostName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
