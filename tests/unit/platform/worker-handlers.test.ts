/** What the worker answers: a badge from a header, the words of the views, and pages of ours in a tab. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_HEADER_OCTETS, type Ports } from '../../../lib/engine/index.ts';
import { toneOf } from '../../../lib/explain/badge.ts';
import { headlineSentence } from '../../../lib/explain/sentence.ts';
import { bareText } from '../../../lib/explain/translate.ts';
import { reportOf, SAMPLES, type Sample, translatorFor } from '../../kit/samples.ts';
import { base64, ports } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';
import { BEHIND_GATEWAY } from './letters.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { addressOf } = await import('../../../lib/platform/requests.ts');
const { workerHandlers } = await import('../../../lib/platform/worker-handlers.ts');
const { loadCatalogue } = await import('../../../lib/platform/text.ts');

const resolve = vi.fn(() => Promise.reject(new Error('nobody is to be asked')));
const portsFor = vi.fn((_isPrivate: boolean, _again: boolean): Ports => ({ ...ports, resolve }));
const handlers = workerHandlers(portsFor);
const MAILBOX = { receiver: { id: 'gmail', basis: 'mailbox' }, isWebmail: true, isPrivate: false } as const;
const A_FILE = { receiver: { id: 'detect', basis: 'file' }, isWebmail: false, isPrivate: false } as const;

const t = translatorFor('en');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const glance = (octets: Uint8Array) => handlers.glance({ base64: base64(octets) }, MAILBOX);

/** The mail up to the empty line. */
function headerOf({ octets }: Sample): Uint8Array {
  const text = Buffer.from(octets).toString('latin1');
  return octets.subarray(0, text.indexOf('\r\n\r\n') + 4);
}

function named(name: string): Sample {
  const found = SAMPLES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found;
}

beforeEach(() => {
  runtime.reset();
  resolve.mockClear();
});

describe('the badge of a header', () => {
  const received = SAMPLES.filter(({ findings }) => !findings.includes('not-received'));

  it.each(received)('of $name says what the whole mail says, or that it is undecided', async (sample) => {
    const { rule, level, from } = await reportOf(sample, 'en');
    // Only the receiver's own word, and From itself, stand in a header; what DNS says today does not.
    const label = bareText(headlineSentence(t, rule, from.domain ?? ''));
    expect(await glance(headerOf(sample))).toEqual(
      /^(?:reported|author)/.test(rule)
        ? { mark: level, tone: toneOf({ rule, level }), label }
        : { mark: 'unknown', tone: 'mute', label: t('badge_undecided') },
    );
    expect(resolve).not.toHaveBeenCalled();
  });

  it.each([
    { name: '01-aligned-pass', mark: 'authenticated', tone: 'ok' },
    { name: '02-service-not-aligned', mark: 'failed', tone: 'bad' },
    { name: '04-no-dmarc-record', mark: 'unprotected', tone: 'mute' },
    { name: '08-no-from-domain', mark: 'unknown', tone: 'mute' },
  ])('is a mark and a sentence: $name', async ({ name, mark, tone }) => {
    const { explanation } = await reportOf(named(name), 'en');
    const label = bareText(explanation.headline);
    expect(await glance(headerOf(named(name)))).toEqual({ mark, tone, label });
  });

  it('is in the language that is chosen', async () => {
    const sample = named('01-aligned-pass');
    runtime.stored = { language: 'ja' };
    expect((await glance(headerOf(sample)))?.label).toBe(
      bareText((await reportOf(sample, 'ja')).explanation.headline),
    );
  });

  it('is the same with the body behind it', async () => {
    const sample = named('01-aligned-pass');
    expect(await glance(sample.octets)).toEqual(await glance(headerOf(sample)));
  });

  it('is not there for a mail that nobody delivered', async () => {
    expect(await glance(headerOf(named('18-own-sent')))).toBeNull();
  });

  it('of a file believes no receiver', async () => {
    const header = headerOf(named('01-aligned-pass'));
    expect(await handlers.glance({ base64: base64(header) }, A_FILE)).toMatchObject({ mark: 'unknown' });
  });
});

describe('the badge of a mail that came through a gateway', () => {
  it.each([
    { why: 'nobody vouches for the gateway', servers: '', mark: 'unknown' },
    {
      why: 'the settings name it and where it sends from',
      servers: 'gw.lakeside.example 192.0.2.0/24',
      mark: 'failed',
    },
    {
      why: 'it sends from elsewhere',
      servers: 'gw.lakeside.example 198.51.100.0/24',
      mark: 'unknown',
    },
  ])('is $mark: $why', async ({ servers, mark }) => {
    runtime.stored = { trustedServers: servers };
    expect(await glance(utf8(BEHIND_GATEWAY))).toMatchObject({ mark });
    expect(resolve).not.toHaveBeenCalled();
  });
});

describe('there is no badge for', () => {
  it.each([
    { why: 'nothing', text: '' },
    { why: 'what is no base64', text: '!!!!' },
    { why: 'base64 that is cut off', text: base64(headerOf(named('01-aligned-pass'))).slice(0, -1) },
    { why: 'base64 with more behind it', text: `${base64(headerOf(named('01-aligned-pass')))}=` },
    { why: 'padding alone', text: '====' },
    { why: 'white space between', text: 'QUJ D QUJD QU==' },
    { why: 'what is no mail', text: base64(utf8('<html></html>')) },
  ])('$why', async ({ text }) => {
    expect(await handlers.glance({ base64: text }, MAILBOX)).toBeNull();
  });

  it('a header larger than is read, but for one just as large', async () => {
    const header = headerOf(named('01-aligned-pass'));
    const padded = (length: number): Uint8Array => {
      const octets = new Uint8Array(length).fill(0x20);
      octets.set(header);
      return octets;
    };
    expect(await glance(padded(MAX_HEADER_OCTETS))).toMatchObject({ mark: 'authenticated' });
    expect(await glance(padded(MAX_HEADER_OCTETS + 1))).toBeNull();
  });
});

describe('the words', () => {
  it.each([
    { chosen: 'ja', ui: 'en-US', language: 'ja' },
    { chosen: 'en', ui: 'ja', language: 'en' },
    { chosen: 'auto', ui: 'ja-JP', language: 'ja' },
    { chosen: undefined, ui: 'fr', language: 'en' },
  ] as const)('are $language for $chosen in a browser that speaks $ui', async ({ chosen, ui, language }) => {
    runtime.stored = { language: chosen };
    runtime.uiLanguage = ui;
    expect(await handlers.words({}, MAILBOX)).toEqual({ language, catalogue: await loadCatalogue(language) });
  });
});

it.each(['analyzer.html', 'options.html', 'welcome.html'] as const)('opens %s in a tab', async (page) => {
  expect(await handlers.open({ page }, MAILBOX)).toBe(true);
  expect(runtime.opened).toEqual([`${location.origin}/${page}`]);
});

it('opens the records of a domain in a tab', async () => {
  const records = { domain: 'bank.example', selectors: ['s1', 's2'] };
  await handlers.open({ page: 'analyzer.html', records }, MAILBOX);
  expect(runtime.opened).toEqual([addressOf({ page: 'analyzer.html', records }, false)]);
  expect(new URL(runtime.opened[0] ?? '').hash).toContain('bank.example');
});

describe('a private window', () => {
  const records = { domain: 'bank.example', selectors: [] };

  it.each([
    { where: 'in its page', client: { ...MAILBOX, isPrivate: true }, incognito: false },
    { where: 'in the popup over it', client: A_FILE, incognito: true },
  ])('tells the page that it opens so: asked $where', async ({ client, incognito }) => {
    runtime.tabs = runtime.tabs.map((tab) => ({ ...tab, incognito }));
    await handlers.open({ page: 'analyzer.html', records }, client);
    expect(runtime.opened).toEqual([addressOf({ page: 'analyzer.html', records }, true)]);
  });

  it.each([true, false])('has ports of its own for a badge: %s', async (isPrivate) => {
    portsFor.mockClear();
    await handlers.glance(
      { base64: base64(utf8('From: a@bank.example\r\n\r\n')) },
      { ...MAILBOX, isPrivate },
    );
    expect(portsFor).toHaveBeenCalledExactlyOnceWith(isPrivate, false);
  });

  it.each([true, false])('has a resolver of its own for the records of a domain: %s', async (isPrivate) => {
    portsFor.mockClear();
    portsFor.mockReturnValueOnce(ports);
    const asked = { domain: 'bank.example', selectors: [], again: true, isPrivate: false };
    await handlers.records(asked, { ...A_FILE, isPrivate });
    expect(portsFor).toHaveBeenCalledExactlyOnceWith(isPrivate, true);
  });
});
