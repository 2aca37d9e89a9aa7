/** The toolbar popup: explains the mail that is open in the active tab. */
import { render } from 'preact';
import { OpenMail } from '../../components/OpenMail.tsx';
import { browser } from '../../lib/platform/browser.ts';
import { askOpenMail, reloadActiveTab, requestAccess } from '../../lib/platform/open-mail-client.ts';
import { currentLanguage } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const language = await currentLanguage();
const t = await loadTranslator(language);
document.documentElement.lang = language;

const root = document.getElementById('root');
if (root !== null) {
  render(
    <OpenMail
      ask={(tell) => void askOpenMail(language, tell)}
      allow={requestAccess}
      reloadTab={async () => {
        await reloadActiveTab();
        window.close();
      }}
      openSettings={() => void browser.runtime.openOptionsPage()}
      version={browser.runtime.getManifest().version}
      t={t}
    />,
    root,
  );
}
