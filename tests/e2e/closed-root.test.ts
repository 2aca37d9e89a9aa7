/** The look into closed shadow roots sees, clicks and audits what is really there, under Gmail's own policies. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMailbox } from '../webmail/mailbox.ts';
import { type StandIn, startStandIn } from '../webmail/server.ts';
import { executableOf, launch, type Session } from './browser.ts';
import { axeViolations, type ClosedRoot, closedRoot } from './closed-root.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PROBE = 'mailvouch-probe';

/** Puts a host with a closed root below a screenful of page; it counts clicks and breaks two rules of accessibility. */
async function addProbe(page: Page): Promise<void> {
  await page.evaluate((tag) => {
    const host = document.createElement(tag);
    host.style.cssText = 'display: block; padding-top: 200vh';
    const root = host.attachShadow({ mode: 'closed' });
    const add = (name: string, id: string, text: string): HTMLElement => {
      const element = document.createElement(name);
      element.id = id;
      element.textContent = text;
      root.append(element);
      return element;
    };
    add('style', 'style', '#pale { color: #bbb; background: #fff }');
    add('p', 'pale', 'Pale text.');
    const counter = add('button', 'counter', 'Count');
    counter.addEventListener('click', ({ isTrusted }) => {
      if (isTrusted) counter.dataset.trusted = String(Number(counter.dataset.trusted ?? 0) + 1);
      else counter.dataset.untrusted = 'true';
    });
    const unnamed = add('button', 'unnamed', '');
    unnamed.style.cssText = 'width: 40px; height: 40px';
    (document.querySelector('[role="main"]') ?? document.body).append(host);
  }, PROBE);
}

describe.each(['chromium', 'firefox'] as const)('a closed root in %s', (kind) => {
  const here = executableOf(kind) !== null;
  let standIn: StandIn;
  let session: Session;
  let page: Page;

  /** A fresh mailbox with the probe in it. */
  const probe = async (): Promise<ClosedRoot> => {
    page = await session.openMailbox();
    await addProbe(page);
    const root = await closedRoot(page, PROBE);
    if (root === null) throw new Error('the probe has no closed root');
    return root;
  };

  beforeAll(async () => {
    if (!here) return;
    standIn = await startStandIn(await loadMailbox());
    session = await launch(kind, standIn, { withoutExtension: true });
  });
  afterAll(async () => {
    if (!here) return;
    await session.close();
    await standIn.close();
  });

  it.skipIf(!here)('is closed to the page and open to the test', async () => {
    const root = await probe();
    expect(await page.$eval(PROBE, ({ shadowRoot }) => shadowRoot)).toBeNull();
    expect(await root.text()).toBe('Pale text.Count');
    const answer = await root.evaluate(
      async (inside, id, times, flag) => {
        const text = await Promise.resolve(inside.getElementById(id)?.textContent ?? '');
        return { mode: inside.mode, host: inside.host.localName, texts: Array(times).fill(text), flag };
      },
      'counter',
      2,
      true,
    );
    expect(answer).toEqual({ mode: 'closed', host: PROBE, texts: ['Count', 'Count'], flag: true });
    await expect(root.evaluate(() => Promise.reject(new Error('no such luck')))).rejects.toThrow(
      'no such luck',
    );
  });

  it.skipIf(!here)('is absent without a host, without a root and where the root is open', async () => {
    page = await session.openMailbox();
    await page.evaluate(() => {
      document.body.append(document.createElement('mailvouch-bare'));
      const open = document.createElement('mailvouch-open');
      open.attachShadow({ mode: 'open' });
      document.body.append(open);
    });
    for (const selector of [PROBE, 'mailvouch-bare', 'mailvouch-open']) {
      expect(await closedRoot(page, selector)).toBeNull();
    }
    await expect(closedRoot(page, '<')).rejects.toThrow(/selector/i);
  });

  it.skipIf(!here)('fails rather than answer for a root that is gone', async () => {
    const removed = await probe();
    await page.$eval(PROBE, (host) => host.remove());
    await expect(removed.text()).rejects.toThrow('the closed root is no longer in the page');
    const left = await probe();
    await page.reload({ waitUntil: 'domcontentloaded' });
    await expect(left.text()).rejects.toThrow();
  });

  it.skipIf(!here)('takes the clicks of a real mouse', async () => {
    const root = await probe();
    const clicks = (): Promise<object> =>
      root.evaluate((inside) => ({ ...inside.getElementById('counter')?.dataset }));
    await root.click('#counter');
    await root.click('#counter');
    expect(await clicks()).toEqual({ trusted: '2' });
    const { x, y } = await root.centre('#counter');
    await page.mouse.click(x, y);
    expect(await clicks()).toEqual({ trusted: '3' });

    await expect(root.centre('#absent')).rejects.toThrow('nothing in the root matches #absent');
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position: fixed; inset: 0; z-index: 1';
      document.body.append(cover);
    });
    await expect(root.click('#counter')).rejects.toThrow('a click on #counter would go to');
    expect(await clicks()).toEqual({ trusted: '3' });
  });

  it.skipIf(!here)('is audited where it stands, with the styles that it has', async () => {
    const root = await probe();
    const found = [
      expect.stringMatching(/^button-name: <button id="unnamed"[^|]*$/),
      expect.stringMatching(/^color-contrast: <p id="pale">[^|]*$/),
    ];
    expect((await axeViolations(root, axe)).toSorted()).toEqual(found);
    expect(await page.$eval(PROBE, ({ shadowRoot }) => shadowRoot)).toBeNull();

    await root.evaluate((inside) => {
      const style = inside.getElementById('style');
      if (style !== null) style.textContent = '#pale { color: #555; background: #fff }';
      inside.getElementById('unnamed')?.setAttribute('aria-label', 'Close');
    });
    expect(await axeViolations(root, axe)).toEqual([]);
    expect(standIn.unexpected).toEqual([]);
  });
});
