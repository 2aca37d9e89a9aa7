/** The badge beside the sender: what it reads, what it says, and how it keeps its place in a page that is not ours. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConversation, openMessage, until } from './browser.ts';
import { closedRoot } from './closed-root.ts';
import { openPanel } from './in-page.ts';
import { idOf, KINDS, mailOf, reloadMailbox, suite, t } from './kit.ts';

const RESOLVERS = ['cloudflare-dns.com', 'dns.google'];

/** What the first badge of the page says; '' while it says nothing, null where there is none. */
async function labelOf(page: Page): Promise<string | null> {
  const root = await closedRoot(page, 'mailvouch-badge').catch(() => null);
  if (root === null) return null;
  return root
    .evaluate((inside) => inside.querySelector('button')?.getAttribute('aria-label') ?? '')
    .catch(() => '');
}

async function untilBadge(page: Page): Promise<string> {
  await expect.poll(() => labelOf(page), { timeout: 10_000 }).toMatch(/./);
  return (await labelOf(page)) ?? '';
}

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);
  const asked = () =>
    running.standIn.requests.filter(({ host, path }) => RESOLVERS.includes(host) || path.includes('view='));

  beforeEach(async () => {
    if (!running.here) return;
    await running.session.store({ badges: true, checkEvery: false });
    await running.mailbox.bringToFront();
    await reloadMailbox(running.mailbox);
    running.standIn.requests.length = 0;
  });

  it.skipIf(!running.here)('does not exist before the first-run question is answered with yes', async () => {
    const { session, mailbox } = running;
    for (const badges of [null, false]) {
      await session.store({ badges });
      // A page that knows the answer from its start; one that is told of a change hears of it a moment later.
      await reloadMailbox(mailbox);
      running.standIn.requests.length = 0;
      await openMessage(mailbox, idOf('01'));
      // As long as a badge takes when there is one.
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(await mailbox.$('mailvouch-badge')).toBeNull();
      expect(asked()).toEqual([]);
    }
    await session.store({ badges: true });
    expect(await untilBadge(mailbox)).toBe('Mailvouch: bank.example vouches for this mail.');
  });

  it.skipIf(!running.here).each([
    { name: '02', says: 'shop.example does not vouch for this mail.' },
    { name: '04', says: 'old-club.example seems to have sent this mail, but has no rules for its name.' },
    { name: '09', says: t('badge_undecided') },
  ])('says what Gmail found, from the header alone: $name', async ({ name, says }) => {
    const { mailbox } = running;
    await openMessage(mailbox, idOf(name));
    expect(await untilBadge(mailbox)).toBe(`Mailvouch: ${says}`);
    expect(asked().map(({ path }) => path)).toEqual([
      `/mail/u/0/?view=att&th=${idOf(name)}&attid=0&disp=comp&safe=1&zw`,
    ]);
  });

  it.skipIf(!running.here)('own sent mail has none', async () => {
    await openMessage(running.mailbox, idOf('18'));
    await expect.poll(() => asked().length).toBe(1);
    await expect.poll(() => running.mailbox.$('mailvouch-badge')).toBeNull();
  });

  it.skipIf(!running.here)(
    'is read once, comes back when Gmail rebuilds its heading, and moves nothing',
    async () => {
      const { mailbox } = running;
      await openMessage(mailbox, idOf('01'));
      const label = await untilBadge(mailbox);
      const height = () =>
        mailbox.evaluate(() => document.querySelector('.gE')?.getBoundingClientRect().height);
      const before = await height();
      await mailbox.evaluate(() => document.querySelector('div.adn')?.dispatchEvent(new Event('rebuild')));
      await mailbox.waitForSelector('mailvouch-badge');
      expect(await untilBadge(mailbox)).toBe(label);
      expect(await height()).toBe(before);
      expect(await mailbox.$$('mailvouch-badge')).toHaveLength(1);
      expect(asked()).toHaveLength(1);
    },
  );

  it.skipIf(!running.here)('stands outside the body, and look-alikes in a body get none', async () => {
    const { mailbox } = running;
    await openMessage(mailbox, idOf('03'));
    await untilBadge(mailbox);
    const places = await mailbox.evaluate(() =>
      [...document.querySelectorAll('mailvouch-badge')].map((badge) => badge.closest('.a3s') === null),
    );
    expect(places).toEqual([true]);
    expect(await mailbox.evaluate(() => document.querySelector('mailvouch-badge')?.shadowRoot)).toBeNull();
  });

  it.skipIf(!running.here)('each message of a conversation has its own', async () => {
    const { mailbox } = running;
    await openConversation(mailbox, [mailOf('01'), mailOf('02')]);
    await until(mailbox, () => document.querySelectorAll('mailvouch-badge').length === 2);
  });

  it.skipIf(!running.here)(
    'a click opens the panel and does not fold the message; keys stay with it',
    async () => {
      const { mailbox } = running;
      await openMessage(mailbox, idOf('02'));
      await untilBadge(mailbox);
      await openPanel(mailbox);
      expect(
        await mailbox.evaluate(() => document.querySelector<HTMLElement>('div.adn')?.dataset.folds),
      ).toBeUndefined();
    },
  );

  it.skipIf(!running.here)('asks DNS for every mail only where that is chosen', async () => {
    const { session, mailbox, standIn } = running;
    await session.store({ checkEvery: true });
    await openMessage(mailbox, idOf('09'));
    await expect
      .poll(() => labelOf(mailbox), { timeout: 10_000 })
      .toBe('Mailvouch: weather.example vouches for this mail.');
    expect(standIn.requests.some(({ question }) => question !== null)).toBe(true);
  });

  it.skipIf(!running.here)(
    'is gone at once when it is switched off, and the message is left as it was',
    async () => {
      const { session, mailbox } = running;
      await openMessage(mailbox, idOf('01'));
      await untilBadge(mailbox);
      await session.store({ badges: false });
      await until(mailbox, () => document.querySelector('mailvouch-badge') === null);
    },
  );

  it.skipIf(!running.here)('leaves Gmail in peace for a while once it asks to slow down', async () => {
    const { mailbox, standIn } = running;
    standIn.faults.source['*'] = 'throttled';
    await openMessage(mailbox, idOf('01'));
    await expect.poll(() => asked().length).toBe(1);
    await mailbox.evaluate(() => {
      location.hash = '#inbox';
    });
    await mailbox.waitForSelector('tr.zA');
    await openMessage(mailbox, idOf('02'));
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(asked()).toHaveLength(1);
    // The place is kept: it may be asked again later.
    expect(await labelOf(mailbox)).toBe('');
  });
});
