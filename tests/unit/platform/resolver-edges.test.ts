/** The resolver's edges: every failure of a server, the limits of time and size, and what the cache keeps. */
import { decode, encode } from '@leichtgewicht/dns-packet';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Rcode } from '../../../lib/engine/index.ts';
import { cachedResolver } from '../../../lib/platform/cached-resolver.ts';
import {
  ATTEMPT_MS,
  dohResolver,
  fetchTransport,
  MAX_ANSWER,
  type Transport,
} from '../../../lib/platform/doh.ts';

type Reply = Awaited<ReturnType<Transport>>;

const URLS = ['https://first.example/dns-query', 'https://second.example/dns-query'];
const FLAGS = (1 << 15) | (1 << 8) | (1 << 7);

/** A faithful answer to whatever the URL asks. */
function answerTo(url: string, contentType = 'application/dns-message'): Reply {
  const { questions } = decode(Buffer.from(new URL(url).searchParams.get('dns') ?? '', 'base64url'));
  const [question] = questions ?? [];
  const answers = [{ name: question?.name, type: 'TXT', class: 'IN', ttl: 60, data: 'hello' }];
  const body = encode({ type: 'response', flags: FLAGS, questions, answers } as unknown as Parameters<
    typeof encode
  >[0]);
  return { status: 200, contentType, body };
}

/** The first resolver behaves so, the second answers; `asked` are their names. */
function whenFirst(first: (url: string) => Promise<Reply>) {
  const asked: string[] = [];
  const transport: Transport = async (url) => {
    const { hostname } = new URL(url);
    asked.push(hostname);
    return hostname === 'first.example' ? first(url) : answerTo(url);
  };
  return { asked, resolve: dohResolver(URLS, transport, { attemptMs: 50 }) };
}

describe('the second resolver is asked', () => {
  it.each([
    { why: 'the first is down', reply: { status: 503, contentType: 'text/plain' } },
    { why: 'the first knows no such address', reply: { status: 404, contentType: 'text/html' } },
    { why: 'the first has had enough', reply: { status: 429, contentType: 'application/dns-message' } },
    { why: 'the first sends a page that calls itself nothing', reply: { status: 200, contentType: '' } },
    { why: 'the first speaks JSON', reply: { status: 200, contentType: 'application/dns-json' } },
    { why: 'the type only begins alike', reply: { status: 200, contentType: 'application/dns-message-x' } },
    {
      why: 'the answer is larger than DNS allows',
      reply: { status: 200, contentType: 'application/dns-message', body: new Uint8Array(65_536) },
    },
    {
      why: 'the answer is empty',
      reply: { status: 200, contentType: 'application/dns-message', body: new Uint8Array() },
    },
  ])('where $why', async ({ reply }) => {
    const { asked, resolve } = whenFirst(async () => ({ body: new Uint8Array(), ...reply }));
    expect(await resolve('bank.example', 'TXT')).toMatchObject({
      rcode: 'NOERROR',
      resolver: 'second.example',
    });
    expect(asked).toEqual(['first.example', 'second.example']);
  });

  it('where the first answers for another name', async () => {
    const { resolve } = whenFirst(async (url) => {
      const { body, ...reply } = answerTo(url);
      return {
        ...reply,
        body: body.map((octet) => (octet === 'b'.charCodeAt(0) ? 'h'.charCodeAt(0) : octet)),
      };
    });
    expect(await resolve('bank.example', 'TXT')).toMatchObject({
      answers: ['hello'],
      resolver: 'second.example',
    });
  });

  it('but not where the first answers, in whatever letters it writes the type', async () => {
    for (const contentType of ['Application/DNS-Message', 'application/dns-message; charset=utf-8']) {
      const { asked, resolve } = whenFirst(async (url) => answerTo(url, contentType));
      expect(await resolve('bank.example', 'TXT')).toMatchObject({ resolver: 'first.example' });
      expect(asked).toEqual(['first.example']);
    }
  });
});

describe('a question', () => {
  it('stands in the address, whole', async () => {
    const urls: string[] = [];
    const resolve = dohResolver(URLS, async (url) => {
      urls.push(url);
      return answerTo(url);
    });
    await resolve('_dmarc.bank.example', 'TXT');
    expect(urls[0]).toMatch(/^https:\/\/first\.example\/dns-query\?dns=[A-Za-z0-9_-]+$/);
    const query = Buffer.from(urls[0]?.split('dns=')[1] ?? '', 'base64url');
    expect(decode(query).questions).toEqual([{ name: '_dmarc.bank.example', type: 'TXT', class: 'IN' }]);
  });

  it('joins what the chosen address asks already', async () => {
    let asked = '';
    const resolve = dohResolver(['https://dns.example/q?profile=1#x'], async (url) => {
      asked = url;
      return answerTo(url);
    });
    expect(await resolve('bank.example', 'TXT')).toMatchObject({ rcode: 'NOERROR', resolver: 'dns.example' });
    expect(asked).toMatch(/^https:\/\/dns\.example\/q\?profile=1&dns=[A-Za-z0-9_-]+#x$/);
  });

  it('to nobody is answered by nobody', async () => {
    const resolve = dohResolver([], () => Promise.reject(new Error('never')));
    expect(await resolve('bank.example', 'TXT')).toMatchObject({
      rcode: 'UNREACHABLE',
      resolver: '',
      answers: [],
    });
  });

  it('ends after the time for each resolver', async () => {
    expect(ATTEMPT_MS).toBeLessThanOrEqual(5000);
    const silent: Transport = (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const start = performance.now();
    expect((await dohResolver(URLS, silent, { attemptMs: 60 })('bank.example', 'TXT')).rcode).toBe('TIMEOUT');
    const took = performance.now() - start;
    expect(took).toBeGreaterThan(100);
    expect(took).toBeLessThan(1000);
  });
});

describe('the transport of the worker', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('hands on status, type and octets as they came', async () => {
    const headers = { 'content-type': 'application/dns-message' };
    vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(0, 0xa0, 255), { status: 203, headers }));
    expect(await fetchTransport('https://first.example/', AbortSignal.timeout(1000))).toEqual({
      status: 203,
      contentType: 'application/dns-message',
      body: Uint8Array.of(0, 0xa0, 255),
    });
  });

  it('shows a redirect as one, and goes nowhere', async () => {
    // `fetch` hides where it would have led; no constructor makes such a response.
    const response = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
    const fetch = vi.fn(async () => response);
    vi.stubGlobal('fetch', fetch);
    const { status, body } = await fetchTransport('https://first.example/', AbortSignal.timeout(1000));
    expect(status).toBeGreaterThanOrEqual(300);
    expect(status).toBeLessThan(400);
    expect(body).toHaveLength(0);
    expect(
      await dohResolver(['https://first.example/'], fetchTransport)('bank.example', 'TXT'),
    ).toMatchObject({
      rcode: 'PORTAL',
    });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it.each([
    {
      why: 'whole where it is as long as an answer may be',
      length: MAX_ANSWER,
      read: MAX_ANSWER,
      cancelled: false,
    },
    {
      why: 'no further than beyond that',
      length: Number.POSITIVE_INFINITY,
      read: MAX_ANSWER + 1,
      cancelled: true,
    },
  ])('reads $why', async ({ length, read, cancelled }) => {
    const PIECE = 8192;
    let [given, isCancelled] = [0, false];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const size = Math.min(PIECE, length - given);
        given += size;
        if (size === 0) controller.close();
        else controller.enqueue(new Uint8Array(size));
      },
      cancel() {
        isCancelled = true;
      },
    });
    vi.stubGlobal('fetch', async () => new Response(body));
    const reply = await fetchTransport('https://first.example/', AbortSignal.timeout(1000));
    expect(reply.body.length).toBeGreaterThanOrEqual(read);
    expect(reply.body.length).toBeLessThan(read + PIECE);
    expect(isCancelled).toBe(cancelled);
  });

  it('gives up when it is told to', async () => {
    const fetch = vi.fn((_url: string, { signal }: RequestInit) => Promise.reject(signal?.reason));
    vi.stubGlobal('fetch', fetch);
    await expect(
      fetchTransport('https://first.example/', AbortSignal.abort(new Error('enough'))),
    ).rejects.toThrow('enough');
  });
});

describe('the cache', () => {
  const answer = (rcode: Rcode, ttl: number | null): Answer => ({
    name: 'bank.example',
    type: 'TXT',
    rcode,
    ttl,
    authenticData: true,
    resolver: 'first.example',
    cached: false,
    answers: rcode === 'NOERROR' ? ['hello'] : [],
  });

  it.each([
    { why: 'a week’s TTL is believed for a day', rcode: 'NOERROR', ttl: 604_800, kept: 86_399, gone: 86_400 },
    { why: 'a TTL of nothing is not kept', rcode: 'NOERROR', ttl: 0, kept: null, gone: 0 },
    { why: 'no name by its SOA', rcode: 'NXDOMAIN', ttl: 300, kept: 299, gone: 300 },
    { why: 'no name without SOA for a minute', rcode: 'NXDOMAIN', ttl: null, kept: 59, gone: 60 },
    { why: 'no record without SOA for a minute', rcode: 'NOERROR', ttl: null, kept: 59, gone: 60 },
    { why: 'REFUSED never', rcode: 'REFUSED', ttl: 300, kept: null, gone: 0 },
    { why: 'MALFORMED never', rcode: 'MALFORMED', ttl: null, kept: null, gone: 0 },
    { why: 'HTTP never', rcode: 'HTTP', ttl: null, kept: null, gone: 0 },
    { why: 'an unknown code never', rcode: 'OTHER', ttl: 300, kept: null, gone: 0 },
  ] as const)('keeps: $why', async ({ rcode, ttl, kept, gone }) => {
    let [now, asked] = [1000, 0];
    const resolve = cachedResolver(
      async () => {
        asked++;
        return answer(rcode, ttl);
      },
      () => now,
    );
    await resolve('bank.example', 'TXT');
    if (kept !== null) {
      now = 1000 + kept;
      expect(await resolve('bank.example', 'TXT')).toEqual({ ...answer(rcode, 1), cached: true });
      expect(asked).toBe(1);
    }
    now = 1000 + gone;
    expect((await resolve('bank.example', 'TXT')).cached).toBe(false);
    expect(asked).toBe(2);
  });

  it('tells a failure to all who wait, and asks anew the next time', async () => {
    let asked = 0;
    const resolve = cachedResolver(
      async () => answer(++asked === 1 ? 'TIMEOUT' : 'NOERROR', 60),
      () => 1000,
    );
    const both = await Promise.all([resolve('bank.example', 'TXT'), resolve('BANK.example', 'TXT')]);
    expect(both.map(({ rcode }) => rcode)).toEqual(['TIMEOUT', 'TIMEOUT']);
    expect((await resolve('bank.example', 'TXT')).rcode).toBe('NOERROR');
    expect(asked).toBe(2);
  });

  it('of private windows knows nothing of the others’', async () => {
    let asked = 0;
    const ask = async (): Promise<Answer> => {
      asked++;
      return answer('NOERROR', 60);
    };
    const [everyday, privately] = [cachedResolver(ask, () => 1000), cachedResolver(ask, () => 1000)];
    await everyday('bank.example', 'TXT');
    expect((await privately('bank.example', 'TXT')).cached).toBe(false);
    expect(asked).toBe(2);
  });
});
