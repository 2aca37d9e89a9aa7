/** How the extension behaves beside its main job: privacy, permissions, tabs older than itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from '../webmail/server.ts';
import { executableOf, launch, openMessage, type Session, textOf, until, untilSettled } from './browser.ts';
import { idOf, mailOf, mails, t } from './kit.ts';

const RESOLVERS = ['cloudflare-dns.com', 'dns.google'];

/** As much of the extension API as is called inside extension pages here. */
interface ExtensionApi {
  readonly storage: {
    readonly local: { get(): Promise<object> };
    readonly session: { get(): Promise<object> };
  };
  readonly permissions: { remove(permissions: { origins: string[] }): Promise<boolean> };
}

describe.each(['chromium', 'firefox'] as const)('in %s', (kind) => {
  const here = executableOf(kind) !== null;
  let standIn: StandIn;

  beforeAll(async () => {
    if (here) standIn = await startStandIn(mails);
  });
  afterAll(async () => {
    if (here) await standIn.close();
  });

  const withSession = async (
    options: Parameters<typeof launch>[2],
    run: (session: Session) => Promise<void>,
  ): Promise<void> => {
    const session = await launch(kind, standIn, options);
    try {
      await run(session);
    } finally {
      await session.close();
    }
  };

  it.skipIf(!here)(
    'asks nobody before the popup is opened, then only for names, without cookie or origin',
    async () => {
      await withSession({}, async (session) => {
        standIn.requests.length = 0;
        const mailbox = await session.openMailbox();
        await openMessage(mailbox, idOf('02'));
        const own = () =>
          standIn.requests.filter(({ host, path }) => RESOLVERS.includes(host) || path.includes('view='));
        expect(own()).toEqual([]);

        await untilSettled(await session.openPopup(mailbox));
        const questions = own().filter(({ host }) => RESOLVERS.includes(host));
        expect(new Set(questions.map(({ question }) => question))).toEqual(
          new Set([
            '_dmarc.shop.example',
            '_dmarc.example',
            '_dmarc.mailer.example',
            '_dmarc.bounce.mailer.example',
            's1._domainkey.mailer.example',
            // SPF of the envelope sender with what its record refers to, and of the server's own name.
            'bounce.mailer.example',
            '_spf.mailer.example',
            'out-7.mailer.example',
            'default._bimi.shop.example',
            // The receiver's seal.
            'arc-20240605._domainkey.google.com',
          ]),
        );
        for (const { host, headers, method } of questions) {
          expect(host).toBe('cloudflare-dns.com');
          expect(method).toBe('GET');
          expect(headers.cookie).toBeUndefined();
          expect(headers.origin).toBeUndefined();
          expect(headers.referer).toBeUndefined();
          expect(headers['accept-language'] ?? '*').toBe('*');
        }
        expect(standIn.unexpected).toEqual([]);
        const sources = own().filter(({ path }) => path.includes('view='));
        expect(sources.map(({ path }) => path)).toEqual([
          `/mail/u/0/?view=att&th=${idOf('02')}&attid=0&disp=comp&safe=1&zw`,
        ]);
      });
    },
  );

  it.skipIf(!here)('stores answers of DNS until the browser closes, and nothing of a mail', async () => {
    await withSession({}, async (session) => {
      const mailbox = await session.openMailbox();
      await openMessage(mailbox, idOf('01'));
      const popup = await session.openPopup(mailbox);
      await untilSettled(popup);
      const stored = await popup.evaluate(async () => {
        const { storage } = (globalThis as unknown as { chrome: ExtensionApi }).chrome;
        return { local: await storage.local.get(), session: await storage.session.get() };
      });
      expect(stored.local).toEqual({});
      // A name was asked of a resolver, or it is not there.
      const asked = new Set(standIn.requests.flatMap(({ question }) => question ?? []));
      const names = Object.keys(stored.session).flatMap((key) => /^dns (\S+) [A-Z]+$/.exec(key)?.[1] ?? []);
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !asked.has(name))).toEqual([]);
      expect(Object.keys(stored.session)).toHaveLength(names.length + 1);
      const text = JSON.stringify(stored.session);
      const { subject, sender } = mailOf('01');
      for (const words of [subject, sender.address, 'naomi@', idOf('01')]) expect(text).not.toContain(words);
    });
  });

  // Chrome leaves tabs that were open before alone; Firefox brings the content script into them.
  it.skipIf(!here || kind === 'firefox')(
    'asks to reload a tab that is older than the extension',
    async () => {
      await withSession({ withoutExtension: true }, async (session) => {
        const mailbox = await session.openMailbox();
        await openMessage(mailbox, idOf('01'));
        await session.install();
        const popup = await session.openPopup(mailbox);
        await untilSettled(popup);
        expect(await textOf(popup)).toContain(t('problem_stale_tab'));
        expect(await textOf(popup)).toContain(t('ui_reload_tab'));
      });
    },
  );

  it.skipIf(!here || kind === 'chromium')(
    'asks for access that was refused, and goes on once it is granted',
    async () => {
      await withSession({}, async (session) => {
        const mailbox = await session.openMailbox();
        await openMessage(mailbox, idOf('01'));
        const popup = await session.openPopup(mailbox);
        await untilSettled(popup);
        await popup.evaluate(async () => {
          const { permissions } = (globalThis as unknown as { browser: ExtensionApi }).browser;
          await permissions.remove({ origins: ['https://mail.google.com/*'] });
        });
        await session.openPopup(mailbox);
        await untilSettled(popup);
        expect(await textOf(popup)).toContain(t('problem_no_access'));
        await popup.bringToFront();
        await (await popup.$('.problem button.action'))?.click();
        await until(popup, () => !document.body.textContent.includes('Mailvouch may not read Gmail yet.'));
        // The popup's own tab is in front now, and it is no mail; a popup above the mail explains it again.
        await session.openPopup(mailbox);
        await untilSettled(popup);
        expect(await textOf(popup)).toContain('bank.example vouches for this mail.');
      });
    },
  );

  it.skipIf(!here || kind === 'firefox')('opens as the real toolbar popup and fits it', async () => {
    await withSession({}, async (session) => {
      const mailbox = await session.openMailbox();
      await openMessage(mailbox, idOf('02'));
      const popup = await session.openRealPopup(mailbox);
      await untilSettled(popup);
      expect(await textOf(popup)).toContain('shop.example does not vouch for this mail.');
      const { overflow, firstReason } = await popup.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        firstReason:
          document.querySelector('.reason')?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY,
      }));
      expect(overflow).toBeLessThanOrEqual(0);
      // Chrome gives a popup at most 600 px; headline, picture and first reason are to be seen without scrolling.
      expect(firstReason).toBeLessThanOrEqual(600);
    });
  });
});
