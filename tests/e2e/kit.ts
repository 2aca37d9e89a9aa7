/** What every end-to-end suite needs: the mailbox, the words, one browser for a whole suite. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { translatorFor } from '../kit/samples.ts';
import type { BrowserKind } from '../scripts/browsers.ts';
import { loadMailbox } from '../webmail/mailbox.ts';
import { NO_FAULTS, type StandIn, startStandIn } from '../webmail/server.ts';
import { executableOf, type LaunchOptions, launch, type Session } from './browser.ts';

export const KINDS = ['chromium', 'firefox'] as const satisfies readonly BrowserKind[];
export const mails = await loadMailbox();
export const t = translatorFor('en', String);

/** The mail whose name starts so. */
export function mailOf(start: string): (typeof mails)[number] {
  const mail = mails.find(({ name }) => name.startsWith(start));
  if (mail === undefined) throw new Error(`no mail ${start}`);
  return mail;
}

export function idOf(start: string): string {
  return mailOf(start).id;
}

/** A suite's browser; filled before its first test. */
export interface Suite {
  readonly here: boolean;
  standIn: StandIn;
  session: Session;
  mailbox: Page;
}

/** One browser on one stand-in for all tests of a suite; faults are cleared before each. */
export function suite(
  kind: BrowserKind,
  options: LaunchOptions & { readonly extraMails?: typeof mails } = {},
): Suite {
  const here = executableOf(kind) !== null;
  const running = { here } as Suite;
  beforeAll(async () => {
    if (!here) return;
    running.standIn = await startStandIn([...mails, ...(options.extraMails ?? [])]);
    running.session = await launch(kind, running.standIn, options);
    running.mailbox = await running.session.openMailbox();
  });
  beforeEach(() => {
    if (here) running.standIn.faults = structuredClone(NO_FAULTS);
  });
  afterAll(async () => {
    if (!here) return;
    await running.session.close();
    await running.standIn.close();
  });
  return running;
}

/** Back to the list in a page that remembers nothing. */
export async function reloadMailbox(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.waitForSelector('tr.zA');
}
