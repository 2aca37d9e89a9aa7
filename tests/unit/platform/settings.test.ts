/** What the user chose, and the words that follow from it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from '../../../lib/platform/browser.ts';
import {
  currentLanguage,
  isLanguageChoice,
  readSettings,
  writeLanguage,
} from '../../../lib/platform/settings.ts';
import { loadTranslator } from '../../../lib/platform/text.ts';

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.restoreAllMocks());

const browserSpeaks = (tag: string) => vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue(tag);

describe('settings', () => {
  it('follow the browser until something is chosen', async () => {
    expect(await readSettings()).toEqual({ language: 'auto' });
  });

  it.each(['auto', 'en', 'ja'] as const)('keep %s, on this device only', async (language) => {
    await writeLanguage(language);
    expect(await readSettings()).toEqual({ language });
    expect(await fakeBrowser.storage.local.get()).toEqual({ language });
    expect(await fakeBrowser.storage.sync.get()).toEqual({});
  });

  it.each([
    { stored: null },
    { stored: 1 },
    { stored: 'fr' },
    { stored: '' },
    { stored: 'EN' },
    { stored: ['en'] },
    { stored: { language: 'en' } },
  ])('that read $stored count as not chosen', async ({ stored }) => {
    await fakeBrowser.storage.local.set({ language: stored });
    expect(await readSettings()).toEqual({ language: 'auto' });
    expect(isLanguageChoice(stored)).toBe(false);
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
    browserSpeaks(ui);
    await writeLanguage(chosen);
    expect(await currentLanguage()).toBe(want);
  });

  it.each([
    { language: 'en', settings: 'Settings' },
    { language: 'ja', settings: '設定' },
  ] as const)('$language has its own catalogue', async ({ language, settings }) => {
    expect((await loadTranslator(language))('ui_settings')).toBe(settings);
  });
});
