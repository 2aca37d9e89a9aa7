/** What only the place around an explanation can do: popup and panel hand it in, each in its own way. */
import type { Explaining } from '../lib/explain/explaining.ts';

/** What is asked for: a message of several, or the one that the reader means; and whether to read it anew. */
export interface Asked {
  readonly message: string | null;
  readonly again: boolean;
}

/** Asks, and calls back with each state until it is cancelled. */
export type Ask = (asked: Asked, tell: (state: Explaining) => void) => { cancel(): void };

export interface Surroundings {
  readonly ask: Ask;
  /** Asks the user for the hosts that are needed, or for Gmail's other host; null where only the popup can. */
  readonly allow: ((what: 'required' | 'attachments') => Promise<boolean>) | null;
  readonly reloadTab: () => void;
  readonly openSettings: () => void;
  readonly openAnalyzer: () => void;
  readonly copy: (text: string) => Promise<void>;
  readonly close: (() => void) | null;
  readonly version: string;
}
