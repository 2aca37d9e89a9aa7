/** What only the place around an explanation can do: popup and panel hand it in, each in its own way. */
import type { DomainReport } from '../lib/explain/domain-report.ts';
import type { Explaining } from '../lib/explain/explaining.ts';

/** What is asked for: a message of several, or the one that the reader means; and whether to read it anew. */
export interface Asked {
  readonly message: string | null;
  readonly again: boolean;
}

/** Asks, and calls back with each state until it is cancelled. */
export type Ask = (asked: Asked, tell: (state: Explaining) => void) => { cancel(): void };

/** The records of which domain, and the keys of which signatures. */
export interface RecordsQuestion {
  /** A-labels. */
  readonly domain: string;
  readonly selectors: readonly string[];
}

export type RecordsAnswer =
  | DomainReport
  | { readonly kind: 'problem'; readonly problem: 'bad-domain' | 'stopped' | 'fault' };

/** `again` goes past what is kept of earlier answers. */
export type AskRecords = (asked: RecordsQuestion & { readonly again: boolean }) => Promise<RecordsAnswer>;

export interface Surroundings {
  readonly ask: Ask;
  /** Asks the user for the hosts that are needed, or for Gmail's other host; null where only the popup can. */
  readonly allow: ((what: 'required' | 'attachments') => Promise<boolean>) | null;
  readonly reloadTab: () => void;
  readonly openSettings: () => void;
  readonly openAnalyzer: () => void;
  /** Opens a page that asks for the records; nothing is asked before it is open. */
  readonly openRecords: (question: RecordsQuestion) => void;
  readonly copy: (text: string) => Promise<void>;
  readonly close: (() => void) | null;
  readonly version: string;
}
