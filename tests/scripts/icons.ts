// Renders the icon drawings under public/icon to the PNG sizes that the browsers ask for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import puppeteer from 'puppeteer-core';

const folder = path.join(import.meta.dirname, '../../public/icon');
const SIZES = [16, 32, 48, 96, 128];
// Below this size the fine lines of the full drawing run together.
const FULL_DRAWING_FROM = 48;
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

function browserOnPath(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found = BROWSERS.flatMap((name) => folders.map((at) => path.join(at, name))).find((file) =>
    existsSync(file),
  );
  if (found === undefined) throw new Error(`none of these is on PATH: ${BROWSERS.join(', ')}`);
  return found;
}

const browser = await puppeteer.launch({
  executablePath: browserOnPath(),
  headless: true,
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    const drawing = size < FULL_DRAWING_FROM ? 'mailvouch-small.svg' : 'mailvouch.svg';
    const svg = readFileSync(path.join(folder, drawing), 'utf8');
    await page.setViewport({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    const png = await page.screenshot({ type: 'png', omitBackground: true });
    writeFileSync(path.join(folder, `${size}.png`), png);
    console.log(`${size}.png from ${drawing}: ${png.length} bytes`);
  }
} finally {
  await browser.close();
}
