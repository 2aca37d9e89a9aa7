/**
 * `npm run size`: what each part of the built extension weighs (gzip -9) against its budget, and how long a reader
 * waits for the first sentence. A part over its budget is a failure; times are told, never judged.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { launch, openMessage, until } from '../e2e/browser.ts';
import { loadMailbox } from '../webmail/mailbox.ts';
import { startStandIn } from '../webmail/server.ts';
import { findChromium } from './browsers.ts';
import { runCommand } from './steps.ts';

const BUILT = '.output/chrome-mv3';
const KILO = 1000;
const ROUNDS = 7;

interface Part {
  readonly name: string;
  readonly files: readonly string[];
  /** In kB. */
  readonly budget: number;
}

if (runCommand('Build', 'wxt', ['build', '-b', 'chrome']).failed > 0) process.exit(1);
const parts: readonly Part[] = [
  { name: 'content script in Gmail', files: ['content-scripts/gmail.js'], budget: 40 },
  { name: 'popup with one catalogue', files: pageFiles('popup.html'), budget: 45 },
  // The list alone weighs 47 kB; every sentence about a record is here and in no page.
  { name: 'worker with both catalogues and the public suffix list', files: ['background.js'], budget: 220 },
];
let over = 0;
for (const { name, files, budget } of parts) {
  const size = files.reduce((sum, file) => sum + gzipped(file), 0) / KILO;
  if (size > budget) over++;
  console.log(`${name}: ${size.toFixed(1)} kB of ${budget} kB${size > budget ? ', over budget' : ''}`);
}
if (findChromium() !== null && !process.argv.includes('--no-timing')) await tellTimes();
process.exitCode = over === 0 ? 0 : 1;

function gzipped(file: string): number {
  return gzipSync(readFileSync(path.join(BUILT, file)), { level: 9 }).length;
}

/** A page with its styles, its scripts, what they import, and the larger catalogue. */
function pageFiles(page: string): readonly string[] {
  const html = readFileSync(path.join(BUILT, page), 'utf8');
  const files = new Set([page]);
  const visit = (file: string): void => {
    if (files.has(file) || !existsSync(path.join(BUILT, file))) return;
    files.add(file);
    if (!file.endsWith('.js')) return;
    for (const [, target] of readFileSync(path.join(BUILT, file), 'utf8').matchAll(
      /(?:from|import)\s*["'](\.\/[^"']+)["']/g,
    )) {
      visit(path.posix.join(path.posix.dirname(file), target ?? ''));
    }
  };
  for (const [, target] of html.matchAll(/(?:src|href)="\/([^"]+)"/g)) visit(target ?? '');
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  const catalogues = scripts.flatMap((file) =>
    [
      ...readFileSync(path.join(BUILT, file), 'utf8').matchAll(/import\(["'`](\.\/messages-[^"'`]+)["'`]\)/g),
    ].map(([, target]) => path.posix.join(path.posix.dirname(file), target ?? '')),
  );
  const [largest] = [...new Set(catalogues)].sort((one, other) => gzipped(other) - gzipped(one));
  if (largest === undefined) throw new Error('the popup loads no catalogue');
  return [...files, largest];
}

/** From the opening of the popup's page to the headline and to the end of all checks, against local DNS. */
async function tellTimes(): Promise<void> {
  const standIn = await startStandIn((await loadMailbox()).slice(0, 2));
  const session = await launch('chromium', standIn);
  const mailbox = await session.openMailbox();
  const waits: { headline: number; complete: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await session.store({ cleared: Date.now() });
    await openMessage(mailbox, standIn.mails[round % 2]?.id ?? '');
    const start = performance.now();
    const popup = await session.openPopup(mailbox);
    await until(popup, () => document.querySelector('.report h1') !== null);
    const headline = performance.now() - start;
    await until(popup, () => document.querySelector('.report[aria-busy="false"]') !== null);
    waits.push({ headline, complete: performance.now() - start });
    await mailbox.evaluate(() => {
      location.hash = '#inbox';
    });
    await mailbox.waitForSelector('tr.zA');
  }
  await session.close();
  await standIn.close();
  const median = (values: readonly number[]): number =>
    [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
  console.log(
    `popup: headline after ${median(waits.map((wait) => wait.headline)).toFixed(0)} ms, ` +
      `everything checked after ${median(waits.map((wait) => wait.complete)).toFixed(0)} ms ` +
      `(median of ${ROUNDS}, DNS on loopback)`,
  );
}
