/** What a webmail must be able to do; one folder per webmail implements it. */
import type { Completeness } from '../engine/index.ts';
import type { Problem } from '../explain/problem.ts';

/** A message that is open on the page. */
export interface OpenMessage {
  /** Tells the messages of one account apart; equal ids are the same message. */
  readonly id: string;
}

export type SourceResult =
  | {
      readonly kind: 'source';
      readonly octets: Uint8Array<ArrayBuffer>;
      readonly completeness: Completeness;
      /** The route by which they came, such as `gmail`. */
      readonly via: string;
    }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface MailHost {
  /** The message that the reader means, or null where none is open. */
  openMessage(): OpenMessage | null;
  /** Reads its source with the page's own session. Never rejects. */
  source(message: OpenMessage): Promise<SourceResult>;
}
