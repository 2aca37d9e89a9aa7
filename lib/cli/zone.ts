/** DNS from a file: the zone form of fixtures, tests and `--dns`. */
import type { Answer, Ports, Rcode, RecordType } from '../engine/index.ts';

type Texts = readonly (string | readonly string[])[];

/** One name of a zone. `RCODE` answers every question for the name with that code. */
interface ZoneEntry {
  readonly TXT?: Texts;
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly MX?: readonly (readonly [number, string])[];
  readonly NS?: readonly string[];
  readonly PTR?: readonly string[];
  readonly CNAME?: string;
  readonly RCODE?: 'SERVFAIL' | 'TIMEOUT' | 'REFUSED' | 'NXDOMAIN';
}

/** Names in lower case without the root's dot. */
export type Zone = ReadonlyMap<string, ZoneEntry>;

const KNOWN = new Set(['TXT', 'A', 'AAAA', 'MX', 'NS', 'PTR', 'CNAME', 'RCODE']);
const RCODES: readonly unknown[] = ['SERVFAIL', 'TIMEOUT', 'REFUSED', 'NXDOMAIN'];
const MAX_CHAIN = 8;

/** Reads a zone; throws an Error whose message says what stands where no zone has it. */
export function readZone(value: unknown): Zone {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('not an object of names');
  return new Map(
    Object.entries(value).map(([name, entry]) => [
      name.toLowerCase().replace(/\.$/, ''),
      typeof entry === 'string' ? { TXT: [entry] } : readEntry(name, entry),
    ]),
  );
}

function readEntry(name: string, entry: unknown): ZoneEntry {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw new Error(`${name}: not an object of types`);
  for (const [type, records] of Object.entries(entry)) {
    if (!KNOWN.has(type)) throw new Error(`${name}: unknown type ${type}`);
    if (!isWellFormed(type, records)) throw new Error(`${name}: ${type} has another form`);
  }
  return entry;
}

function isWellFormed(type: string, records: unknown): boolean {
  if (type === 'RCODE') return RCODES.includes(records);
  if (type === 'CNAME') return typeof records === 'string';
  if (!Array.isArray(records)) return false;
  if (type === 'MX') {
    return records.every((mx) => Array.isArray(mx) && typeof mx[0] === 'number' && typeof mx[1] === 'string');
  }
  const isText = (item: unknown): boolean => typeof item === 'string';
  if (type !== 'TXT') return records.every(isText);
  return records.every((item) => isText(item) || (Array.isArray(item) && item.every(isText)));
}

/** A resolver over a zone. A name that is absent is NXDOMAIN, unless names stand below it (RFC 8020). */
export function zoneResolver(zone: Zone): Ports['resolve'] {
  return async (name, type) => {
    const asked = name.toLowerCase();
    let target = asked;
    const answer = (rcode: Rcode, answers: readonly string[] = []): Answer => {
      const ttl = rcode === 'NOERROR' ? 300 : null;
      const found = {
        name,
        type,
        rcode,
        ttl,
        authenticData: false,
        resolver: 'zone file',
        cached: false,
        answers,
      };
      return target === asked ? found : { ...found, canonicalName: target };
    };
    for (let step = 0; step < MAX_CHAIN; step++) {
      const entry = zone.get(target);
      if (entry === undefined) return answer(hasBelow(zone, target) ? 'NOERROR' : 'NXDOMAIN');
      if (entry.RCODE !== undefined) return answer(entry.RCODE);
      if (entry.CNAME === undefined || type === 'CNAME') return answer('NOERROR', recordsOf(entry, type));
      target = hostOf(entry.CNAME);
    }
    // A circle leads nowhere.
    target = asked;
    return answer('SERVFAIL');
  };
}

function hasBelow(zone: Zone, name: string): boolean {
  return [...zone.keys()].some((other) => other.endsWith(`.${name}`));
}

function recordsOf(entry: ZoneEntry, type: RecordType): readonly string[] {
  switch (type) {
    case 'TXT':
      return (entry.TXT ?? []).map((item) => (typeof item === 'string' ? item : item.join('')));
    case 'MX':
      return (entry.MX ?? []).map(([preference, host]) => `${preference} ${hostOf(host)}`);
    case 'CNAME':
      return entry.CNAME === undefined ? [] : [hostOf(entry.CNAME)];
    case 'NS':
    case 'PTR':
      return (entry[type] ?? []).map(hostOf);
    default:
      return entry[type] ?? [];
  }
}

/** A name as answers from the wire give it: lower case, no dot at its end but the root's own (RFC 7505 §3). */
function hostOf(name: string): string {
  return name.toLowerCase().replace(/(?<=.)\.$/, '') || '.';
}
