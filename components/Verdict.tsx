/** Mark, headline and the line below: the answer in one sentence, and from whom. */
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Mark, type MarkKind } from './Mark.tsx';
import { Sentence } from './Sentence.tsx';

function markOf({ rule, level }: Pick<MessageReport, 'rule' | 'level'>): MarkKind {
  return rule === 'pending' ? 'pending' : level;
}

/** Red is for a name that is used without proof; a signature that holds today is no alarm. */
function toneOf({ rule, level }: Pick<MessageReport, 'rule' | 'level'>): string {
  if (level === 'authenticated') return 'ok';
  if (rule === 'reported-fail-holds-today') return 'warn';
  return level === 'failed' ? 'bad' : 'mute';
}

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
