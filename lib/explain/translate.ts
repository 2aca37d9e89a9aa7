/**
 * A small translator over the locale files. Keys and their parameters are typed by the English file; the file format
 * is the browsers' own, so that the manifest's texts live in the same place.
 *
 * A parameter is put between Unicode isolates (UAX #9: FSI … PDI), so that no name, whatever its direction, can
 * reorder the sentence around it, and so that a view can tell it apart. Values must have been made visible before.
 */
import type english from '../../public/_locales/en/messages.json';
import type japanese from '../../public/_locales/ja/messages.json';

export type Catalogue = typeof english;
export type MessageKey = keyof Catalogue;
export type Language = 'en' | 'ja';
/** What the reader may choose: a language, or the browser's. */
export type LanguageChoice = 'auto' | Language;

/** The parameters that a message takes: one for each of its placeholders. */
export type MessageParams<K extends MessageKey> = Catalogue[K] extends { placeholders: infer P }
  ? { readonly [N in keyof P]: string | number }
  : Record<never, never>;

export type Translate = <K extends MessageKey>(
  key: K,
  ...params: keyof MessageParams<K> extends never ? [] : [MessageParams<K>]
) => string;

/** Both files hold the same keys with the same placeholders, or this does not compile. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export type LocalesAgree = Same<Catalogue, typeof japanese>;
true satisfies LocalesAgree;

const FSI = '\u2068';
const PDI = '\u2069';

/** How a value is set into a sentence: between isolates for views, bare for terminals and files. */
export type SetValue = (value: string | number) => string;
const isolated: SetValue = (value) => `${FSI}${value}${PDI}`;
export const bare: SetValue = (value) => String(value);

/** Parameters that are words of ours already, with values of their own set in: they run on with the sentence. */
const OUR_WORDS: ReadonlySet<string> = new Set(['why', 'rcode', 'open']);

/** Reads sentences from one language's catalogue. */
export function translator(catalogue: Catalogue, setValue: SetValue = isolated): Translate {
  return (key, ...[params]) => {
    const values: Readonly<Record<string, string | number>> = params ?? {};
    return catalogue[key].message.replace(/\$([a-z]+)\$/g, (_, name: string) => {
      const value = values[name] ?? '';
      return OUR_WORDS.has(name) ? String(value) : setValue(value);
    });
  };
}

export interface Part {
  readonly text: string;
  /** The part is a value, not our words. */
  readonly isValue: boolean;
}

/** A sentence cut at its values, for a view that sets them apart. */
export function partsOf(sentence: string): readonly Part[] {
  return sentence
    .split(/(\u2068[^\u2069]*\u2069)/)
    .filter((text) => text !== '')
    .map((text) =>
      text.startsWith(FSI) ? { text: text.slice(1, -1), isValue: true } : { text, isValue: false },
    );
}

/** A sentence without the isolates around its values. */
export function bareText(sentence: string): string {
  return sentence.replace(/[\u2068\u2069]/g, '');
}
