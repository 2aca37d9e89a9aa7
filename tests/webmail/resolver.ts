/** A DNS over HTTPS resolver (RFC 8484) over zones, with a codec that is not ours. */
import type { ServerResponse } from 'node:http';
import { decode, encode } from '@leichtgewicht/dns-packet';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import type { Ports, RecordType } from '../../lib/engine/index.ts';

const RCODES: Readonly<Record<string, number>> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'] satisfies RecordType[];
const RESPONSE = 1 << 15;
const RECURSION = (1 << 8) | (1 << 7);
const TTL = 300;
/** More aliases than any zone of ours chains. */
const MAX_CHAIN = 8;

/** What there is to say to a query: null where it is none, and no response where the zone has the name time out. */
export type AnswerQuery = (
  query: Uint8Array,
) => Promise<{ readonly name: string; readonly response: Uint8Array | null } | null>;

/** Answers for the union of the zones; where two hold a name, the first counts. */
export function zoneAnswerer(zones: readonly Readonly<Record<string, unknown>>[]): AnswerQuery {
  const resolve = zoneResolver(readZone(Object.assign({}, ...[...zones].reverse())));
  return async (query) => {
    const asked = readQuestion(query);
    if (asked === null) return null;
    const { id, question, name, type } = asked;
    const aliases = type === 'CNAME' ? [] : await aliasesOf(name, resolve);
    const owner = aliases.at(-1)?.data ?? name;
    const answer = await resolve(owner, type);
    if (answer.rcode === 'TIMEOUT') return { name, response: null };
    const records = [
      ...aliases.map((alias) => ({ name: alias.owner, type: 'CNAME', data: alias.data })),
      ...answer.answers.map((text) => ({ name: owner, ...toData(type, text) })),
    ];
    const response = encode({
      type: 'response',
      id,
      flags: RESPONSE | RECURSION | (RCODES[answer.rcode] ?? 2),
      questions: [question],
      answers: records.map((record) => ({ ttl: TTL, class: 'IN', ...record })),
    } as Parameters<typeof encode>[0]);
    return { name, response };
  };
}

function readQuestion(query: Uint8Array) {
  try {
    const { id, questions } = decode(query);
    const [question] = questions ?? [];
    if (question === undefined || !isKnown(question.type)) return null;
    return { id: id ?? 0, question, name: question.name, type: question.type };
  } catch {
    return null;
  }
}

function isKnown(type: string): type is RecordType {
  return TYPES.includes(type);
}

/** The aliases on the way from a name, which a resolver sends along (RFC 1034 §3.6.2). */
async function aliasesOf(
  name: string,
  resolve: Ports['resolve'],
): Promise<readonly { readonly owner: string; readonly data: string }[]> {
  const aliases: { owner: string; data: string }[] = [];
  let owner = name;
  while (aliases.length < MAX_CHAIN) {
    const [target] = (await resolve(owner, 'CNAME')).answers;
    if (target === undefined) break;
    const data = target.replace(/\.$/, '');
    aliases.push({ owner, data });
    owner = data;
  }
  return aliases;
}

function toData(type: RecordType, text: string): { type: RecordType; data: unknown } {
  if (type === 'TXT') {
    const octets = Buffer.from(text, 'latin1');
    const count = Math.max(1, Math.ceil(octets.length / 255));
    return {
      type,
      data: Array.from({ length: count }, (_, index) => octets.subarray(index * 255, (index + 1) * 255)),
    };
  }
  if (type !== 'MX') return { type, data: text };
  const [preference, exchange] = text.split(' ');
  return { type, data: { preference: Number(preference), exchange } };
}

/** How an answer may be spoilt. */
type AnswerFault = keyof typeof SPOILT_RCODES | 'garbage' | 'truncated';
/** RFC 1035 §4.1.1. */
const SPOILT_RCODES = { servfail: 2, refused: 5 } as const;
/** How a resolver may fail; `refuse` gives no connection, `refused` is an answer. */
export type ResolverFault = 'refuse' | 'hang' | 'html' | 'redirect' | 'error' | AnswerFault;

/** How one question is to be answered. */
export interface ResolverOptions {
  /** Asked when the answer is due: a resolver may die while it thinks. */
  readonly fault: () => ResolverFault | undefined;
  /** Milliseconds before an answer. */
  readonly delay: number;
  readonly onQuestion: (name: string) => void;
}

/** GET /dns-query?dns=… with the query in base64url. */
export async function serveResolver(
  response: ServerResponse,
  url: URL,
  answer: AnswerQuery,
  { fault: faultNow, delay, onQuestion }: ResolverOptions,
): Promise<void> {
  const query = Buffer.from(url.searchParams.get('dns') ?? '', 'base64url');
  const found = url.pathname === '/dns-query' && query.length > 0 ? await answer(query) : null;
  if (found === null) {
    response.writeHead(400).end();
    return;
  }
  onQuestion(found.name);
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  const fault = faultNow();
  if (fault === 'refuse') {
    response.destroy();
  } else if (fault === 'html') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome to our network</h1>');
  } else if (fault === 'redirect') {
    response.writeHead(302, { Location: 'https://login.example/' }).end();
  } else if (fault === 'error') {
    response.writeHead(500, { 'Content-Type': 'text/plain' }).end('Out of order');
  } else if (fault !== 'hang' && found.response !== null) {
    response.writeHead(200, { 'Content-Type': 'application/dns-message' }).end(spoilt(found.response, fault));
  }
}

function spoilt(octets: Uint8Array, fault: AnswerFault | undefined): Uint8Array {
  if (fault === 'garbage') return Buffer.from('garbage');
  const copy = Buffer.from(octets);
  if (fault === 'servfail' || fault === 'refused') copy[3] = ((copy[3] ?? 0) & 0xf0) | SPOILT_RCODES[fault];
  if (fault === 'truncated') copy[2] = (copy[2] ?? 0) | 2;
  return copy;
}
