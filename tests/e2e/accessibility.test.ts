/** Every page of ours by axe (WCAG 2.2 AA), in both schemes and both languages; by keyboard; at 200 % and at 320 px. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { type OwnPage, openMessage, until, untilSettled } from './browser.ts';
import { openPanel } from './in-page.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';
import { messyDomain } from './messy-domain.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const extraMails = [await messyDomain()];
const PAGES = ['options.html', 'welcome.html', 'analyzer.html'] as const satisfies readonly OwnPage[];

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** WCAG 2.2 AA violations of a page, as short lines. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: AxeViolation[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: found } = await run.run(document, { runOnly: { type: 'tag', values: tags } });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

/** A domain with every kind of mark, and all its details open. */
async function showRecords(page: Page): Promise<void> {
  await page.bringToFront();
  await (await page.waitForSelector('.domain-input input'))?.type('messy.example\r');
  await until(page, () => document.querySelector('.report[aria-busy="false"]') !== null);
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('button.reason')) button.click();
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await until(page, () => document.querySelector('.grounds:not([hidden])') !== null);
}

const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(KINDS)('in %s', (kind) => {
  describe.each(['light', 'dark'] as const)('%s', (scheme) => {
    const running = suite(kind, { scheme, extraMails });

    it.skipIf(!running.here).each(['en', 'ja'])('no page breaks a rule, %s', async (language) => {
      const { session, mailbox } = running;
      await session.store({ language, badges: null });
      for (const name of PAGES) {
        const page = await session.openExtensionPage(name);
        expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(
          scheme === 'dark',
        );
        expect(await violations(page)).toEqual([]);
        if (name === 'analyzer.html') {
          await showRecords(page);
          expect(await violations(page)).toEqual([]);
        }
        await page.close();
      }
      for (const name of language === 'en' ? ['02', '04', '08', '18'] : ['01']) {
        await reloadMailbox(mailbox);
        await openMessage(mailbox, idOf(name));
        const popup = await session.openPopup(mailbox);
        await untilSettled(popup);
        await popup.evaluate(() => {
          for (const button of document.querySelectorAll<HTMLElement>('button.reason')) button.click();
        });
        await until(popup, () => document.querySelector('.grounds:not([hidden])') !== null);
        expect(await violations(popup)).toEqual([]);
      }
      await reloadMailbox(mailbox);
      const problem = await session.openPopup(mailbox);
      await untilSettled(problem);
      expect(await violations(problem)).toEqual([]);
    });
  });

  describe('at other sizes and without a mouse', () => {
    const running = suite(kind, { extraMails });

    it.skipIf(!running.here)('everything fits 320 px, and twice its size', async () => {
      const { session, mailbox } = running;
      await session.store({ badges: true, language: 'auto' });
      for (const name of PAGES) {
        const page = await session.openExtensionPage(name);
        await page.setViewport({ width: 320, height: 480, deviceScaleFactor: 2 });
        expect(await overflowOf(page)).toBe(0);
        if (name === 'analyzer.html') {
          await showRecords(page);
          expect(await overflowOf(page)).toBe(0);
        }
        await page.close();
      }
      await openMessage(mailbox, idOf('06'));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      await popup.setViewport({ width: 320, height: 480, deviceScaleFactor: 2 });
      expect(await overflowOf(popup)).toBe(0);
      await popup.setViewport({ width: 400, height: 600 });

      // A window of 1000 by 800 at 200 % has half as many CSS pixels.
      await mailbox.bringToFront();
      await mailbox.setViewport({ width: 500, height: 400, deviceScaleFactor: 2 });
      await openPanel(mailbox);
      const box = await mailbox.evaluate(() => {
        const { left, right, bottom } =
          document.querySelector('mailvouch-panel')?.getBoundingClientRect() ?? new DOMRect();
        return { left, right: innerWidth - right, bottom: innerHeight - bottom };
      });
      for (const distance of Object.values(box)) expect(distance).toBeGreaterThanOrEqual(0);
    });

    it.skipIf(!running.here)('Tab leads through the popup in the order in which it is read', async () => {
      const { session, mailbox } = running;
      await session.store({ badges: null });
      await reloadMailbox(mailbox);
      await openMessage(mailbox, idOf('01'));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      await popup.bringToFront();
      const names: string[] = [];
      const expected = await popup.evaluate(() => document.querySelectorAll('button').length);
      for (let step = 0; step < expected; step++) {
        await popup.keyboard.press('Tab');
        names.push(
          await popup.evaluate(() => {
            const { activeElement } = document;
            return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
          }),
        );
      }
      expect(names.slice(0, 2)).toEqual([t('question_short'), t('ui_settings')]);
      expect(names[2]).toContain('The mail says it is from');
      expect(names.slice(-5)).toEqual([
        ...(['ui_copy_text', 'ui_copy_json', 'ui_check_again', 'ui_analyzer'] as const).map((key) => t(key)),
        t('ui_records_of', { domain: 'bank.example' }),
      ]);
    });
  });
});
