/** No resolver answers: what Gmail reported stands and is explained, what is missing is said, and can be asked again. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { press } from './buttons.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

const SILENT = { 'cloudflare-dns.com': 'refuse', 'dns.google': 'refuse' } as const;

async function checkAgain(popup: Page): Promise<void> {
  await press(popup, t('ui_check_again'));
  await until(popup, () => document.querySelector('.report') !== null);
  await untilSettled(popup);
}

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  beforeEach(async () => {
    if (!running.here) return;
    running.standIn.faults.dns = { ...SILENT };
    await running.session.store({ badges: true, cleared: Date.now() });
    await running.mailbox.bringToFront();
    await reloadMailbox(running.mailbox);
  });

  const explain = async (name: string): Promise<Page> => {
    await openMessage(running.mailbox, idOf(name));
    const popup = await running.session.openPopup(running.mailbox);
    await untilSettled(popup);
    return popup;
  };

  it.skipIf(!running.here)(
    'Gmail’s verdict stands, and the full check follows when asked again',
    async () => {
      const popup = await explain('01');
      const text = await textOf(popup);
      expect(text).toContain('bank.example vouches for this mail.');
      expect(text).toMatch(
        /This could not be checked here: the DMARC record of bank\.example, the key of bank\.example/,
      );
      expect(text).toContain('What Gmail reported on delivery stands.');
      expect(text).toContain(t('ui_dns_partial'));
      for (const claim of [t('rcode_nodata'), 'has no DMARC record', 'is not in DNS']) {
        expect(text).not.toContain(claim);
      }
      running.standIn.faults.dns = {};
      await checkAgain(popup);
      const whole = await textOf(popup);
      expect(whole).toContain('bank.example vouches for this mail.');
      expect(whole).toContain(t('finding_now_agrees'));
      expect(whole).toContain(t('ui_done'));
      expect(whole).not.toContain('could not be checked here');
    },
  );

  it.skipIf(!running.here)(
    'a fail stands as well, and asking again in the same silence changes nothing',
    async () => {
      const popup = await explain('02');
      const text = await textOf(popup);
      expect(text).toContain('shop.example does not vouch for this mail.');
      expect(text).toContain(t('ui_dns_partial'));
      await checkAgain(popup);
      expect(await textOf(popup)).toBe(text);
    },
  );

  it.skipIf(!running.here)(
    'where Gmail did not decide, nothing is known until it is asked again',
    async () => {
      const popup = await explain('09');
      const text = await textOf(popup);
      expect(text).toMatch(/could not be checked just now\./);
      expect(text).toContain(t('fix_unanswered'));
      running.standIn.faults.dns = {};
      await checkAgain(popup);
      const whole = await textOf(popup);
      expect(whole).not.toContain('could not be checked just now.');
      expect(whole).toContain(t('ui_done'));
    },
  );
});
