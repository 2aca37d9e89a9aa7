/** The locale files, one at a time. */
import { type Catalogue, type Language, type Translate, translator } from '../explain/translate.ts';

const CATALOGUES: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('../../public/_locales/en/messages.json'),
  ja: () => import('../../public/_locales/ja/messages.json'),
};

export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return (await CATALOGUES[language]()).default;
}

export async function loadTranslator(language: Language): Promise<Translate> {
  return translator(await loadCatalogue(language));
}
