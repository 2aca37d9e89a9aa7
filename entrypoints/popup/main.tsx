/** The toolbar popup: explains the mail that is open in the active tab. */
import { render } from 'preact';
import { OpenMail } from '../../components/OpenMail.tsx';
import type { Surroundings } from '../../components/surroundings.ts';
import { requestAccess } from '../../lib/platform/access.ts';
import { browser } from '../../lib/platform/browser.ts';
import { askOpenMail, reloadActiveTab } from '../../lib/platform/open-mail-client.ts';
import { openPage, openRecords } from '../../lib/platform/requests.ts';
import { ATTACHMENT_HOST, REQUIRED_HOSTS } from '../../lib/platform/required-hosts.ts';
import { currentLanguage, readSettings, writeSettings } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const language = await currentLanguage();
const t = await loadTranslator(language);
const { badges } = await readSettings();
document.documentElement.lang = language;

const around = {
  ask: (asked, tell) => askOpenMail({ language, ...asked }, tell),
  allow: (what) => requestAccess(what === 'required' ? REQUIRED_HOSTS : [ATTACHMENT_HOST]),
  reloadTab: () => void reloadActiveTab().then(() => window.close()),
  openSettings: () => void browser.runtime.openOptionsPage(),
  openAnalyzer: () => void openPage({ page: 'analyzer.html' }).then(closeIf),
  openRecords: (question) => void openRecords(question).then(closeIf),
  copy: (text) => navigator.clipboard.writeText(text),
  close: null,
  version: browser.runtime.getManifest().version,
} satisfies Surroundings;

/** A popup that has opened nothing stays, so that the reader can press once more. */
function closeIf(opened: boolean): void {
  if (opened) window.close();
}

function show(answer: boolean | null): void {
  const root = document.getElementById('root');
  if (root === null) return;
  const choose = (chosen: boolean): void => void writeSettings({ badges: chosen }).then(() => show(chosen));
  render(
    <main>
      <OpenMail
        {...around}
        message={null}
        question={badges === null ? { answer, onAnswer: choose } : null}
        t={t}
      />
    </main>,
    root,
  );
}
show(badges);
