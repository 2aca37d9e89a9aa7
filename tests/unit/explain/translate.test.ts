/** Sentences keep their shape whatever their values hold. */
import { describe, expect, it } from 'vitest';
import { bare, partsOf } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';

describe('translator', () => {
  it('sets a value between isolates, so that a view can tell it apart', () => {
    const sentence = translatorFor('en')('headline_reported_pass', { domain: 'bank.example' });
    expect(partsOf(sentence)).toEqual([
      { text: 'bank.example', isValue: true },
      { text: ' vouches for this mail.', isValue: false },
    ]);
  });

  it('sets it bare for terminals and files', () => {
    expect(translatorFor('en', bare)('headline_reported_pass', { domain: 'bank.example' })).toBe(
      'bank.example vouches for this mail.',
    );
  });

  it('does not expand a value that looks like a placeholder', () => {
    expect(translatorFor('en', bare)('headline_reported_pass', { domain: '$domain$ $& $1' })).toBe(
      '$domain$ $& $1 vouches for this mail.',
    );
  });

  it('knows its keys and their parameters when it is compiled', () => {
    const t = translatorFor('en');
    // @ts-expect-error the key does not exist
    expect(() => t('no_such_key')).toThrow();
    // @ts-expect-error the parameter is missing
    t('headline_reported_pass');
    // @ts-expect-error the message takes no parameter
    t('ui_settings', { domain: 'bank.example' });
  });
});
