/** Who is asked first, and for how long a failure is remembered; and what is said without a network. */
import { describe, expect, it } from 'vitest';
import type { Rcode } from '../../../lib/engine/index.ts';
import { dohResolver } from '../../../lib/platform/doh.ts';
import { REST_SECONDS, resolverOrder } from '../../../lib/platform/resolver-order.ts';

const [A, B, C] = ['https://a.example/', 'https://b.example/', 'https://c.example/'] as const;

function at(start: number, urls: readonly string[] = [A, B, C]) {
  const clock = { now: start };
  return { clock, order: resolverOrder(urls, () => clock.now) };
}

describe('the order of resolvers', () => {
  it.each(['TIMEOUT', 'UNREACHABLE', 'HTTP', 'PORTAL'] as const satisfies Rcode[])(
    'puts one last for a while after %s',
    (rcode) => {
      const { clock, order } = at(1000);
      order.note(A, rcode);
      expect(order.inOrder()).toEqual([B, C, A]);
      clock.now += REST_SECONDS - 1;
      expect(order.inOrder()).toEqual([B, C, A]);
      clock.now += 1;
      expect(order.inOrder()).toEqual([A, B, C]);
    },
  );

  it.each([
    'NOERROR',
    'NXDOMAIN',
    'SERVFAIL',
    'REFUSED',
    'TRUNCATED',
    'MALFORMED',
  ] as const satisfies Rcode[])('stays after %s, which may be the one name’s doing', (rcode) => {
    const { order } = at(1000);
    order.note(A, rcode);
    expect(order.inOrder()).toEqual([A, B, C]);
  });

  it('is the preferred one where all rest', () => {
    const { order } = at(1000);
    for (const url of [C, B, A]) order.note(url, 'TIMEOUT');
    expect(order.inOrder()).toEqual([A, B, C]);
  });

  it('is as before once the one that rests answers', () => {
    const { order } = at(1000);
    order.note(A, 'TIMEOUT');
    order.note(A, 'NXDOMAIN');
    expect(order.inOrder()).toEqual([A, B, C]);
  });

  it('forgets a failure that lies in the future: the clock was set back', () => {
    const { clock, order } = at(1000);
    order.note(A, 'TIMEOUT');
    clock.now = 500;
    expect(order.inOrder()).toEqual([A, B, C]);
  });
});

describe('without a network', () => {
  const unreachable = () => Promise.reject(new Error('no network'));
  const nothing = { status: 200, contentType: 'application/dns-message', body: nxdomain() };

  it('says so', async () => {
    const resolve = dohResolver([A, B], unreachable, { isOnline: () => false });
    expect(await resolve('bank.example', 'TXT')).toMatchObject({
      rcode: 'OFFLINE',
      resolver: '',
      answers: [],
    });
  });

  it('holds a failure against nobody', async () => {
    let [isOnline, asked] = [false, ''];
    const resolve = dohResolver(
      [A, B],
      async (url) => {
        asked += new URL(url).hostname[0];
        return url.startsWith(A) && !isOnline ? unreachable() : nothing;
      },
      { isOnline: () => isOnline, now: () => 1000 },
    );
    expect(await resolve('a.b', 'TXT')).toMatchObject({ rcode: 'NXDOMAIN', resolver: 'b.example' });
    isOnline = true;
    expect(await resolve('a.b', 'TXT')).toMatchObject({ rcode: 'NXDOMAIN', resolver: 'a.example' });
    expect(asked).toBe('aba');
  });

  it('says so where it goes while the question is under way', async () => {
    let isOnline = true;
    const resolve = dohResolver(
      [A, B],
      () => {
        isOnline = false;
        return unreachable();
      },
      { isOnline: () => isOnline },
    );
    expect((await resolve('bank.example', 'TXT')).rcode).toBe('OFFLINE');
  });

  it('does not wait as long', async () => {
    const start = performance.now();
    const silent = (_: string, signal: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const resolve = dohResolver([A], silent, { attemptMs: 60_000, isOnline: () => false });
    expect((await resolve('bank.example', 'TXT')).rcode).toBe('OFFLINE');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('a resolver on this machine answers all the same', async () => {
    const resolve = dohResolver([A], async () => nothing, { isOnline: () => false });
    expect(await resolve('a.b', 'TXT')).toMatchObject({ rcode: 'NXDOMAIN', resolver: 'a.example' });
  });
});

/** That `a.b` has no name, octet by octet. */
function nxdomain(): Uint8Array {
  return Uint8Array.of(0, 0, 0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 1, 98, 0, 0, 16, 0, 1);
}
