/** A DNS over HTTPS resolver (RFC 8484) over zones, with a codec that is not ours. */
import type { ServerResponse } from 'node:http';
import { decode, encode } from '@leichtgewicht/dns-packet';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import type { RecordType } from '../../lib/engine/index.ts';

const RCODES: Readonly<Record<string, number>> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'] satisfies RecordType[];
const RESPONSE = 1 << 15;
const RECURSION = (1 << 8) | (1 << 7);
const TTL = 300;

export type AnswerQuery = (query: Uint8Array) => Promise<{ name: string; response: Uint8Array } | null>;

/** Answers for the union of the zones; where two hold a name, the first counts. */
export function zoneAnswerer(zones: readonly Readonly<Record<string, unknown>>[]): AnswerQuery {
  const resolve = zoneResolver(readZone(Object.assign({}, ...[...zones].reverse())));
  return async (query) => {
    const { id, questions } = decode(query);
    const [question] = questions ?? [];
    if (question === undefined || !isKnown(question.type)) return null;
    const { name, type } = question;
    const answer = await resolve(name, type);
    const response = encode({
      type: 'response',
      id: id ?? 0,
      flags: RESPONSE | RECURSION | (RCODES[answer.rcode] ?? 2),
      questions: [question],
      answers: answer.answers.map((text) => ({ name, ttl: TTL, class: 'IN', ...toData(type, text) })),
    } as Parameters<typeof encode>[0]);
    return { name, response };
  };
}

function isKnown(type: string): type is RecordType {
  return TYPES.includes(type);
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

/** How a resolver may fail. */
export type ResolverFault = 'refuse' | 'hang' | 'html' | 'servfail' | 'garbage';

export interface ResolverOptions {
  readonly fault: ResolverFault | undefined;
  /** Milliseconds before an answer. */
  readonly delay: number;
  readonly onQuestion: (name: string) => void;
}

/** GET /dns-query?dns=… with the query in base64url. */
export async function serveResolver(
  response: ServerResponse,
  url: URL,
  answer: AnswerQuery,
  { fault, delay, onQuestion }: ResolverOptions,
): Promise<void> {
  const query = Buffer.from(url.searchParams.get('dns') ?? '', 'base64url');
  const found = url.pathname === '/dns-query' && query.length > 0 ? await answer(query) : null;
  if (found === null) {
    response.writeHead(400).end();
    return;
  }
  onQuestion(found.name);
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  switch (fault) {
    case 'hang':
      return;
    case 'refuse':
      response.destroy();
      return;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome to our network</h1>');
      return;
    default:
      response
        .writeHead(200, { 'Content-Type': 'application/dns-message' })
        .end(spoilt(found.response, fault));
  }
}

function spoilt(octets: Uint8Array, fault: 'servfail' | 'garbage' | undefined): Uint8Array {
  if (fault === 'garbage') return Buffer.from('garbage');
  const copy = Buffer.from(octets);
  if (fault === 'servfail') copy[3] = ((copy[3] ?? 0) & 0xf0) | 2;
  return copy;
}
