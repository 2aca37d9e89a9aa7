/** The settings that change who is asked what: resolvers, stored results; and what cannot be saved. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { buttonNamed } from './buttons.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);
  const DEFAULTS = {
    resolver: 'https://cloudflare-dns.com/dns-query',
    secondResolver: 'https://dns.google/dns-query',
  };

  beforeEach(async () => {
    if (!running.here) return;
    await running.session.store({ ...DEFAULTS, badges: false, cleared: Date.now() });
    await reloadMailbox(running.mailbox);
    running.standIn.requests.length = 0;
  });

  const explain = async (): Promise<Page> => {
    const { mailbox, session } = running;
    await openMessage(mailbox, idOf('01'));
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    return popup;
  };
  const askedHosts = () =>
    new Set(running.standIn.requests.flatMap(({ host, question }) => (question === null ? [] : [host])));
  /** Chooses in the named group of the settings page, by a click. */
  const choose = async (title: string, value: string): Promise<Page> => {
    const settings = await running.session.openExtensionPage('options.html');
    await settings.bringToFront();
    const found = await settings.evaluateHandle(
      (legend, wanted) =>
        [...document.querySelectorAll('fieldset')]
          .find((group) => group.querySelector('legend')?.textContent === legend)
          ?.querySelector(`input[value="${wanted}"]`) ?? null,
      title,
      value,
    );
    await (found.asElement() as ElementHandle<Element> | null)?.click();
    return settings;
  };
  const untilSaved = (settings: Page, text: string) =>
    expect.poll(() => textOf(settings), { timeout: 5000 }).toContain(text);

  it.skipIf(!running.here)(
    'another first resolver is asked first, and the answers of the old one are dropped',
    async () => {
      await explain();
      expect(askedHosts()).toEqual(new Set(['cloudflare-dns.com']));
      const settings = await choose(t('settings_resolver'), 'https://dns.google/dns-query');
      await untilSaved(settings, t('ui_saved'));
      await settings.close();
      running.standIn.requests.length = 0;
      await reloadMailbox(running.mailbox);
      expect(await textOf(await explain())).toContain('(dns.google)');
      expect(askedHosts()).toEqual(new Set(['dns.google']));
    },
  );

  it.skipIf(!running.here)(
    'without a second resolver nobody else is asked when the first fails',
    async () => {
      const settings = await choose(t('settings_second'), 'none');
      await untilSaved(settings, t('ui_saved'));
      await settings.close();
      running.standIn.faults.dns['cloudflare-dns.com'] = 'html';
      const text = await textOf(await explain());
      expect(text).toContain(t('ui_dns_partial'));
      expect(text).toContain('bank.example vouches for this mail.');
      expect(askedHosts()).toEqual(new Set(['cloudflare-dns.com']));
    },
  );

  it.skipIf(!running.here)('clearing stored results makes page and worker ask anew', async () => {
    await explain();
    running.standIn.requests.length = 0;
    await explain();
    expect(
      running.standIn.requests.filter(({ path, question }) => question !== null || path.includes('view=')),
    ).toEqual([]);
    const settings = await running.session.openExtensionPage('options.html');
    await settings.bringToFront();
    await (await buttonNamed(settings, t('settings_clear'))).click();
    await untilSaved(settings, t('settings_cleared'));
    await settings.close();
    await explain();
    expect(askedHosts()).toEqual(new Set(['cloudflare-dns.com']));
    expect(running.standIn.requests.some(({ path }) => path.includes('view=att'))).toBe(true);
  });

  it.skipIf(!running.here)('an address that is none is complained about and changes nothing', async () => {
    const settings = await choose(t('settings_resolver'), 'other');
    await settings.type('input[type="url"]', 'dns.example');
    await settings.keyboard.press('Enter');
    await until(
      settings,
      () => (document.querySelector('.address [role="alert"]')?.textContent ?? '') !== '',
    );
    expect(await textOf(settings)).toContain(t('settings_bad_address'));
    await settings.close();
    await explain();
    expect(askedHosts()).toEqual(new Set(['cloudflare-dns.com']));
  });

  // Headless Chromium cannot answer the prompt; Firefox is told to grant without one.
  it.skipIf(!running.here || kind === 'chromium')(
    'another resolver is used once access to it is allowed',
    async () => {
      const settings = await choose(t('settings_resolver'), 'https://dns10.quad9.net/dns-query');
      await untilSaved(settings, t('ui_saved'));
      await settings.close();
      // Nobody plays that host here, so it fails, and the second is asked.
      const text = await textOf(await explain());
      expect(text).toContain('(dns.google)');
      const tried = running.standIn.unexpected.filter(({ host }) => host === 'dns10.quad9.net');
      expect(tried.length).toBeGreaterThan(0);
      for (const { headers } of tried) {
        expect(headers.origin).toBeUndefined();
        expect(headers.cookie).toBeUndefined();
      }
    },
  );
});
