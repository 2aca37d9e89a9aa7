/** The worker's resolver follows the settings and the permissions: who is asked, and when answers are forgotten. */
import { decode, encode } from '@leichtgewicht/dns-packet';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ports } from '../../../lib/engine/index.ts';
import type { Transport } from '../../../lib/platform/doh.ts';
import { later } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { chosenResolver } = await import('../../../lib/platform/chosen-resolver.ts');
const { writeSettings } = await import('../../../lib/platform/settings.ts');

const ONE = 'https://one.example/dns-query';
const TWO = 'https://two.example/dns-query';
const THREE = 'https://three.example/dns-query';
const FLAGS = (1 << 15) | (1 << 8) | (1 << 7);

let asked: string[] = [];
let down: string[] = [];

/** Each resolver answers with its own name, but for those that are down. */
const transport: Transport = async (url) => {
  const { hostname, searchParams } = new URL(url);
  asked.push(hostname);
  if (down.includes(hostname)) throw new Error('down');
  const { questions } = decode(Buffer.from(searchParams.get('dns') ?? '', 'base64url'));
  const answers = [{ name: questions?.[0]?.name, type: 'TXT', class: 'IN', ttl: 60, data: hostname }];
  const body = encode({ type: 'response', flags: FLAGS, questions, answers } as unknown as Parameters<
    typeof encode
  >[0]);
  return { status: 200, contentType: 'application/dns-message', body };
};

/** What is answered, and who was asked for it this time. */
async function askWith(resolve: Ports['resolve'], name = 'bank.example') {
  asked = [];
  const { rcode, resolver, answers, cached } = await resolve(name, 'TXT');
  return { rcode, resolver, answers, cached, asked };
}

const by = (resolver: string) => ({ rcode: 'NOERROR', resolver, answers: [resolver], cached: false });
const nobody = { rcode: 'UNREACHABLE', resolver: '', answers: [], cached: false, asked: [] };

let resolve: Ports['resolve'];
beforeEach(() => {
  runtime.reset();
  runtime.stored = { resolver: ONE, secondResolver: TWO };
  down = [];
  resolve = chosenResolver(transport, () => 0);
});

describe('a question goes', () => {
  it('to the first resolver alone while that answers', async () => {
    expect(await askWith(resolve)).toEqual({ ...by('one.example'), asked: ['one.example'] });
  });

  it('to the second when the first fails', async () => {
    down = ['one.example'];
    expect(await askWith(resolve)).toEqual({ ...by('two.example'), asked: ['one.example', 'two.example'] });
  });

  it('to nobody else where there is no second', async () => {
    runtime.stored = { resolver: ONE, secondResolver: null };
    down = ['one.example'];
    expect(await askWith(resolve)).toMatchObject({ rcode: 'UNREACHABLE', asked: ['one.example'] });
  });

  it('to one resolver once where it was chosen twice', async () => {
    runtime.stored = { resolver: ONE, secondResolver: ONE };
    down = ['one.example'];
    expect(await askWith(resolve)).toMatchObject({ asked: ['one.example'] });
  });

  it('to the preset ones where none was chosen', async () => {
    runtime.stored = {};
    down = ['cloudflare-dns.com'];
    expect(await askWith(resolve)).toMatchObject({ asked: ['cloudflare-dns.com', 'dns.google'] });
  });
});

describe('a resolver that is not allowed', () => {
  it('is passed over for the second', async () => {
    runtime.refused = ['https://one.example/*'];
    expect(await askWith(resolve)).toEqual({ ...by('two.example'), asked: ['two.example'] });
  });

  it('is not asked even when the first fails', async () => {
    runtime.refused = ['https://two.example/*'];
    down = ['one.example'];
    expect(await askWith(resolve)).toMatchObject({ rcode: 'UNREACHABLE', asked: ['one.example'] });
  });

  it('leaves nobody to ask where it is the only one', async () => {
    runtime.granted = false;
    expect(await askWith(resolve)).toEqual(nobody);
  });

  it('is known by its host', async () => {
    runtime.stored = { resolver: 'https://one.example:8443/q', secondResolver: null };
    await askWith(resolve);
    expect(runtime.lookedUp).toEqual([['https://one.example/*']]);
  });

  it('is asked no more from the moment that the permission is taken away', async () => {
    await askWith(resolve);
    runtime.refused = ['https://one.example/*'];
    runtime.permissionsRemoved.happen({ origins: ['https://one.example/*'] });
    expect(await askWith(resolve)).toEqual({ ...by('two.example'), asked: ['two.example'] });
  });

  it('is asked from the moment that it is allowed', async () => {
    runtime.granted = false;
    expect(await askWith(resolve)).toEqual(nobody);
    runtime.granted = true;
    runtime.permissionsAdded.happen({ origins: ['https://one.example/*'] });
    expect(await askWith(resolve)).toMatchObject({ asked: ['one.example'] });
  });
});

describe('answers', () => {
  const kept = { ...by('one.example'), cached: true, asked: [] };

  it('are kept, and the settings with them', async () => {
    await askWith(resolve);
    const { length } = runtime.lookedUp;
    expect(await askWith(resolve)).toEqual(kept);
    await askWith(resolve, 'other.example');
    expect(runtime.lookedUp).toHaveLength(length);
  });

  it('of questions at the same time are one answer, even for the very first', async () => {
    asked = [];
    await Promise.all([resolve('bank.example', 'TXT'), resolve('bank.example', 'TXT')]);
    expect(asked).toEqual(['one.example']);
  });

  it.each([
    { change: { resolver: THREE }, next: 'three.example' },
    { change: { secondResolver: THREE }, next: 'one.example' },
    { change: { secondResolver: null }, next: 'one.example' },
    { change: { cleared: 7 }, next: 'one.example' },
  ])('are forgotten for a change of $change', async ({ change, next }) => {
    await askWith(resolve);
    await writeSettings(change);
    await later(10);
    expect(await askWith(resolve)).toEqual({ ...by(next), asked: [next] });
  });

  it.each([
    { change: { language: 'ja' } },
    { change: { badges: true } },
    { change: { checkEvery: true } },
  ] as const)('are kept for a change of $change', async ({ change }) => {
    await askWith(resolve);
    await writeSettings(change);
    await later(10);
    expect(await askWith(resolve)).toEqual(kept);
  });

  it('of two resolvers, such as that of private windows, are apart', async () => {
    await askWith(resolve);
    expect(await askWith(chosenResolver(transport, () => 0))).toMatchObject({ asked: ['one.example'] });
  });
});
