/** The first resolver fails as networks and servers do: the browser's own `fetch` meets it, and the second explains. */
import { beforeEach, describe, expect, it } from 'vitest';
import { HOSTS } from '../webmail/certificate.ts';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  beforeEach(async () => {
    if (!running.here) return;
    // Answers, and who has failed, are forgotten with it.
    await running.session.store({ cleared: Date.now() });
    await running.mailbox.bringToFront();
    await reloadMailbox(running.mailbox);
    running.standIn.requests.length = 0;
    running.standIn.unexpected.length = 0;
  });

  const askedOf = (host: string): number =>
    running.standIn.requests.filter((request) => request.host === host && request.question !== null).length;

  /** The popup over a mail, when nothing is open any more. */
  const explain = async (start: string): Promise<string> => {
    const { mailbox, session } = running;
    await openMessage(mailbox, idOf(start));
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    return textOf(popup);
  };

  const expectWhole = (text: string): void => {
    expect(text).toContain('shop.example does not vouch for this mail.');
    expect(text).toContain(t('ui_done'));
    expect(text).not.toContain(t('ui_dns_partial'));
    expect(text).toContain(HOSTS.google);
  };

  it.skipIf(!running.here)('explains in full where the first is killed in the middle', async () => {
    const { mailbox, session, standIn } = running;
    standIn.faults.dnsDelay = 600;
    await openMessage(mailbox, idOf('02'));
    const popup = await session.openPopup(mailbox);
    await until(popup, () => document.querySelector('.report h1') !== null);
    standIn.faults.dns = { [HOSTS.cloudflare]: 'refuse' };
    await untilSettled(popup);
    expectWhole(await textOf(popup));
    expect(askedOf(HOSTS.cloudflare)).toBeGreaterThan(0);
  });

  it.skipIf(!running.here)('waits once for one that keeps silent, not for each mail', async () => {
    const { mailbox, standIn } = running;
    standIn.faults.dns = { [HOSTS.cloudflare]: 'hang' };
    expectWhole(await explain('02'));
    expect(askedOf(HOSTS.cloudflare)).toBeGreaterThan(0);
    standIn.requests.length = 0;
    await mailbox.bringToFront();
    await reloadMailbox(mailbox);
    expect(await explain('01')).toContain(t('ui_done'));
    expect(askedOf(HOSTS.google)).toBeGreaterThan(0);
    expect(askedOf(HOSTS.cloudflare)).toBe(0);
  });

  it.skipIf(!running.here)('says so where a network leads every question to its login', async () => {
    const { mailbox, session, standIn } = running;
    standIn.faults.dns = { [HOSTS.cloudflare]: 'redirect', [HOSTS.google]: 'redirect' };
    await openMessage(mailbox, idOf('02'));
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    await popup.$$eval('button[aria-expanded="false"]', (buttons) => {
      for (const button of buttons) button.click();
    });
    const text = await textOf(popup);
    // What the receiver reported stands all the same.
    expect(text).toContain('shop.example does not vouch for this mail.');
    expect(text).toContain(t('ui_dns_partial'));
    expect(text).toContain(t('rcode_portal'));
    expect(askedOf(HOSTS.google)).toBeGreaterThan(0);
    // Nobody goes where it points.
    expect(standIn.unexpected).toEqual([]);
  });

  it.skipIf(!running.here)(
    'takes SERVFAIL for an answer, and bothers nobody else with the name',
    async () => {
      const { mailbox, session, standIn } = running;
      standIn.faults.dns = { [HOSTS.cloudflare]: 'servfail' };
      await openMessage(mailbox, idOf('02'));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      const text = await textOf(popup);
      expect(text).toContain('shop.example does not vouch for this mail.');
      expect(text).toContain(t('ui_dns_partial'));
      expect(askedOf(HOSTS.google)).toBe(0);
    },
  );

  // The error stands last: for a while Chromium keeps an extension from asking a server again that answered with 5xx.
  it.skipIf(!running.here).each(['html', 'truncated', 'garbage', 'refused', 'error'] as const)(
    'explains with the second where the first answers by %s',
    async (fault) => {
      running.standIn.faults.dns = { [HOSTS.cloudflare]: fault };
      expectWhole(await explain('02'));
      expect(askedOf(HOSTS.cloudflare)).toBeGreaterThan(0);
    },
  );
});
