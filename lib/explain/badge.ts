/** The verdict in a mark and one sentence: beside a sender, where there is room for no more. */
import { type Glanced, isOwnMail, type Level, type Rule } from '../engine/index.ts';
import type { MessageReport } from './report.ts';
import { headlineSentence } from './sentence.ts';
import { bareText, type Translate } from './translate.ts';

export type MarkKind = Level | 'pending';
export type Tone = 'ok' | 'bad' | 'warn' | 'mute';

export interface Badge {
  readonly mark: MarkKind;
  readonly tone: Tone;
  /** Plain text: what the mark says, for those who hear it or hover over it. */
  readonly label: string;
}

interface Judged {
  readonly rule: Rule;
  readonly level: Level;
}

export function markOf({ rule, level }: Judged): MarkKind {
  return rule === 'pending' ? 'pending' : level;
}

/** Red is for a name that is used without proof; a signature that holds today is no alarm. */
export function toneOf({ rule, level }: Judged): Tone {
  if (level === 'authenticated') return 'ok';
  if (rule === 'reported-fail-holds-today') return 'warn';
  return level === 'failed' ? 'bad' : 'mute';
}

/** A mail that nobody delivered gets no badge. Where the receiver's word does not decide, nothing is being checked. */
export function glancedBadge(glanced: Glanced, t: Translate): Badge | null {
  if (glanced.kind === 'no-message' || !glanced.received) return null;
  const { rule, level, domain } = glanced;
  if (rule === 'pending') return { mark: 'unknown', tone: 'mute', label: t('badge_undecided') };
  const label = bareText(headlineSentence(t, rule, domain));
  return { mark: markOf({ rule, level }), tone: toneOf({ rule, level }), label };
}

export function reportedBadge({ rule, level, findings, explanation }: MessageReport): Badge | null {
  if (isOwnMail(findings)) return null;
  const label = bareText(explanation.headline);
  return { mark: markOf({ rule, level }), tone: toneOf({ rule, level }), label };
}
