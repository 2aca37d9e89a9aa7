/** A DNS over HTTPS resolver on loopback that fails in every way that there is, one at a time, over real sockets. */
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { decode, encode } from '@leichtgewicht/dns-packet';
import type { Certificate } from './named.ts';
import { zoneAnswerer } from './resolver.ts';

type Packet = Parameters<typeof encode>[0];
type Respond = (query: Uint8Array, request: Http2ServerRequest, response: Http2ServerResponse) => void;

const RESPONSE = 1 << 15;
const TRUNCATED = 1 << 9;
const DNS = { 'content-type': 'application/dns-message' };
const PAGE = '<!DOCTYPE html><title>Welcome</title><form>Room number: <input></form>';
/** One octet more than DNS has room for (RFC 1035 §4.2.2). */
const TOO_MUCH = 65_536;

/** What it does in place of answering. */
const FAULTS = {
  nxdomain: (query, _, response) => sendDns(response, reply(query, 3)),
  nodata: (query, _, response) => sendDns(response, reply(query, 0)),
  servfail: (query, _, response) => sendDns(response, reply(query, 2)),
  refused: (query, _, response) => sendDns(response, reply(query, 5)),
  notimp: (query, _, response) => sendDns(response, reply(query, 4)),
  /** A code that is nobody's business here: YXDOMAIN. */
  'rare-code': (query, _, response) => sendDns(response, reply(query, 6)),
  silent: () => {},
  truncated: (query, _, response) => sendDns(response, reply(query, TRUNCATED)),
  malformed: (query, _, response) => sendDns(response, reply(query, 0).subarray(0, 20)),
  'wrong-question': (query, _, response) => sendDns(response, reply(query, 0, 'stranger.example')),
  /** A page as networks with a login show it; the status says success, or RFC 6585 §6. */
  portal: (_, _request, response) => send(response, 200, 'text/html; charset=utf-8', PAGE),
  'portal-511': (_, _request, response) => send(response, 511, 'text/html', PAGE),
  /** One that does not say what it is. */
  'portal-in-disguise': (_, _request, response) => send(response, 200, DNS['content-type'], `\n${PAGE}`),
  redirect: (_, _request, response) => {
    response.writeHead(302, { location: 'https://login.example/' });
    response.end();
  },
  'error-500': (_, _request, response) => send(response, 500, DNS['content-type'], ''),
  'other-type': (_, _request, response) => send(response, 200, 'application/dns-json', '{"Status":0}'),
  oversized: (_, _request, response) => send(response, 200, DNS['content-type'], Buffer.alloc(TOO_MUCH)),
  /** Never ends of its own accord. */
  endless: (_, _request, response) => {
    response.writeHead(200, DNS);
    const more = (): void => {
      if (response.stream.destroyed) return;
      response.write(Buffer.alloc(16_384), () => setImmediate(more));
    };
    more();
  },
  reset: (_, { stream }) => stream.session?.destroy(),
  'cut-off': (_, _request, response) => {
    response.writeHead(200, DNS);
    response.write('ab', () => response.stream.close(2));
  },
  /** As one that follows no alias out of its own zone: the alias, and not a word about its end. */
  'open-alias': (query, _, response) =>
    sendDns(
      response,
      aliasOf(query, (name) => `next-${name}`),
    ),
  circle: (query, _, response) =>
    sendDns(
      response,
      aliasOf(query, (name) => swapped(name)),
    ),
} as const satisfies Readonly<Record<string, Respond>>;

export type DohFault = keyof typeof FAULTS;

export interface FaultyDoh {
  readonly url: string;
  /** The names of the questions that came in. */
  readonly asked: string[];
  /** What happens to the next question; null for an answer from the zone. A fault by name holds for that name only. */
  fault: DohFault | Readonly<Record<string, DohFault>> | null;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** Starts on a port of the system's choosing. The certificate must be for `localhost`. */
export async function startFaultyDoh(
  certificate: Certificate,
  zone: Readonly<Record<string, unknown>>,
): Promise<FaultyDoh> {
  const answer = zoneAnswerer([zone]);
  const server = createSecureServer({ ...certificate });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('request', (request, response) => {
    const encoded = new URL(request.url, 'https://localhost').searchParams.get('dns') ?? '';
    const query = Buffer.from(encoded, 'base64url');
    const { name } = questionOf(query);
    running.asked.push(name);
    const { fault } = running;
    const own = typeof fault === 'string' ? fault : fault?.[name];
    if (own !== undefined) return FAULTS[own](query, request, response);
    void answer(query).then((found) => sendDns(response, found?.response ?? new Uint8Array()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: FaultyDoh = {
    url: `https://localhost:${(server.address() as AddressInfo).port}/dns-query`,
    asked: [],
    fault: null,
    kill() {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.destroy();
      return ended;
    },
  };
  return running;
}

function questionOf(query: Uint8Array) {
  const [question] = decode(query).questions ?? [];
  if (question === undefined) throw new Error('a query without a question');
  return question;
}

function reply(query: Uint8Array, flags: number, name?: string): Uint8Array {
  const question = questionOf(query);
  const questions = [{ ...question, name: name ?? question.name }];
  return encode({ type: 'response', id: 0, flags: RESPONSE | flags, questions } as unknown as Packet);
}

function aliasOf(query: Uint8Array, target: (name: string) => string): Uint8Array {
  const question = questionOf(query);
  const alias = { name: question.name, type: 'CNAME', class: 'IN', ttl: 60, data: target(question.name) };
  // 0x20: it says that it validated the alias (RFC 4035 §3.2.3).
  const packet = { type: 'response', id: 0, flags: RESPONSE | 0x20, questions: [question], answers: [alias] };
  return encode(packet as unknown as Packet);
}

/** Two names that lead to each other. */
function swapped(name: string): string {
  return name.startsWith('back.') ? name.slice('back.'.length) : `back.${name}`;
}

function send(response: Http2ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

function sendDns(response: Http2ServerResponse, octets: Uint8Array): void {
  send(response, 200, DNS['content-type'], Buffer.from(octets));
}
