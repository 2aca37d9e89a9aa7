/**
 * Gateways: servers of the recipient's that take the mail from outside and hand it on to the mailbox. Believed only
 * where somebody gives their id and their addresses, and the mail truly came from there.
 */
import type { Received } from '../message/received.ts';
import { isInnerAddress, isInRange } from './address-range.ts';
import type { Border, GatewayInFront, ResultField, TrustedServer } from './evidence.ts';
import { touchingResults } from './named.ts';
import { hasQuotedId } from './parse.ts';
import { matchesAnyHost, matchesHost } from './pattern.ts';
import { type Trace, toBorder } from './trace.ts';

/** What a named gateway says that handed the message to the mailbox. */
export interface NamedGateway {
  readonly id: string;
  /** Where the gateway took the message from outside; null where its own hop is not to be found. */
  readonly border: Border | null;
  readonly results: readonly ResultField[];
}

/** The authserv-ids of services that are sold as gateways. */
const SERVICES = [
  'ppops.net',
  '*.ppops.net',
  '*.pphosted.com',
  '*.mimecast.com',
  '*.barracudanetworks.com',
  '*.iphmx.com',
  '*.messagelabs.com',
  '*.trendmicro.com',
  '*.trendmicro.eu',
  '*.hornetsecurity.com',
  '*.antispamcloud.com',
  '*.fireeyecloud.com',
  '*.sophos.com',
  '*.mailcontrol.com',
];

/** The gateway that handed the message over at the mailbox's border, or null where no named one did. */
export function handover(
  border: Border,
  trace: Trace,
  results: readonly ResultField[],
  trusted: readonly TrustedServer[],
): NamedGateway | null {
  const { address } = border;
  if (address === null) return null;
  const gateway = trusted.find(({ ranges }) => ranges.some((range) => isInRange(address, range)));
  if (gateway === undefined) return null;
  const own = gatewayBorder(gateway, border, trace);
  const isOwnId = (id: string | null): boolean => id !== null && matchesHost(gateway.id, id);
  const below = results.filter(({ field }) => field > border.field);
  return {
    id: gateway.id,
    border: own,
    results: own === null ? [] : touchingResults(own, below, isOwnId),
  };
}

/** The walk goes on below the mailbox's border: hops inside the gateway, and then its own border or none. */
function gatewayBorder({ id, ranges }: TrustedServer, border: Border, trace: Trace): Border | null {
  const helo = border.helo.toLowerCase();
  const isWrittenBy = ({ by }: Received): boolean =>
    by !== '' && (matchesHost(id, by) || by.toLowerCase() === helo);
  const comesFromInside = ({ address }: Received): boolean =>
    address !== null && (isInnerAddress(address) || ranges.some((range) => isInRange(address, range)));
  for (const [field, hop] of trace) {
    if (field <= border.field) continue;
    if (!isWrittenBy(hop)) return null;
    if (!comesFromInside(hop)) return toBorder(field, hop, hop.address);
  }
  return null;
}

/** Fields below the mailbox's border with the id of a named gateway: whoever passes it by can write them. */
export function gatewayFields(
  border: Border,
  results: readonly ResultField[],
  trusted: readonly TrustedServer[],
): readonly ResultField[] {
  const ids = trusted.filter(({ ranges }) => ranges.length > 0).map(({ id }) => id);
  return results.filter(
    ({ field, key, parsed }) =>
      field > border.field &&
      key === 'authentication-results' &&
      parsed.authservId !== null &&
      !hasQuotedId(parsed) &&
      matchesAnyHost(ids, parsed.authservId),
  );
}

/**
 * A gateway that nobody named: a known service's result, close enough below the mailbox's border for its own. Anybody
 * can write such a field, so that it is told, and nothing follows from it.
 */
export function unnamedGateway(
  border: Border,
  trace: Trace,
  results: readonly ResultField[],
): GatewayInFront {
  const [, end = Number.POSITIVE_INFINITY] = [...trace.keys()].filter((field) => field > border.field);
  const result = results.find(
    ({ field, parsed }) =>
      field > border.field && field < end && matchesAnyHost(SERVICES, parsed.authservId ?? ''),
  );
  return result === undefined ? { kind: 'none' } : { kind: 'unnamed', id: result.parsed.authservId };
}
