/** The settings page. A new language shows at once. */
import { render } from 'preact';
import { SettingsForm } from '../../components/SettingsForm.tsx';
import type { LanguageChoice } from '../../lib/explain/translate.ts';
import { currentLanguage, readSettings, writeLanguage } from '../../lib/platform/settings.ts';
import { loadTranslator } from '../../lib/platform/text.ts';

const root = document.getElementById('root');

async function show(): Promise<void> {
  const language = await currentLanguage();
  const t = await loadTranslator(language);
  const settings = await readSettings();
  document.documentElement.lang = language;
  document.title = `Mailvouch: ${t('ui_settings')}`;
  if (root !== null) render(<SettingsForm language={settings.language} onLanguage={choose} t={t} />, root);
}

async function choose(language: LanguageChoice): Promise<void> {
  await writeLanguage(language);
  await show();
}

await show();
