/** The settings page. A new language shows at once. */
import { render } from 'preact';
import { type Chosen, SettingsForm } from '../../components/SettingsForm.tsx';
import { parseTrustedServers } from '../../lib/engine/index.ts';
import { requestAccess } from '../../lib/platform/access.ts';
import { openPage } from '../../lib/platform/requests.ts';
import { hostPattern, KNOWN_RESOLVERS, readResolverUrl } from '../../lib/platform/resolvers.ts';
import { currentLanguage, readSettings, writeSettings } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const root = document.getElementById('root');

async function show(): Promise<void> {
  const language = await currentLanguage();
  const t = await loadTranslator(language);
  const chosen = await readSettings();
  document.documentElement.lang = language;
  document.title = `Mailvouch: ${t('ui_settings')}`;
  if (root === null) return;
  render(
    <SettingsForm
      chosen={chosen}
      resolvers={KNOWN_RESOLVERS}
      readAddress={readResolverUrl}
      checkServers={(text) => parseTrustedServers(text).errors}
      onChoose={choose}
      allow={(url) => requestAccess([hostPattern(url)])}
      onClear={() => writeSettings({ cleared: Date.now() })}
      openAnalyzer={() => void openPage({ page: 'analyzer.html' })}
      t={t}
    />,
    root,
  );
}

async function choose(changed: Partial<Chosen>): Promise<void> {
  try {
    await writeSettings(changed);
  } finally {
    // Whatever is stored is what is shown.
    await show();
  }
}

await show();
