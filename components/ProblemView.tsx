/** Nothing to explain: what is wrong, and what to do about it, with a button where one helps. */
import { type Problem, problemSentences } from '../lib/explain/problem.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Mark } from './Mark.tsx';
import { Sentence } from './Sentence.tsx';

interface ProblemViewProps {
  readonly problem: Problem;
  readonly version: string;
  readonly t: Translate;
  readonly onAllow: () => void;
  readonly onReload: () => void;
  readonly onRetry: () => void;
}

export function ProblemView({ problem, version, t, onAllow, onReload, onRetry }: ProblemViewProps) {
  const { title, advice } = problemSentences(t, problem, version);
  return (
    <section class="problem" role="alert">
      <div class="seal">
        <Mark kind="unknown" size={26} />
      </div>
      <div>
        <h1>
          <Sentence text={title} />
        </h1>
        <p>
          <Sentence text={advice} />
        </p>
        {action()}
      </div>
    </section>
  );

  function action() {
    switch (problem) {
      case 'no-access':
      case 'access-refused':
        return <Action label={t('ui_allow_access')} onClick={onAllow} />;
      case 'stale-tab':
        return <Action label={t('ui_reload_tab')} onClick={onReload} />;
      case 'no-mail-page':
        return null;
      default:
        return <Action label={t('ui_try_again')} onClick={onRetry} />;
    }
  }
}

function Action({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" class="action" onClick={onClick}>
      {label}
    </button>
  );
}
