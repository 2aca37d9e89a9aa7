/** Every way in which a question brings no record has a phrase of its own, in both languages. */
import { describe, expect, it } from 'vitest';
import type { Rcode } from '../../../lib/engine/index.ts';
import { rcodeSentence } from '../../../lib/explain/rcode-sentence.ts';
import { bare, translator } from '../../../lib/explain/translate.ts';
import english from '../../../public/_locales/en/messages.json';
import japanese from '../../../public/_locales/ja/messages.json';

const WORDS = {
  NOERROR: 'no record of this type',
  NXDOMAIN: 'no such name',
  SERVFAIL: 'no usable answer',
  REFUSED: 'refused',
  FORMERR: 'did not understand',
  NOTIMP: 'does not answer such questions',
  OTHER: 'uncommon error',
  TIMEOUT: 'in time',
  UNREACHABLE: 'no connection',
  OFFLINE: 'offline',
  MALFORMED: 'cannot be read',
  TRUNCATED: 'cut short',
  PORTAL: 'login',
  HTTP: 'HTTP error',
} as const satisfies Readonly<Record<Rcode, string>>;
const RCODES = Object.keys(WORDS) as Rcode[];

describe('a question without a record', () => {
  it.each(RCODES)('%s is told as what it is', (rcode) => {
    expect(rcodeSentence(translator(english, bare), { rcode, answers: [] })).toContain(WORDS[rcode]);
  });

  it.each([
    ['English', english],
    ['Japanese', japanese],
  ])('is told in %s so that each differs from the others', (_, catalogue) => {
    const t = translator(catalogue as typeof english, bare);
    const phrases = RCODES.map((rcode) => rcodeSentence(t, { rcode, answers: [] }));
    expect(new Set(phrases).size).toBe(RCODES.length);
    // It goes on behind a colon, and others go on behind it.
    for (const phrase of phrases) expect(phrase).toMatch(/^\S.*[^.。\s]$/);
  });

  it('is nothing to tell where there are records', () => {
    expect(rcodeSentence(translator(english), { rcode: 'NOERROR', answers: ['v=spf1 -all'] })).toBe('');
  });
});
