/** DNS by a real name server in real browsers: behind the stand-in, straight from the browser, and gone. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { findNamed } from '../scripts/browsers.ts';
import { HOSTS } from '../webmail/certificate.ts';
import { loadMailbox } from '../webmail/mailbox.ts';
import { type LoggedRequest, type StandIn, startStandIn } from '../webmail/server.ts';
import {
  backToList,
  executableOf,
  type LaunchOptions,
  launch,
  openMessage,
  type Session,
  textOf,
  untilSettled,
} from './browser.ts';

const mails = await loadMailbox();
const named = findNamed();
const t = translatorFor('en', String);
const RESOLVERS: readonly string[] = [HOSTS.cloudflare, HOSTS.google];

/** A browser and its own stand-ins with a named of their own, since one test ends it. */
interface Place {
  readonly standIn: StandIn;
  readonly session: Session;
  readonly mailbox: Page;
}

/** Opens a sample and the popup over it; the explanation must be the terminal's, with nothing missing. Its text. */
async function explain({ session, mailbox }: Place, start: string): Promise<string> {
  const sample = SAMPLES.find(({ name }) => name.startsWith(start));
  const mail = mails.find(({ name }) => name === sample?.name);
  if (sample === undefined || mail === undefined) throw new Error(`no sample ${start}`);
  await backToList(mailbox);
  await openMessage(mailbox, mail.id);
  const popup = await session.openPopup(mailbox);
  await untilSettled(popup);
  const text = await textOf(popup);
  const { explanation } = await reportOf(sample, 'en');
  const words = (sentence: string): string => sentence.replace(/[\u2068\u2069]/g, '');
  expect(text).toContain(words(explanation.headline));
  for (const reason of explanation.reasons) expect(text).toContain(words(reason.text));
  expect(text).not.toContain(t('ui_dns_partial'));
  return text;
}

function questionsOf({ requests }: StandIn): readonly LoggedRequest[] {
  return requests.filter(({ host }) => RESOLVERS.includes(host));
}

/** Whose answers the popup says that it shows. */
function answerersIn(text: string): ReadonlySet<string> {
  const sentence = t('ui_dns_count', { count: '#', resolver: '@' }).replace(/[.()]/g, '\\$&');
  const found = new RegExp(sentence.replace('#', '\\d+').replace('@', '([^)]+)')).exec(text);
  return new Set(found?.[1]?.split(', '));
}

describe.each(['chromium', 'firefox'] as const)('in %s, with named,', (kind) => {
  const here = executableOf(kind) !== null && named !== null;

  const inPlace = async (options: LaunchOptions, run: (place: Place) => Promise<void>): Promise<void> => {
    const standIn = await startStandIn(mails);
    try {
      expect(standIn.dns).toBe('named');
      const session = await launch(kind, standIn, options);
      try {
        await run({ standIn, session, mailbox: await session.openMailbox() });
      } finally {
        await session.close();
      }
    } finally {
      await standIn.close();
    }
  };

  it.skipIf(!here)('explains a mail and tells the resolver nothing but names', async () => {
    await inPlace({}, async (place) => {
      expect(answerersIn(await explain(place, '02'))).toEqual(new Set([HOSTS.cloudflare]));
      const questions = questionsOf(place.standIn);
      expect(new Set(questions.map(({ question }) => question))).toContain('s1._domainkey.mailer.example');
      for (const { host, method, headers } of questions) {
        expect({ host, method }).toEqual({ host: HOSTS.cloudflare, method: 'GET' });
        expect(Object.keys(headers)).not.toContain('origin');
        expect(Object.keys(headers)).not.toContain('cookie');
        expect(Object.keys(headers)).not.toContain('referer');
        expect(headers['accept-language'] ?? '*').toBe('*');
      }
    });
  });

  it.skipIf(!here)('explains the same where the browser asks it itself, over its own HTTP/2', async () => {
    await inPlace({ directDns: true }, async (place) => {
      for (const start of ['02', '06', '12']) {
        expect(answerersIn(await explain(place, start))).toEqual(new Set([HOSTS.cloudflare]));
      }
      expect(questionsOf(place.standIn)).toEqual([]);
    });
  });

  it.skipIf(!here)('turns to the other resolver when it is gone, and says so', async () => {
    await inPlace({ directDns: true }, async (place) => {
      expect(answerersIn(await explain(place, '01'))).toEqual(new Set([HOSTS.cloudflare]));
      await place.standIn.endNamed();
      expect(place.standIn.dns).toBe('own');
      expect(answerersIn(await explain(place, '02'))).toContain(HOSTS.google);
      const questions = questionsOf(place.standIn);
      expect(new Set(questions.map(({ host }) => host))).toEqual(new Set([HOSTS.google]));
      expect(questions.map(({ question }) => question)).toContain('s1._domainkey.mailer.example');
    });
  });
});
