/** How the worker answers short questions. */
import { glance, MAX_HEADER_OCTETS, type Ports } from '../engine/index.ts';
import { glancedBadge } from '../explain/badge.ts';
import { browser } from './browser.ts';
import { collector } from './pieces.ts';
import type { Handlers } from './requests.ts';
import { currentLanguage } from './settings.ts';
import { loadCatalogue, loadTranslator } from './text.ts';
import { whomToBelieve } from './trusted.ts';

/** No handler asks DNS. */
export function workerHandlers(ports: Ports): Handlers {
  return {
    async glance({ base64 }, client) {
      const octets = headerOf(base64);
      if (octets === null) return null;
      const { receiver } = await whomToBelieve(client, null);
      return glancedBadge(glance({ octets, receiver }, ports), await loadTranslator(await currentLanguage()));
    },
    async words() {
      const language = await currentLanguage();
      return { language, catalogue: await loadCatalogue(language) };
    },
    async open({ page }) {
      await browser.tabs.create({ url: new URL(page, location.origin).href });
      return null;
    },
  };
}

function headerOf(base64: string): Uint8Array<ArrayBuffer> | null {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const length = (base64.length / 4) * 3 - padding;
  if (!Number.isInteger(length) || length < 0 || length > MAX_HEADER_OCTETS) return null;
  const collected = collector(length);
  return collected.take(base64) ? collected.whole() : null;
}
