/**
 * Short questions to the worker, each with one answer: what a header says, the words of the views, a page to open, the
 * records of a domain. A content script holds no catalogue and may open no page of ours.
 */
import type { Badge } from '../explain/badge.ts';
import type { DomainReport } from '../explain/domain-report.ts';
import type { Catalogue, Language } from '../explain/translate.ts';
import { browser } from './browser.ts';
import type { Client, Port } from './client.ts';
import { clientOf } from './client.ts';
import { connectToWorker, lookAtLastError } from './connect.ts';
import { type DomainQuestion, domainQuestion, readDomainQuestion, toFragment } from './domain-question.ts';
import { isRecord } from './messages.ts';

const REQUEST_PORT = 'request';

/** Pages of ours that may be opened in a tab. */
const PAGES = ['analyzer.html', 'options.html', 'welcome.html'] as const;
export type OwnPage = (typeof PAGES)[number];

export interface Words {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

/** `records` is for the analyzer alone: the domain whose records it begins with. */
export interface Opening {
  readonly page: OwnPage;
  readonly records?: DomainQuestion;
}

export interface RecordsAsked extends DomainQuestion {
  /** Past what is kept of earlier answers. */
  readonly again: boolean;
  /** Asked about a mail of a private window, wherever the browser opened our page for it. */
  readonly isPrivate: boolean;
}

/** Why there are no records to show; that nobody answered is told by no answer at all. */
export interface RecordsProblem {
  readonly kind: 'problem';
  readonly problem: 'bad-domain' | 'fault';
}

interface Requests {
  readonly glance: { readonly asks: { readonly base64: string }; readonly answer: Badge | null };
  readonly words: { readonly asks: Record<never, never>; readonly answer: Words };
  /** True once the page is open. */
  readonly open: { readonly asks: Opening; readonly answer: true };
  /** Answered only to our own pages: a webmail's script has no question of its own for DNS. */
  readonly records: { readonly asks: RecordsAsked; readonly answer: DomainReport | RecordsProblem };
}

type Kind = keyof Requests;

/** What the worker does for each kind. A handler that fails gives its caller null. */
export type Handlers = {
  readonly [K in Kind]: (asked: Requests[K]['asks'], client: Client) => Promise<Requests[K]['answer']>;
};

/**
 * Asks the worker; null where it does not answer. A worker may end between hearing a question and answering it, so one
 * that is left without an answer is put to the next worker, once.
 */
export async function ask<K extends Kind>(
  kind: K,
  asked: Requests[K]['asks'],
): Promise<Requests[K]['answer'] | null> {
  const answered = (await askOnce({ kind, ...asked })) ?? (await askOnce({ kind, ...asked }));
  // The worker is ours; what it answers to a kind is typed by its handlers.
  return answered && (answered.answer as Requests[K]['answer'] | null);
}

/** Null where the port closed without an answer, or there is no worker of ours any more. */
function askOnce(question: Readonly<Record<string, unknown>>): Promise<{ readonly answer: unknown } | null> {
  return new Promise((resolve) => {
    const port = connectToWorker(REQUEST_PORT);
    if (port === null) return resolve(null);
    port.onDisconnect.addListener(() => {
      lookAtLastError();
      resolve(null);
    });
    port.onMessage.addListener((value: unknown) => {
      resolve({ answer: isRecord(value) ? value.answer : null });
      port.disconnect();
    });
    port.postMessage(question);
  });
}

/**
 * Opens the page for the records of a domain that a mail speaks of; the question is the page's own. False where nothing
 * was opened.
 */
export function openRecords({ domain, selectors }: DomainQuestion): Promise<boolean> {
  const records = domainQuestion(domain, selectors);
  return openPage(records === null ? { page: 'analyzer.html' } : { page: 'analyzer.html', records });
}

/** Opens a page of ours in a tab. False where nothing was opened. */
export async function openPage(opening: Opening): Promise<boolean> {
  return (await ask('open', opening)) === true;
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
      const opening = readOpening(value);
      return opening && handlers.open(opening, client);
    }
    case 'records': {
      if (client.isWebmail) return null;
      const question = readDomainQuestion(value);
      if (question === null) return { kind: 'problem', problem: 'bad-domain' } satisfies RecordsProblem;
      const { again, isPrivate } = value;
      return handlers.records({ ...question, again: again === true, isPrivate: isPrivate === true }, client);
    }
    default:
      return null;
  }
}

/** Anything but a page of ours, as it is or for a domain, opens nothing. */
function readOpening(value: Readonly<Record<string, unknown>>): Opening | null {
  const page = PAGES.find((name) => name === value.page);
  if (page === undefined) return null;
  if (value.records === undefined) return { page };
  const records = readDomainQuestion(value.records);
  return page === 'analyzer.html' && records !== null ? { page, records } : null;
}

/**
 * Where a page of ours stands, with no more behind it than was read. Chrome opens our pages in a window that is not
 * private, so that the page has to be told.
 */
export function addressOf({ page, records }: Opening, isPrivate: boolean): string {
  const fragment = records === undefined ? '' : `${toFragment(records)}${isPrivate ? PRIVATE : ''}`;
  return new URL(`${page}${fragment}`, location.origin).href;
}

const PRIVATE = '&private';

/** Whether the address of a page of ours says so. */
export function isPrivateAddress({ hash }: Pick<Location, 'hash'>): boolean {
  return hash.endsWith(PRIVATE);
}
