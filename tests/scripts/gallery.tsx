/** Pictures of every sample's explanation: both languages, both schemes, popup width and a narrow pane. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { render } from 'preact-render-to-string';
import puppeteer from 'puppeteer-core';
import { ReportView } from '../../components/ReportView.tsx';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { findChromium } from './browsers.ts';

const OUT = '.output/gallery';
const VIEWS = [
  { name: 'popup', width: 400, height: 600 },
  { name: 'narrow', width: 320, height: 600 },
] as const;

const executablePath = findChromium();
if (executablePath === null) {
  console.error('No Chromium, Chrome or Edge was found. Name one in MAILVOUCH_CHROMIUM.');
  process.exit(2);
}
const css = (
  await Promise.all(['tokens', 'report'].map((name) => readFile(`components/${name}.css`, 'utf8')))
).join('');
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const browser = await puppeteer.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
let count = 0;
for (const sample of SAMPLES) {
  for (const language of ['en', 'ja'] as const) {
    const t = translatorFor(language);
    const html = render(<ReportView report={await reportOf(sample, language)} t={t} />);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const { name, width, height } of VIEWS) {
        await page.setViewport({ width, height });
        await page.setContent(`<html lang="${language}"><style>${css}</style><body>${html}</body></html>`);
        const file = `${sample.name}-${language}-${scheme}-${name}.png`;
        await page.screenshot({ path: path.join(OUT, file), fullPage: true });
        count++;
      }
    }
  }
}
await browser.close();
console.log(`${count} pictures in ${OUT}`);
