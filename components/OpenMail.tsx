/** The whole content of popup and panel: asks for a mail's explanation and shows whatever comes of it. */
import { useRef, useState } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';
import { Actions } from './Actions.tsx';
import { BadgeQuestion, type BadgeQuestionProps } from './BadgeQuestion.tsx';
import { Bar } from './Bar.tsx';
import { Offer } from './Offer.tsx';
import { Picker } from './Picker.tsx';
import { ProblemView } from './ProblemView.tsx';
import { ReportView } from './ReportView.tsx';
import type { Surroundings } from './surroundings.ts';
import { useExplaining } from './use-explaining.ts';
import { Waiting } from './Waiting.tsx';

export interface OpenMailProps extends Surroundings {
  /** The message to begin with; null for the one that the reader means. */
  readonly message: string | null;
  readonly t: Translate;
  /** The first-run question, where it is to be asked here. */
  readonly question: Omit<BadgeQuestionProps, 't'> | null;
}

export function OpenMail({ message, t, question, ...around }: OpenMailProps) {
  const { open, state, pick, again, fail } = useExplaining(around.ask, message);
  const [wantsQuestion, setWantsQuestion] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  const { allow } = around;

  const askAgain = (): void => {
    // The button that was pressed goes away, and the focus would go with it.
    content.current?.focus();
    again();
  };
  const allowed = async (what: 'required' | 'attachments'): Promise<void> => {
    const granted = await allow?.(what).catch(() => false);
    if (granted === true) askAgain();
    else if (what === 'required') fail('access-refused');
  };
  // An explanation comes first; where there is none, the question has all the room.
  const isAsking = wantsQuestion || state?.kind === 'problem';

  return (
    <>
      <Bar
        report={state?.kind === 'report' ? state.report : null}
        around={around}
        onQuestion={question?.answer === null && !isAsking ? () => setWantsQuestion(true) : null}
        t={t}
      />
      <div ref={content} class="content" tabIndex={-1}>
        {question !== null && isAsking && <BadgeQuestion {...question} t={t} />}
        {open !== null && open.messages.length > 1 && <Picker open={open} onPick={pick} t={t} />}
        {state?.kind === 'report' && (
          <>
            <ReportView report={state.report} t={t} />
            <Offer
              report={state.report}
              onAllow={allow === null ? null : () => void allowed('attachments')}
              t={t}
            />
            <Actions report={state.report} around={around} onAgain={askAgain} t={t} />
          </>
        )}
        {state?.kind === 'problem' && (
          <ProblemView
            problem={state.problem}
            version={around.version}
            t={t}
            onAllow={() => void allowed('required')}
            onReload={around.reloadTab}
            onRetry={askAgain}
            onAnalyzer={around.openAnalyzer}
          />
        )}
        {(state === null || state.kind === 'reading') && <Waiting state={state} t={t} />}
      </div>
    </>
  );
}
