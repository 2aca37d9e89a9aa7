/** DNS messages on the wire (RFC 1035 §4): one question out, one response in. Eight record types, no more. */
import type { Rcode, RecordType } from '../engine/index.ts';

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
const CLASS_IN = 1;
const HEADER = 12;
/** RFC 8467 §4.1: queries are padded to a multiple of 128 octets, so that their length does not tell the name. */
const PADDING_BLOCK = 128;
const UDP_SIZE = 1232;

/**
 * A query with recursion desired, AD asked for (RFC 6840 §5.7), client subnet withheld (RFC 7871 §7.1.2) and padding
 * (RFC 7830). The id is 0, as RFC 8484 §4.1 advises for caches. The name must be askable.
 */
export function encodeQuery(name: string, type: RecordType): Uint8Array<ArrayBuffer> {
  const question = [...encodeName(name), 0, TYPE_CODES[type], 0, CLASS_IN];
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

function encodeName(name: string): number[] {
  const labels = name
    .split('.')
    .map((label) => [label.length, ...[...label].map((c) => c.charCodeAt(0) & 0xff)]);
  return [...labels.flat(), 0];
}

export interface DnsResponse {
  readonly rcode: Rcode;
  readonly authenticData: boolean;
  /** Seconds the answer may be kept, negative ones by their SOA (RFC 2308 §5); null where nothing says. */
  readonly ttl: number | null;
  readonly answers: readonly string[];
}

const RCODES: readonly Rcode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** Reads a response to that question; null where it is malformed, truncated or answers another question. */
export function decodeResponse(octets: Uint8Array, name: string, type: RecordType): DnsResponse | null {
  try {
    return decode(new Reader(octets), name.toLowerCase(), type);
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
  reader.skip(2);
  if (!isResponse || isTruncated || questions !== 1) return null;
  const asked = reader.name();
  if (asked !== name || reader.uint16() !== TYPE_CODES[type] || reader.uint16() !== CLASS_IN) return null;

  const records = readRecords(reader, answers);
  const authority = readRecords(reader, authorities);
  const chain = followAliases(records, name, type);
  const found = records.filter((record) => record.type === TYPE_CODES[type] && record.owner === chain.target);
  const negative = authority.find((record) => record.type === SOA);
  const ttls = [
    ...chain.ttls,
    ...(found.length > 0 ? found.map(({ ttl }) => ttl) : negative ? [negative.ttl] : []),
  ];
  return {
    rcode: RCODES[flags & 0x0f] ?? 'OTHER',
    authenticData: (flags & 0x0020) !== 0,
    ttl: ttls.length === 0 ? null : Math.min(...ttls),
    answers: found.map(({ data }) => data),
  };
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
    const type = reader.uint16();
    reader.skip(2);
    const seconds = reader.uint32();
    // RFC 2181 §8: a TTL with the topmost bit set counts as zero.
    const ttl = seconds > 0x7fffffff ? 0 : seconds;
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
      return `${reader.uint16()} ${reader.name()}`;
    case TYPE_CODES.CNAME:
    case TYPE_CODES.NS:
    case TYPE_CODES.PTR:
      return reader.name();
    default:
      reader.skip(end - reader.at);
      return '';
  }
}

/** RFC 1034 §3.6.2: where aliases lead. A chain longer than the records at hand is a loop, and ends. */
function followAliases(
  records: readonly ResourceRecord[],
  name: string,
  type: RecordType,
): { target: string; ttls: readonly number[] } {
  let target = name;
  const ttls: number[] = [];
  if (type === 'CNAME') return { target, ttls };
  for (let step = 0; step < records.length; step++) {
    const alias = records.find((record) => record.type === TYPE_CODES.CNAME && record.owner === target);
    if (alias === undefined) break;
    target = alias.data;
    ttls.push(alias.ttl);
  }
  return { target, ttls };
}

/** A cursor that throws RangeError at the end of the message. */
class Reader {
  at = 0;
  constructor(private readonly octets: Uint8Array) {}

  skip(count: number): void {
    this.take(count);
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.octets.length || count < 0) throw new RangeError('DNS message cut short');
    this.at += count;
    return this.octets.subarray(this.at - count, this.at);
  }

  uint8(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    return this.uint8() * 256 + this.uint8();
  }

  uint32(): number {
    return this.uint16() * 65536 + this.uint16();
  }

  /** A name in lower case. RFC 1035 §4.1.4: a pointer leads back only, so that every name ends. */
  name(): string {
    const labels: string[] = [];
    let before = this.at;
    let resume: number | null = null;
    for (;;) {
      const length = this.uint8();
      if (length === 0) break;
      if (length >= 0xc0) {
        const target = (length & 0x3f) * 256 + this.uint8();
        if (target >= before) throw new RangeError('DNS name points forward');
        resume ??= this.at;
        before = target;
        this.at = target;
        continue;
      }
      if (length > 63) throw new RangeError('DNS label of an unknown kind');
      labels.push(String.fromCharCode(...this.take(length)).toLowerCase());
      if (labels.length > 127) throw new RangeError('DNS name too long');
    }
    if (resume !== null) this.at = resume;
    return labels.join('.');
  }
}
