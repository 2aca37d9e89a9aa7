/**
 * Reads and explains the open message, on demand, and keeps its report in the page's memory: the popup may close and
 * open again without another request, and no text of the mail is stored anywhere.
 */
import type { Problem } from '../explain/problem.ts';
import type { MessageReport } from '../explain/report.ts';
import type { Language } from '../explain/translate.ts';
import type { MailHost, OpenMessage, SourceResult } from './host.ts';

/** What can be said of the open message at one moment. A report with `checked.state` `pending` is followed by others. */
export type ReadingState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'report'; readonly report: MessageReport }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Has a source examined; calls back with each state, the last one being final. */
export type Examine = (
  source: Extract<SourceResult, { kind: 'source' }>,
  tell: (state: ReadingState) => void,
) => Promise<void>;

export interface Reader {
  /** Explains the message that is open now; `tell` may be called until the promise resolves. */
  explain(language: Language, tell: (state: ReadingState) => void): Promise<void>;
}

export function openMailReader(host: MailHost, examine: Examine): Reader {
  let kept: { readonly id: string; readonly report: MessageReport } | null = null;

  const examineSource = async (message: OpenMessage, tell: (state: ReadingState) => void): Promise<void> => {
    const source = await host.source(message);
    if (source.kind === 'problem') return tell(source);
    await examine(source, (state) => {
      if (state.kind === 'report' && state.report.checked.state === 'done')
        kept = { id: message.id, report: state.report };
      tell(state);
    });
  };

  return {
    async explain(language, tell) {
      const message = host.openMessage();
      if (message === null) return tell({ kind: 'problem', problem: 'no-message-open' });
      if (kept?.id === message.id && kept.report.language === language) {
        return tell({ kind: 'report', report: kept.report });
      }
      tell({ kind: 'reading' });
      await examineSource(message, tell);
    },
  };
}
