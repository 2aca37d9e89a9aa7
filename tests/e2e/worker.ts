/** The end of a worker, as the browser brings it about whenever it likes: the next event starts another one. */
import type { Browser } from 'puppeteer-core';
import type { Session } from './browser.ts';
import { FIREFOX_UUID } from './launch-options.ts';

export function endWorker({ browser, kind }: Session): Promise<void> {
  return kind === 'chromium' ? endInChromium(browser) : endInFirefox(browser);
}

async function endInChromium(browser: Browser): Promise<void> {
  const isOurs = (target: { type(): string; url(): string }): boolean =>
    target.type() === 'service_worker' && target.url().startsWith('chrome-extension://');
  const target = await browser.waitForTarget(isOurs, { timeout: 5000 });
  await (await target.worker())?.close();
  const end = Date.now() + 5000;
  while (browser.targets().includes(target)) {
    if (Date.now() > end) throw new Error('the worker lives on');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Only the browser's own window can reach an event page; puppeteer has no word for it, the protocol has. */
async function endInFirefox(browser: Browser): Promise<void> {
  const { connection } = browser as unknown as { readonly connection: Connection };
  const { result: tree } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [window] = tree.contexts ?? [];
  const { result } = await connection.send('script.evaluate', {
    expression: `(async () => {
      const { extension } = WebExtensionPolicy.getByHostname('${FIREFOX_UUID}');
      await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
      return extension.backgroundState;
    })()`,
    awaitPromise: true,
    target: { context: window?.context },
  });
  if (result.result?.value !== 'stopped') throw new Error(`the worker lives on: ${JSON.stringify(result)}`);
}

/** As much as is called here of the connection that puppeteer keeps to itself. */
interface Connection {
  send(
    method: string,
    parameters: object,
  ): Promise<{
    readonly result: {
      readonly contexts?: readonly { readonly context: string }[];
      readonly result?: { readonly value?: unknown };
    };
  }>;
}
