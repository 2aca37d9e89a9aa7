/** Sentences that hold another one: why a record, a logo or a seal does not count. */
import { describe, expect, it } from 'vitest';
import type { Finding, Why } from '../../../lib/engine/index.ts';
import { findingSentence } from '../../../lib/explain/sentence.ts';
import { bare } from '../../../lib/explain/translate.ts';
import english from '../../../public/_locales/en/messages.json' with { type: 'json' };
import japanese from '../../../public/_locales/ja/messages.json' with { type: 'json' };
import { translatorFor } from '../../kit/samples.ts';
import { findingOf } from './marks-kit.ts';

const CATALOGUES = { en: english, ja: japanese } as const;

/** The finding that says why, for each kind of reason; `receiver` and `domain` as they are known. */
const TELLERS: Readonly<
  Record<string, { code: Finding['code']; params: Readonly<Record<string, unknown>> }>
> = {
  spf: { code: 'spf-broken', params: { domain: 'bank.example', term: 'mx/40' } },
  bimi: { code: 'bimi-hidden', params: { domain: 'bank.example' } },
  seal: { code: 'seal-unproven', params: { receiver: 'gmail' } },
  dns: { code: 'dns-unanswered', params: { open: [] } },
};

const WHYS = Object.keys(english).flatMap((key) => {
  const [prefix, kind = '', ...rest] = key.split('_');
  return prefix === 'why' ? [{ key, kind, why: `${kind}-${rest.join('-')}` as Why }] : [];
});

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  const t = translatorFor(language, bare);

  it.each(WHYS)('$why is said in words within its sentence', ({ key, kind, why }) => {
    const teller = TELLERS[kind];
    if (teller === undefined) throw new Error(`nobody says ${why}`);
    const words = (CATALOGUES[language] as Record<string, { message: string }>)[key]?.message ?? '';
    const sentence = findingSentence(t, findingOf({ ...teller, params: { ...teller.params, why } }));
    expect(words).toMatch(/\S/);
    expect(sentence).toContain(words);
    expect(sentence).not.toContain(why);
    expect(sentence).not.toMatch(/\$|_/);
  });
});

it('a reason in words is one value, set apart from the sentence like any other', () => {
  const finding = findingOf({
    code: 'spf-unusable',
    params: { domain: 'bank.example', why: 'spf-several-records' },
  });
  expect(findingSentence(translatorFor('en'), finding)).toBe(
    'The SPF record of \u2068bank.example\u2069 is not usable: there is more than one, and the standard allows one.',
  );
});
