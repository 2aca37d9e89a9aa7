/** DNS answers outlive the worker that got them, and are asked for anew when the reader says so. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openMessage, textOf, untilSettled } from './browser.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';
import { endWorker } from './worker.ts';

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);

  beforeEach(async () => {
    if (!running.here) return;
    await running.session.store({ badges: false, cleared: Date.now() });
    await reloadMailbox(running.mailbox);
    running.standIn.requests.length = 0;
  });

  /** Explains in a page that remembers nothing, so that the worker has to. */
  const explain = async (): Promise<Page> => {
    const { mailbox, session } = running;
    await reloadMailbox(mailbox);
    await openMessage(mailbox, idOf('01'));
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    expect(await textOf(popup)).toContain(t('ui_done'));
    return popup;
  };
  /** The questions since the last look, in order of the alphabet. */
  const questions = (): readonly string[] =>
    running.standIn.requests
      .splice(0)
      .flatMap(({ question }) => question ?? [])
      .sort();

  it.skipIf(!running.here)('a worker that dies loses no answer that it got', async () => {
    await explain();
    expect(questions()).not.toEqual([]);
    await endWorker(running.session);
    const popup = await explain();
    expect(await textOf(popup)).toContain('bank.example vouches for this mail.');
    expect(questions()).toEqual([]);
  });

  it.skipIf(!running.here)('“check again” asks all of it again, each question once', async () => {
    const popup = await explain();
    const first = questions();
    await popup.evaluate((label) => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === label)?.click();
    }, t('ui_check_again'));
    const asked = () => running.standIn.requests.filter(({ question }) => question !== null).length;
    await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThanOrEqual(first.length);
    await untilSettled(popup);
    expect(questions()).toEqual(first);
  });

  it.skipIf(!running.here)('a worker that was not there when all was cleared begins empty', async () => {
    await explain();
    const first = questions();
    await endWorker(running.session);
    await running.session.store({ cleared: Date.now() });
    await explain();
    expect(questions()).toEqual(first);
  });
});
