/** Gmail on the web, read from its own page. */
import type { MailHost, SourceRoute } from '../host.ts';
import { findOpenMessages, messageAround, messagePlaces } from './open-message.ts';
import { fetchOriginalPage, originalPageUrl, sessionKey } from './original-page.ts';
import { accountPath, fetchHeader, fetchSource, sourceUrl } from './source.ts';

/** `fetch` is the page's own; `now` in milliseconds, for a request that no cache has seen. */
export function gmailHost(page: Document, fetch: typeof globalThis.fetch, now: () => number): MailHost {
  let clicked: string | null = null;
  page.addEventListener(
    'pointerdown',
    ({ target }) => {
      clicked = messageAround(target) ?? clicked;
    },
    { capture: true, passive: true },
  );
  const urlOf = (id: string): string => sourceUrl(page.location.origin, page.location.pathname, id);

  return {
    openMessages: () => findOpenMessages(page, clicked),
    header: (id) => fetchHeader({ url: urlOf(id), credentials: 'same-origin', via: 'gmail' }, fetch),
    places: () => messagePlaces(page),
    routes: (id): readonly SourceRoute[] => [
      {
        place: 'page',
        mends: [],
        read: (progress) =>
          fetchSource({ url: urlOf(id), credentials: 'same-origin', via: 'gmail' }, fetch, progress),
      },
      {
        place: 'page',
        mends: ['redirected', 'not-original', 'empty'],
        // A redirect that was cached without CORS stays broken until it is asked for anew.
        read: (progress) =>
          fetchSource(
            { url: `${urlOf(id)}&cacheCounter=${now()}`, credentials: 'include', via: 'gmail-again' },
            fetch,
            progress,
          ),
      },
      {
        place: 'worker',
        mends: ['redirected'],
        remote: { account: accountPath(page.location.pathname), id },
      },
      {
        place: 'page',
        mends: ['redirected', 'not-original', 'empty'],
        read: () => shownOriginal(page, id, fetch),
      },
    ],
  };
}

async function shownOriginal(page: Document, id: string, fetch: typeof globalThis.fetch) {
  const key = sessionKey(page);
  if (key === null) return { kind: 'problem', problem: 'not-original' } as const;
  return fetchOriginalPage(originalPageUrl(page.location.origin, page.location.pathname, id, key), fetch);
}
