/** One way to drive the built extension in Chromium and in Firefox, on the stand-ins. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type BrowserKind, findChromium, findFirefox } from '../scripts/browsers.ts';
import type { StandIn } from '../webmail/server.ts';
import { chromiumOptions, FIREFOX_UUID, firefoxOptions, type Scheme } from './launch-options.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const EXTENSION: Readonly<Record<BrowserKind, string>> = {
  chromium: path.join(ROOT, '.output/chrome-mv3'),
  firefox: path.join(ROOT, '.output/firefox-mv3'),
};
/** The first account's mailbox. */
export const MAILBOX = 'https://mail.google.com/mail/u/0/';

/** Headless, light and with the built extension unless said otherwise. */
export interface LaunchOptions {
  readonly headless?: boolean;
  readonly scheme?: Scheme;
  /** Another extension than the built one. */
  readonly extensionDir?: string;
  /** Leave the extension out at first; `install` brings it. */
  readonly withoutExtension?: boolean;
  /** The first resolver is named itself, not the stand-in in front of it. */
  readonly directDns?: boolean;
}

/** A page of ours in a tab, whoever opened it. */
export interface OwnTab {
  /** Its file and fragment, such as `analyzer.html#domain=…`. */
  readonly address: string;
  readonly text: string;
  /** Something is shown in full. */
  readonly settled: boolean;
}

export type OwnPage = 'options.html' | 'popup.html' | 'welcome.html' | 'analyzer.html';

/** A browser on the stand-ins. */
export interface Session {
  readonly kind: BrowserKind;
  readonly browser: Browser;
  install(): Promise<void>;
  /** A tab with the mailbox, its list showing. `query` may be `?theme=dark`. */
  openMailbox(query?: string): Promise<Page>;
  /** The popup's page, opened while `active` is the active tab, as the toolbar would. */
  openPopup(active: Page): Promise<Page>;
  /** The popup itself, by a click on the toolbar button over `active`. Chromium only. */
  openRealPopup(active: Page): Promise<Page>;
  openExtensionPage(page: OwnPage): Promise<Page>;
  /** Our pages in tabs, as the extension itself sees them: Firefox does not always report those that it opens. */
  ownTabs(): Promise<readonly OwnTab[]>;
  /** Settings as the options page would store them. */
  store(values: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

/** The executable, or null where this kind is not here. */
export function executableOf(kind: BrowserKind): string | null {
  return kind === 'chromium' ? findChromium() : findFirefox();
}

/** Starts a browser; whatever fails on the way leaves nothing behind. */
export async function launch(
  kind: BrowserKind,
  standIn: StandIn,
  options: LaunchOptions = {},
): Promise<Session> {
  const executablePath = executableOf(kind);
  if (executablePath === null) throw new Error(`${kind} is not here`);
  if (options.directDns === true && standIn.namedPort === null) throw new Error('named is not here');
  const profile = mkdtempSync(path.join(os.tmpdir(), `mailvouch-${kind}-`));
  const { scheme = 'light', headless = true, directDns = false } = options;
  const forget = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  try {
    const browser = await puppeteer.launch({
      executablePath,
      headless,
      acceptInsecureCerts: true,
      defaultViewport: null,
      ...(kind === 'chromium'
        ? chromiumOptions(standIn.port, profile, scheme, directDns ? standIn.namedPort : null)
        : firefoxOptions(directDns ? standIn.directProxyPort : standIn.proxyPort, scheme)),
    });
    const session = sessionOf(kind, browser, options.extensionDir ?? EXTENSION[kind], forget);
    try {
      if (options.withoutExtension !== true) await session.install();
      return session;
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    forget();
    throw error;
  }
}

function sessionOf(kind: BrowserKind, browser: Browser, extensionDir: string, forget: () => void): Session {
  let extensionId = '';
  let popup: Page | null = null;
  let settingsPage: Page | null = null;

  const openExtensionPage = async (name: OwnPage): Promise<Page> => {
    const page = await browser.newPage();
    await page.setViewport({ width: name === 'popup.html' ? 400 : 800, height: 600 });
    const origin =
      kind === 'chromium' ? `chrome-extension://${extensionId}` : `moz-extension://${FIREFOX_UUID}`;
    // Firefox never reports that an extension's page has loaded, so no such event is waited for.
    await page.goto(`${origin}/${name}`, { waitUntil: [] });
    await until(page, () => document.querySelector('main') !== null);
    return page;
  };

  const settings = async (): Promise<Page> => {
    settingsPage ??= await openExtensionPage('options.html');
    return settingsPage;
  };

  return {
    kind,
    browser,
    openExtensionPage,
    async ownTabs() {
      return (await settings()).evaluate(() => {
        const { chrome } = globalThis as unknown as {
          chrome: { extension: { getViews(of: { type: string }): readonly Window[] } };
        };
        return chrome.extension.getViews({ type: 'tab' }).map(({ document, location }) => ({
          address: location.href.slice(location.origin.length + 1),
          text: document.body?.textContent ?? '',
          settled: document.querySelector('.report[aria-busy="false"]') !== null,
        }));
      });
    },
    async store(values) {
      await (await settings()).evaluate(async (values) => {
        const { chrome } = globalThis as unknown as {
          chrome: { storage: { local: { set(values: object): Promise<void> } } };
        };
        await chrome.storage.local.set(values);
      }, values);
    },
    async install() {
      extensionId = await browser.installExtension(extensionDir);
      // The content scripts are registered a moment after the installation is reported.
      await pause(1000);
    },
    async openMailbox(query = '') {
      const page = await browser.newPage();
      await page.goto(`${MAILBOX}${query}`, { waitUntil: 'domcontentloaded' });
      await page.waitForSelector('tr.zA');
      return page;
    },
    async openPopup(active) {
      popup ??= await openExtensionPage('popup.html');
      await active.bringToFront();
      // Reloaded in the background it finds the mail's tab active, just as a popup above it does.
      await popup.evaluate(() => {
        document.documentElement.dataset.stale = 'true';
        location.reload();
      });
      await until(
        popup,
        () => document.documentElement.dataset.stale === undefined && document.querySelector('main') !== null,
      );
      return popup;
    },
    async openRealPopup(active) {
      if (kind === 'firefox') throw new Error('Firefox offers no way to click its toolbar');
      const extension = (await browser.extensions()).get(extensionId);
      if (extension === undefined) throw new Error('the extension is not there');
      await active.bringToFront();
      const before = new Set(browser.targets());
      await active.triggerExtensionAction(extension);
      const target = await browser.waitForTarget(
        (candidate) => !before.has(candidate) && candidate.url().endsWith('/popup.html'),
      );
      return target.asPage();
    },
    async close() {
      await browser.close();
      forget();
    },
  };
}

/** Opens several messages as one conversation, all of them expanded. */
export async function openConversation(
  page: Page,
  mails: readonly { readonly name: string }[],
): Promise<void> {
  const routes = mails.map(({ name }) => `FMfcgz${name.replaceAll('-', '')}`).join('+');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#inbox/${routes}`);
  await page.waitForFunction(
    (count) => document.querySelectorAll('div.adn').length === count,
    {},
    mails.length,
  );
}

/** Opens a message of the mailbox by its place in the list. */
export async function openMessage(page: Page, id: string): Promise<void> {
  await page.evaluate((legacyId) => {
    const subject = document.querySelector(`[data-legacy-last-message-id="${legacyId}"]`);
    if (subject !== null) subject.closest<HTMLElement>('tr.zA')?.click();
  }, id);
  await page.waitForSelector(`div.adn[data-legacy-message-id="${id}"]`);
}

/** Goes back to the list. */
export async function backToList(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await page.waitForSelector('tr.zA');
}

/** Waits for a condition inside a page that may be in the background, where frames are not painted. */
export async function until(page: Page, condition: () => boolean, limit = 15_000): Promise<void> {
  const end = Date.now() + limit;
  for (;;) {
    // While a page reloads there is no document to ask.
    if (await page.evaluate(condition).catch(() => false)) return;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${condition}\n${await textOf(page)}`);
    await pause(50);
  }
}

/** The explanation is complete: no check is open. */
export async function untilSettled(page: Page): Promise<void> {
  await until(
    page,
    () =>
      document.querySelector('[role="alert"]') !== null ||
      document.querySelector('.report[aria-busy="false"]') !== null,
  );
}

/** All text of a page, hidden or not; empty while it loads. */
export function textOf(page: Page): Promise<string> {
  return page.evaluate(() => document.body.textContent).catch(() => '');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
