/**
 * DNS over HTTPS (RFC 8484): the only place that opens a connection of ours. How octets travel is handed in, `fetch`
 * in the worker and HTTP/2 in the terminal.
 */
import type { Answer, Ports, Rcode, RecordType } from '../engine/index.ts';
import { decodeResponse, encodeQuery } from './dns-message.ts';

/** One HTTPS GET. Rejects when there is no connection or when `signal` aborts. */
export type Transport = (
  url: string,
  signal: AbortSignal,
) => Promise<{ readonly status: number; readonly contentType: string; readonly body: Uint8Array }>;

/** The resolvers that are asked unless others are chosen: unfiltered, the second only when the first fails. */
export const PRESET_RESOLVERS: readonly string[] = [
  'https://cloudflare-dns.com/dns-query',
  'https://dns.google/dns-query',
];

/** How long one resolver may take, in milliseconds. */
export const ATTEMPT_MS = 4000;
/** A DNS message cannot be larger (RFC 1035 §4.2.2). */
const MAX_ANSWER = 65535;

/** Asks the resolvers in turn until one answers. Never rejects; what went wrong last is the `rcode`. */
export function dohResolver(
  urls: readonly string[],
  transport: Transport,
  attemptMs = ATTEMPT_MS,
): Ports['resolve'] {
  return async (name, type) => {
    let last = failure(name, type, 'UNREACHABLE');
    for (const url of urls) {
      last = await attempt(url, name, type, transport, attemptMs);
      if (!isResolverFailure(last.rcode)) return last;
    }
    return last;
  };
}

/** Failures of the resolver itself; SERVFAIL is an answer about the name, and another resolver need not hear of it. */
function isResolverFailure(rcode: Rcode): boolean {
  return (
    rcode === 'TIMEOUT' ||
    rcode === 'UNREACHABLE' ||
    rcode === 'HTTP' ||
    rcode === 'MALFORMED' ||
    rcode === 'REFUSED'
  );
}

async function attempt(
  url: string,
  name: string,
  type: RecordType,
  transport: Transport,
  attemptMs: number,
): Promise<Answer> {
  const question = new URL(url);
  const resolver = question.hostname;
  question.searchParams.set('dns', base64url(encodeQuery(name, type)));
  const signal = AbortSignal.timeout(attemptMs);
  try {
    const { status, contentType, body } = await transport(question.href, signal);
    // A captive portal answers 200 with a page.
    if (status !== 200 || !/^application\/dns-message\s*(?:;|$)/i.test(contentType)) {
      return failure(name, type, 'HTTP', resolver);
    }
    const response = body.length <= MAX_ANSWER ? decodeResponse(body, name, type) : null;
    if (response === null) return failure(name, type, 'MALFORMED', resolver);
    return { name, type, ...response, resolver, cached: false };
  } catch {
    return failure(name, type, signal.aborted ? 'TIMEOUT' : 'UNREACHABLE', resolver);
  }
}

function failure(name: string, type: RecordType, rcode: Rcode, resolver = ''): Answer {
  return { name, type, rcode, ttl: null, authenticData: false, resolver, cached: false, answers: [] };
}

/** RFC 8484 §4.1: base64url without padding. */
function base64url(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/**
 * The transport of the worker: no cookies, no cache, no referrer, and no word about the reader's language. The hosts
 * stand in the manifest's host permissions; without them Firefox would add an Origin that tells installations apart.
 */
export const fetchTransport: Transport = async (url, signal) => {
  const response = await fetch(url, {
    signal,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    headers: { Accept: 'application/dns-message', 'Accept-Language': '*' },
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: new Uint8Array(await response.arrayBuffer()),
  };
};
