/** The page's side of the popup's question: each port is one reader of the open mail's explanation. */
import type { Language } from '../explain/translate.ts';
import { browser } from './browser.ts';
import { OPEN_MAIL_PORT, type ReportMessage, readExplainRequest } from './messages.ts';

export type ExplainOpenMail = (language: Language, tell: (state: ReportMessage) => void) => Promise<void>;

/** Serves until the page goes or the extension is updated. */
export function serveOpenMail(explain: ExplainOpenMail): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== OPEN_MAIL_PORT || port.sender?.id !== browser.runtime.id) return;
    let open = true;
    port.onDisconnect.addListener(() => {
      open = false;
    });
    port.onMessage.addListener((value: unknown) => {
      const request = readExplainRequest(value);
      if (request === null) return;
      const tell = (state: ReportMessage): void => {
        if (open) port.postMessage(state);
      };
      explain(request.language, tell).catch(() => tell({ kind: 'problem', problem: 'fault' }));
    });
  });
}
