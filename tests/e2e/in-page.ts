/** The badge and the panel in a mail's page, pressed and read as a reader does. */
import type { Page } from 'puppeteer-core';
import { type ClosedRoot, closedRoot } from './closed-root.ts';

const BADGE = 'mailvouch-badge';
const PANEL = 'mailvouch-panel';

/** Presses the first badge of the page once it says something, and gives the panel that opens. */
export async function openPanel(mailbox: Page): Promise<ClosedRoot> {
  await (await pressableBadge(mailbox)).click('button');
  await mailbox.waitForSelector(PANEL);
  const panel = await closedRoot(mailbox, PANEL);
  if (panel === null) throw new Error('the panel has no closed root');
  return panel;
}

/** The first badge, once it bears a mark. */
export async function pressableBadge(mailbox: Page): Promise<ClosedRoot> {
  await mailbox.waitForSelector(BADGE);
  const badge = await closedRoot(mailbox, BADGE);
  if (badge === null) throw new Error('the badge has no closed root');
  await untilInside(badge, 'button');
  return badge;
}

/** The explanation in the panel is complete, or there is none to give. */
export function panelSettled(panel: ClosedRoot): Promise<void> {
  return untilInside(panel, '.report[aria-busy="false"], [role="alert"] h1');
}

async function untilInside(root: ClosedRoot, selector: string, limit = 15_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await root.evaluate((inside, wanted) => inside.querySelector(wanted) !== null, selector))) {
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${selector}\n${await root.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
