/** How the worker answers short questions. */
import { glance, MAX_HEADER_OCTETS } from '../engine/index.ts';
import { glancedBadge } from '../explain/badge.ts';
import { browser } from './browser.ts';
import { domainHandler } from './domain-handler.ts';
import type { ExaminationOptions } from './examine-server.ts';
import { collector } from './pieces.ts';
import { addressOf, type Handlers } from './requests.ts';
import { currentLanguage } from './settings.ts';
import { loadCatalogue, loadTranslator } from './text.ts';
import { whomToBelieve } from './trusted.ts';

/** DNS is asked for the records of a domain, and for nothing else. */
export function workerHandlers(portsFor: ExaminationOptions['portsFor']): Handlers {
  return {
    async glance({ base64 }, client) {
      const octets = headerOf(base64);
      if (octets === null) return null;
      const { receiver } = await whomToBelieve(client, null);
      const glanced = glance({ octets, receiver }, portsFor(client.isPrivate, false));
      return glancedBadge(glanced, await loadTranslator(await currentLanguage()));
    },
    async words() {
      const language = await currentLanguage();
      return { language, catalogue: await loadCatalogue(language) };
    },
    async open(opening, client) {
      // The popup is no tab; it stands over the one that is active.
      const [active] = client.isPrivate
        ? []
        : await browser.tabs.query({ active: true, currentWindow: true });
      const isPrivate = client.isPrivate || active?.incognito === true;
      await browser.tabs.create({ url: addressOf(opening, isPrivate) });
      return true;
    },
    records: domainHandler(portsFor),
  };
}

function headerOf(base64: string): Uint8Array<ArrayBuffer> | null {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const length = (base64.length / 4) * 3 - padding;
  if (!Number.isInteger(length) || length < 0 || length > MAX_HEADER_OCTETS) return null;
  const collected = collector(length);
  return collected.take(base64) ? collected.whole() : null;
}
