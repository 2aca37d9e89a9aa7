/** Where the original was not to be had: why, and what was read instead. */
import { problemSentences } from './problem.ts';
import type { MessageReport } from './report.ts';
import type { Translate } from './translate.ts';

/** Null where the original was read, or where nothing stood in its way. */
export function sourceNote({ instead, completeness }: MessageReport['source'], t: Translate): string | null {
  if (instead === null || completeness === 'full') return null;
  const { title } = problemSentences(t, instead, '');
  return `${title}${t('sentence_gap')}${t(`source_note_${completeness}`)}`;
}
