/** Short questions to the worker: who may ask what, and null wherever there is no answer. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GMAIL, later, OWN_PAGE, speaker } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { fromFragment } = await import('../../../lib/platform/domain-question.ts');
const { addressOf, ask, isPrivateAddress, openPage, openRecords, serveRequests } = await import(
  '../../../lib/platform/requests.ts'
);
const { loadCatalogue } = await import('../../../lib/platform/text.ts');
type Handlers = Parameters<typeof serveRequests>[0];

const catalogue = await loadCatalogue('en');
const badge = { mark: 'authenticated', tone: 'ok', label: 'bank.example vouches for this mail.' } as const;
const MAILBOX = { receiver: { id: 'gmail', basis: 'mailbox' }, isWebmail: true, isPrivate: false };
const A_FILE = { receiver: { id: 'detect', basis: 'file' }, isWebmail: false, isPrivate: false };
const BANK = { domain: 'bank.example', selectors: ['s1', 's2'] };
const BAD_DOMAIN = { kind: 'problem', problem: 'bad-domain' } as const;

function handlers(over: Partial<Handlers> = {}) {
  return {
    glance: vi.fn<Handlers['glance']>(over.glance ?? (async () => badge)),
    words: vi.fn<Handlers['words']>(over.words ?? (async () => ({ language: 'en', catalogue }))),
    open: vi.fn<Handlers['open']>(over.open ?? (async () => true)),
    records: vi.fn<Handlers['records']>(
      over.records ?? (async () => ({ kind: 'problem', problem: 'fault' })),
    ),
  };
}

function serve(over: Partial<Handlers> = {}, sender: object = GMAIL): ReturnType<typeof handlers> {
  const served = handlers(over);
  serveRequests(served);
  runtime.answerAs(sender);
  return served;
}

/** What is answered to a message as it stands. */
async function answered(message: unknown, sender: object = GMAIL): Promise<readonly unknown[]> {
  const { near, heard } = speaker(runtime.listeners, 'request', { sender });
  near.postMessage(message);
  await later(20);
  return heard;
}

beforeEach(() => runtime.reset());

describe('a question', () => {
  it('is answered by the handler of its kind, which hears who asks', async () => {
    const served = serve();
    expect(await ask('glance', { base64: 'QUJD' })).toEqual(badge);
    expect(served.glance).toHaveBeenCalledExactlyOnceWith({ base64: 'QUJD' }, MAILBOX);
    expect(await ask('words', {})).toEqual({ language: 'en', catalogue });
    expect(served.words).toHaveBeenCalledExactlyOnceWith({}, MAILBOX);
    expect(served.open).not.toHaveBeenCalled();
  });

  it('of a page of ours is a question about a file', async () => {
    const served = serve({}, OWN_PAGE);
    await ask('glance', { base64: 'QUJD' });
    expect(served.glance.mock.calls[0]?.[1]).toEqual({
      receiver: { id: 'detect', basis: 'file' },
      isWebmail: false,
      isPrivate: false,
    });
  });

  it.each(['analyzer.html', 'options.html', 'welcome.html'] as const)('may open %s', async (page) => {
    const served = serve();
    expect(await openPage({ page })).toBe(true);
    expect(served.open).toHaveBeenCalledExactlyOnceWith({ page }, MAILBOX);
  });

  it.each([
    { page: 'popup.html' },
    { page: 'https://evil.example/' },
    { page: '../analyzer.html' },
    { page: 'analyzer.html?x' },
    { page: '' },
    { page: null },
    { page: ['analyzer.html'] },
  ])('may not open $page', async ({ page }) => {
    const served = serve();
    expect(await answered({ kind: 'open', page })).toEqual([{ answer: null }]);
    expect(served.open).not.toHaveBeenCalled();
  });

  it.each([
    { message: null },
    { message: 'words' },
    { message: {} },
    { message: { kind: 'close' } },
    { message: { kind: 'toString' } },
    { message: { kind: 'glance' } },
    { message: { kind: 'glance', base64: 7 } },
  ])('such as $message is answered with nothing', async ({ message }) => {
    const served = serve();
    expect(await answered(message)).toEqual([{ answer: null }]);
    for (const handler of Object.values(served)) expect(handler).not.toHaveBeenCalled();
  });

  it('hands on no more than belongs to it', async () => {
    const served = serve();
    await answered({ kind: 'glance', base64: 'QUJD', receiver: 'evil' });
    expect(served.glance.mock.calls[0]?.[0]).toEqual({ base64: 'QUJD' });
  });
});

describe('the records of a domain', () => {
  it('are asked for by a page of ours', async () => {
    const served = serve({}, OWN_PAGE);
    expect(await ask('records', { ...BANK, again: true, isPrivate: false })).toEqual({
      kind: 'problem',
      problem: 'fault',
    });
    expect(served.records).toHaveBeenCalledExactlyOnceWith(
      { ...BANK, again: true, isPrivate: false },
      A_FILE,
    );
  });

  it('are asked for in a private window as such', async () => {
    const served = serve({}, { ...OWN_PAGE, tab: { incognito: true } });
    await ask('records', { ...BANK, again: false, isPrivate: false });
    expect(served.records.mock.calls[0]?.[1].isPrivate).toBe(true);
  });

  it('are nothing for a webmail’s page', async () => {
    const served = serve();
    expect(await ask('records', { ...BANK, again: false, isPrivate: false })).toBeNull();
    expect(served.records).not.toHaveBeenCalled();
  });

  it.each([
    { domain: 'bank', selectors: [] },
    { domain: 'bank.example', selectors: ['a b'] },
    { domain: 'bank.example', selectors: Array(11).fill('s') },
    { domain: 7, selectors: [] },
    { domain: 'bank.example' },
  ])('of $domain with $selectors are not asked for', async (question) => {
    const served = serve({}, OWN_PAGE);
    expect(await answered({ kind: 'records', ...question }, OWN_PAGE)).toEqual([{ answer: BAD_DOMAIN }]);
    expect(served.records).not.toHaveBeenCalled();
  });

  it('are taken from what is kept unless asked again', async () => {
    const served = serve({}, OWN_PAGE);
    await answered({ kind: 'records', ...BANK, again: 'yes', isPrivate: 1 }, OWN_PAGE);
    expect(served.records.mock.calls[0]?.[0]).toEqual({ ...BANK, again: false, isPrivate: false });
  });
});

describe('the page for the records of a domain', () => {
  it('is opened from a webmail with what a name may hold', async () => {
    const served = serve();
    expect(await openRecords({ domain: 'Bank.example', selectors: ['S1', 'no selector', 's2'] })).toBe(true);
    expect(served.open).toHaveBeenCalledExactlyOnceWith({ page: 'analyzer.html', records: BANK }, MAILBOX);
  });

  it('is opened as it is where the domain is none', async () => {
    const served = serve();
    await openRecords({ domain: 'localhost', selectors: [] });
    expect(served.open).toHaveBeenCalledExactlyOnceWith({ page: 'analyzer.html' }, MAILBOX);
  });

  it('is told not to have opened where the browser opens none', async () => {
    serve({ open: () => Promise.reject(new Error('no window')) });
    expect(await openRecords(BANK)).toBe(false);
  });

  it.each([
    { page: 'options.html', records: BANK },
    { page: 'analyzer.html', records: { domain: 'bank.example#x', selectors: [] } },
    { page: 'analyzer.html', records: 'domain=bank.example' },
    { page: 'analyzer.html', records: null },
  ])('is not opened by $page with $records', async (opening) => {
    const served = serve();
    expect(await answered({ kind: 'open', ...opening })).toEqual([{ answer: null }]);
    expect(served.open).not.toHaveBeenCalled();
  });

  it('has the question in its fragment', () => {
    expect(addressOf({ page: 'analyzer.html', records: BANK }, false)).toBe(
      `${location.origin}/analyzer.html#domain=bank.example&selectors=s1,s2`,
    );
    expect(addressOf({ page: 'options.html' }, true)).toBe(`${location.origin}/options.html`);
  });

  it.each([true, false])('knows whether it was opened for a private window: %s', (isPrivate) => {
    const address = new URL(addressOf({ page: 'analyzer.html', records: BANK }, isPrivate));
    expect(isPrivateAddress(address)).toBe(isPrivate);
    expect(fromFragment(address.hash)).toEqual(BANK);
  });
});

describe('a worker that ends before it answers', () => {
  it('leaves the question to the next one', async () => {
    const served = handlers();
    serveRequests(served);
    runtime.answerAs(GMAIL);
    const next = runtime.onConnect;
    const asked = vi.fn();
    runtime.onConnect = (port) => {
      asked();
      runtime.onConnect = next;
      port.onMessage.addListener(() => port.disconnect());
    };
    expect(await openRecords(BANK)).toBe(true);
    expect(asked).toHaveBeenCalledOnce();
    expect(served.open).toHaveBeenCalledOnce();
  });

  it('is not followed by a third', async () => {
    const asked = vi.fn();
    runtime.onConnect = (port) => {
      asked();
      port.onMessage.addListener(() => port.disconnect());
    };
    expect(await ask('words', {})).toBeNull();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('is not asked again after an answer that says nothing', async () => {
    const served = serve({ glance: async () => null });
    expect(await ask('glance', { base64: '' })).toBeNull();
    expect(served.glance).toHaveBeenCalledOnce();
  });
});

describe('there is no answer', () => {
  it.each([
    { why: 'rejects', glance: () => Promise.reject(new Error('ours')) },
    {
      why: 'throws',
      glance: () => {
        throw new Error('ours');
      },
    },
  ])('where the handler $why', async ({ glance }) => {
    serve({ glance });
    expect(await ask('glance', { base64: '' })).toBeNull();
  });

  it('where the worker is gone', async () => {
    runtime.onConnect = (port) => port.disconnect();
    expect(await ask('words', {})).toBeNull();
  });

  it('where the worker goes before it answers', async () => {
    runtime.onConnect = (port) => port.onMessage.addListener(() => port.disconnect());
    expect(await ask('words', {})).toBeNull();
  });

  it.each([{ answer: 'noise' }, { answer: null }, { answer: 7 }])(
    'where the worker says $answer',
    async ({ answer }) => {
      runtime.onConnect = (port) => port.onMessage.addListener(() => port.postMessage(answer));
      expect(await ask('words', {})).toBeNull();
    },
  );

  it.each([
    { why: 'another extension', sender: { id: 'other', url: GMAIL.url } },
    { why: 'another page', sender: { id: 'self', url: 'https://bank.example/' } },
  ])('for $why, which is disconnected', async ({ sender }) => {
    const served = serve({}, sender);
    expect(await ask('words', {})).toBeNull();
    expect(served.words).not.toHaveBeenCalled();
  });
});

describe('a port', () => {
  it('is closed by the one who asked, once there is an answer', async () => {
    serve();
    const alive = runtime.onConnect;
    const gone = vi.fn();
    runtime.onConnect = (port) => {
      port.onDisconnect.addListener(gone);
      alive(port);
    };
    await ask('words', {});
    await later(10);
    expect(gone).toHaveBeenCalledOnce();
  });

  it('of another conversation is left alone', async () => {
    const served = serve();
    const { near, heard, isClosed } = speaker(runtime.listeners, 'examine', { sender: GMAIL });
    near.postMessage({ kind: 'words' });
    await later(10);
    expect(heard).toEqual([]);
    expect(isClosed()).toBe(false);
    expect(served.words).not.toHaveBeenCalled();
  });

  it('of a page that has gone is no fault', async () => {
    let finish = (): void => {};
    const served = serve({
      glance: () => new Promise((resolve) => (finish = () => resolve(badge))),
    });
    const { near } = speaker(runtime.listeners, 'request', { sender: GMAIL });
    near.postMessage({ kind: 'glance', base64: '' });
    await later(10);
    expect(served.glance).toHaveBeenCalledOnce();
    near.disconnect();
    await later(10);
    // What is thrown here and not caught fails the whole run.
    finish();
    await later(10);
  });
});
