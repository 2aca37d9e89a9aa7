/** What the user chose, in `storage.local`. */
import type { Language, LanguageChoice } from '../explain/translate.ts';
import { browser } from './browser.ts';

export interface Settings {
  readonly language: LanguageChoice;
}

const DEFAULTS: Settings = { language: 'auto' };

/** Stored settings; anything unreadable counts as not chosen. */
export async function readSettings(): Promise<Settings> {
  const { language } = await browser.storage.local.get('language');
  return { ...DEFAULTS, ...(isLanguageChoice(language) ? { language } : {}) };
}

export async function writeLanguage(language: LanguageChoice): Promise<void> {
  await browser.storage.local.set({ language });
}

export function isLanguageChoice(value: unknown): value is LanguageChoice {
  return value === 'auto' || value === 'en' || value === 'ja';
}

/** The language to speak: the chosen one, else the browser's where we have it, else English. */
export async function currentLanguage(): Promise<Language> {
  const { language } = await readSettings();
  if (language !== 'auto') return language;
  return /^ja(?:-|$)/i.test(browser.i18n.getUILanguage()) ? 'ja' : 'en';
}
