/** Every sample's explanation as pictures: both languages, both schemes, popup width and a narrow pane. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { render } from 'preact-render-to-string';
import puppeteer from 'puppeteer-core';
import { ReportView } from '../../components/ReportView.tsx';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import { examine } from '../../lib/engine/index.ts';
import { toReport } from '../../lib/explain/report.ts';
import { translator } from '../../lib/explain/translate.ts';
import { platformPorts } from '../../lib/platform/ports.ts';
import english from '../../public/_locales/en/messages.json';
import japanese from '../../public/_locales/ja/messages.json';

const out = '/tmp/gallery';
const css = (
  await Promise.all(['components/tokens.css', 'components/report.css'].map((f) => readFile(f, 'utf8')))
).join('\n');
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const name of (await readdir('tests/fixtures/samples')).sort()) {
  const dir = path.join('tests/fixtures/samples', name);
  const octets = new Uint8Array(await readFile(path.join(dir, 'message.eml')));
  const zone = readZone(JSON.parse(await readFile(path.join(dir, 'zone.json'), 'utf8')));
  for (const language of ['en', 'ja'] as const) {
    const t = translator(language === 'ja' ? japanese : english);
    const ports = platformPorts(zoneResolver(zone), () => 1795500000);
    const found = await examine(
      { octets, completeness: 'full', receiver: { id: 'gmail', basis: 'mailbox' } },
      ports,
    );
    if (found.kind !== 'examined') continue;
    const report = toReport(found.examination, { via: 'gmail', bytes: octets.length }, language, t);
    const html = render(
      <main>
        <ReportView report={report} t={t} />
      </main>,
    );
    for (const scheme of ['light', 'dark'] as const) {
      if ((language === 'ja') !== (scheme === 'dark') && !process.argv.includes('--all')) continue;
      await page.setViewport({ width: 400, height: 600 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.setContent(`<html lang="${language}"><style>${css}</style><body>${html}</body></html>`);
      await page.screenshot({ path: path.join(out, `${name}-${language}-${scheme}.png`), fullPage: true });
    }
  }
}
await browser.close();
