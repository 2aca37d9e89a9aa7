/** Mark, headline and the line below: the answer in one sentence, and from whom. */
import { markOf, toneOf } from '../lib/explain/badge.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Mark } from './Mark.tsx';
import { Sentence } from './Sentence.tsx';

export function Verdict({ report, t }: { report: MessageReport; t: Translate }) {
  const kind = markOf(report);
  return (
    <header class={`verdict ${toneOf(report)}`}>
      <div class="seal">
        <Mark kind={kind} size={26} />
      </div>
      <div>
        <p class="visually-hidden">
          <Sentence text={t('ui_level_label', { level: t(`level_${kind}`) })} />
        </p>
        <h1>
          <Sentence text={report.explanation.headline} />
        </h1>
        <p class="detail">
          <Sentence text={report.explanation.detail} />
        </p>
      </div>
    </header>
  );
}
