/**
 * `npm run demo`: the sample mailbox in a real browser with the extension. Without a display it prints each sample's
 * explanation and writes pictures of the popup.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { toPlainText } from '../../lib/explain/plain-text.ts';
import { type Origin, toReport } from '../../lib/explain/report.ts';
import { bare } from '../../lib/explain/translate.ts';
import { backToList, launch, openMessage, type Session, untilSettled } from '../e2e/browser.ts';
import { examineSample, SAMPLES, translatorFor } from '../kit/samples.ts';
import { loadMailbox } from '../webmail/mailbox.ts';
import { type StandIn, startStandIn } from '../webmail/server.ts';
import { type BrowserKind, ensureBrowsers } from './browsers.ts';
import { runCommand } from './steps.ts';

const PICTURES = '.output/demo';

const { chromium, firefox } = await ensureBrowsers({ wanted: ['chromium'] });
const kind: BrowserKind | null = chromium !== null ? 'chromium' : firefox !== null ? 'firefox' : null;
if (
  kind !== null &&
  runCommand('Build', 'wxt', ['build', '-b', kind === 'chromium' ? 'chrome' : 'firefox']).failed > 0
) {
  process.exit(1);
}
if (hasDisplay() && kind !== null) await showMailbox(kind);
else await printAndPicture(kind);

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '';
}

async function showMailbox(kind: BrowserKind): Promise<void> {
  const standIn = await startStandIn(await loadMailbox());
  const session = await launch(kind, standIn, { headless: false });
  const first = await session.browser.pages();
  await session.openMailbox();
  // The page of the first run stays; Firefox does not tell it from an empty one.
  const empty = kind === 'chromium' ? first.filter((page) => page.url() === 'about:blank') : [];
  for (const page of empty) await page.close();
  console.log('\nAnswer the question of the first run, open a mail, then click the badge beside its sender');
  console.log('or the Mailvouch icon (behind the puzzle piece in the toolbar).');
  console.log('Close the browser to end the demo.');
  await new Promise((resolve) => session.browser.once('disconnected', resolve));
  await standIn.close();
}

async function printAndPicture(kind: BrowserKind | null): Promise<void> {
  const t = translatorFor('en', bare);
  for (const sample of SAMPLES) {
    const origin: Origin = { via: 'gmail', bytes: sample.octets.length, instead: null };
    const report = toReport(await examineSample(sample), origin, 'en', t);
    console.log(`\n━━━ ${sample.title.en}\n\n${toPlainText(report, t)}`);
  }
  if (kind === null) {
    console.log(
      'No browser was found, so there are no pictures. Name one in MAILVOUCH_CHROMIUM or MAILVOUCH_FIREFOX.',
    );
    return;
  }
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const standIn = await startStandIn(await loadMailbox());
  let count = 0;
  for (const { language, scheme } of [
    { language: 'en', scheme: 'light' },
    { language: 'ja', scheme: 'dark' },
  ] as const) {
    const session = await launch(kind, standIn, { scheme });
    await session.store({ language, badges: true });
    count += await takePictures(session, standIn, `${language}-${scheme}`);
    await session.close();
  }
  await standIn.close();
  console.log(`${count} pictures of the popup in ${PICTURES}`);
}

async function takePictures(session: Session, { mails }: StandIn, suffix: string): Promise<number> {
  const mailbox = await session.openMailbox();
  await mailbox.screenshot({ path: path.join(PICTURES, `mailbox-${suffix}.png`) });
  for (const { id, name } of mails) {
    await openMessage(mailbox, id);
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    // A page in the background is not painted.
    await popup.bringToFront();
    await popup.screenshot({ path: path.join(PICTURES, `${name}-${suffix}.png`), fullPage: true });
    await backToList(mailbox);
  }
  return mails.length;
}
