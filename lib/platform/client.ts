/** Who speaks to the worker: said by the browser about the sender, never by the page itself. */
import type { Receiver } from '../engine/index.ts';
import { browser } from './browser.ts';

export type Port = ReturnType<typeof browser.runtime.connect>;

export interface Client {
  /** Whose mailbox the page shows; a page of ours shows files. */
  readonly receiver: Receiver;
  readonly isWebmail: boolean;
  readonly isPrivate: boolean;
}

const MAILBOXES: Readonly<Record<string, Receiver>> = {
  'https://mail.google.com': { id: 'gmail', basis: 'mailbox' },
};

/** Null for anybody but the extension's own pages and its content scripts in known webmails. */
export function clientOf({ sender }: Port): Client | null {
  if (sender?.id !== browser.runtime.id || sender.url === undefined || !URL.canParse(sender.url)) return null;
  const isPrivate = sender.tab?.incognito === true;
  const mailbox = MAILBOXES[new URL(sender.url).origin];
  if (mailbox !== undefined) return { receiver: mailbox, isWebmail: true, isPrivate };
  const isOwnPage = new URL(sender.url).origin === location.origin;
  return isOwnPage ? { receiver: { id: 'detect', basis: 'file' }, isWebmail: false, isPrivate } : null;
}
