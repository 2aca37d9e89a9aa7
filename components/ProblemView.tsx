/** Nothing to explain: what is wrong, and what to do about it, with a button where one helps. */
import { type Problem, problemSentences } from '../lib/explain/problem.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Action, LinkButton } from './Buttons.tsx';
import { Mark } from './Mark.tsx';
import { Sentence } from './Sentence.tsx';

interface ProblemViewProps {
  readonly problem: Problem;
  readonly version: string;
  readonly t: Translate;
  readonly onAllow: () => void;
  readonly onReload: () => void;
  readonly onRetry: () => void;
  readonly onAnalyzer: () => void;
}

/** The webmail cannot be read, but a mail can still be brought by hand. */
const FILE_HELPS: ReadonlySet<Problem> = new Set(['no-mail-page', 'not-original', 'throttled', 'stopped']);

export function ProblemView({
  problem,
  version,
  t,
  onAllow,
  onReload,
  onRetry,
  onAnalyzer,
}: ProblemViewProps) {
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
        {FILE_HELPS.has(problem) && <LinkButton label={t('ui_analyzer')} onClick={onAnalyzer} />}
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
