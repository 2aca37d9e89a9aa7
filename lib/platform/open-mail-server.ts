/** The page's side of the popup's question: each port is one reader of an open mail's explanation. */
import type { Explaining } from '../explain/explaining.ts';
import { browser } from './browser.ts';
import { type ExplainRequest, OPEN_MAIL_PORT, readExplainRequest } from './messages.ts';

export type ExplainOpenMail = (
  request: Omit<ExplainRequest, 'kind'>,
  tell: (state: Explaining) => void,
) => Promise<void>;

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
      const tell = (state: Explaining): void => {
        if (open) port.postMessage(state);
      };
      explain(request, tell).catch(() => tell({ kind: 'problem', problem: 'fault' }));
    });
  });
}
