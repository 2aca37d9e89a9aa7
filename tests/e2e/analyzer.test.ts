/** The page for mails that are not open anywhere: a file, a paste, and what is neither. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { textOf, untilSettled } from './browser.ts';
import { buttonNamed } from './buttons.ts';
import { KINDS, mailOf, suite, t } from './kit.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-files-'));
const fileOf = (start: string): string => {
  const file = path.join(folder, `${start}.eml`);
  writeFileSync(file, mailOf(start).octets);
  return file;
};
const textOfMail = (start: string): string => Buffer.from(mailOf(start).octets).toString('utf8');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(KINDS)('in %s', (kind) => {
  const running = suite(kind);
  let page: Page;

  beforeEach(async () => {
    if (!running.here) return;
    page = await running.session.openExtensionPage('analyzer.html');
    await page.bringToFront();
    running.standIn.requests.length = 0;
  });

  const press = async (name: string): Promise<void> => {
    await (await buttonNamed(page, name)).click();
  };
  const paste = async (text: string): Promise<string> => {
    await page.evaluate((value) => {
      const area = document.querySelector('textarea');
      if (area === null) return;
      area.value = value;
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
    await press(t('analyzer_check'));
    await untilSettled(page);
    return textOf(page);
  };

  it.skipIf(!running.here)(
    'a file is the original: its signature is checked, its results decide nothing',
    async () => {
      const chooser = (await page.$('input[type="file"]')) as ElementHandle<HTMLInputElement>;
      await chooser.uploadFile(fileOf('01'));
      await untilSettled(page);
      const text = await textOf(page);
      expect(text).toContain('bank.example vouches for this mail.');
      expect(text).toContain('Gmail did judge it “pass” for one of its customers, as its seal proves.');
      expect(text).toContain('DKIM · the file says: pass · checked here: pass');
    },
  );

  it.skipIf(!running.here)('a forged block in a file decides nothing', async () => {
    const forged = textOfMail('01')
      .replace(/^DKIM-Signature:[\s\S]*?\r\n(?=\S)/m, '')
      .replaceAll('statements@', 'pay@');
    const text = await paste(forged);
    expect(text).not.toContain('vouches for this mail.');
    expect(text).toContain('Whether bank.example vouches for this mail is not known.');
  });

  it.skipIf(!running.here)('pasted text with a body is a copy, a header alone is a header', async () => {
    expect(await paste(`\n\n${textOfMail('13')}`)).toContain(t('finding_not_original'));
    await press(t('analyzer_another'));
    const header = textOfMail('01').split('\r\n\r\n')[0] ?? '';
    const text = await paste(header);
    expect(text).toContain(t('finding_no_body'));
    expect(text).toContain('fits the header; the text could not be checked.');
  });

  it.skipIf(!running.here)('what is no mail is told, and the text stays to be mended', async () => {
    expect(await paste('Dear all, see you on Monday.')).toContain(t('problem_no_header'));
    await press(t('analyzer_another'));
    expect(await page.evaluate(() => document.querySelector('textarea')?.value)).toBe(
      'Dear all, see you on Monday.',
    );
  });

  it.skipIf(!running.here)('asks DNS for names and nobody for anything else', async () => {
    await paste(textOfMail('02'));
    const { requests, unexpected } = running.standIn;
    expect(new Set(requests.map(({ host }) => host))).toEqual(new Set(['cloudflare-dns.com']));
    for (const { headers } of requests) {
      expect(headers.origin).toBeUndefined();
      expect(headers.cookie).toBeUndefined();
    }
    expect(unexpected).toEqual([]);
  });

  it.skipIf(!running.here)('takes a file that is dropped', async () => {
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'mail.eml', { type: 'message/rfc822' }));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }, textOfMail('04'));
    await untilSettled(page);
    expect(await textOf(page)).toContain('old-club.example');
  });
});
