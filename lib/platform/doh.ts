/**
 * DNS over HTTPS (RFC 8484): the only place that opens a connection of ours. How octets travel is handed in, `fetch`
 * in the worker and HTTP/2 in the terminal.
 */
import { type Answer, type Ports, type Rcode, type RecordType, withoutRecords } from '../engine/index.ts';
import { type Asked, followChain } from './alias-chain.ts';
import { type DnsResponse, decodeResponse, encodeQuery } from './dns-message.ts';
import { systemClock } from './ports.ts';
import { resolverOrder } from './resolver-order.ts';

export interface HttpReply {
  /** 300 to 399 for a redirect, which is never followed. */
  readonly status: number;
  readonly contentType: string;
  /** Read no further than what is beyond `MAX_ANSWER` already. */
  readonly body: Uint8Array;
}

/** One HTTPS GET. Rejects when there is no connection or when `signal` aborts. */
export type Transport = (url: string, signal: AbortSignal) => Promise<HttpReply>;

/** The resolvers that are asked unless others are chosen: unfiltered, the second only when the first fails. */
export const PRESET_RESOLVERS: readonly string[] = [
  'https://cloudflare-dns.com/dns-query',
  'https://dns.google/dns-query',
];

/** How long one resolver may take, in milliseconds. */
export const ATTEMPT_MS = 4000;
/** The same without a network: long enough for a resolver on this machine, which Chromium takes for no network. */
const OFFLINE_ATTEMPT_MS = 1500;
/** A DNS message cannot be larger (RFC 1035 §4.2.2). */
export const MAX_ANSWER = 65535;

export interface DohOptions {
  readonly attemptMs?: number;
  /** Whether this machine has a network, as far as it knows. */
  readonly isOnline?: () => boolean;
  readonly now?: Ports['now'];
}

/** Asks the resolvers in turn until one answers. Never rejects; what went wrong last is the `rcode`. */
export function dohResolver(
  urls: readonly string[],
  transport: Transport,
  { attemptMs = ATTEMPT_MS, isOnline = () => true, now = systemClock }: DohOptions = {},
): Ports['resolve'] {
  const order = resolverOrder(urls, now);

  const ask = async (name: string, type: RecordType): Promise<Asked> => {
    const query = encodeQuery(name, type);
    // A name that cannot be put into a question is no one's to answer for.
    if (query === null) return closed(withoutRecords(name, type, 'SERVFAIL'));
    let last = closed(withoutRecords(name, type, 'UNREACHABLE'));
    for (const url of order.inOrder()) {
      const limit = isOnline() ? attemptMs : Math.min(attemptMs, OFFLINE_ATTEMPT_MS);
      last = await attempt(url, query, name, type, transport, limit);
      const { rcode } = last.answer;
      // Without a network every resolver fails; that says nothing of this one.
      if (isOnline()) order.note(url, rcode);
      if (!FAILURES.has(rcode)) return last;
    }
    return isOnline() ? last : closed(withoutRecords(name, type, 'OFFLINE'));
  };
  return (name, type) => followChain(ask, name, type);
}

/** Failures of the resolver itself; SERVFAIL is an answer about the name, and another resolver need not hear of it. */
const FAILURES: ReadonlySet<Rcode> = new Set([
  'TIMEOUT',
  'UNREACHABLE',
  'HTTP',
  'PORTAL',
  'MALFORMED',
  'TRUNCATED',
  'REFUSED',
]);

async function attempt(
  url: string,
  query: Uint8Array,
  name: string,
  type: RecordType,
  transport: Transport,
  limit: number,
): Promise<Asked> {
  const question = new URL(url);
  const resolver = question.hostname;
  question.searchParams.set('dns', base64url(query));
  const signal = AbortSignal.timeout(limit);
  try {
    const reply = await transport(question.href, signal);
    const kind = kindOf(reply);
    if (kind !== 'dns') return closed(withoutRecords(name, type, kind, resolver));
    const response = reply.body.length <= MAX_ANSWER ? decodeResponse(reply.body, name, type) : null;
    if (response === null) return closed(withoutRecords(name, type, 'MALFORMED', resolver));
    const { canonicalName, isOpen } = response;
    return { answer: answerOf(name, type, response, resolver), leadsTo: isOpen ? canonicalName : null };
  } catch {
    return closed(withoutRecords(name, type, signal.aborted ? 'TIMEOUT' : 'UNREACHABLE', resolver));
  }
}

/** A network that wants a login first answers for everybody: with its page, or with the way to it. */
function kindOf({ status, contentType, body }: HttpReply): 'dns' | 'PORTAL' | 'HTTP' {
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || PAGE_TYPE.test(contentType) || isPage(body)) return 'PORTAL';
  return status === 200 && DNS_TYPE.test(contentType) ? 'dns' : 'HTTP';
}

const DNS_TYPE = /^application\/dns-message\s*(?:;|$)/i;
const PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;
/** Behind a byte order mark or white space. An answer of DNS begins with its id, which is 0. */
const PAGE = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|meta|script|title|h1)\b/i;
/** Octets in which a page shows itself. */
const PAGE_START = 256;

function isPage(body: Uint8Array): boolean {
  return PAGE.test(String.fromCharCode(...body.subarray(0, PAGE_START)));
}

function answerOf(name: string, type: RecordType, response: DnsResponse, resolver: string): Answer {
  const { rcode, ttl, authenticData, canonicalName, answers } = response;
  const answer = { name, type, rcode, ttl, authenticData, resolver, cached: false, answers };
  return canonicalName === null ? answer : { ...answer, canonicalName };
}

function closed(answer: Answer): Asked {
  return { answer, leadsTo: null };
}

/** RFC 8484 §4.1: base64url without padding. */
function base64url(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** What a redirect is called that `fetch` shows, but not which it is (Fetch §2.2.6, "opaque-redirect"). */
const SOME_REDIRECT = 302;

/**
 * The transport of the worker: no cookies, no cache, no referrer, and no word about the reader's language. The hosts
 * stand in the manifest's host permissions; without them Firefox would add an Origin that tells installations apart.
 */
export const fetchTransport: Transport = async (url, signal) => {
  const response = await fetch(url, {
    signal,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    headers: { Accept: 'application/dns-message', 'Accept-Language': '*' },
  });
  return {
    status: response.type === 'opaqueredirect' ? SOME_REDIRECT : response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await readBody(response),
  };
};

/** What is longer than any answer is not read to its end. */
async function readBody({ body }: Response): Promise<Uint8Array> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader !== undefined && size <= MAX_ANSWER) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  // Rejects where the connection is gone already; nobody waits for it.
  if (size > MAX_ANSWER) reader?.cancel().catch(() => {});
  const octets = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    octets.set(chunk, at);
    at += chunk.length;
  }
  return octets;
}
