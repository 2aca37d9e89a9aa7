/**
 * Short questions to the worker, each with one answer: what a header says, the words of the views, a page to open. A
 * content script holds no catalogue and may open no page of ours.
 */
import type { Badge } from '../explain/badge.ts';
import type { Catalogue, Language } from '../explain/translate.ts';
import { browser } from './browser.ts';
import type { Client, Port } from './client.ts';
import { clientOf } from './client.ts';
import { connectToWorker, lookAtLastError } from './connect.ts';
import { isRecord } from './messages.ts';

const REQUEST_PORT = 'request';

/** Pages of ours that may be opened in a tab. */
const PAGES = ['analyzer.html', 'options.html', 'welcome.html'] as const;
export type OwnPage = (typeof PAGES)[number];

export interface Words {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

interface Requests {
  readonly glance: { readonly asks: { readonly base64: string }; readonly answer: Badge | null };
  readonly words: { readonly asks: Record<never, never>; readonly answer: Words };
  readonly open: { readonly asks: { readonly page: OwnPage }; readonly answer: null };
}

type Kind = keyof Requests;

/** What the worker does for each kind. A handler that fails gives its caller null. */
export type Handlers = {
  readonly [K in Kind]: (asked: Requests[K]['asks'], client: Client) => Promise<Requests[K]['answer']>;
};

/** Asks the worker; null where it does not answer. */
export function ask<K extends Kind>(
  kind: K,
  asked: Requests[K]['asks'],
): Promise<Requests[K]['answer'] | null> {
  return new Promise((resolve) => {
    const port = connectToWorker(REQUEST_PORT);
    if (port === null) return resolve(null);
    port.onDisconnect.addListener(() => {
      lookAtLastError();
      resolve(null);
    });
    port.onMessage.addListener((value: unknown) => {
      // The worker is ours; what it answers to a kind is typed by its handlers.
      resolve(isRecord(value) ? (value.answer as Requests[K]['answer']) : null);
      port.disconnect();
    });
    port.postMessage({ kind, ...asked });
  });
}

export function serveRequests(handlers: Handlers): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== REQUEST_PORT) return;
    const client = clientOf(port);
    if (client === null) return port.disconnect();
    port.onMessage.addListener((value: unknown) => {
      void respond(value, client, handlers)
        .catch(() => null)
        .then((answer) => reply(port, answer));
    });
  });
}

function reply(port: Port, answer: unknown): void {
  try {
    port.postMessage({ answer });
  } catch {
    // The page is gone, and with it the question.
  }
}

async function respond(value: unknown, client: Client, handlers: Handlers): Promise<unknown> {
  if (!isRecord(value)) return null;
  switch (value.kind) {
    case 'glance':
      return typeof value.base64 === 'string' ? handlers.glance({ base64: value.base64 }, client) : null;
    case 'words':
      return handlers.words({}, client);
    case 'open': {
      const page = PAGES.find((name) => name === value.page);
      return page === undefined ? null : handlers.open({ page }, client);
    }
    default:
      return null;
  }
}
