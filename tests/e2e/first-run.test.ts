/** The first run: one page, one question, asked again by the popup until it is answered. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { buttonNamed } from './buttons.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

/** Presses the button of that name, as a user would. */
async function press(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await (await buttonNamed(page, name)).click();
}

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  it.skipIf(!running.here)('opens a page of its own after the installation', async () => {
    await expect
      .poll(async () => (await running.session.ownTabs()).map(({ address }) => address), { timeout: 10_000 })
      .toContain('welcome.html');
  });

  it.skipIf(!running.here)('says who is asked what, and reads nothing before it is answered', async () => {
    const { session, standIn, mailbox } = running;
    const welcome = await session.openExtensionPage('welcome.html');
    const text = await textOf(welcome);
    for (const key of ['who_gmail', 'who_nobody', 'question_text'] as const) expect(text).toContain(t(key));
    expect(text).toContain(t('who_dns', { first: 'Cloudflare' }));
    expect(text).toContain(t('who_second', { first: 'Cloudflare', second: 'Google' }));
    await welcome.close();
    standIn.requests.length = 0;
    await openMessage(mailbox, idOf('01'));
    expect(standIn.requests.filter(({ path }) => path.includes('view='))).toEqual([]);
  });

  it.skipIf(!running.here)(
    'closed without an answer: the popup asks, explains all the same, and asks once',
    async () => {
      const { session, mailbox } = running;
      await reloadMailbox(mailbox);
      await openMessage(mailbox, idOf('02'));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      await press(popup, t('question_short'));
      expect(await textOf(popup)).toContain(t('question_text'));
      expect(await textOf(popup)).toContain('shop.example does not vouch for this mail.');
      await press(popup, t('question_yes'));
      await until(popup, () => document.querySelector('.question [role="status"]') !== null);
      expect(await textOf(popup)).toContain(t('question_on'));
      await mailbox.bringToFront();
      await mailbox.waitForSelector('mailvouch-badge');
      const again = await session.openPopup(mailbox);
      await untilSettled(again);
      expect(await textOf(again)).not.toContain(t('question_short'));
    },
  );

  it.skipIf(!running.here)('where there is nothing to explain, the question has the room', async () => {
    const { session, mailbox } = running;
    await session.store({ badges: null });
    await reloadMailbox(mailbox);
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    expect(await textOf(popup)).toContain(t('problem_no_message_open'));
    expect(await textOf(popup)).toContain(t('question_text'));
  });

  it.skipIf(!running.here)('the welcome page takes the answer and the language', async () => {
    const { session } = running;
    await session.store({ badges: null });
    const welcome = await session.openExtensionPage('welcome.html');
    await press(welcome, t('question_no'));
    await until(welcome, () => document.querySelector('.question [role="status"]') !== null);
    expect(await textOf(welcome)).toContain(t('question_off'));
    await welcome.evaluate(() => document.querySelector<HTMLInputElement>('input[value="ja"]')?.click());
    await until(welcome, () => document.documentElement.lang === 'ja');
    expect(await textOf(welcome)).toContain('印の意味');
    await session.store({ language: 'auto' });
  });
});
