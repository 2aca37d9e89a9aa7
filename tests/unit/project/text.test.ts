/** Every sentence is there, in both languages, and used. */
import { describe, expect, it } from 'vitest';
import english from '../../../public/_locales/en/messages.json';
import japanese from '../../../public/_locales/ja/messages.json';
import { read, sourceFiles } from './tree.ts';

interface Entry {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

const CATALOGUES: Readonly<Record<string, Readonly<Record<string, Entry>>>> = { english, japanese };
/** Keys put together from a code: the types hold that each code has one, this holds that each one has a code. */
const PREFIXES =
  /^(?:finding|lint|records_fact|records|rcode|headline|problem|advice|level|source_note|source|ui_step|via|marks|receiver|spf_term|arc_seal|why_(?:spf|bimi|seal|dns))_(.+)$/;

describe.each(Object.entries(CATALOGUES))('%s', (_, catalogue) => {
  it.each(Object.entries(catalogue))(
    '%s declares the placeholders that it uses',
    (_key, { message, placeholders = {} }) => {
      const used = new Set([...message.matchAll(/\$([a-z]+)\$/g)].map((match) => match[1]));
      expect(new Set(Object.keys(placeholders))).toEqual(used);
      // Chrome numbers them; a gap would be refused.
      expect(Object.values(placeholders).map(({ content }) => content)).toEqual(
        Object.keys(placeholders).map((_name, index) => `$${index + 1}`),
      );
    },
  );
});

describe('the catalogues', () => {
  it('hold the same keys in the same order', () => {
    expect(Object.keys(japanese)).toEqual(Object.keys(english));
  });

  it('hold no sentence that nobody says', () => {
    const code = [...sourceFiles(), 'wxt.config.ts'].map(read).join('\n');
    const unused = Object.keys(english).filter((key) => {
      if (code.includes(`'${key}'`) || code.includes(`__MSG_${key}__`)) return false;
      const suffix = PREFIXES.exec(key)?.[1]?.replaceAll('_', '-') ?? '';
      return !new RegExp(`['\`]?\\b${suffix}\\b['\`]?`).test(code) || suffix === '';
    });
    expect(unused).toEqual([]);
  });

  it('say in Japanese what is Japanese', () => {
    const same = Object.entries(english).filter(
      ([key, { message }]) =>
        message === CATALOGUES.japanese?.[key]?.message && /[a-z]{4,} [a-z]{4,}/.test(message),
    );
    expect(same.map(([key]) => key)).toEqual([]);
  });
});
