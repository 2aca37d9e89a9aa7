/** What happens to people: the network goes, a resolver dies in the middle, the tab is left, Gmail rebuilds its page. */
import { beforeEach, describe, expect, it } from 'vitest';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { openPanel, panelSettled } from './in-page.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  beforeEach(async () => {
    if (!running.here) return;
    await running.session.store({ badges: true, cleared: Date.now() });
    await running.mailbox.bringToFront();
    await reloadMailbox(running.mailbox);
  });

  // Firefox offers no way to pull the network from one tab.
  it.skipIf(!running.here || kind === 'firefox')(
    'without network, says that Gmail is out of reach',
    async () => {
      const { mailbox, session } = running;
      await openMessage(mailbox, idOf('01'));
      await mailbox.waitForSelector('mailvouch-badge');
      await mailbox.setOfflineMode(true);
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      expect(await textOf(popup)).toContain(t('problem_unreachable'));
      await mailbox.setOfflineMode(false);
      await mailbox.bringToFront();
      const again = await session.openPopup(mailbox);
      await untilSettled(again);
      expect(await textOf(again)).toContain('bank.example vouches for this mail.');
    },
  );

  it.skipIf(!running.here)('a resolver that dies in the middle takes nothing back', async () => {
    const { mailbox, session, standIn } = running;
    standIn.faults.dnsDelay = 600;
    await openMessage(mailbox, idOf('02'));
    const popup = await session.openPopup(mailbox);
    await until(popup, () => document.querySelector('.report h1') !== null);
    standIn.faults.dns = { 'cloudflare-dns.com': 'refuse', 'dns.google': 'refuse' };
    await untilSettled(popup);
    const text = await textOf(popup);
    expect(text).toContain('shop.example does not vouch for this mail.');
    expect(text).toContain(t('ui_dns_partial'));
    // What was left open is asked for again the next time, and then it is there.
    standIn.faults.dns = {};
    const again = await session.openPopup(mailbox);
    await untilSettled(again);
    expect(await textOf(again)).toContain(t('ui_done'));
  });

  it.skipIf(!running.here)('left while it is being checked, the panel is complete on return', async () => {
    const { mailbox, session, standIn } = running;
    standIn.faults.dnsDelay = 800;
    await openMessage(mailbox, idOf('02'));
    const panel = await openPanel(mailbox);
    const elsewhere = await session.browser.newPage();
    await elsewhere.bringToFront();
    await panelSettled(panel);
    await mailbox.bringToFront();
    expect(await panel.text()).toContain(t('ui_done'));
    await elsewhere.close();
  });

  it.skipIf(!running.here)('a page rebuilt while it is being read keeps badge and explanation', async () => {
    const { mailbox, session, standIn } = running;
    standIn.faults.dnsDelay = 400;
    await openMessage(mailbox, idOf('01'));
    await mailbox.waitForSelector('mailvouch-badge');
    const popup = await session.openPopup(mailbox);
    for (let times = 0; times < 5; times++) {
      await mailbox.evaluate(() => document.querySelector('div.adn')?.dispatchEvent(new Event('rebuild')));
    }
    await untilSettled(popup);
    expect(await textOf(popup)).toContain('bank.example vouches for this mail.');
    await mailbox.bringToFront();
    await until(mailbox, () => document.querySelectorAll('mailvouch-badge').length === 1);
  });

  it.skipIf(!running.here)('the whole tour asks only those whom PRIVACY names', async () => {
    const { mailbox, session, standIn } = running;
    standIn.requests.length = 0;
    standIn.unexpected.length = 0;
    for (const name of ['01', '03', '06', '11', '17', '18']) {
      await openMessage(mailbox, idOf(name));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      await mailbox.bringToFront();
      await reloadMailbox(mailbox);
    }
    expect(standIn.unexpected).toEqual([]);
    const hosts = new Set(
      standIn.requests.filter(({ question }) => question !== null).map(({ host }) => host),
    );
    expect(hosts).toEqual(new Set(['cloudflare-dns.com']));
    for (const { question, headers, method } of standIn.requests) {
      if (question === null) continue;
      // Names alone: nothing of a person's address, of a subject or of a text.
      expect(question).toMatch(/^(?:[a-z0-9_-]+\.)+[a-z0-9-]+$/);
      expect(question).not.toMatch(/naomi/);
      expect(method).toBe('GET');
      for (const header of ['cookie', 'origin', 'referer'] as const) expect(headers[header]).toBeUndefined();
    }
  });
});
