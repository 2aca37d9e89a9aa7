/** Why nothing can be explained: each has a sentence, and a second one that says what to do. */
import type { NoMessage } from '../engine/index.ts';
import { keyOf, type Underscored } from './sentence.ts';
import type { MessageKey, Translate } from './translate.ts';

/** `redirected`: led to another host or to a sign-in page; the browser does not say which. */
export const PROBLEMS = [
  'empty',
  'html',
  'binary',
  'no-header',
  'no-mail-page',
  'no-message-open',
  'stale-tab',
  'no-access',
  'access-refused',
  'signed-out',
  'throttled',
  'not-original',
  'redirected',
  'unreachable',
  'too-large',
  'unreadable-file',
  'stopped',
  'fault',
] as const;
export type Problem = (typeof PROBLEMS)[number];

type NoMessageCovered = [NoMessage] extends [Problem] ? true : never;
true satisfies NoMessageCovered;

type Covered = [`problem_${Underscored<Problem>}` | `advice_${Underscored<Problem>}`] extends [MessageKey]
  ? true
  : never;
true satisfies Covered;

/** What is wrong, and what to do about it. `version` goes into the sentence that asks for a report. */
export function problemSentences(
  t: Translate,
  problem: Problem,
  version: string,
): { title: string; advice: string } {
  const title = t(keyOf('problem', problem));
  return {
    title,
    advice: problem === 'fault' ? t('advice_fault', { version }) : t(keyOf('advice', problem)),
  };
}
