/** The popup's whole content: asks for the open mail's explanation and shows whatever comes of it. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../lib/explain/problem.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { ProblemView } from './ProblemView.tsx';
import { ReportView } from './ReportView.tsx';

export type OpenMailState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'report'; readonly report: MessageReport }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface OpenMailProps {
  /** Asks the page in the active tab; calls back with each state. */
  readonly ask: (tell: (state: OpenMailState) => void) => void;
  /** Asks the user for access to the hosts; whether it was granted. */
  readonly allow: () => Promise<boolean>;
  readonly reloadTab: () => Promise<void>;
  readonly openSettings: () => void;
  readonly version: string;
  readonly t: Translate;
}

export function OpenMail({ ask, allow, reloadTab, openSettings, version, t }: OpenMailProps) {
  const [state, setState] = useState<OpenMailState>({ kind: 'opening' });
  const start = useCallback(() => {
    setState({ kind: 'opening' });
    ask(setState);
  }, [ask]);
  useEffect(start, [start]);

  const onAllow = async (): Promise<void> => {
    if (await allow()) start();
    else setState({ kind: 'problem', problem: 'access-refused' });
  };

  return (
    <>
      <TopBar state={state} openSettings={openSettings} t={t} />
      <main>
        {state.kind === 'report' && <ReportView report={state.report} t={t} />}
        {state.kind === 'problem' && (
          <ProblemView
            problem={state.problem}
            version={version}
            t={t}
            onAllow={() => void onAllow()}
            onReload={() => void reloadTab()}
            onRetry={start}
          />
        )}
        {(state.kind === 'opening' || state.kind === 'reading') && (
          <p class="waiting" role="status">
            {state.kind === 'opening' ? t('ui_opening') : t('ui_reading')}
          </p>
        )}
      </main>
    </>
  );
}

function TopBar({
  state,
  openSettings,
  t,
}: { state: OpenMailState } & Pick<OpenMailProps, 'openSettings' | 't'>) {
  return (
    <header class="bar">
      <b>Mailvouch</b>
      {state.kind === 'report' && (
        <span>
          {t('via_gmail')} · {t(`source_${state.report.source.completeness}`)}
        </span>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('ui_settings')}
        title={t('ui_settings')}
        onClick={openSettings}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
          <path d="M2 4.5h12M2 11.5h12" class="mark-line" />
          <circle cx="10.5" cy="4.5" r="1.9" class="knob" />
          <circle cx="5.5" cy="11.5" r="1.9" class="knob" />
        </svg>
      </button>
    </header>
  );
}
