/** A question for the records of a domain: what a reader means, and what a link may carry. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionMeant } from '../../../lib/platform/domain-meant.ts';
import {
  domainQuestion,
  fromFragment,
  readDomainQuestion,
  toFragment,
} from '../../../lib/platform/domain-question.ts';

const LONG = `${'a'.repeat(63)}.`.repeat(4);

describe('a domain is meant by', () => {
  it.each([
    { text: 'bank.example', domain: 'bank.example' },
    { text: '  Bank.EXAMPLE. \n', domain: 'bank.example' },
    { text: 'office@bank.example', domain: 'bank.example' },
    { text: '<office@bank.example>', domain: 'bank.example' },
    { text: 'The Bank <office@bank.example>', domain: 'bank.example' },
    { text: '"a@b"@bank.example', domain: 'bank.example' },
    { text: 'bücher.example', domain: 'xn--bcher-kva.example' },
    { text: 'info@例え.example', domain: 'xn--r8jz45g.example' },
    { text: '例え。example', domain: 'xn--r8jz45g.example' },
    { text: '_dmarc.bank.example', domain: 'bank.example' },
    { text: '_smtp._tls.bank.example', domain: 'bank.example' },
    { text: '_domainkey.bank.example', domain: 'bank.example' },
  ])('“$text”', ({ text, domain }) => {
    expect(questionMeant(text)).toEqual({ domain, selectors: [] });
  });

  it.each([
    { text: '' },
    { text: 'bank' },
    { text: 'bank..example' },
    { text: 'my bank.example' },
    { text: '192.0.2.1' },
    { text: '[192.0.2.1]' },
    { text: 'From: office@bank.example' },
    { text: 'From: The Bank <office@bank.example>' },
    { text: 'https://bank.example/' },
    { text: 'Hello\noffice@bank.example' },
    { text: 'bank.example#x.example' },
    { text: 'bank.example/x.example' },
    { text: 'office@' },
    { text: `${LONG}example` },
    { text: `${'a '.repeat(400)}<a@bank.example>` },
  ])('nothing such as “$text”', ({ text }) => {
    expect(questionMeant(text)).toBeNull();
  });

  it.each(['s1.east._domainkey.bank.example', 'S1.EAST._DomainKey.Bank.Example.'])(
    'the name of a key: %s',
    (text) => {
      expect(questionMeant(text)).toEqual({ domain: 'bank.example', selectors: ['s1.east'] });
    },
  );

  it('is what may be asked, whatever the text', () => {
    const unit = fc.oneof(
      fc.constantFrom('a', 'x', '1', 'n--', '.', '_', '@', '<', '>', 'ü', '例', '。'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const meant = questionMeant(text);
        if (meant !== null) expect(readDomainQuestion(meant)).toEqual(meant);
      }),
    );
  });
});

describe('a question', () => {
  it.each([
    { value: null },
    { value: 'bank.example' },
    { value: {} },
    { value: { domain: 'bank.example' } },
    { value: { domain: 'bank.example', selectors: 's1' } },
    { value: { domain: 'bank.example', selectors: [1] } },
    { value: { domain: 'bank.example', selectors: ['a b'] } },
    { value: { domain: 'bank.example', selectors: [''] } },
    { value: { domain: 'bank.example', selectors: ['s1&x=y'] } },
    { value: { domain: 'bank.example', selectors: Array(11).fill('s') } },
    { value: { domain: 'Bank.example', selectors: [] } },
    { value: { domain: 'bank', selectors: [] } },
    { value: { domain: 'bücher.example', selectors: [] } },
    { value: { domain: '127.0.0.1', selectors: [] } },
    { value: { domain: `${'a'.repeat(64)}.example`, selectors: [] } },
    { value: { domain: `${LONG}example`, selectors: [] } },
    { value: { domain: ['bank.example'], selectors: [] } },
  ])('such as $value is none', ({ value }) => {
    expect(readDomainQuestion(value)).toBeNull();
  });

  it('holds no more than belongs to it', () => {
    expect(readDomainQuestion({ domain: 'bank.example', selectors: ['s1.east'], kind: 'records' })).toEqual({
      domain: 'bank.example',
      selectors: ['s1.east'],
    });
  });

  it('of a mail leaves out what can be no selector, and the eleventh', () => {
    const many = Array.from({ length: 12 }, (_, index) => `s${index}`);
    expect(domainQuestion('Bank.example', ['S0', 'a b', 'é', ...many])?.selectors).toEqual(many.slice(0, 10));
    expect(domainQuestion('localhost', ['s1'])).toBeNull();
  });
});

describe('the fragment of an address', () => {
  it.each([
    { fragment: '#domain=bank.example', question: { domain: 'bank.example', selectors: [] } },
    {
      fragment: '#domain=bank.example&selectors=s1,s2.east',
      question: { domain: 'bank.example', selectors: ['s1', 's2.east'] },
    },
  ])('$fragment holds a question', ({ fragment, question }) => {
    expect(fromFragment(fragment)).toEqual(question);
    expect(toFragment(question)).toBe(fragment);
  });

  it.each([
    { fragment: '' },
    { fragment: '#' },
    { fragment: '#bank.example' },
    { fragment: '#selectors=s1' },
    { fragment: '#domain=bank.example&selectors=s1,,s2' },
    { fragment: '#domain=bank.example&selectors=<b>' },
    { fragment: '#domain=javascript:alert(1)' },
    { fragment: '#domain=%2e%2e%2fx.example' },
  ])('$fragment holds none', ({ fragment }) => {
    expect(fromFragment(fragment)).toBeNull();
  });

  it('comes back as it was', () => {
    const label = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
    fc.assert(
      fc.property(label, fc.array(label, { maxLength: 10 }), (name, selectors) => {
        const question = { domain: `${name}.example`, selectors };
        expect(fromFragment(toFragment(question))).toEqual(question);
      }),
    );
  });
});
