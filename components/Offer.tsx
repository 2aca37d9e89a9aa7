/** Gmail keeps some originals on another host: the reader may allow it, and then the text can be checked too. */

import { problemSentences } from '../lib/explain/problem.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Action } from './Buttons.tsx';
import { Sentence } from './Sentence.tsx';

interface OfferProps {
  readonly report: MessageReport;
  /** Null where only the popup can ask the browser for access. */
  readonly onAllow: (() => void) | null;
  readonly t: Translate;
}

export function Offer({ report: { source, checked }, onAllow, t }: OfferProps) {
  // Where a signature holds over the copy, the original would add nothing.
  const isOpen = checked.dkim.some(({ result }) => result === 'not-checkable');
  if (source.instead !== 'redirected' || source.completeness === 'full' || !isOpen) return null;
  return (
    <section class="offer">
      <p>
        <Sentence text={problemSentences(t, 'redirected', '').advice} />
      </p>
      {onAllow === null ? (
        <p>{t('ui_allow_in_popup')}</p>
      ) : (
        <Action label={t('ui_allow_access')} onClick={onAllow} />
      )}
    </section>
  );
}
