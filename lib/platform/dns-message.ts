/** DNS messages on the wire (RFC 1035 §4): one question out, one response in. Seven record types, no more. */
import type { Rcode, RecordType } from '../engine/index.ts';
import { nameText, Reader } from './dns-reader.ts';

const TYPE_CODES: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
};
const SOA = 6;
const OPT = 41;
/** Stands for the type of a record that is not of the internet's class; no type has this number. */
const OF_ANOTHER_CLASS = 0;
const CLASS_IN = 1;
const HEADER = 12;
/** RFC 8467 §4.1: queries are padded to a multiple of 128 octets, so that their length does not tell the name. */
const PADDING_BLOCK = 128;
const UDP_SIZE = 1232;
/** RFC 1035 §2.3.4, as text. */
const MAX_NAME = 253;
const BACKSLASH = 0x5c;
/** As many aliases as the usual name servers follow. */
const MAX_ALIASES = 16;

/**
 * A query with recursion desired, AD asked for (RFC 6840 §5.7), client subnet withheld (RFC 7871 §7.1.2) and padding
 * (RFC 7830). The id is 0, as RFC 8484 §4.1 advises for caches. Null where the name cannot be asked for.
 */
export function encodeQuery(name: string, type: RecordType): Uint8Array<ArrayBuffer> | null {
  const encoded = encodeName(name);
  if (encoded === null) return null;
  const question = [...encoded, 0, TYPE_CODES[type], 0, CLASS_IN];
  const subnet = [0, 8, 0, 4, 0, 1, 0, 0];
  const optHead = [0, 0, OPT, UDP_SIZE >> 8, UDP_SIZE & 0xff, 0, 0, 0, 0];
  const unpadded = HEADER + question.length + optHead.length + 2 + subnet.length + 4;
  const padding = (PADDING_BLOCK - (unpadded % PADDING_BLOCK)) % PADDING_BLOCK;
  const options = [...subnet, 0, 12, padding >> 8, padding & 0xff, ...new Array<number>(padding).fill(0)];
  return new Uint8Array([
    ...[0, 0, 0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, 1],
    ...question,
    ...optHead,
    options.length >> 8,
    options.length & 0xff,
    ...options,
  ]);
}

/** Plain names only: one character an octet, and no `\`, which in names from answers escapes what follows. */
function encodeName(name: string): number[] | null {
  const labels = name.split('.').map((label) => Array.from(label, (character) => character.charCodeAt(0)));
  const isPlain = labels.every(
    (label) =>
      label.length > 0 && label.length <= 63 && label.every((octet) => octet <= 0xff && octet !== BACKSLASH),
  );
  if (!isPlain || name.length > MAX_NAME) return null;
  return [...labels.flatMap((label) => [label.length, ...label]), 0];
}

export interface DnsResponse {
  readonly rcode: Rcode;
  readonly authenticData: boolean;
  /** Seconds the answer may be kept, negative ones by their SOA (RFC 2308 §5); null where nothing says. */
  readonly ttl: number | null;
  /** Where the name's aliases lead; null where it is none. */
  readonly canonicalName: string | null;
  /** The aliases lead to a name that the response tells nothing about: it is yet to be asked for. */
  readonly isOpen: boolean;
  readonly answers: readonly string[];
}

const RCODES: readonly Rcode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** Reads a response to that question; null where it is malformed or answers another question. */
export function decodeResponse(octets: Uint8Array, name: string, type: RecordType): DnsResponse | null {
  try {
    return decode(new Reader(octets), nameText(name), type);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function decode(reader: Reader, name: string, type: RecordType): DnsResponse | null {
  reader.skip(2);
  const flags = reader.uint16();
  const isResponse = (flags & 0x8000) !== 0;
  const isTruncated = (flags & 0x0200) !== 0;
  const [questions, answers, authorities] = [reader.uint16(), reader.uint16(), reader.uint16()];
  const additionals = reader.uint16();
  if (!isResponse || questions !== 1) return null;
  const asked = reader.name();
  if (asked !== name || reader.uint16() !== TYPE_CODES[type] || reader.uint16() !== CLASS_IN) return null;
  // What is there of it may be anything; it may also end in the middle of a record.
  if (isTruncated) return withoutAnswers('TRUNCATED');

  const records = readRecords(reader, answers);
  const authority = readRecords(reader, authorities);
  const extended = readRecords(reader, additionals).find((record) => record.type === OPT)?.ttl ?? 0;
  // RFC 6891 §6.1.3: the upper bits of the code stand where a TTL would; none of theirs is among ours.
  const rcode = extended > 0xffffff ? 'OTHER' : (RCODES[flags & 0x0f] ?? 'OTHER');
  const chain = followAliases(records, name, type);
  // Nobody gets an answer out of a circle.
  if (chain.isCircle) return withoutAnswers('SERVFAIL');
  const found = records.filter((record) => record.type === TYPE_CODES[type] && record.owner === chain.target);
  const negative = authority.find((record) => record.type === SOA);
  const isAlias = chain.ttls.length > 0;
  const isOpen = isAlias && rcode === 'NOERROR' && found.length === 0 && negative === undefined;
  const ends =
    found.length > 0 ? found.map(({ ttl }) => ttl) : negative === undefined ? null : [negative.ttl];
  return {
    rcode,
    authenticData: (flags & 0x0020) !== 0,
    ttl: ends === null && !isOpen ? null : Math.min(...chain.ttls, ...(ends ?? [])),
    canonicalName: isAlias ? chain.target : null,
    isOpen,
    answers: found.map(({ data }) => data),
  };
}

function withoutAnswers(rcode: Rcode): DnsResponse {
  return { rcode, authenticData: false, ttl: null, canonicalName: null, isOpen: false, answers: [] };
}

interface ResourceRecord {
  readonly owner: string;
  readonly type: number;
  readonly ttl: number;
  readonly data: string;
}

function readRecords(reader: Reader, count: number): readonly ResourceRecord[] {
  return Array.from({ length: count }, () => {
    const owner = reader.name();
    const assigned = reader.uint16();
    const isOurs = reader.uint16() === CLASS_IN || assigned === OPT;
    const type = isOurs ? assigned : OF_ANOTHER_CLASS;
    const seconds = reader.uint32();
    // RFC 2181 §8: a TTL with the topmost bit set counts as zero. What OPT has in its place is none.
    const ttl = seconds > 0x7fffffff && type !== OPT ? 0 : seconds;
    const length = reader.uint16();
    const end = reader.at + length;
    // RFC 2308 §5: a negative answer lives as long as the smaller of the SOA's own TTL and its minimum.
    const soaTtl = type === SOA ? Math.min(ttl, readSoaMinimum(reader, end)) : ttl;
    const data = type === SOA ? '' : readData(reader, type, end);
    if (reader.at !== end) throw new RangeError('DNS record of another length than it says');
    return { owner, type, ttl: soaTtl, data };
  });
}

function readSoaMinimum(reader: Reader, end: number): number {
  reader.at = end - 4;
  return reader.uint32();
}

function readData(reader: Reader, type: number, end: number): string {
  switch (type) {
    case TYPE_CODES.A:
      return [...reader.take(4)].join('.');
    case TYPE_CODES.AAAA:
      return Array.from({ length: 8 }, () => reader.uint16().toString(16)).join(':');
    case TYPE_CODES.TXT: {
      // RFC 7208 §3.3, RFC 6376 §3.6.2.2: the strings of one record are joined without a space.
      let text = '';
      while (reader.at < end) text += String.fromCharCode(...reader.take(reader.uint8()));
      return text;
    }
    case TYPE_CODES.MX:
      return `${reader.uint16()} ${readHost(reader)}`;
    case TYPE_CODES.CNAME:
    case TYPE_CODES.NS:
    case TYPE_CODES.PTR:
      return readHost(reader);
    default:
      reader.skip(end - reader.at);
      return '';
  }
}

/** As zone files write it: the root, which the null MX names (RFC 7505 §3), is a dot, any other name ends without. */
function readHost(reader: Reader): string {
  return reader.name() || '.';
}

/** RFC 1034 §3.6.2: where aliases lead, in whatever order they stand. A chain that is too long is taken for a circle. */
function followAliases(
  records: readonly ResourceRecord[],
  name: string,
  type: RecordType,
): { readonly target: string; readonly ttls: readonly number[]; readonly isCircle: boolean } {
  const ttls: number[] = [];
  if (type === 'CNAME') return { target: name, ttls, isCircle: false };
  const aliases = new Map(
    records.filter((record) => record.type === TYPE_CODES.CNAME).map((record) => [record.owner, record]),
  );
  let target = name;
  for (let alias = aliases.get(name); alias !== undefined; alias = aliases.get(target)) {
    if (ttls.length === MAX_ALIASES) return { target, ttls, isCircle: true };
    target = alias.data;
    ttls.push(alias.ttl);
  }
  return { target, ttls, isCircle: false };
}
