/** Each language is named in itself, so that whoever needs it can find it. */
import type { LanguageChoice as Language, Translate } from '../lib/explain/translate.ts';
import { Choice } from './Choice.tsx';

interface LanguageChoiceProps {
  readonly language: Language;
  readonly onChoose: (language: Language) => void;
  readonly t: Translate;
}

export function LanguageChoice({ language, onChoose, t }: LanguageChoiceProps) {
  return (
    <Choice
      title={t('ui_language')}
      value={language}
      onChoose={onChoose}
      options={[
        { value: 'auto', label: t('ui_language_auto') },
        { value: 'en', label: 'English', lang: 'en' },
        { value: 'ja', label: '日本語', lang: 'ja' },
      ]}
    />
  );
}
