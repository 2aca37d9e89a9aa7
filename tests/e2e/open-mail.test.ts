/** A mail that is open in Gmail is explained, in real browsers with the built extension. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportOf, SAMPLES } from '../kit/samples.ts';
import { NO_FAULTS, type StandIn, startStandIn } from '../webmail/server.ts';
import {
  backToList,
  executableOf,
  launch,
  openMessage,
  type Session,
  textOf,
  until,
  untilSettled,
} from './browser.ts';
import { idOf, mails, t } from './kit.ts';

describe.each(['chromium', 'firefox'] as const)('in %s', (kind) => {
  const here = executableOf(kind) !== null;
  let standIn: StandIn;
  let session: Session;
  let mailbox: Page;

  beforeAll(async () => {
    if (!here) return;
    standIn = await startStandIn(mails);
    session = await launch(kind, standIn);
    mailbox = await session.openMailbox();
  });
  afterAll(async () => {
    if (!here) return;
    await session.close();
    await standIn.close();
  });
  beforeEach(async () => {
    if (!here) return;
    standIn.faults = structuredClone(NO_FAULTS);
    await backToList(mailbox);
  });

  /** Opens a message and the popup over it. */
  const explain = async (id: string): Promise<Page> => {
    await openMessage(mailbox, id);
    return session.openPopup(mailbox);
  };

  it.skipIf(!here).each(SAMPLES)('explains $name as the terminal does', async (sample) => {
    const popup = await explain(idOf(sample.name));
    await untilSettled(popup);
    const { explanation } = await reportOf(sample, 'en');
    const text = await textOf(popup);
    const words = (sentence: string): string => sentence.replace(/[\u2068\u2069]/g, '');
    expect(text).toContain(words(explanation.headline));
    for (const reason of explanation.reasons) expect(text).toContain(words(reason.text));
  });

  it.skipIf(!here || !mails.some(({ name }) => name.startsWith('original'))).each([1, 2, 3, 4, 5])(
    'verifies the aligned signature of real message %i',
    async (index) => {
      const popup = await explain(idOf(`original-${index}`));
      await untilSettled(popup);
      expect(await textOf(popup)).toMatch(/The mail bears the signature of \S+, and it is intact\./);
    },
  );

  it.skipIf(!here)(
    'shows the receiver’s verdict at once and fills in the checks as DNS answers',
    async () => {
      standIn.faults.dnsDelay = 1500;
      // A mail whose keys and records nobody has asked for yet in this test run would do; a fresh session has no cache.
      const fresh = await launch(kind, standIn);
      try {
        const page = await fresh.openMailbox();
        await openMessage(page, idOf('02'));
        const popup = await fresh.openPopup(page);
        await until(popup, () => document.querySelector('h1') !== null);
        const early = await textOf(popup);
        expect(early).toContain('shop.example does not vouch for this mail.');
        expect(early).toContain(t('ui_checking'));
        expect(early).toContain('being checked');
        await untilSettled(popup);
        const late = await textOf(popup);
        expect(late).toContain(t('ui_done'));
        expect(late).toContain('DKIM · Gmail reported: pass · checked here: pass');
      } finally {
        await fresh.close();
      }
    },
  );

  it.skipIf(!here)('leads from a reason to the header field and the record, by keyboard alone', async () => {
    const popup = await explain(idOf('02'));
    await untilSettled(popup);
    const find = () => {
      const reasons = [...document.querySelectorAll<HTMLButtonElement>('button.reason')];
      const button = reasons.find(({ textContent }) => textContent?.includes('The signature is'));
      button?.focus();
      return button?.getAttribute('aria-expanded');
    };
    await popup.bringToFront();
    expect(await popup.evaluate(find)).toBe('false');
    await popup.keyboard.press('Enter');
    await until(popup, () => document.activeElement?.getAttribute('aria-expanded') === 'true');
    const text = await textOf(popup);
    expect(text).toContain('DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mailer.example; s=s1;');
    expect(text).toContain('s1._domainkey.mailer.example TXT');
    expect(text).toContain('answered by cloudflare-dns.com');
  });

  it.skipIf(!here)('keeps the report in the page: the popup opened again asks nobody', async () => {
    await untilSettled(await explain(idOf('01')));
    const before = standIn.requests.length;
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    expect(await textOf(popup)).toContain('bank.example vouches for this mail.');
    const own = standIn.requests
      .slice(before)
      .filter(({ path, question }) => question !== null || path.includes('view=att'));
    expect(own).toEqual([]);
  });

  it.skipIf(!here)('is not taken in by markup inside a mail', async () => {
    const before = standIn.requests.length;
    await untilSettled(await explain(idOf('03')));
    const asked = standIn.requests.slice(before).filter(({ path }) => path.includes('view=att'));
    expect(asked.every(({ path }) => path.includes(`th=${idOf('03')}`))).toBe(true);
  });

  describe('says what to do when', () => {
    it.skipIf(!here).each([
      { fault: 'nothing', problem: 'problem_not_original' },
      { fault: 'signed-out', problem: 'problem_signed_out' },
      { fault: 'throttled', problem: 'problem_throttled' },
      { fault: 'binary', problem: 'problem_binary' },
      { fault: 'no-from', problem: 'headline_author_unusable' },
    ] as const)('Gmail answers with $fault', async ({ fault, problem }) => {
      standIn.faults.source['*'] = fault;
      // The page keeps what it has explained.
      await mailbox.reload({ waitUntil: 'domcontentloaded' });
      await mailbox.waitForSelector('tr.zA');
      const popup = await explain(idOf('12'));
      await untilSettled(popup);
      expect(await textOf(popup)).toContain(t(problem));
    });

    it.skipIf(!here)('no message is open', async () => {
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      expect(await textOf(popup)).toContain(t('problem_no_message_open'));
    });

    it.skipIf(!here)('the page is no mail', async () => {
      const page = await session.browser.newPage();
      await page.goto('https://accounts.google.com/');
      const popup = await session.openPopup(page);
      await untilSettled(popup);
      expect(await textOf(popup)).toContain(t('problem_no_mail_page'));
      await page.close();
    });
  });

  describe('with DNS', () => {
    it.skipIf(!here)('in trouble at the first resolver, asks the second and says so', async () => {
      standIn.faults.dns['cloudflare-dns.com'] = 'html';
      const fresh = await launch(kind, standIn);
      try {
        const page = await fresh.openMailbox();
        await openMessage(page, idOf('01'));
        const popup = await fresh.openPopup(page);
        await untilSettled(popup);
        expect(await textOf(popup)).toContain('(dns.google)');
      } finally {
        await fresh.close();
      }
    });

    it.skipIf(!here)(
      'silent altogether, lets the receiver’s verdict stand and says what is missing',
      async () => {
        standIn.faults.dns = { 'cloudflare-dns.com': 'refuse', 'dns.google': 'garbage' };
        const fresh = await launch(kind, standIn);
        try {
          const page = await fresh.openMailbox();
          await openMessage(page, idOf('01'));
          const popup = await fresh.openPopup(page);
          await untilSettled(popup);
          const text = await textOf(popup);
          expect(text).toContain('bank.example vouches for this mail.');
          expect(text).toContain(t('ui_dns_partial'));
          expect(text).toContain('could not be asked for just now.');
        } finally {
          await fresh.close();
        }
      },
    );
  });

  it.skipIf(!here)('speaks the language that is chosen in the settings', async () => {
    const settings = await session.openExtensionPage('options.html');
    const choose = (language: string) =>
      settings.evaluate(
        (value) => document.querySelector<HTMLInputElement>(`input[value="${value}"]`)?.click(),
        language,
      );
    await choose('ja');
    await until(
      settings,
      () => document.documentElement.lang === 'ja' && document.body.textContent.includes('保存しました'),
    );
    const popup = await explain(idOf('06'));
    await untilSettled(popup);
    expect(await textOf(popup)).toContain(
      'mail.hoshizora.example は、このメールを自らのものだと認めています。',
    );
    await choose('auto');
    await until(settings, () => document.documentElement.lang === 'en');
    await settings.close();
  });
});
