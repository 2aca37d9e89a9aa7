/** What can be said of a mail at one moment, while it is found, read, handed over and checked. */
import type { Problem } from './problem.ts';
import type { MessageReport } from './report.ts';

/** A message that is open on the page, as the reader can tell it apart. */
export interface OpenMessage {
  /** Tells the messages of one account apart; equal ids are the same message. */
  readonly id: string;
  /** Name or address as the page shows it; '' where it shows none. */
  readonly sender: string;
  /** The time as the page shows it; '' where it shows none. */
  readonly date: string;
}

/** A report with `checked.state` `pending` is followed by others. */
export type Explaining =
  | { readonly kind: 'open'; readonly messages: readonly OpenMessage[]; readonly meant: string }
  /** Octets read from the webmail, or handed to the worker; `of` is null where the whole is not known yet. */
  | {
      readonly kind: 'reading';
      readonly stage: 'source' | 'handing';
      readonly done: number;
      readonly of: number | null;
    }
  | { readonly kind: 'report'; readonly report: MessageReport }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Whether nothing follows: a problem, or a report whose checks have ended. */
export function isFinal(state: Explaining): boolean {
  return state.kind === 'problem' || (state.kind === 'report' && state.report.checked.state !== 'pending');
}
