/** The popup's side: finds the tab, asks its page, and turns every way of failing into a problem with a name. */
import { type Explaining, isFinal } from '../explain/explaining.ts';
import { browser } from './browser.ts';
import { lookAtLastError } from './connect.ts';
import { type ExplainRequest, OPEN_MAIL_PORT, readExplaining } from './messages.ts';
import { REQUIRED_HOSTS } from './required-hosts.ts';

const MAIL_PAGE = /^https:\/\/mail\.google\.com\/mail\//;

/** Asks for the explanation of a mail that is open in the active tab; `tell` hears nothing once it is cancelled. */
export function askOpenMail(
  request: Omit<ExplainRequest, 'kind'>,
  tell: (state: Explaining) => void,
): { cancel(): void } {
  let cancelled = false;
  let disconnect = (): void => {};
  const tellOn = (state: Explaining): void => {
    if (!cancelled) tell(state);
  };
  connect(request, tellOn, () => cancelled).then(
    (close) => {
      disconnect = close;
      if (cancelled) close();
    },
    () => tellOn({ kind: 'problem', problem: 'fault' }),
  );
  return {
    cancel() {
      cancelled = true;
      disconnect();
    },
  };
}

async function connect(
  request: Omit<ExplainRequest, 'kind'>,
  tell: (state: Explaining) => void,
  isCancelled: () => boolean,
): Promise<() => void> {
  const problem = await obstacle();
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  // Without the `tabs` permission a page that is none of our hosts has no address for us.
  const mailTab = MAIL_PAGE.test(tab?.url ?? '') ? tab?.id : undefined;
  if (problem !== null || mailTab === undefined) {
    tell({ kind: 'problem', problem: problem ?? 'no-mail-page' });
    return () => {};
  }
  // Nobody waits for it any more: the page is not to begin.
  if (isCancelled()) return () => {};
  let answered = false;
  let finished = false;
  const port = browser.tabs.connect(mailTab, { name: OPEN_MAIL_PORT });
  port.onMessage.addListener((value: unknown) => {
    const state = readExplaining(value);
    if (state === null) return;
    answered = true;
    finished = isFinal(state);
    tell(state);
  });
  port.onDisconnect.addListener(() => {
    lookAtLastError();
    // A page that goes away later takes nothing back.
    if (!finished) tell({ kind: 'problem', problem: answered ? 'stopped' : 'stale-tab' });
  });
  port.postMessage({ kind: 'explain', ...request } satisfies ExplainRequest);
  return () => port.disconnect();
}

/** Firefox lets the user refuse hosts at installation and later; Chrome lets them be withheld. */
async function obstacle(): Promise<'no-access' | null> {
  return (await browser.permissions.contains({ origins: [...REQUIRED_HOSTS] })) ? null : 'no-access';
}

/** Reloads the active tab, so that it runs this version of the extension. */
export async function reloadActiveTab(): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id !== undefined) await browser.tabs.reload(tab.id);
}
