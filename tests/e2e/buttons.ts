/** Buttons of our own pages, found as a reader does: by their name. */
import type { ElementHandle, Page } from 'puppeteer-core';

/** The button of that name. */
export async function buttonNamed(page: Page, name: string): Promise<ElementHandle<HTMLButtonElement>> {
  const [button] = await page.$$(`::-p-xpath(//button[normalize-space()="${name}"])`);
  if (button === undefined) throw new Error(`there is no button ${name}`);
  return button as ElementHandle<HTMLButtonElement>;
}

/** Presses a button in a page that may be in the background, where a pointer would wait to be painted. */
export async function press(page: Page, name: string): Promise<void> {
  await (await buttonNamed(page, name)).evaluate((button) => button.click());
}
