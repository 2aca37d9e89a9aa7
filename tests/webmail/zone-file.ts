/** Test zones as master files (RFC 1035 §5), for a name server that is not ours. */
import { readZone, type Zone } from '../../lib/cli/zone.ts';

/** One zone of a name server. */
export interface ZoneFile {
  /** Its apex, without the root's dot: '' is the root. */
  readonly origin: string;
  readonly text: string;
}

type Entry = Zone extends ReadonlyMap<string, infer Value> ? Value : never;

/** What our own answerer says of its records too. */
const TTL = 300;
/** Another number, so that it shows which of the two an answer carries (RFC 2308 §5). */
export const NEGATIVE_TTL = 120;
/** RFC 1035 §3.3: a character-string. */
const MAX_STRING = 255;
/** RFC 1035 §2.3.4. */
const MAX_LABEL = 63;
const MAX_NAME = 253;
/** More aliases than any zone of ours chains. */
const MAX_CHAIN = 8;
/** The root needs a server with an address. RFC 6761 §6.4: nobody looks for anything at this name. */
const ROOT_SERVER = 'ns.invalid';
/** A record of a private type (RFC 6895 §3.1): the name is there, and nothing that anyone asks for. */
const PLACEHOLDER = 'TYPE65280 \\# 0';

/** The union of the zones; where two hold a name, the first counts. */
export function mergeZones(zones: readonly unknown[]): Zone {
  const merged = new Map<string, Entry>();
  for (const zone of zones) {
    for (const [name, entry] of readZone(zone)) if (!merged.has(name)) merged.set(name, entry);
  }
  return merged;
}

/**
 * The zone as what a name server is to be primary for: the root, so that every name that is not there is NXDOMAIN with
 * an SOA, and a zone of its own for each name with NS, as the same records would otherwise say to ask elsewhere.
 */
export function zoneFiles(zone: Zone): readonly ZoneFile[] {
  const names = [...zone].filter(([name]) => name === '' || isName(name));
  const cuts = names.filter(([name, entry]) => name === '' || serversOf(entry).length > 0);
  const origins = [...new Set(['', ...cuts.map(([name]) => name)])];
  return origins.map((origin) => {
    const servers = serversOf(zone.get(origin));
    const [primary = ROOT_SERVER] = servers;
    const delegations = origins.filter(
      (other) => other !== '' && apexOf(parentOf(other), origins) === origin,
    );
    const lines = [
      `$TTL ${TTL}`,
      `${absolute(origin)} SOA ${absolute(primary)} host.invalid. 1 3600 600 86400 ${NEGATIVE_TTL}`,
      ...(servers.length === 0 ? [`. NS ${ROOT_SERVER}.`, `${ROOT_SERVER}. A 127.0.0.1`] : []),
      ...delegations.flatMap((name) => serverLines(name, zone.get(name))),
      ...names
        .filter(([name]) => apexOf(name, origins) === origin)
        .flatMap(([name, entry]) => recordLines(name, entry)),
    ];
    return { origin, text: `${lines.join('\n')}\n` };
  });
}

/** Whether a question for the name ends at an entry with an RCODE or in a circle: no name server can be told to say so. */
export function isUntellable(zone: Zone, name: string): boolean {
  let target = normal(name);
  for (let step = 0; step < MAX_CHAIN; step++) {
    const entry = zone.get(target);
    if (entry?.RCODE !== undefined) return true;
    if (entry?.CNAME === undefined) return false;
    target = normal(entry.CNAME);
  }
  return true;
}

/** Where an alias or an RCODE stands, nothing else counts. */
function serversOf(entry: Entry | undefined): readonly string[] {
  return entry?.CNAME === undefined && entry?.RCODE === undefined ? (entry?.NS ?? []) : [];
}

/** The apex of the zone that a name belongs to. */
function apexOf(name: string, origins: readonly string[]): string {
  let apex = name;
  while (apex !== '' && !origins.includes(apex)) apex = parentOf(apex);
  return apex;
}

function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

function serverLines(name: string, entry: Entry | undefined): readonly string[] {
  return serversOf(entry).map((server) => `${absolute(name)} NS ${absolute(server)}`);
}

function recordLines(name: string, entry: Entry): readonly string[] {
  const records = entry.RCODE === undefined ? recordsOf(entry) : [];
  // The name has to be there for those above it: a name with others below is no NXDOMAIN (RFC 8020).
  return (records.length > 0 ? records : [PLACEHOLDER]).map((record) => `${absolute(name)} ${record}`);
}

function recordsOf(entry: Entry): readonly string[] {
  // RFC 1034 §3.6.2: no other data beside an alias.
  if (entry.CNAME !== undefined) return [`CNAME ${absolute(entry.CNAME)}`];
  return [
    ...(entry.A ?? []).map((address) => `A ${address}`),
    ...(entry.AAAA ?? []).map((address) => `AAAA ${address}`),
    ...(entry.MX ?? []).map(([preference, host]) => `MX ${preference} ${absolute(host)}`),
    ...serversOf(entry).map((host) => `NS ${absolute(host)}`),
    ...(entry.PTR ?? []).map((host) => `PTR ${absolute(host)}`),
    ...(entry.TXT ?? []).map((text) => `TXT ${stringsOf(text).map(quoted).join(' ')}`),
  ];
}

/** The strings of one TXT record: as the zone splits them, and none longer than a string may be. */
function stringsOf(text: string | readonly string[]): readonly Buffer[] {
  const strings = (typeof text === 'string' ? [text] : text).flatMap((string) => {
    // One character is one octet, as everywhere in zones.
    const octets = Buffer.from(string, 'latin1');
    const count = Math.max(1, Math.ceil(octets.length / MAX_STRING));
    return Array.from({ length: count }, (_, index) =>
      octets.subarray(index * MAX_STRING, (index + 1) * MAX_STRING),
    );
  });
  return strings.length > 0 ? strings : [Buffer.alloc(0)];
}

function quoted(octets: Buffer): string {
  return `"${escaped(octets, /[ !#-[\]-~]/)}"`;
}

function absolute(name: string): string {
  const labels = name.replace(/\.$/, '').split('.');
  return `${labels.map((label) => escaped(Buffer.from(label), /[\w-]/)).join('.')}.`;
}

/** RFC 1035 §5.1: `\DDD` for every octet that is not plain. */
function escaped(octets: Buffer, plain: RegExp): string {
  return Array.from(octets, (octet) => {
    const character = String.fromCharCode(octet);
    return plain.test(character) ? character : `\\${String(octet).padStart(3, '0')}`;
  }).join('');
}

/** A name that DNS cannot hold cannot be asked for either, and one of them would spoil the whole file. */
function isName(name: string): boolean {
  const lengths = name.split('.').map((label) => Buffer.byteLength(label));
  return Buffer.byteLength(name) <= MAX_NAME && lengths.every((length) => length > 0 && length <= MAX_LABEL);
}

function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
