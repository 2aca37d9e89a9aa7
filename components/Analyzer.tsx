/** A mail that is not open anywhere, pasted, dropped or chosen as a file, or the records of a domain; told here. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Explaining, isFinal } from '../lib/explain/explaining.ts';
import type { Problem } from '../lib/explain/problem.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Actions } from './Actions.tsx';
import { Action, LinkButton } from './Buttons.tsx';
import { DomainInput } from './DomainInput.tsx';
import { DomainRecords } from './DomainRecords.tsx';
import { MailInput } from './MailInput.tsx';
import { ProblemView } from './ProblemView.tsx';
import { ReportView } from './ReportView.tsx';
import type { AskRecords, RecordsQuestion, Surroundings } from './surroundings.ts';
import { Waiting } from './Waiting.tsx';

/** A mail as the reader brings it. */
export type Brought =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string };

/** How a mail is to be examined. */
interface How {
  /** The own server that took it in, as the reader says. */
  readonly receivedBy: string | null;
  /** Ask DNS again, whatever is known. */
  readonly again: boolean;
}

export interface AnalyzerProps extends Pick<Surroundings, 'copy' | 'openSettings' | 'version'> {
  /** Examines; calls back until the last state. Rejects where a file cannot be read. */
  readonly examine: (brought: Brought, how: How, tell: (state: Explaining) => void) => Promise<void>;
  /** The reader's own mail servers by their settings: one of them may have taken the mail in. */
  readonly servers: readonly string[];
  /** The records to begin with, where the page was opened for them. */
  readonly question: RecordsQuestion | null;
  /** What a text asks for by a domain name, an address or a key's name; null where it is none of them. */
  readonly questionMeant: (text: string) => RecordsQuestion | null;
  readonly askRecords: AskRecords;
  readonly t: Translate;
}

export function Analyzer(props: AnalyzerProps) {
  const { examine, servers, question, questionMeant, askRecords, copy, openSettings, version, t } = props;
  const [text, setText] = useState('');
  const [domainText, setDomainText] = useState(question?.domain ?? '');
  const [asked, setAsked] = useState(question);
  const [receivedBy, setReceivedBy] = useState<string | null>(null);
  const [brought, setBrought] = useState<Brought | null>(null);
  const [state, setState] = useState<Explaining | null>(null);
  const latest = useRef<Brought | null>(null);

  const start = (next: Brought, by: string | null, again = false): void => {
    latest.current = next;
    setAsked(null);
    setBrought(next);
    setReceivedBy(by);
    setState(null);
    const tell = (told: Explaining): void => {
      // What was brought before may still be answered.
      if (latest.current === next) setState(told);
    };
    const failed = (problem: Problem): void => tell({ kind: 'problem', problem });
    const how = { receivedBy: by, again };
    examine(next, how, tell).catch(() => failed(next.kind === 'file' ? 'unreadable-file' : 'fault'));
  };
  const showRecords = (typed: string): boolean => {
    const meant = questionMeant(typed);
    if (meant !== null) setAsked(meant);
    return meant !== null;
  };
  const back = (): void => {
    latest.current = null;
    setAsked(null);
    setBrought(null);
    setReceivedBy(null);
  };

  // What was said of one mail is not said of the next: who drops another one on its report was not asked.
  useFileDrop((file) => start({ kind: 'file', file }, brought === null ? receivedBy : null));

  return (
    <main class="page">
      <h1>{t('analyzer_title')}</h1>
      {asked !== null ? records(asked) : brought === null ? input() : mail(brought)}
      <LinkButton label={t('ui_settings')} onClick={openSettings} />
    </main>
  );

  function input() {
    return (
      <>
        <h2>{t('analyzer_mail')}</h2>
        <MailInput
          text={text}
          onText={setText}
          servers={servers}
          receivedBy={receivedBy}
          onReceivedBy={setReceivedBy}
          // A name or an address alone is no mail, and leaves no doubt about what is wanted.
          onCheck={() => showRecords(text) || start({ kind: 'text', text }, receivedBy)}
          onFile={(file) => start({ kind: 'file', file }, receivedBy)}
          t={t}
        />
        <DomainInput text={domainText} onText={setDomainText} onShow={showRecords} t={t} />
      </>
    );
  }

  function records(now: RecordsQuestion) {
    return (
      <>
        <Action label={t('analyzer_back')} onClick={back} />
        <DomainRecords
          key={`${now.domain} ${now.selectors.join()}`}
          question={now}
          askRecords={askRecords}
          copy={copy}
          version={version}
          t={t}
        />
      </>
    );
  }

  function mail(now: Brought) {
    return (
      <>
        <Action label={t('analyzer_another')} onClick={back} />
        <div class="sheet" aria-live="polite" aria-busy={state === null || !isFinal(state)}>
          {explained(now)}
        </div>
      </>
    );
  }

  function explained(current: Brought) {
    switch (state?.kind) {
      case 'report':
        return (
          <>
            <ReportView report={state.report} t={t} />
            <Actions
              report={state.report}
              around={{ copy, openAnalyzer: null, openRecords: setAsked }}
              onAgain={() => start(current, receivedBy, true)}
              t={t}
            />
          </>
        );
      case 'problem':
        return (
          <ProblemView
            problem={state.problem}
            version={version}
            t={t}
            onAllow={back}
            onReload={back}
            onRetry={isPassing(state.problem) ? () => start(current, receivedBy) : back}
            onAnalyzer={back}
          />
        );
      default:
        return <Waiting state={state?.kind === 'reading' ? state : null} t={t} />;
    }
  }
}

/** The mail is all right, and the same again may succeed; for the rest another mail is wanted. */
function isPassing(problem: Problem): boolean {
  return problem === 'stopped' || problem === 'fault';
}

/** A file may be dropped anywhere on the page. */
function useFileDrop(onFile: (file: File) => void): void {
  const latest = useRef(onFile);
  latest.current = onFile;
  useEffect(() => {
    // A piece of text goes where it is dropped.
    const accept = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      accept(event);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) latest.current(file);
    };
    addEventListener('dragover', accept);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', accept);
      removeEventListener('drop', drop);
    };
  }, []);
}
