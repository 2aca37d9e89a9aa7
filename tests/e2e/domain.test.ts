/** The records of a domain: typed, or led to from a mail; only resolvers hear of it, and only once it is wanted. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { HOSTS } from '../webmail/certificate.ts';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { press } from './buttons.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';
import { messyDomain } from './messy-domain.ts';

const MESSY = await messyDomain();

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind, { extraMails: [MESSY] });

  beforeEach(() => {
    if (running.here) running.standIn.requests.length = 0;
  });

  const analyzer = async (): Promise<Page> => {
    const page = await running.session.openExtensionPage('analyzer.html');
    await page.bringToFront();
    return page;
  };
  const type = async (page: Page, text: string): Promise<void> => {
    const field = await page.waitForSelector('.domain-input input');
    await field?.type(`${text}\r`);
  };
  const questions = (): readonly string[] =>
    running.standIn.requests.flatMap(({ question }) => (question === null ? [] : [question]));

  it.skipIf(!running.here)(
    'a name that is typed leads to its records, and each mistake is marked',
    async () => {
      const page = await analyzer();
      expect(running.standIn.requests).toEqual([]);
      await type(page, 'office@Messy.example');
      await untilSettled(page);
      const marked = await page.$$eval('.record-text mark', (marks) => marks.map((mark) => mark.textContent));
      expect(marked).toContain('rejct');
      expect(await textOf(page)).toContain('v=DMARC1; p=reject');
      expect(await page.$$eval('.tree li.error', (lines) => lines.length)).toBeGreaterThan(0);
      const { requests, unexpected } = running.standIn;
      expect(new Set(requests.map(({ host }) => host))).toEqual(new Set([HOSTS.cloudflare]));
      expect(questions().every((name) => /(?:^|\.)(?:messy\.)?example$/.test(name))).toBe(true);
      expect(unexpected).toEqual([]);
      await page.close();
    },
  );

  it.skipIf(!running.here)('what was answered is kept, and asked anew when that is wanted', async () => {
    const page = await analyzer();
    await type(page, 'messy.example');
    await untilSettled(page);
    running.standIn.requests.length = 0;
    await page.reload({ waitUntil: [] }).catch(() => null);
    await until(page, () => document.querySelector('.domain-input') !== null);
    await type(page, 'messy.example');
    await untilSettled(page);
    expect(questions()).toEqual([]);
    await press(page, t('domain_again'));
    await until(page, () => document.querySelector('.report[aria-busy="true"]') === null);
    await expect.poll(questions).toContain('_dmarc.messy.example');
    await page.close();
  });

  it.skipIf(!running.here)('what is no name is not asked for', async () => {
    const page = await analyzer();
    await type(page, 'my bank');
    await until(page, () => document.querySelector('[aria-invalid="true"]') !== null);
    expect(await textOf(page)).toContain(t('analyzer_bad_domain'));
    expect(running.standIn.requests).toEqual([]);
    await page.close();
  });

  it.skipIf(!running.here)(
    'the link below an explanation opens them with the keys of its signatures',
    async () => {
      const { session, mailbox, standIn } = running;
      const address = 'analyzer.html#domain=bank.example&selectors=b2026';
      const opened = async () => (await session.ownTabs()).find((tab) => tab.address === address);
      // The page that is asked for them is there before anything is measured.
      expect(await opened()).toBeUndefined();
      await reloadMailbox(mailbox);
      await openMessage(mailbox, idOf('01'));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      standIn.requests.length = 0;
      const link = t('ui_records_of', { domain: 'bank.example' });
      await press(popup, link);
      await expect.poll(async () => (await opened())?.settled, { timeout: 15_000 }).toBe(true);
      expect((await opened())?.text).toContain('b2026._domainkey.bank.example');
      expect(new Set(standIn.requests.map(({ host }) => host))).toEqual(new Set([HOSTS.cloudflare]));
    },
  );
});
