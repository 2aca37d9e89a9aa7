/** What the worker takes from a page, what it reads itself, and what it says to lies, strangers and noise. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_MESSAGE_OCTETS } from '../../../lib/engine/index.ts';
import { base64, GMAIL, later, OWN_PAGE, ports, sample, speaker } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { serveExaminations } = await import('../../../lib/platform/examine-server.ts');
const { loadTranslator } = await import('../../../lib/platform/text.ts');
// The locale file is read once; no test waits for it.
await loadTranslator('en');
type Options = Parameters<typeof serveExaminations>[0];

beforeEach(() => runtime.reset());

const begin = { kind: 'begin', completeness: 'full', via: 'gmail', instead: null, bytes: 3 };
const end = { kind: 'end' };
const piece = (text: string): object => ({ kind: 'piece', base64: text });
const taken = { kind: 'taken' };
const problem = (code: string): object => ({ kind: 'problem', problem: code });
const fetchIt = { kind: 'fetch', account: '/mail/u/0/', id: '19c0ffee19c0ffee' };

const nothingFetched = () => vi.fn<Options['fetchSource']>(async () => 'unreachable');

function connect(sender: object, options: Partial<Options> = {}): ReturnType<typeof speaker> {
  serveExaminations({ portsFor: () => ports, fetchSource: nothingFetched(), ...options });
  return speaker(runtime.listeners, 'examine', { sender });
}

/** What the worker says to a page that speaks so, all at once. */
async function told(
  messages: readonly unknown[],
  sender: object = GMAIL,
  options: Partial<Options> = {},
): Promise<readonly unknown[]> {
  const { near, heard } = connect(sender, options);
  for (const message of messages) near.postMessage(message);
  await later();
  return heard;
}

describe('the worker, handed a source,', () => {
  it('asks for each piece, and reports after the end only', async () => {
    const octets = sample.octets;
    const cut = 300;
    const { near, heard } = connect(GMAIL);
    near.postMessage({ ...begin, bytes: octets.length });
    await later();
    expect(heard).toEqual([taken]);
    near.postMessage(piece(base64(octets.subarray(0, cut))));
    near.postMessage(piece(base64(octets.subarray(cut))));
    await later();
    expect(heard).toEqual([taken, taken, taken]);
    near.postMessage(end);
    await vi.waitFor(() =>
      expect(heard.at(-1)).toMatchObject({ kind: 'report', report: { checked: { state: 'done' } } }),
    );
    expect(heard.at(-1)).toMatchObject({
      report: { level: 'authenticated', source: { bytes: octets.length, instead: null } },
    });
  });

  it.each([
    {
      why: 'pieces that are less than was said',
      messages: [begin, piece('QQ=='), end],
      says: [taken, taken, problem('fault')],
    },
    {
      why: 'pieces that are no base64',
      messages: [begin, piece('!')],
      says: [taken, problem('fault')],
    },
    {
      why: 'an end after a piece that is no base64',
      messages: [begin, piece('!'), end],
      says: [taken, problem('fault'), problem('fault')],
    },
    {
      why: 'a piece beyond the size that was said',
      messages: [begin, piece('QUJD'), piece('QQ==')],
      says: [taken, taken, problem('fault')],
    },
    {
      why: 'a first piece larger than the size that was said',
      messages: [begin, piece('QUJDRA==')],
      says: [taken, problem('fault')],
    },
    {
      why: 'an end before the first piece',
      messages: [begin, end],
      says: [taken, problem('fault')],
    },
    { why: 'an end without a beginning', messages: [end], says: [problem('fault')] },
    { why: 'a piece without a beginning', messages: [piece('QQ==')], says: [problem('fault')] },
    {
      why: 'more octets than are verified',
      messages: [{ ...begin, bytes: MAX_MESSAGE_OCTETS + 1 }],
      says: [problem('too-large')],
    },
    { why: 'no octets', messages: [{ ...begin, bytes: 0 }, end], says: [taken, problem('empty')] },
    {
      why: 'a beginning again, which begins again',
      messages: [begin, piece('QUJD'), { ...begin, bytes: 1 }, piece('QUJD')],
      says: [taken, taken, taken, problem('fault')],
    },
    {
      why: 'octets that are no mail',
      messages: [begin, piece('QUJD'), end],
      says: [taken, taken, problem('no-header')],
    },
  ])('says what is wrong with $why', async ({ messages, says }) => {
    expect(await told(messages)).toEqual(says);
  });

  it('takes as many octets as are verified', async () => {
    expect(await told([{ ...begin, bytes: MAX_MESSAGE_OCTETS }])).toEqual([taken]);
  });

  it('has no word for noise', async () => {
    expect(await told(['noise', null, 7, { kind: 'report' }, { ...begin, bytes: -1 }, taken])).toEqual([]);
  });

  it('holds one source for each page that asks', async () => {
    const one = connect(GMAIL);
    const other = speaker(runtime.listeners, 'examine', { sender: GMAIL });
    one.near.postMessage({ ...begin, bytes: 1 });
    other.near.postMessage({ ...begin, bytes: 3 });
    await later();
    other.near.postMessage(piece('QUJD'));
    one.near.postMessage(piece('QUJD'));
    await later();
    expect(one.heard).toEqual([taken, problem('fault')]);
    expect(other.heard).toEqual([taken, taken]);
  });
});

describe('the worker, asked to read a message itself,', () => {
  const { octets } = sample;
  const read = {
    octets,
    bytes: octets.length,
    completeness: 'full',
    via: 'gmail-worker',
    instead: null,
  } as const;

  it('reads the one of that account, and reports what it is', async () => {
    const fetchSource = vi.fn<Options['fetchSource']>(async () => read);
    const { near, heard } = connect(GMAIL, { fetchSource });
    near.postMessage(fetchIt);
    await vi.waitFor(() =>
      expect(heard.at(-1)).toMatchObject({ kind: 'report', report: { checked: { state: 'done' } } }),
    );
    expect(fetchSource).toHaveBeenCalledOnce();
    expect(fetchSource.mock.calls[0]?.[0]).toMatchObject({ account: '/mail/u/0/', id: '19c0ffee19c0ffee' });
    expect(heard.at(-1)).toMatchObject({
      report: { level: 'authenticated', source: { via: 'gmail-worker', bytes: octets.length } },
    });
    expect(heard).not.toContainEqual(taken);
  });

  it.each([true, false])('checks it with answers as fresh as is asked for: %s', async (again) => {
    const portsFor = vi.fn<Options['portsFor']>(() => ports);
    const { near, heard } = connect(GMAIL, { fetchSource: async () => read, portsFor });
    near.postMessage({ ...fetchIt, again });
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ report: { checked: { state: 'done' } } }));
    expect(portsFor).toHaveBeenCalledExactlyOnceWith(false, again);
  });

  it('tells why it could not', async () => {
    expect(await told([fetchIt])).toEqual([problem('unreachable')]);
  });

  it.each([
    { why: 'for a private window, whose session is another', sender: { ...GMAIL, tab: { incognito: true } } },
    { why: 'for a page of ours', sender: OWN_PAGE },
  ])('does not $why', async ({ sender }) => {
    const fetchSource = nothingFetched();
    expect(await told([fetchIt], sender, { fetchSource })).toEqual([problem('redirected')]);
    expect(fetchSource).not.toHaveBeenCalled();
  });

  it.each([
    { why: 'without an account', message: { kind: 'fetch', id: fetchIt.id } },
    { why: 'without an id', message: { kind: 'fetch', account: fetchIt.account } },
    { why: 'with an id that goes on', message: { ...fetchIt, id: `${fetchIt.id}&view=x` } },
    { why: 'with an account elsewhere', message: { ...fetchIt, account: 'https://evil.example/mail/u/0/' } },
  ])('has no word for a question $why', async ({ message }) => {
    const fetchSource = nothingFetched();
    expect(await told([message], GMAIL, { fetchSource })).toEqual([]);
    expect(fetchSource).not.toHaveBeenCalled();
  });

  it('says nothing to a page that went while it read', async () => {
    let finish = (): void => {};
    const { near, heard } = connect(GMAIL, {
      fetchSource: () => new Promise((resolve) => (finish = () => resolve('unreachable'))),
    });
    near.postMessage(fetchIt);
    await later(10);
    near.disconnect();
    await later(10);
    finish();
    await later();
    expect(heard).toEqual([]);
  });
});

describe('the worker', () => {
  it.each([
    { why: 'nobody known', sender: undefined },
    { why: 'another extension', sender: { id: 'other', url: GMAIL.url } },
    { why: 'a page without encryption', sender: { id: 'self', url: 'http://mail.google.com/' } },
  ])('disconnects $why without a word', async ({ sender }) => {
    serveExaminations({ portsFor: () => ports, fetchSource: nothingFetched() });
    const { near, heard, isClosed } = speaker(runtime.listeners, 'examine', { sender });
    near.postMessage(begin);
    await later(10);
    expect(heard).toEqual([]);
    expect(isClosed()).toBe(true);
  });

  it('leaves other conversations alone', async () => {
    serveExaminations({ portsFor: () => ports, fetchSource: nothingFetched() });
    const { near, heard, isClosed } = speaker(runtime.listeners, 'open-mail', { sender: GMAIL });
    near.postMessage(begin);
    await later(10);
    expect(heard).toEqual([]);
    expect(isClosed()).toBe(false);
  });

  it('examines what a page of ours brings as a file, not as a mailbox', async () => {
    const { near, heard } = connect(OWN_PAGE);
    near.postMessage({ ...begin, via: 'file', bytes: sample.octets.length });
    near.postMessage(piece(base64(sample.octets)));
    near.postMessage(end);
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ report: { checked: { state: 'done' } } }));
    const basis: unknown = expect.stringMatching(/^(?:file|sealed)$/);
    expect(heard.at(-1)).toMatchObject({ report: { reported: { basis }, rule: 'checked-pass' } });
  });
});
