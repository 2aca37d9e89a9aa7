/** The panel beside the mail: the popup's explanation in Gmail's page, out of that page's reach and out of its way. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it } from 'vitest';
import { reportOf, SAMPLES } from '../kit/samples.ts';
import { backToList, openConversation, openMessage, textOf, until, untilSettled } from './browser.ts';
import { axeViolations, type ClosedRoot } from './closed-root.ts';
import { openPanel, panelSettled, pressableBadge } from './in-page.ts';
import { idOf, KINDS, mailOf, reloadMailbox, suite, t } from './kit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = (sentence: string): string => sentence.replace(/[\u2068\u2069]/g, '');

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  beforeEach(async () => {
    if (!running.here) return;
    await running.session.store({ badges: true, language: 'auto' });
    await running.mailbox.bringToFront();
    await reloadMailbox(running.mailbox);
  });

  const openSettled = async (): Promise<ClosedRoot> => {
    const panel = await openPanel(running.mailbox);
    await panelSettled(panel);
    return panel;
  };

  it.skipIf(!running.here)('says what the popup says', async () => {
    const { mailbox, session } = running;
    await openMessage(mailbox, idOf('02'));
    const panel = await openSettled();
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    const inPopup = await popup.evaluate(() => document.querySelector('article.report')?.textContent);
    expect(await panel.evaluate((root) => root.querySelector('article.report')?.textContent)).toBe(inPopup);
  });

  it.skipIf(!running.here).each(SAMPLES.filter(({ name }) => !name.startsWith('18')))(
    'explains $name as the terminal does',
    async (sample) => {
      await openMessage(running.mailbox, idOf(sample.name));
      const panel = await openSettled();
      const { explanation } = await reportOf(sample, 'en');
      const text = await panel.text();
      expect(text).toContain(words(explanation.headline));
      for (const reason of explanation.reasons) expect(text).toContain(words(reason.text));
    },
  );

  it.skipIf(!running.here).each(['02', '04', '09', '11'])(
    'breaks no rule of accessibility: %s',
    async (name) => {
      await openMessage(running.mailbox, idOf(name));
      const panel = await openSettled();
      await panel.evaluate((root) => {
        for (const button of root.querySelectorAll<HTMLElement>('button.reason')) button.click();
      });
      expect(await axeViolations(panel, axe)).toEqual([]);
    },
  );

  it.skipIf(!running.here)(
    'follows evidence to the line and the deciding words by keyboard alone',
    async () => {
      const { mailbox } = running;
      await openMessage(mailbox, idOf('02'));
      const panel = await openSettled();
      await panel.evaluate((root) => {
        const reasons = [...root.querySelectorAll<HTMLButtonElement>('button.reason')];
        reasons.find(({ textContent }) => textContent.includes('The signature is'))?.focus();
      });
      await mailbox.keyboard.press('Enter');
      const marked = () =>
        panel.evaluate((root) => [...root.querySelectorAll('mark')].map(({ textContent }) => textContent));
      await expect.poll(marked).toContain('d=mailer.example');
      expect(await marked()).toContain('dkim=pass');
    },
  );

  it.skipIf(!running.here)(
    'takes the focus, keeps keys and clicks from Gmail, and gives the focus back',
    async () => {
      const { mailbox } = running;
      await openMessage(mailbox, idOf('02'));
      const panel = await openSettled();
      const focused = () => mailbox.evaluate(() => document.activeElement?.localName);
      expect(await focused()).toBe('mailvouch-panel');
      await mailbox.keyboard.press('u');
      await panel.click('.verdict');
      await mailbox.keyboard.press('j');
      expect(
        await mailbox.evaluate(() => [document.body.dataset.keys ?? '', location.hash.startsWith('#inbox/')]),
      ).toEqual(['', true]);
      await mailbox.keyboard.press('Escape');
      await until(mailbox, () => document.querySelector('mailvouch-panel') === null);
      expect(await focused()).toBe('mailvouch-badge');
      // The page has its keys back.
      await mailbox.evaluate(() => (document.activeElement as HTMLElement).blur());
      await mailbox.keyboard.press('u');
      await mailbox.waitForSelector('tr.zA');
    },
  );

  it.skipIf(!running.here)('is closed by its button, and by a second click on the badge', async () => {
    const { mailbox } = running;
    await openMessage(mailbox, idOf('01'));
    await (await openSettled()).click(`button[aria-label="${t('ui_close')}"]`);
    await until(mailbox, () => document.querySelector('mailvouch-panel') === null);
    await openSettled();
    await (await pressableBadge(mailbox)).click('button');
    await until(mailbox, () => document.querySelector('mailvouch-panel') === null);
  });

  it.skipIf(!running.here)(
    'goes when its message goes, and stays when Gmail rebuilds the page around it',
    async () => {
      const { mailbox } = running;
      await openMessage(mailbox, idOf('01'));
      await openSettled();
      await mailbox.evaluate(() => document.querySelector('div.adn')?.dispatchEvent(new Event('rebuild')));
      await mailbox.evaluate(() => document.querySelector('mailvouch-panel')?.remove());
      await mailbox.waitForSelector('mailvouch-panel');
      await backToList(mailbox);
      await until(mailbox, () => document.querySelector('mailvouch-panel') === null);
    },
  );

  it.skipIf(!running.here)(
    'explains the message whose badge was clicked, and lets another be picked',
    async () => {
      const { mailbox } = running;
      await openConversation(mailbox, [mailOf('01'), mailOf('02')]);
      const panel = await openSettled();
      expect(await panel.text()).toContain(words(t('ui_several', { count: 2 })));
      expect(await panel.text()).toContain('bank.example vouches for this mail.');
      const picked = await panel.evaluate((root, id) => {
        const select = root.querySelector('select');
        if (select === null) return [];
        const names = [...select.options].map(({ text }) => text);
        select.value = id;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return names;
      }, idOf('02'));
      expect(picked[0]).toMatch(/^Example Bank · Nov 20, 2026/);
      await expect.poll(() => panel.text()).toContain('shop.example does not vouch for this mail.');
    },
  );

  it.skipIf(!running.here)('speaks the chosen language', async () => {
    await running.session.store({ language: 'ja' });
    await openMessage(running.mailbox, idOf('06'));
    const panel = await openSettled();
    expect(await panel.text()).toContain('は、このメールを自らのものだと認めています。');
    expect(await panel.evaluate((root) => root.querySelector('.panel')?.getAttribute('lang'))).toBe('ja');
    expect(await axeViolations(panel, axe)).toEqual([]);
  });

  it.skipIf(!running.here)('copies the report, and opens the page for other mails', async () => {
    const { mailbox, session } = running;
    await openMessage(mailbox, idOf('01'));
    const panel = await openSettled();
    await panel.evaluate((root, label) => {
      const buttons = [...root.querySelectorAll<HTMLElement>('button')];
      buttons.find(({ textContent }) => textContent === label)?.scrollIntoView();
    }, t('ui_copy_text'));
    await panel.click('.actions button');
    await expect.poll(() => panel.text()).toContain(t('ui_copied'));
    const addresses = async () => (await session.ownTabs()).map(({ address }) => address);
    expect(await addresses()).not.toContain('analyzer.html');
    await panel.click('.actions button:nth-of-type(4)');
    await expect.poll(addresses, { timeout: 10_000 }).toContain('analyzer.html');
    expect(await textOf(mailbox)).not.toContain(t('ui_copied'));
  });
});
