/** The first-run page: it opens once after the installation, and again from nowhere. */
import { render } from 'preact';
import { Welcome } from '../../components/Welcome.tsx';
import { KNOWN_RESOLVERS } from '../../lib/platform/resolvers.ts';
import { currentLanguage, readSettings, type Settings, writeSettings } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const root = document.getElementById('root');

function nameOf(url: string): string {
  return KNOWN_RESOLVERS.find((known) => known.url === url)?.name ?? new URL(url).hostname;
}

async function show(failed: boolean): Promise<void> {
  const language = await currentLanguage();
  const t = await loadTranslator(language);
  const settings = await readSettings();
  document.documentElement.lang = language;
  document.title = 'Mailvouch';
  if (root === null) return;
  render(
    <Welcome
      language={settings.language}
      badges={settings.badges}
      first={nameOf(settings.resolver)}
      second={settings.secondResolver === null ? null : nameOf(settings.secondResolver)}
      onLanguage={(chosen) => void save({ language: chosen })}
      onAnswer={(badges) => void save({ badges })}
      complaint={failed ? t('ui_not_saved') : ''}
      t={t}
    />,
    root,
  );
}

async function save(changed: Partial<Settings>): Promise<void> {
  const failed = await writeSettings(changed).then(
    () => false,
    () => true,
  );
  await show(failed);
}

await show(false);
