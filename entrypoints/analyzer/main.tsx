/**
 * The page for a mail that is not open anywhere, which is examined by the worker and never leaves the browser, and for
 * the records of a domain, which the worker asks for.
 */
import { render } from 'preact';
import { Analyzer } from '../../components/Analyzer.tsx';
import { parseTrustedServers } from '../../lib/engine/index.ts';
import { fileSource, pastedSource } from '../../lib/platform/brought.ts';
import { browser } from '../../lib/platform/browser.ts';
import { questionMeant } from '../../lib/platform/domain-meant.ts';
import { fromFragment } from '../../lib/platform/domain-question.ts';
import { examineInWorker } from '../../lib/platform/examine-client.ts';
import { ask, isPrivateAddress } from '../../lib/platform/requests.ts';
import { currentLanguage, readSettings } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const language = await currentLanguage();
const t = await loadTranslator(language);
const { trustedServers } = await readSettings();
const own = parseTrustedServers(trustedServers).servers.filter(({ ranges }) => ranges.length === 0);
document.documentElement.lang = language;
document.title = `Mailvouch: ${t('analyzer_title')}`;

const isPrivate = isPrivateAddress(location);
// Another address is another question.
addEventListener('hashchange', () => location.reload());

const root = document.getElementById('root');
if (root !== null) {
  render(
    <Analyzer
      servers={[...new Set(own.map(({ id }) => id))]}
      examine={async (brought, how, tell) => {
        const source = brought.kind === 'file' ? await fileSource(brought.file) : pastedSource(brought.text);
        await examineInWorker({ ...source, ...how }, tell);
      }}
      question={fromFragment(location.hash)}
      questionMeant={questionMeant}
      askRecords={async (question) =>
        (await ask('records', { ...question, isPrivate })) ?? { kind: 'problem', problem: 'stopped' }
      }
      copy={(text) => navigator.clipboard.writeText(text)}
      openSettings={() => void browser.runtime.openOptionsPage()}
      version={browser.runtime.getManifest().version}
      t={t}
    />,
    root,
  );
}
