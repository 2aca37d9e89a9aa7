/** What the user chose, how a change is heard of, and the words that follow from it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../../lib/platform/settings.ts';
import { later } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { currentLanguage, isLanguageChoice, readSettings, followSettings, writeSettings } = await import(
  '../../../lib/platform/settings.ts'
);
const { loadTranslator } = await import('../../../lib/platform/text.ts');

beforeEach(() => runtime.reset());
afterEach(() => vi.restoreAllMocks());

const NOTHING_CHOSEN: Settings = {
  language: 'auto',
  badges: null,
  checkEvery: false,
  resolver: 'https://cloudflare-dns.com/dns-query',
  secondResolver: 'https://dns.google/dns-query',
  trustedServers: '',
  mayReveal: false,
  cleared: 0,
};
const ALL_CHOSEN: Settings = {
  language: 'ja',
  badges: false,
  checkEvery: true,
  resolver: 'https://dns10.quad9.net/dns-query',
  secondResolver: null,
  trustedServers: 'mx.example.org\ngateway.example.org 192.0.2.0/24',
  mayReveal: true,
  cleared: 1_795_500_000_000,
};

describe('settings', () => {
  it('follow the browser, show nothing and ask two resolvers until something is chosen', async () => {
    expect(await readSettings()).toEqual(NOTHING_CHOSEN);
  });

  it('keep everything that is chosen, on this device only', async () => {
    await writeSettings(ALL_CHOSEN);
    expect(await readSettings()).toEqual(ALL_CHOSEN);
    // There is no other storage in this browser, such as one that follows the user about.
    expect(runtime.stored).toEqual(ALL_CHOSEN);
  });

  it.each([
    { language: 'auto' },
    { language: 'en' },
    { language: 'ja' },
    { badges: true },
    { badges: false },
    { badges: null },
    { checkEvery: true },
    { checkEvery: false },
    { resolver: 'https://dns.bank.example:8443/dns-query?tenant=1' },
    { secondResolver: 'https://public.dns.iij.jp/dns-query' },
    { secondResolver: null },
    { trustedServers: 'mx.example.org # ours' },
    { mayReveal: true },
    { cleared: 1 },
  ] satisfies readonly Partial<Settings>[])('keep %j and leave all else', async (changed) => {
    await writeSettings(changed);
    expect(await readSettings()).toEqual({ ...NOTHING_CHOSEN, ...changed });
    expect(runtime.stored).toEqual(changed);
    await writeSettings({ language: 'ja', ...changed });
    expect(await readSettings()).toEqual({ ...NOTHING_CHOSEN, language: 'ja', ...changed });
  });

  it.each([
    { stored: null },
    { stored: 1 },
    { stored: 'fr' },
    { stored: '' },
    { stored: 'EN' },
    { stored: ['en'] },
    { stored: { language: 'en' } },
  ])('that read $stored for the language count as not chosen', async ({ stored }) => {
    runtime.stored = { language: stored };
    expect(await readSettings()).toEqual(NOTHING_CHOSEN);
    expect(isLanguageChoice(stored)).toBe(false);
  });

  it.each([
    { badges: 'yes' },
    { badges: 1 },
    { checkEvery: 'true' },
    { checkEvery: null },
    { resolver: null },
    { resolver: '' },
    { resolver: 'http://dns.bank.example/dns-query' },
    { resolver: 'dns.bank.example' },
    { resolver: ['https://dns.bank.example/'] },
    { secondResolver: 0 },
    { secondResolver: 'ftp://dns.bank.example/' },
    { secondResolver: 'https://user:word@dns.bank.example/' },
    { trustedServers: ['mx.example.org'] },
    { trustedServers: null },
    // Consent is nothing but a yes.
    { mayReveal: 'true' },
    { mayReveal: 1 },
    { cleared: '1' },
    { cleared: null },
  ])('that are unreadable count as not chosen: %j', async (stored) => {
    runtime.stored = { ...ALL_CHOSEN, ...stored };
    const [name] = Object.keys(stored) as (keyof Settings)[];
    if (name === undefined) throw new Error('nothing is stored');
    expect(await readSettings()).toEqual({ ...ALL_CHOSEN, [name]: NOTHING_CHOSEN[name] });
  });

  it('reject where the browser cannot store them', async () => {
    vi.spyOn(runtime.browser.storage.local, 'set').mockRejectedValue(new Error('full'));
    await expect(writeSettings({ badges: true })).rejects.toThrow('full');
  });
});

describe('a change', () => {
  it('is told with what is chosen now and what it was that changed', async () => {
    await writeSettings({ badges: true });
    const onChange = vi.fn<Parameters<typeof followSettings>[0]>();
    followSettings(onChange);
    await vi.waitFor(() =>
      expect(onChange).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ badges: true }), []),
    );
    onChange.mockClear();
    await writeSettings({ language: 'ja', secondResolver: null });
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
    const [settings, changed] = onChange.mock.calls[0] ?? [];
    expect(settings).toEqual({ ...NOTHING_CHOSEN, badges: true, language: 'ja', secondResolver: null });
    expect([...(changed ?? [])].sort()).toEqual(['language', 'secondResolver']);
    await writeSettings({ cleared: 5 });
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
    expect(onChange.mock.calls[1]?.[1]).toEqual(['cleared']);
  });

  it('of another storage is not ours', async () => {
    const onChange = vi.fn();
    followSettings(onChange);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
    runtime.storageChanged.happen({ language: { newValue: 'ja' } }, 'session');
    await later(20);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('is told after the one before it, also where that one takes longer to read', async () => {
    await writeSettings({ badges: true });
    const onChange = vi.fn<Parameters<typeof followSettings>[0]>();
    const { get } = runtime.browser.storage.local;
    vi.spyOn(runtime.browser.storage.local, 'get').mockImplementationOnce(async () => {
      const then = await get();
      await later(30);
      return then;
    });
    followSettings(onChange);
    await later(5);
    await writeSettings({ badges: false });
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
    expect(onChange.mock.calls.map(([{ badges }]) => badges)).toEqual([true, false]);
  });
});

describe('the language', () => {
  it.each([
    { chosen: 'ja', ui: 'en-US', want: 'ja', why: 'what was chosen counts' },
    { chosen: 'en', ui: 'ja', want: 'en', why: 'in either direction' },
    { chosen: 'auto', ui: 'ja', want: 'ja', why: 'else the browser’s' },
    { chosen: 'auto', ui: 'ja-JP', want: 'ja', why: 'of any region' },
    { chosen: 'auto', ui: 'en-GB', want: 'en', why: 'where we speak it' },
    { chosen: 'auto', ui: 'fr', want: 'en', why: 'else English' },
    { chosen: 'auto', ui: 'jam', want: 'en', why: 'Jamaican Creole is not Japanese' },
  ] as const)('is $want for $chosen in a browser that speaks $ui: $why', async ({ chosen, ui, want }) => {
    runtime.uiLanguage = ui;
    await writeSettings({ language: chosen });
    expect(await currentLanguage()).toBe(want);
  });

  it.each([
    { language: 'en', settings: 'Settings' },
    { language: 'ja', settings: '設定' },
  ] as const)('$language has its own catalogue', async ({ language, settings }) => {
    expect((await loadTranslator(language))('ui_settings')).toBe(settings);
  });
});
