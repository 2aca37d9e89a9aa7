/** The whole content of popup and panel: asks for a mail's explanation and shows whatever comes of it. */
import { useEffect, useState } from 'preact/hooks';
import type { Explaining } from '../lib/explain/explaining.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Actions } from './Actions.tsx';
import { BadgeQuestion, type BadgeQuestionProps } from './BadgeQuestion.tsx';
import { Bar } from './Bar.tsx';
import { Offer } from './Offer.tsx';
import { Picker } from './Picker.tsx';
import { ProblemView } from './ProblemView.tsx';
import { ReportView } from './ReportView.tsx';
import { Waiting } from './Waiting.tsx';

/** What is asked for: a message of several, or the one that the reader means; and whether to read it anew. */
export interface Asked {
  readonly message: string | null;
  readonly again: boolean;
}

/** What only the place around the explanation can do. */
export interface Surroundings {
  /** Asks, and calls back with each state until it is cancelled. */
  readonly ask: (asked: Asked, tell: (state: Explaining) => void) => { cancel(): void };
  /** Asks the user for the hosts that are needed, or for Gmail's other host; null where only the popup can. */
  readonly allow: ((what: 'required' | 'attachments') => Promise<boolean>) | null;
  readonly reloadTab: () => void;
  readonly openSettings: () => void;
  readonly openAnalyzer: () => void;
  readonly copy: (text: string) => Promise<void>;
  readonly close: (() => void) | null;
  readonly version: string;
}

export interface OpenMailProps extends Surroundings {
  /** The message to begin with; null for the one that the reader means. */
  readonly message: string | null;
  readonly t: Translate;
  /** The first-run question, where it is to be asked here. */
  readonly question: Omit<BadgeQuestionProps, 't'> | null;
}

type Open = Extract<Explaining, { kind: 'open' }>;

export function OpenMail({ message, t, question, ...around }: OpenMailProps) {
  const [asked, setAsked] = useState<Asked>({ message, again: false });
  const [open, setOpen] = useState<Open | null>(null);
  const [state, setState] = useState<Exclude<Explaining, Open> | null>(null);
  const [wantsQuestion, setWantsQuestion] = useState(false);
  const { ask, allow } = around;

  useEffect(() => {
    const asking = ask(asked, (told) => {
      if (told.kind === 'open') setOpen(told);
      else setState(told);
    });
    return () => asking.cancel();
  }, [ask, asked]);

  const start = (next: Partial<Asked>): void => {
    setState(null);
    setAsked({ ...asked, again: false, ...next });
  };
  const allowed = async (what: 'required' | 'attachments'): Promise<void> => {
    if (await allow?.(what)) start({ again: true });
    else if (what === 'required') setState({ kind: 'problem', problem: 'access-refused' });
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
      <div class="content">
        {question !== null && isAsking && <BadgeQuestion {...question} t={t} />}
        {open !== null && open.messages.length > 1 && (
          <Picker open={open} onPick={(picked) => start({ message: picked })} t={t} />
        )}
        {state?.kind === 'report' && (
          <>
            <ReportView report={state.report} t={t} />
            <Offer
              report={state.report}
              onAllow={allow === null ? null : () => void allowed('attachments')}
              t={t}
            />
            <Actions report={state.report} around={around} onAgain={() => start({ again: true })} t={t} />
          </>
        )}
        {state?.kind === 'problem' && (
          <ProblemView
            problem={state.problem}
            version={around.version}
            t={t}
            onAllow={() => void allowed('required')}
            onReload={around.reloadTab}
            onRetry={() => start({ again: true })}
            onAnalyzer={around.openAnalyzer}
          />
        )}
        {(state === null || state.kind === 'reading') && <Waiting state={state} t={t} />}
      </div>
    </>
  );
}
