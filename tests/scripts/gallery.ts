/**
 * `npm run gallery`: pictures of everything there is to see, from the built extension in a real browser: each sample in
 * popup, narrow popup and panel, each page, the records of a domain, each problem; both languages, both schemes.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Page } from 'puppeteer-core';
import { launch, openConversation, openMessage, type Session, until, untilSettled } from '../e2e/browser.ts';
import { openPanel, panelSettled } from '../e2e/in-page.ts';
import { messyDomain } from '../e2e/messy-domain.ts';
import { SAMPLES } from '../kit/samples.ts';
import type { SourceFault } from '../webmail/gmail/source.ts';
import { loadMailbox } from '../webmail/mailbox.ts';
import { NO_FAULTS, type StandIn, startStandIn } from '../webmail/server.ts';
import { findChromium } from './browsers.ts';
import { runCommand } from './steps.ts';

const OUT = '.output/gallery';
const POPUP = { width: 400, height: 600 };
const NARROW = { width: 320, height: 600 };
/** The records of a domain without a mistake, and of one with many. */
const DOMAINS = ['bank.example', 'messy.example', 'my bank'] as const;
const PAGES = ['welcome.html', 'options.html', 'analyzer.html'] as const;
const FAULTS: readonly SourceFault[] = [
  'nothing',
  'signed-out',
  'throttled',
  'elsewhere-none',
  'html',
  'binary',
];

if (findChromium() === null) {
  console.error('No Chromium, Chrome or Edge was found. Name one in MAILVOUCH_CHROMIUM.');
  process.exit(2);
}
if (runCommand('Build', 'wxt', ['build', '-b', 'chrome']).failed > 0) process.exit(1);
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const standIn = await startStandIn([...(await loadMailbox()), await messyDomain()]);
let count = 0;
for (const scheme of ['light', 'dark'] as const) {
  const session = await launch('chromium', standIn, { scheme });
  for (const language of ['en', 'ja'] as const) {
    await session.store({ language, badges: null });
    await takePages(session, `${language}-${scheme}`);
    await takeDomains(session, `${language}-${scheme}`);
    await session.store({ badges: true });
    await takeMails(session, standIn, `${language}-${scheme}`, scheme);
  }
  await session.close();
}
await standIn.close();
console.log(`${count} pictures in ${OUT}`);

async function picture(page: Page, name: string, whole = true): Promise<void> {
  await page.bringToFront();
  await page.screenshot({ path: path.join(OUT, `${name}.png`), fullPage: whole });
  count++;
}

async function takePages(session: Session, suffix: string): Promise<void> {
  for (const name of PAGES) {
    const page = await session.openExtensionPage(name);
    await picture(page, `page-${name.replace('.html', '')}-${suffix}`);
    await page.close();
  }
}

async function takeDomains(session: Session, suffix: string): Promise<void> {
  for (const domain of DOMAINS) {
    const page = await session.openExtensionPage('analyzer.html');
    await page.bringToFront();
    await (await page.waitForSelector('.domain-input input'))?.type(`${domain}\r`);
    await until(
      page,
      () => document.querySelector('[aria-invalid="true"], .report[aria-busy="false"]') !== null,
    );
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('button.reason')) button.click();
    });
    for (const [width, size] of [
      ['wide', { width: 800, height: 600 }],
      ['narrow', POPUP],
    ] as const) {
      await page.setViewport(size);
      await picture(page, `domain-${domain.replaceAll(/\W/g, '-')}-${width}-${suffix}`);
    }
    await page.close();
  }
}

async function takeMails(session: Session, playing: StandIn, suffix: string, scheme: string): Promise<void> {
  const mailbox = await session.openMailbox(scheme === 'dark' ? '?theme=dark' : '');
  const list = async (): Promise<void> => {
    await mailbox.evaluate(() => {
      location.hash = '#inbox';
    });
    await mailbox.reload({ waitUntil: 'domcontentloaded' });
    await mailbox.waitForSelector('tr.zA');
  };
  const popupOver = async (name: string): Promise<void> => {
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    for (const [width, size] of [
      ['popup', POPUP],
      ['narrow', NARROW],
    ] as const) {
      await popup.setViewport(size);
      await picture(popup, `${name}-${width}-${suffix}`);
    }
  };
  await popupOver('problem-no-message');
  for (const { name } of SAMPLES) {
    const mail = playing.mails.find((candidate) => candidate.name === name);
    if (mail === undefined) continue;
    await openMessage(mailbox, mail.id);
    await popupOver(name);
    await panelOver(mailbox, `${name}-panel-${suffix}`);
    await list();
  }
  await openConversation(mailbox, playing.mails.slice(0, 2));
  await popupOver('several');
  for (const fault of FAULTS) {
    await list();
    playing.faults.source['*'] = fault;
    await openMessage(mailbox, playing.mails[0]?.id ?? '');
    await popupOver(`fault-${fault}`);
    playing.faults = structuredClone(NO_FAULTS);
  }
  await mailbox.close();
}

async function panelOver(mailbox: Page, name: string): Promise<void> {
  await mailbox.bringToFront();
  // Own mail bears no badge.
  const badge = await mailbox.waitForSelector('mailvouch-badge', { timeout: 3000 }).catch(() => null);
  if (badge === null) return picture(mailbox, name, false);
  await panelSettled(await openPanel(mailbox));
  await picture(mailbox, name, false);
  await mailbox.keyboard.press('Escape');
}
