/** One way to drive the built extension in Chromium and in Firefox, on the stand-ins. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type BrowserKind, findChromium, findFirefox } from '../scripts/browsers.ts';
import type { StandIn } from '../webmail/server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const EXTENSION: Readonly<Record<BrowserKind, string>> = {
  chromium: path.join(ROOT, '.output/chrome-mv3'),
  firefox: path.join(ROOT, '.output/firefox-mv3'),
};
const FIREFOX_ID = 'mailvouch@mailvouch.example';
const FIREFOX_UUID = '6f1d7a52-3c0b-4f0e-9a55-1d2c3b4a5e6f';
export const MAILBOX = 'https://mail.google.com/mail/u/0/';

export interface LaunchOptions {
  readonly headless?: boolean;
  readonly scheme?: 'light' | 'dark';
  /** Leave the extension out at first; `install` brings it. */
  readonly withoutExtension?: boolean;
}

export interface Session {
  readonly kind: BrowserKind;
  readonly browser: Browser;
  install(): Promise<void>;
  /** A tab with the mailbox, its list showing. */
  openMailbox(): Promise<Page>;
  /** The popup's page, opened while `active` is the active tab, as the toolbar would. */
  openPopup(active: Page): Promise<Page>;
  openExtensionPage(page: 'options.html' | 'popup.html'): Promise<Page>;
  close(): Promise<void>;
}

/** The executable, or null where this kind is not here. */
export function executableOf(kind: BrowserKind): string | null {
  return kind === 'chromium' ? findChromium() : findFirefox();
}

export async function launch(
  kind: BrowserKind,
  standIn: StandIn,
  options: LaunchOptions = {},
): Promise<Session> {
  const executablePath = executableOf(kind);
  if (executablePath === null) throw new Error(`${kind} is not here`);
  const profile = mkdtempSync(path.join(os.tmpdir(), `mailvouch-${kind}-`));
  const common = {
    executablePath,
    headless: options.headless ?? true,
    acceptInsecureCerts: true,
    defaultViewport: null,
  };
  const browser = await (kind === 'chromium'
    ? puppeteer.launch({
        ...common,
        userDataDir: profile,
        pipe: true,
        enableExtensions: true,
        args: chromiumArguments(standIn.port, options.scheme),
      })
    : puppeteer.launch({
        ...common,
        browser: 'firefox',
        args: ['--remote-allow-system-access', '--width=1000', '--height=800'],
        extraPrefsFirefox: firefoxPreferences(standIn.proxyPort, options.scheme),
      }));
  let extensionId = '';
  let popup: Page | null = null;

  const install = async (): Promise<void> => {
    extensionId = await browser.installExtension(EXTENSION[kind]);
    // The content scripts are registered a moment after the installation is reported.
    await pause(1000);
  };
  if (options.withoutExtension !== true) await install();

  const openExtensionPage = async (name: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.setViewport({ width: name === 'popup.html' ? 400 : 800, height: 600 });
    const base =
      kind === 'chromium' ? `chrome-extension://${extensionId}` : `moz-extension://${FIREFOX_UUID}`;
    await goTo(page, `${base}/${name}`);
    await until(page, () => document.querySelector('main') !== null);
    return page;
  };

  return {
    kind,
    browser,
    install,
    openExtensionPage,
    async openMailbox() {
      const page = await browser.newPage();
      await page.goto(MAILBOX, { waitUntil: 'domcontentloaded' });
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
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function chromiumArguments(port: number, scheme: LaunchOptions['scheme']): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
    '--ignore-certificate-errors',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-gpu',
    '--disable-quic',
    '--window-size=1000,800',
    ...(scheme === 'dark' ? ['--force-dark-mode'] : []),
  ];
}

function firefoxPreferences(proxyPort: number, scheme: LaunchOptions['scheme']): Record<string, unknown> {
  return {
    'network.proxy.type': 1,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.failover_direct': false,
    'extensions.webextensions.uuids': JSON.stringify({ [FIREFOX_ID]: FIREFOX_UUID }),
    'extensions.webextOptionalPermissionPrompts': false,
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1,
  };
}

/** Firefox does not report that an extension page has loaded; whoever calls waits for its content. */
async function goTo(page: Page, url: string): Promise<void> {
  await page
    .goto(url, { waitUntil: 'domcontentloaded', timeout: url.startsWith('moz-') ? 1500 : 10_000 })
    .catch((error) => {
      if (!url.startsWith('moz-')) throw error;
    });
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

export function textOf(page: Page): Promise<string> {
  return page.evaluate(() => document.body.textContent).catch(() => '');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
