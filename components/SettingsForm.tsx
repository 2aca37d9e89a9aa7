/** The settings: so far, the language. A choice is saved at once and said so. */
import { useId, useState } from 'preact/hooks';
import type { LanguageChoice, Translate } from '../lib/explain/translate.ts';

export interface SettingsFormProps {
  readonly language: LanguageChoice;
  readonly onLanguage: (language: LanguageChoice) => Promise<void>;
  readonly t: Translate;
}

/** Each language is named in itself, so that whoever needs it can find it. */
const CHOICES: readonly {
  readonly value: LanguageChoice;
  readonly label: (t: Translate) => string;
  lang?: string;
}[] = [
  { value: 'auto', label: (t) => t('ui_language_auto') },
  { value: 'en', label: () => 'English', lang: 'en' },
  { value: 'ja', label: () => '日本語', lang: 'ja' },
];

export function SettingsForm({ language, onLanguage, t }: SettingsFormProps) {
  const [saved, setSaved] = useState(false);
  const group = useId();
  const choose = async (value: LanguageChoice): Promise<void> => {
    await onLanguage(value);
    setSaved(true);
  };
  return (
    <main class="settings">
      <h1>{t('ui_settings')}</h1>
      <fieldset>
        <legend>{t('ui_language')}</legend>
        {CHOICES.map(({ value, label, lang }) => (
          <label key={value} lang={lang}>
            <input
              type="radio"
              name={group}
              value={value}
              checked={value === language}
              onChange={() => void choose(value)}
            />
            {label(t)}
          </label>
        ))}
      </fieldset>
      <p role="status">{saved ? t('ui_saved') : ''}</p>
    </main>
  );
}
