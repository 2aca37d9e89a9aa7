/** A supposition about a header: what would have to be undone, and how likely it is that it happened. */
import type { MessageSignature } from '../dkim/signature.ts';
import type { HeaderField, Message } from '../message/split.ts';
import type { Witness } from './witness.ts';

/** What undoes a change. Positions are indexes of the message's fields. */
export type Step =
  | { readonly kind: 'replace'; readonly at: number; readonly raw: string }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'insert'; readonly raw: string }
  | { readonly kind: 'swap'; readonly at: number; readonly with: number };

/** Steps that go together. Edits with a common place (an index, or the name of an absent field) exclude each other. */
export interface Edit {
  readonly steps: readonly Step[];
  readonly places: readonly (number | string)[];
  readonly cost: number;
  /** Only the shape of one field; seldom comes with other changes, and there are many of them. */
  readonly isShape?: true;
}

export interface Scene {
  readonly message: Message;
  /** Index of the signature field. */
  readonly field: number;
  readonly signature: Pick<MessageSignature, 'signedHeaders' | 'headerCanonicalization'>;
  /** `h=` as the signer spelled it. */
  readonly listed: readonly string[];
  /** Header fields of the part that holds what may have been the whole body. */
  readonly inner: readonly Witness[];
}

/** A field with its index in the message. */
export type Entry = readonly [number, HeaderField];
