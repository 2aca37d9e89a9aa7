/** Servers that the reader trusts, and the way to a result: as the built extension shows them. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openMessage, textOf, untilSettled } from './browser.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

/** Clicks the button of that name; whether there is one. */
function press(page: Page, name: string): Promise<boolean> {
  return page.evaluate((label) => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent === label);
    button?.click();
    return button !== undefined;
  }, name);
}

async function write(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => {
    const area = document.querySelector('textarea');
    if (area === null) throw new Error('nowhere to write');
    area.value = value;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
  expect(await press(page, t('settings_save'))).toBe(true);
}

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  beforeEach(async () => {
    if (!running.here) return;
    await running.session.store({ trustedServers: '', badges: false });
    await reloadMailbox(running.mailbox);
  });

  const explain = async (start: string): Promise<Page> => {
    await openMessage(running.mailbox, idOf(start));
    const popup = await running.session.openPopup(running.mailbox);
    await untilSettled(popup);
    return popup;
  };

  it.skipIf(!running.here)('a line that is no server is told, and saved once it is mended', async () => {
    const settings = await running.session.openExtensionPage('options.html');
    await settings.bringToFront();
    await write(settings, 'mx.lakeside.example\ngw.lakeside.example 203.0.113.0/33');
    await expect.poll(() => textOf(settings)).toContain(t('settings_bad_range', { line: 2 }));
    await write(settings, 'mx.lakeside.example\ngw.lakeside.example 203.0.113.0/24');
    await expect.poll(() => textOf(settings)).toContain(t('ui_saved'));
    await settings.close();

    const analyzer = await running.session.openExtensionPage('analyzer.html');
    const offered = await analyzer.evaluate(() =>
      [...document.querySelectorAll('option')].map(({ value }) => value),
    );
    expect(offered).toEqual(['', 'mx.lakeside.example']);
    await analyzer.close();
  });

  it.skipIf(!running.here)('a gateway is known by its addresses, and told', async () => {
    const told = t('finding_gateway_silent', { id: 'gw.lakeside.example' });
    expect(await textOf(await explain('21'))).not.toContain(told);
    await running.session.store({ trustedServers: 'gw.lakeside.example 203.0.113.0/24' });
    await reloadMailbox(running.mailbox);
    expect(await textOf(await explain('21'))).toContain(told);
  });

  it.skipIf(!running.here)('SPF is told term by term, the one that breaks it too', async () => {
    const popup = await explain('20');
    await popup.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('button.reason')) {
        if (/SPF/.test(button.textContent ?? '')) button.click();
      }
    });
    await expect.poll(() => textOf(popup)).toContain(t('spf_title'));
    const text = await textOf(popup);
    expect(text).toContain('include:_hosts.survey.example');
    expect(text).toContain(`${t('why_spf_too_many_lookups')} · ${t('spf_lookup', { number: 11 })}`);
    expect(text).toContain(t('spf_term_not_reached'));
  });

  it.skipIf(!running.here)(
    'what broke a signature is named, and the receiver’s seal proves its word',
    async () => {
      const text = await textOf(await explain('19'));
      expect(text).toContain(t('finding_dkim_broken_since', { domain: 'marsh-museum.example' }));
      expect(text).toContain('“[sightings] Bittern at the north hide”');
      expect(text).toContain(t('finding_seal_proven', { receiver: 'Gmail' }));
    },
  );
});
