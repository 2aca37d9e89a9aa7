/** Asks for the records of a domain, shows what comes of it, and asks anew when that is wanted. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DomainReport } from '../lib/explain/domain-report.ts';
import { problemSentences } from '../lib/explain/problem.ts';
import { shownDomain } from '../lib/explain/sentence.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Action } from './Buttons.tsx';
import { DomainActions } from './DomainActions.tsx';
import { DomainView } from './DomainView.tsx';
import { Sentence } from './Sentence.tsx';
import type { AskRecords, RecordsAnswer, RecordsQuestion } from './surroundings.ts';

interface DomainRecordsProps {
  /** Another question wants another component: give each a key. */
  readonly question: RecordsQuestion;
  readonly askRecords: AskRecords;
  readonly copy: (text: string) => Promise<void>;
  readonly version: string;
  readonly t: Translate;
}

export function DomainRecords({ question, askRecords, copy, version, t }: DomainRecordsProps) {
  const [answer, setAnswer] = useState<RecordsAnswer | null>(null);
  const [isBusy, setBusy] = useState(true);
  const sheet = useRef<HTMLDivElement>(null);

  const start = (again: boolean): void => {
    setBusy(true);
    askRecords({ ...question, again })
      .catch((): RecordsAnswer => ({ kind: 'problem', problem: 'fault' }))
      .then((found) => {
        setAnswer(found);
        setBusy(false);
      });
  };
  useEffect(() => {
    // The button that led here went away, and the focus with it.
    sheet.current?.focus();
    start(false);
  }, []);

  return (
    <div ref={sheet} class="sheet wide" tabIndex={-1}>
      {answer === null ? (
        <p class="waiting">
          <Sentence text={t('domain_asking', { domain: shownDomain(t, question.domain) })} />
        </p>
      ) : answer.kind === 'problem' ? (
        <Problem problem={answer.problem} version={version} onRetry={() => start(true)} t={t} />
      ) : (
        <>
          <DomainView report={answer} isBusy={isBusy} copy={copy} t={t} />
          <DomainActions report={answer} copy={copy} onAgain={() => isBusy || start(true)} t={t} />
        </>
      )}
      <p role="status" class={answer?.kind === 'domain' && isBusy ? 'asking' : 'visually-hidden'}>
        <Sentence text={statusOf(answer, isBusy)} />
      </p>
    </div>
  );

  /** What those hear who do not see the page change. */
  function statusOf(current: RecordsAnswer | null, busy: boolean): string {
    if (busy) return current === null ? '' : t('domain_asking_again');
    return current?.kind === 'domain' ? current.explanation.headline : '';
  }
}

interface ProblemProps {
  readonly problem: Exclude<RecordsAnswer, DomainReport>['problem'];
  readonly version: string;
  readonly onRetry: () => void;
  readonly t: Translate;
}

function Problem({ problem, version, onRetry, t }: ProblemProps) {
  if (problem === 'bad-domain') {
    return (
      <p class="waiting" role="alert">
        {t('analyzer_bad_domain')}
      </p>
    );
  }
  const { title, advice } = problemSentences(t, problem, version);
  return (
    <div class="waiting" role="alert">
      <p>
        <Sentence text={title} />
      </p>
      <p>
        <Sentence text={advice} />
      </p>
      <Action label={t('ui_try_again')} onClick={onRetry} />
    </div>
  );
}
