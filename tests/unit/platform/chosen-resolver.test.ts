/** The worker's resolver follows the settings and the permissions: who is asked, and when answers are forgotten. */
import { decode, encode } from '@leichtgewicht/dns-packet';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ports } from '../../../lib/engine/index.ts';
import type { AnswerStore } from '../../../lib/platform/answer-store.ts';
import type { Transport } from '../../../lib/platform/doh.ts';
import { later } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { sessionStore } = await import('../../../lib/platform/answer-store.ts');
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

const chosen = (store: AnswerStore | null = null, ask = transport) =>
  chosenResolver({ transport: ask, now: () => 0, store });

let resolve: Ports['resolve'];
beforeEach(() => {
  runtime.reset();
  runtime.stored = { resolver: ONE, secondResolver: TWO };
  down = [];
  resolve = chosen().resolve;
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

  it('are kept where it is not the settings that change', async () => {
    await askWith(resolve);
    runtime.storageChanged.happen({ cleared: { newValue: 7 } }, 'session');
    expect(await askWith(resolve)).toEqual(kept);
  });

  it('of two resolvers, such as that of private windows, are apart', async () => {
    await askWith(resolve);
    expect(await askWith(chosen().resolve)).toMatchObject({ asked: ['one.example'] });
  });
});

describe('a worker that begins again', () => {
  const store = () => sessionStore();
  const kept = { ...by('one.example'), cached: true, asked: [] };
  const asks = { ...by('one.example'), asked: ['one.example'] };

  beforeEach(async () => {
    const { resolve: first } = chosen(store());
    expect(await askWith(first)).toEqual(asks);
    await later(10);
    // Nobody of the old worker hears what happens now.
    runtime.storageChanged.forget();
    runtime.permissionsAdded.forget();
    runtime.permissionsRemoved.forget();
  });

  it('asks nothing that was answered', async () => {
    expect(await askWith(chosen(store()).resolve)).toEqual(kept);
  });

  it.each([
    { change: { resolver: THREE }, next: 'three.example' },
    { change: { secondResolver: null }, next: 'one.example' },
    { change: { cleared: 7 }, next: 'one.example' },
  ])('takes nothing up after a change of $change that no worker heard of', async ({ change, next }) => {
    await writeSettings(change);
    expect(await askWith(chosen(store()).resolve)).toEqual({ ...by(next), asked: [next] });
  });

  it('takes nothing up where a permission was taken away meanwhile', async () => {
    runtime.refused = ['https://one.example/*'];
    expect(await askWith(chosen(store()).resolve)).toEqual({ ...by('two.example'), asked: ['two.example'] });
  });

  it('keeps what it has where the permission for another host comes and goes', async () => {
    const { resolve: second } = chosen(store());
    runtime.permissionsAdded.happen({ origins: ['https://mail-attachment.googleusercontent.com/*'] });
    expect(await askWith(second)).toEqual(kept);
    runtime.permissionsRemoved.happen({ origins: ['https://mail-attachment.googleusercontent.com/*'] });
    expect(await askWith(second)).toEqual(kept);
  });

  it.each([{ resolver: THREE }, { secondResolver: null }, { cleared: 7 }])(
    'empties the store at a change of %o, before anything is asked',
    async (change) => {
      chosen(store());
      expect(Object.keys(runtime.session)).toContain('dns bank.example TXT');
      await writeSettings(change);
      await later(10);
      expect(runtime.session).toEqual({});
    },
  );

  it('stores nothing of a resolver that was left while it was asked', async () => {
    let answer = (): void => {};
    const slow: Transport = async (url, signal) => {
      const reply = await transport(url, signal);
      await new Promise<void>((done) => {
        answer = done;
      });
      return reply;
    };
    const { resolve: second } = chosen(store(), slow);
    const asking = second('slow.example', 'TXT');
    await later(10);
    await writeSettings({ resolver: THREE });
    await later(10);
    answer();
    expect(await asking).toMatchObject({ resolver: 'one.example', cached: false });
    await later(10);
    expect(runtime.session).toEqual({});
  });

  it('leaves the answers of private windows nowhere', async () => {
    runtime.session = {};
    const { resolve: privately } = chosen(null);
    expect(await askWith(privately)).toEqual(asks);
    expect(await askWith(privately)).toEqual(kept);
    await later(10);
    expect(runtime.session).toEqual({});
  });

  it('answers where nothing can be stored', async () => {
    runtime.sessionFails = true;
    const { resolve: second } = chosen(store());
    expect(await askWith(second)).toEqual(asks);
    expect(await askWith(second)).toEqual(kept);
  });
});

describe('a check that is to ask anew', () => {
  it('asks each question once, in any case of its name, and what it hears is kept for all', async () => {
    const chosenOne = chosen();
    await askWith(chosenOne.resolve);
    const anew = chosenOne.anew();
    const asks = { ...by('one.example'), asked: ['one.example'] };
    expect(await askWith(anew)).toEqual(asks);
    expect(await askWith(anew, 'BANK.example')).toEqual({ ...asks, asked: [] });
    expect(await askWith(chosenOne.resolve)).toEqual({ ...asks, cached: true, asked: [] });
    expect(await askWith(chosenOne.anew())).toEqual(asks);
  });

  it('does not ask twice what nobody answers', async () => {
    down = ['one.example', 'two.example'];
    const anew = chosen().anew();
    expect(await askWith(anew)).toMatchObject({ rcode: 'UNREACHABLE' });
    expect(await askWith(anew)).toMatchObject({ rcode: 'UNREACHABLE', asked: [] });
  });
});
