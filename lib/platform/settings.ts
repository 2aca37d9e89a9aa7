/** What the user chose, in `storage.local`. */
import type { Language, LanguageChoice } from '../explain/translate.ts';
import { browser } from './browser.ts';
import { PRESET_RESOLVERS } from './doh.ts';
import { readResolverUrl } from './resolvers.ts';

export interface Settings {
  readonly language: LanguageChoice;
  /** Whether mails bear badges without being asked about; null until the reader has answered. */
  readonly badges: boolean | null;
  /** Also ask DNS about every mail that is opened. */
  readonly checkEvery: boolean;
  /** The first resolver to ask, and the one to ask when it fails; null for none. */
  readonly resolver: string;
  readonly secondResolver: string | null;
  /** Own receivers and gateways, as written, one in a line. */
  readonly trustedServers: string;
  /** Whether DNS may be asked for names that hold the sender's address, as some SPF records demand. */
  readonly mayReveal: boolean;
  /** When everything that was found out was last forgotten, in milliseconds; it only ever changes. */
  readonly cleared: number;
}

const DEFAULTS: Settings = {
  language: 'auto',
  badges: null,
  checkEvery: false,
  resolver: PRESET_RESOLVERS[0] ?? '',
  secondResolver: PRESET_RESOLVERS[1] ?? null,
  trustedServers: '',
  mayReveal: false,
  cleared: 0,
};

/** Stored settings; anything unreadable counts as not chosen. */
export async function readSettings(): Promise<Settings> {
  const stored: Readonly<Record<string, unknown>> = await browser.storage.local.get(Object.keys(DEFAULTS));
  const { language, badges, checkEvery, resolver, secondResolver, trustedServers, mayReveal, cleared } =
    stored;
  return {
    language: isLanguageChoice(language) ? language : DEFAULTS.language,
    badges: typeof badges === 'boolean' ? badges : DEFAULTS.badges,
    checkEvery: typeof checkEvery === 'boolean' ? checkEvery : DEFAULTS.checkEvery,
    resolver: resolverOr(resolver, DEFAULTS.resolver),
    secondResolver: secondResolver === null ? null : resolverOr(secondResolver, DEFAULTS.secondResolver),
    trustedServers: typeof trustedServers === 'string' ? trustedServers : DEFAULTS.trustedServers,
    mayReveal: mayReveal === true,
    cleared: typeof cleared === 'number' ? cleared : DEFAULTS.cleared,
  };
}

function resolverOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? (readResolverUrl(value) ?? otherwise) : otherwise;
}

/** Rejects where the browser cannot store them. */
export async function writeSettings(changed: Partial<Settings>): Promise<void> {
  await browser.storage.local.set(changed);
}

/**
 * Calls back with the settings as they stand, and again after each change of them, until the context ends. The calls
 * come in the order of the changes, however long a reading takes.
 */
export function followSettings(onChange: (settings: Settings, changed: readonly string[]) => void): void {
  let last = Promise.resolve();
  const tell = (changed: readonly string[]): void => {
    // A reading fails where the extension was taken away; the next change is heard all the same.
    last = last.then(readSettings).then(
      (settings) => onChange(settings, changed),
      () => {},
    );
  };
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local') tell(Object.keys(changes));
  });
  tell([]);
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
