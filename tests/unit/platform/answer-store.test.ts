/** Answers that outlive the worker: what is written, what the next worker takes up, and what it throws away. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../lib/engine/index.ts';
import type { KeptAnswer } from '../../../lib/platform/cached-resolver.ts';
import { later } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { sessionStore } = await import('../../../lib/platform/answer-store.ts');

const answerTo = (name: string, over: Partial<Answer> = {}): Answer => ({
  name,
  type: 'TXT',
  rcode: 'NOERROR',
  ttl: 60,
  authenticData: true,
  resolver: 'one.example',
  cached: false,
  answers: ['v=spf1 -all'],
  ...over,
});
const kept = (name: string, at = 1000, over: Partial<Answer> = {}): KeptAnswer => ({
  answer: answerTo(name, over),
  at,
});

const never = (): AbortSignal => new AbortController().signal;
/** What a worker finds that begins now. */
const takenUp = async (owner = 'me') => [...(await sessionStore().open(owner, never())).found];

beforeEach(() => runtime.reset());

describe('the next worker', () => {
  it('takes up what the last one got, the oldest first', async () => {
    const shelf = await sessionStore().open('me', never());
    const answers: readonly (readonly [string, KeptAnswer])[] = [
      ['b.example TXT', kept('b.example', 1002)],
      ['a.example TXT', kept('A.example', 1003, { canonicalName: 'c.example' })],
      ['c.example TXT', kept('c.example', 1001, { rcode: 'NXDOMAIN', ttl: null, answers: [] })],
    ];
    for (const [question, answer] of answers) shelf.keep(question, answer);
    await later(10);
    expect(await takenUp()).toEqual([answers[2], answers[0], answers[1]]);
  });

  it('loses only what was dropped', async () => {
    const shelf = await sessionStore().open('me', never());
    for (const name of ['a', 'b', 'c']) shelf.keep(`${name} TXT`, kept(name));
    shelf.drop(['a TXT', 'c TXT']);
    await later(10);
    expect(await takenUp()).toEqual([['b TXT', kept('b')]]);
  });

  it('takes nothing of another owner, and removes it', async () => {
    (await sessionStore().open('other', never())).keep('a TXT', kept('a'));
    await later(10);
    expect(await takenUp()).toEqual([]);
    expect(Object.keys(runtime.session)).toEqual(['dns-owner']);
    expect(await takenUp('other')).toEqual([]);
  });

  it.each([
    { why: 'no answer at all', value: 'noise' },
    { why: 'nothing', value: null },
    { why: 'no time', value: { answer: answerTo('a') } },
    { why: 'a time without end', value: kept('a', Number.POSITIVE_INFINITY) },
    { why: 'a failure', value: kept('a', 1000, { rcode: 'SERVFAIL' }) },
    { why: 'an answer to another name', value: kept('b') },
    { why: 'an answer of another type', value: kept('a', 1000, { type: 'MX' }) },
    { why: 'no list of records', value: { at: 1, answer: { ...answerTo('a'), answers: 'v=spf1' } } },
    { why: 'a record that is no text', value: { at: 1, answer: { ...answerTo('a'), answers: [7] } } },
    { why: 'a name that is no text', value: { at: 1, answer: { ...answerTo('a'), name: ['a'] } } },
    { why: 'a TTL that is no number', value: { at: 1, answer: { ...answerTo('a'), ttl: '60' } } },
    { why: 'no word on DNSSEC', value: { at: 1, answer: { ...answerTo('a'), authenticData: undefined } } },
    { why: 'an alias that is no text', value: { at: 1, answer: { ...answerTo('a'), canonicalName: 7 } } },
  ])('passes over and removes $why', async ({ value }) => {
    runtime.session = { 'dns-owner': 'me', 'dns a TXT': value, 'dns b TXT': kept('b'), elsewhere: value };
    expect(await takenUp()).toEqual([['b TXT', kept('b')]]);
    expect(Object.keys(runtime.session)).toEqual(['dns-owner', 'dns b TXT', 'elsewhere']);
  });
});

describe('a store', () => {
  it('that is emptied leaves nothing, whatever was on its way, and only what is its own', async () => {
    runtime.session = { elsewhere: 1 };
    const store = sessionStore();
    const shelf = await store.open('me', never());
    shelf.keep('a TXT', kept('a'));
    store.empty();
    await later(10);
    expect(runtime.session).toEqual({ elsewhere: 1 });
  });

  it('that was left writes nothing more', async () => {
    const left = new AbortController();
    const shelf = await sessionStore().open('me', left.signal);
    shelf.keep('a TXT', kept('a'));
    left.abort();
    shelf.keep('b TXT', kept('b'));
    await later(10);
    expect(Object.keys(runtime.session)).toEqual(['dns-owner']);
  });

  it('that fails is an empty one, and works as soon as it can', async () => {
    runtime.sessionFails = true;
    const store = sessionStore();
    const shelf = await store.open('me', never());
    expect(shelf.found.size).toBe(0);
    shelf.keep('a TXT', kept('a'));
    shelf.drop(['b TXT']);
    store.empty();
    await later(10);
    runtime.sessionFails = false;
    shelf.keep('b TXT', kept('b'));
    await later(10);
    expect(runtime.session).toEqual({ 'dns b TXT': kept('b') });
  });
});
