/** A large mail goes from page to worker in pieces: progress is shown, the page stays usable, the signature is checked. */
import { describe, expect, it } from 'vitest';
import { largeMail } from '../webmail/large.ts';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { KINDS, suite } from './kit.ts';

const THIRTY = await largeMail(30, 0x19b0_0000_0000_0001n);
const TOO_LARGE = await largeMail(65, 0x19b0_0000_0000_0002n);

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind, { extraMails: [THIRTY, TOO_LARGE] });

  it.skipIf(!running.here)('30 MB are read, handed over and verified while the page lives on', async () => {
    const { session, mailbox } = running;
    await openMessage(mailbox, THIRTY.id);
    // A page that is blocked runs no timers.
    await mailbox.evaluate(() => {
      const counter = globalThis as unknown as { ticks: number };
      counter.ticks = 0;
      setInterval(() => counter.ticks++, 5);
    });
    const popup = await session.openPopup(mailbox);
    await until(
      popup,
      () => /Taking it in for the check… [\d.]+ of 3\d\.\d MB/.test(document.body.textContent),
      60_000,
    );
    const whileHanding = await mailbox.evaluate(() => (globalThis as unknown as { ticks: number }).ticks);
    await until(popup, () => document.querySelector('.report[aria-busy="false"]') !== null, 60_000);
    const text = await textOf(popup);
    expect(text).toContain('Gmail · whole message');
    expect(text).toContain('DKIM · Gmail reported: pass · checked here: pass');
    const after = await mailbox.evaluate(() => (globalThis as unknown as { ticks: number }).ticks);
    // Some eighty pieces go over; between any two of them the page may do its own work.
    expect(after - whileHanding).toBeGreaterThan(20);
  });

  it.skipIf(!running.here)('beyond 64 MB the header is read, and that is said', async () => {
    const { session, mailbox } = running;
    await mailbox.evaluate(() => {
      location.hash = '#inbox';
    });
    await mailbox.waitForSelector('tr.zA');
    await openMessage(mailbox, TOO_LARGE.id);
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    const text = await textOf(popup);
    expect(text).toContain('This message is too large to be read here. Only its header was read.');
    expect(text).toContain('bank.example vouches for this mail.');
    expect(text).toContain('fits the header; the text could not be checked.');
  });
});
