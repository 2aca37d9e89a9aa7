/** The popup's side: finds the tab, asks its page, and turns every way of failing into a problem with a name. */
import type { Language } from '../explain/translate.ts';
import { browser } from './browser.ts';
import {
  type ExplainRequest,
  isFinal,
  OPEN_MAIL_PORT,
  type ReportMessage,
  readReportMessage,
} from './messages.ts';
import { REQUIRED_HOSTS } from './required-hosts.ts';

const HOSTS = { origins: [...REQUIRED_HOSTS] };
const MAIL_PAGE = /^https:\/\/mail\.google\.com\/mail\//;

/** Asks for the explanation of the mail that is open in the active tab. */
export async function askOpenMail(language: Language, tell: (state: ReportMessage) => void): Promise<void> {
  // Firefox lets the user refuse hosts at installation and later; Chrome lets them be withheld.
  if (!(await browser.permissions.contains(HOSTS))) return tell({ kind: 'problem', problem: 'no-access' });
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  // Without the `tabs` permission a page that is none of our hosts has no address for us.
  if (tab?.id === undefined || !MAIL_PAGE.test(tab.url ?? ''))
    return tell({ kind: 'problem', problem: 'no-mail-page' });

  let answered = false;
  let finished = false;
  const port = browser.tabs.connect(tab.id, { name: OPEN_MAIL_PORT });
  port.onMessage.addListener((value: unknown) => {
    const message = readReportMessage(value);
    if (message === null) return;
    answered = true;
    finished = isFinal(message);
    tell(message);
  });
  port.onDisconnect.addListener(() => {
    // Chrome warns in the console about an error that nobody looked at.
    void browser.runtime.lastError;
    // A page that goes away later takes nothing back.
    if (!finished) tell({ kind: 'problem', problem: answered ? 'stopped' : 'stale-tab' });
  });
  port.postMessage({ kind: 'explain', language } satisfies ExplainRequest);
}

/** Asks the user for the hosts; only from a click. */
export async function requestAccess(): Promise<boolean> {
  return browser.permissions.request(HOSTS);
}

/** Reloads the active tab, so that it runs this version of the extension. */
export async function reloadActiveTab(): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id !== undefined) await browser.tabs.reload(tab.id);
}
