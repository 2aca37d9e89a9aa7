/** What the receiver found on delivery, beside what today's DNS says. */
import type { MessageReport } from '../lib/explain/report.ts';
import { resultWord } from '../lib/explain/sentence.ts';
import type { Translate } from '../lib/explain/translate.ts';

export function ThenNow({ report, t }: { report: MessageReport; t: Translate }) {
  const { reported, checked } = report;
  if (reported.basis === null || report.from.domain === null) return null;
  // Gmail leaves its DMARC result away where it found no record, and the verdict reads that as none.
  const then = reported.dmarc?.result ?? (report.rule.startsWith('reported-none') ? 'none' : null);
  const now = checked.dmarc?.result ?? null;
  return (
    <dl class="then-now">
      <div>
        <dt>{t('ui_then')}</dt>
        <dd>{then === null ? t('ui_not_reported') : `DMARC ${resultWord(t, then)}`}</dd>
      </div>
      <div>
        <dt>{t('ui_now')}</dt>
        <dd>{nowWords(report, now, t)}</dd>
      </div>
    </dl>
  );
}

function nowWords({ checked }: MessageReport, now: string | null, t: Translate): string {
  if (now !== null) return `DMARC ${resultWord(t, now)}`;
  return checked.state === 'pending' ? t('by_pending') : t('result_not_checkable');
}
