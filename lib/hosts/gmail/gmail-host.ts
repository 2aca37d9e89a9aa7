/** Gmail on the web, read from its own page. */
import type { MailHost } from '../host.ts';
import { findOpenMessage } from './open-message.ts';
import { fetchSource, sourceUrl } from './source.ts';

export function gmailHost(page: Document, fetch: typeof globalThis.fetch): MailHost {
  return {
    openMessage: () => findOpenMessage(page),
    source: ({ id }) => fetchSource(sourceUrl(page.location.origin, page.location.pathname, id), fetch),
  };
}
