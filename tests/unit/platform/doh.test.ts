/** Whom DNS questions go to, and what becomes of every way of failing. */
import { encode } from '@leichtgewicht/dns-packet';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cachedResolver } from '../../../lib/platform/cached-resolver.ts';
import { dohResolver, fetchTransport, PRESET_RESOLVERS, type Transport } from '../../../lib/platform/doh.ts';

type Reply = Awaited<ReturnType<Transport>>;
type Packet = Parameters<typeof encode>[0];

function dns(rcode: number, flags = 0): Reply {
  const packet = {
    type: 'response',
    flags: (1 << 15) | flags | rcode,
    questions: [{ name: 'bank.example', type: 'TXT', class: 'IN' }],
    answers: rcode === 0 ? [{ name: 'bank.example', type: 'TXT', class: 'IN', ttl: 60, data: 'hello' }] : [],
  };
  return { status: 200, contentType: 'application/dns-message', body: encode(packet as unknown as Packet) };
}

const failures = {
  TIMEOUT: (signal: AbortSignal): Promise<Reply> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  UNREACHABLE: (): Promise<Reply> => Promise.reject(new Error('no route')),
  HTTP: async (): Promise<Reply> => ({ status: 500, contentType: '', body: new Uint8Array() }),
  PORTAL: async (): Promise<Reply> => ({
    status: 200,
    contentType: 'text/html',
    body: new TextEncoder().encode('<h1>Welcome</h1>'),
  }),
  MALFORMED: async (): Promise<Reply> => ({
    status: 200,
    contentType: 'application/dns-message',
    body: new Uint8Array(3),
  }),
  TRUNCATED: async () => dns(0, 1 << 9),
  REFUSED: async () => dns(5),
};

const KINDS = [
  'TIMEOUT',
  'UNREACHABLE',
  'HTTP',
  'PORTAL',
  'MALFORMED',
  'TRUNCATED',
  'REFUSED',
] as const satisfies (keyof typeof failures)[];

/** A transport whose first resolver behaves in one way, the second in another. */
function transport(
  first: (signal: AbortSignal) => Promise<Reply>,
  second = async () => dns(0),
): Transport & { asked: string[] } {
  const asked: string[] = [];
  const get: Transport = (url, signal) => {
    asked.push(new URL(url).hostname);
    return url.startsWith(PRESET_RESOLVERS[0] ?? '') ? first(signal) : second();
  };
  return Object.assign(get, { asked });
}

describe('the resolver', () => {
  it('asks the first only, by GET in base64url without padding', async () => {
    const urls: string[] = [];
    const resolve = dohResolver(PRESET_RESOLVERS, async (url) => {
      urls.push(url);
      return dns(0);
    });
    expect(await resolve('bank.example', 'TXT')).toMatchObject({
      rcode: 'NOERROR',
      answers: ['hello'],
      resolver: 'cloudflare-dns.com',
      cached: false,
    });
    expect(urls).toHaveLength(1);
    expect(urls[0]).toMatch(/^https:\/\/cloudflare-dns\.com\/dns-query\?dns=[A-Za-z0-9_-]+$/);
  });

  it.each(KINDS)('asks the second when the first fails by %s, and names who answered', async (kind) => {
    const get = transport(failures[kind]);
    const answer = await dohResolver(PRESET_RESOLVERS, get, { attemptMs: 30 })('bank.example', 'TXT');
    expect(answer).toMatchObject({ rcode: 'NOERROR', resolver: 'dns.google' });
    expect(get.asked).toEqual(['cloudflare-dns.com', 'dns.google']);
  });

  it.each([
    { code: 2, rcode: 'SERVFAIL' },
    { code: 3, rcode: 'NXDOMAIN' },
  ])('does not tell a second party when the answer is $rcode', async ({ code, rcode }) => {
    const get = transport(async () => dns(code));
    expect(await dohResolver(PRESET_RESOLVERS, get)('bank.example', 'TXT')).toMatchObject({ rcode });
    expect(get.asked).toEqual(['cloudflare-dns.com']);
  });

  it.each(KINDS)('says %s when everybody fails so, and never rejects', async (kind) => {
    const fail = failures[kind];
    const get = transport(fail, () => fail(AbortSignal.timeout(30)));
    expect(await dohResolver(PRESET_RESOLVERS, get, { attemptMs: 30 })('bank.example', 'TXT')).toMatchObject({
      rcode: kind,
      answers: [],
    });
  });
});

describe('the transport of the worker', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('sends no cookie, no referrer, no language, and takes nothing from a cache', async () => {
    const fetch = vi.fn(
      async () =>
        new Response(new Uint8Array([1]), { headers: { 'content-type': 'application/dns-message' } }),
    );
    vi.stubGlobal('fetch', fetch);
    await fetchTransport('https://cloudflare-dns.com/dns-query?dns=x', AbortSignal.timeout(1000));
    expect(fetch).toHaveBeenCalledWith(
      'https://cloudflare-dns.com/dns-query?dns=x',
      expect.objectContaining({
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
        headers: { Accept: 'application/dns-message', 'Accept-Language': '*' },
      }),
    );
  });
});

describe('the cache', () => {
  const counted = (rcode = 'NOERROR', ttl: number | null = 60) => {
    let asked = 0;
    const resolve = cachedResolver(
      async (name, type) => {
        asked++;
        return {
          name,
          type,
          rcode: rcode as 'NOERROR',
          ttl,
          authenticData: false,
          resolver: 'r',
          cached: false,
          answers: [],
        };
      },
      () => clock.now,
    );
    const clock = { now: 1000 };
    return { resolve, clock, asked: () => asked };
  };

  it('keeps an answer as long as its TTL says, in any case of the name, and says so', async () => {
    const { resolve, clock, asked } = counted();
    await resolve('Bank.example', 'TXT');
    clock.now += 59;
    expect(await resolve('bank.EXAMPLE', 'TXT')).toMatchObject({ cached: true, ttl: 1 });
    clock.now += 1;
    expect(await resolve('bank.example', 'TXT')).toMatchObject({ cached: false });
    expect(asked()).toBe(2);
  });

  it.each(['SERVFAIL', 'TIMEOUT', 'UNREACHABLE'])('never keeps %s', async (rcode) => {
    const { resolve, asked } = counted(rcode, null);
    await resolve('bank.example', 'TXT');
    await resolve('bank.example', 'TXT');
    expect(asked()).toBe(2);
  });

  it('keeps NXDOMAIN', async () => {
    const { resolve, asked } = counted('NXDOMAIN', null);
    await resolve('bank.example', 'TXT');
    await resolve('bank.example', 'TXT');
    expect(asked()).toBe(1);
  });

  it('makes identical questions that are under way one', async () => {
    const { resolve, asked } = counted();
    await Promise.all([
      resolve('bank.example', 'TXT'),
      resolve('bank.example', 'TXT'),
      resolve('bank.example', 'A'),
    ]);
    expect(asked()).toBe(2);
  });

  it('forgets the oldest when it is full', async () => {
    const { resolve, asked } = counted('NOERROR', 3600);
    for (let index = 0; index <= 2000; index++) await resolve(`n${index}.example`, 'TXT');
    await resolve('n2000.example', 'TXT');
    expect(asked()).toBe(2001);
    await resolve('n0.example', 'TXT');
    expect(asked()).toBe(2002);
  });
});
