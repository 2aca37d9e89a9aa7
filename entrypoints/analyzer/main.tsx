/** The page for a mail that is not open anywhere: it is examined by the worker and never leaves the browser. */
import { render } from 'preact';
import { Analyzer } from '../../components/Analyzer.tsx';
import { fileSource, pastedSource } from '../../lib/platform/brought.ts';
import { browser } from '../../lib/platform/browser.ts';
import { examineInWorker } from '../../lib/platform/examine-client.ts';
import { currentLanguage } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const language = await currentLanguage();
const t = await loadTranslator(language);
document.documentElement.lang = language;
document.title = `Mailvouch: ${t('analyzer_title')}`;

const root = document.getElementById('root');
if (root !== null) {
  render(
    <Analyzer
      examine={async (brought, tell) => {
        const source = brought.kind === 'file' ? await fileSource(brought.file) : pastedSource(brought.text);
        await examineInWorker(source, tell);
      }}
      copy={(text) => navigator.clipboard.writeText(text)}
      openSettings={() => void browser.runtime.openOptionsPage()}
      version={browser.runtime.getManifest().version}
      t={t}
    />,
    root,
  );
}
