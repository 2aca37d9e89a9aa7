/** Receivers by name: those that are known as data, and those of which only the authserv-id is known. */
import { parseAddress, type Received } from '../message/received.ts';
import { isInnerAddress, isLoopback } from './address-range.ts';
import { type Border, type Found, NOTHING_FOUND, type ResultField, refusal } from './evidence.ts';
import { KNOWN, type KnownProfile } from './known.ts';
import { hasQuotedId } from './parse.ts';
import { matchesAnyHost, matchesHost, matchesName } from './pattern.ts';
import type { Place, Profile } from './profile.ts';
import { clientAddress } from './received-spf.ts';

const PLAIN = {
  absentDmarcMeansNone: false,
  writesReturnPath: false,
  heloMeansNullSender: false,
} as const;

export const KNOWN_PROFILES: readonly Profile[] = KNOWN.map(knownProfile);

/** The receiver of that name: a known one by its name or by one of its authserv-ids, else the id alone. */
export function profileNamed(name: string): Profile {
  const known = KNOWN.find(({ id, ids }) => id === name || matchesAnyHost(ids, name));
  return KNOWN_PROFILES.find(({ id }) => id === known?.id) ?? bareProfile(name);
}

function knownProfile(known: KnownProfile): Profile {
  const clientOf = (hop: Received): string | null =>
    known.writesAddressFirst ? parseAddress(hop.from) : hop.address;
  const comesFromInside = (hop: Received): boolean => {
    const client = clientOf(hop);
    return client === null || isInnerAddress(client);
  };
  const isInnerBorder = (hop: Received): boolean => {
    const client = clientOf(hop);
    return matchesAnyHost(known.innerBorder, hop.by) && client !== null && !isLoopback(client);
  };
  return {
    ...PLAIN,
    fitsAnyTrace: false,
    id: known.id,
    clientOf,
    isInternalHop: (hop) =>
      matchesAnyHost(known.inner, hop.by) && comesFromInside(hop) && !isInnerBorder(hop),
    isBorder: (hop) => (matchesAnyHost(known.border, hop.by) && !comesFromInside(hop)) || isInnerBorder(hop),
    mayStandAbove: () => true,
    resultStands: known.results,
    isOwnId: (id) => id !== null && matchesAnyHost(known.ids, id),
    find: (place) => knownResults(known, place),
  };
}

/**
 * A receiver of which only the authserv-id is known: it has no internal hops, so the first Received is the
 * border, and its results touch the border from above (the order in which a milter prepends them).
 */
export function bareProfile(pattern: string): Profile {
  const isOwnId = (id: string | null): boolean => id !== null && matchesHost(pattern, id);
  return {
    ...PLAIN,
    fitsAnyTrace: true,
    id: pattern,
    clientOf: ({ address }) => address,
    isInternalHop: () => false,
    isBorder: (hop) => hop.by !== '',
    mayStandAbove: () => true,
    resultStands: 'above',
    isOwnId,
    find: ({ border, results }) => ({
      ...NOTHING_FOUND,
      believed: touchingResults(border, results, isOwnId),
    }),
  };
}

/** Results of one's own id among the result fields that touch a border from above. */
export function touchingResults(
  border: Border,
  results: readonly ResultField[],
  isOwnId: (id: string | null) => boolean,
): readonly ResultField[] {
  const byField = new Map(results.map((result) => [result.field, result]));
  const believed: ResultField[] = [];
  for (let field = border.field - 1; field >= 0; field--) {
    const result = byField.get(field);
    if (result?.key !== 'authentication-results') break;
    if (isOwnId(result.parsed.authservId) && !hasQuotedId(result.parsed)) believed.push(result);
  }
  return believed.reverse();
}

function knownResults(known: KnownProfile, place: Place): Found {
  const { believed, witnessed } = readBlock(known, place);
  const { address } = place.border;
  const isConfirmed = known.witness === null || (witnessed.size === 1 && witnessed.has(address));
  return isConfirmed ? { ...NOTHING_FOUND, believed } : refusal(believed, 'address-mismatch');
}

interface Block {
  /** The receiver's results, from the top. */
  readonly believed: readonly ResultField[];
  /** What the witness names; null for no address. */
  readonly witnessed: ReadonlySet<string | null>;
}

/** Walks from the border through the fields that the receiver writes there; the first other field ends the block. */
function readBlock(known: KnownProfile, { message, border, results }: Place): Block {
  const byField = new Map(results.map((result) => [result.field, result]));
  const isAbove = known.results === 'above';
  const believed: ResultField[] = [];
  const witnessed = new Set<string | null>();
  for (let field = border.field; ; ) {
    field += isAbove ? -1 : 1;
    const { key = '', value = '' } = message.fields[field] ?? {};
    if (key === known.witness) witnessed.add(addressNamed(key, value));
    const result = byField.get(field);
    if (result?.key === 'authentication-results') {
      if (isOwnResult(known, result)) believed.push(result);
      else if (!isAbove) break;
    } else if (!known.between.some((pattern) => matchesName(pattern, key))) break;
  }
  return { believed: isAbove ? believed.reverse() : believed, witnessed };
}

function isOwnResult({ ids }: KnownProfile, { parsed }: ResultField): boolean {
  return matchesAnyHost(ids, parsed.authservId ?? '') && !hasQuotedId(parsed);
}

function addressNamed(key: string, value: string): string | null {
  return key === 'received-spf' ? clientAddress(value) : parseAddress(value.replace(/^\[|\]$/g, ''));
}
