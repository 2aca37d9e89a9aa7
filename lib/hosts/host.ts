/** What a webmail must be able to do; one folder per webmail implements it. */
import type { Completeness } from '../engine/index.ts';
import type { OpenMessage } from '../explain/explaining.ts';
import type { Problem } from '../explain/problem.ts';
import type { Route } from '../explain/report.ts';

/** The octets of a mail, how they were come by, and why it is not the original if it is not. */
export interface MailSource {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly completeness: Completeness;
  readonly via: Route;
  readonly instead: Problem | null;
}

export type SourceResult =
  | ({ readonly kind: 'source' } & Omit<MailSource, 'instead'>)
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Octets read so far, and of how many where that is known. */
export type Progress = (done: number, of: number | null) => void;

/** What the worker needs to read a message by itself: never an address, only what one is made of. */
export interface RemoteMessage {
  /** The account's path, such as `/mail/u/0/`. */
  readonly account: string;
  readonly id: string;
}

/** One way to a mail's source; it is worth trying where the last way that was tried met a problem that it `mends`. */
export type SourceRoute = { readonly mends: readonly Problem[] } & (
  | { readonly place: 'page'; readonly read: (progress: Progress) => Promise<SourceResult> }
  | { readonly place: 'worker'; readonly remote: RemoteMessage }
);

/** An open message on the page, with the place where its badge belongs. */
export interface MessagePlace {
  readonly id: string;
  /** The element that holds the whole message. */
  readonly container: Element;
  /** The badge stands right after it, outside the body; null where the page offers no such place. */
  readonly anchor: Element | null;
}

export interface MailHost {
  /** The expanded messages and the one that the reader means, or null where none is open. */
  openMessages(): { readonly messages: readonly OpenMessage[]; readonly meant: string } | null;
  /** The ways to a message's source, the best one first. Their promises never reject. */
  routes(id: string): readonly SourceRoute[];
  /** The header block alone, for a badge. Never rejects. */
  header(id: string): Promise<SourceResult>;
  places(): readonly MessagePlace[];
}
