import { describe, expect, it } from 'vitest';
import {
  firstFault,
  inOrder,
  isSpfRecord,
  modifierOf,
  parseSpfRecord,
} from '../../../../lib/engine/spf/record.ts';
import { type Row, rows } from '../kit.ts';

describe('what an SPF record is (RFC 7208 §4.5)', () => {
  it.each(
    rows<Row & { text: string; is: boolean }>([
      { why: 'the version and a space', text: 'v=spf1 -all', is: true },
      { why: 'the version alone', text: 'v=spf1', is: true },
      { why: 'in any letters', text: 'V=SpF1 -all', is: true },
      { why: 'another version', text: 'v=spf10', is: false },
      { why: 'a tab is no space', text: 'v=spf1\t-all', is: false },
      { why: 'something before it', text: ' v=spf1 -all', is: false },
      { why: 'nothing', text: '', is: false },
    ]),
  )('%s', (_, { text, is }) => {
    expect(isSpfRecord(text)).toBe(is);
  });
});

describe('the terms of a record (§4.6.1)', () => {
  it('keep their places, however many spaces stand between them', () => {
    const text = 'v=spf1  ip4:192.0.2.1   -all ';
    const spans = parseSpfRecord(text).map(({ start, end }) => text.slice(start, end));
    expect(spans).toEqual(['ip4:192.0.2.1', '-all']);
    expect(parseSpfRecord(text).map(({ start }) => start)).toEqual([8, 24]);
  });

  it.each(
    rows<Row & { term: string; reads: object }>([
      { why: 'pass is the default', term: 'all', reads: { qualifier: '+', test: { name: 'all' } } },
      { why: 'a qualifier', term: '~all', reads: { qualifier: '~', test: { name: 'all' } } },
      { why: 'names in any letters', term: '?ALL', reads: { qualifier: '?', test: { name: 'all' } } },
      {
        why: 'a single IPv4 address',
        term: 'ip4:192.0.2.1',
        reads: { test: { name: 'ip4', network: '192.0.2.1', prefix: 32 } },
      },
      {
        why: 'an IPv4 network',
        term: 'IP4:192.0.2.0/24',
        reads: { test: { name: 'ip4', network: '192.0.2.0', prefix: 24 } },
      },
      {
        why: 'an IPv6 network that ends in IPv4',
        term: 'ip6:::192.0.2.1/96',
        reads: { test: { name: 'ip6', network: '::192.0.2.1', prefix: 96 } },
      },
      {
        why: 'the domain itself',
        term: 'a',
        reads: { test: { name: 'a', domain: null, prefix4: 32, prefix6: 128 } },
      },
      {
        why: 'a prefix for IPv4',
        term: 'a/24',
        reads: { test: { name: 'a', domain: null, prefix4: 24, prefix6: 128 } },
      },
      {
        why: 'a prefix for IPv6',
        term: 'mx//64',
        reads: { test: { name: 'mx', domain: null, prefix4: 32, prefix6: 64 } },
      },
      {
        why: 'both, behind a name with slashes and colons',
        term: 'a:foo:bar/baz.example/24//64',
        reads: {
          test: {
            name: 'a',
            domain: { parts: ['foo:bar/baz.example'], tail: 'foo:bar/baz.example' },
            prefix4: 24,
            prefix6: 64,
          },
        },
      },
      {
        why: 'a top label with digits at its end before a prefix',
        term: 'a:mail.x4/24',
        reads: {
          test: { name: 'a', domain: { parts: ['mail.x4'], tail: 'mail.x4' }, prefix4: 24, prefix6: 128 },
        },
      },
      {
        why: 'a macro before a prefix',
        term: 'a:%{d}/24',
        reads: { test: { name: 'a', prefix4: 24 } },
      },
      { why: 'ptr alone', term: 'ptr', reads: { test: { name: 'ptr', domain: null } } },
      { why: 'redirect', term: 'redirect=_spf.bank.example', reads: { kind: 'modifier', name: 'redirect' } },
      { why: 'exp in capitals', term: 'EXP=why.bank.example', reads: { kind: 'modifier', name: 'exp' } },
      {
        why: 'an unknown modifier with any macro',
        term: 'moo.cow-far_out=man:dog/%{t}',
        reads: { kind: 'unknown-modifier', name: 'moo.cow-far_out' },
      },
      {
        why: 'an unknown modifier without a value',
        term: 'x=',
        reads: { kind: 'unknown-modifier', name: 'x' },
      },
      {
        why: 'a mechanism name before = is an unknown modifier',
        term: 'a=bank.example',
        reads: { kind: 'unknown-modifier', name: 'a' },
      },
    ]),
  )('%s', (_, { term, reads }) => {
    expect(parseSpfRecord(`v=spf1 ${term}`)).toMatchObject([reads]);
  });

  it.each(
    rows<Row & { term: string; error: string; wrong: string }>([
      { why: 'an octet beyond US-ASCII', term: 'a:\xefbank.example', error: 'bad-character', wrong: '\xef' },
      { why: 'a control character', term: 'a:bank.example\rptr', error: 'bad-character', wrong: '\r' },
      { why: 'a NUL', term: 'a:bank.example\0', error: 'bad-character', wrong: '\0' },
      { why: 'no name before =', term: '=all', error: 'malformed-term', wrong: '=all' },
      { why: 'a name that begins with a digit', term: '1up=foo', error: 'malformed-term', wrong: '1up=foo' },
      {
        why: 'a qualifier before a modifier',
        term: '-exp=a.example',
        error: 'malformed-term',
        wrong: '-exp=a.example',
      },
      { why: 'a qualifier alone', term: '-', error: 'malformed-term', wrong: '-' },
      { why: 'an unknown mechanism', term: '~moo', error: 'unknown-mechanism', wrong: 'moo' },
      {
        why: 'a modifier written as a mechanism',
        term: 'redirect:a.example',
        error: 'unknown-mechanism',
        wrong: 'redirect',
      },
      { why: 'a dot behind all', term: '-all.', error: 'unknown-mechanism', wrong: 'all.' },
      { why: 'all takes no argument', term: '-all:foobar', error: 'unexpected-argument', wrong: ':foobar' },
      { why: 'all takes no prefix', term: '-all/8', error: 'unexpected-argument', wrong: '/8' },
      { why: 'ptr takes no prefix', term: 'ptr/0', error: 'unexpected-argument', wrong: '/0' },
      { why: 'include without a domain', term: 'include', error: 'missing-domain', wrong: '' },
      { why: 'exists with an empty one', term: 'exists:', error: 'missing-domain', wrong: '' },
      { why: 'a with an empty one', term: 'a:/24', error: 'missing-domain', wrong: '' },
      { why: 'redirect with an empty one', term: 'redirect=', error: 'missing-domain', wrong: '' },
      { why: 'a top label alone', term: 'a:museum', error: 'bad-domain-spec', wrong: 'museum' },
      { why: 'a top label alone and a dot', term: 'a:museum.', error: 'bad-domain-spec', wrong: 'museum.' },
      { why: 'an address for a name', term: 'a:192.0.2.1', error: 'bad-domain-spec', wrong: '192.0.2.1' },
      {
        why: 'a top label that begins with a hyphen',
        term: 'mx:a.-b',
        error: 'bad-domain-spec',
        wrong: 'a.-b',
      },
      {
        why: 'a top label that ends with a hyphen',
        term: 'mx:a.b-',
        error: 'bad-domain-spec',
        wrong: 'a.b-',
      },
      { why: 'a port', term: 'a:a.example:25', error: 'bad-domain-spec', wrong: 'a.example:25' },
      {
        why: 'a literal behind a macro that is no label',
        term: 'a:%{d}x',
        error: 'bad-domain-spec',
        wrong: '%{d}x',
      },
      { why: 'a domain for exp that is none', term: 'exp=-all', error: 'bad-domain-spec', wrong: '-all' },
      {
        why: 'a prefix where none belongs',
        term: 'include:a.example/24',
        error: 'bad-domain-spec',
        wrong: 'a.example/24',
      },
      { why: 'a percent sign alone', term: 'exists:%a.example', error: 'bad-macro', wrong: '%' },
      {
        why: 'a letter for explanations only',
        term: 'exists:%{r}.example',
        error: 'bad-macro',
        wrong: '%{r}',
      },
      { why: 'an unknown modifier with a broken macro', term: 'foo=%abc', error: 'bad-macro', wrong: '%' },
      { why: 'ip4 without an address', term: 'ip4', error: 'bad-network', wrong: '' },
      { why: 'three numbers', term: 'ip4:192.0.2', error: 'bad-network', wrong: ':192.0.2' },
      { why: 'a leading zero', term: 'ip4:192.0.02.1', error: 'bad-network', wrong: ':192.0.02.1' },
      { why: 'a number over 255', term: 'ip4:192.0.2.256', error: 'bad-network', wrong: ':192.0.2.256' },
      { why: 'IPv6 in ip4', term: 'ip4:2001:db8::1', error: 'bad-network', wrong: ':2001:db8::1' },
      { why: 'two ellipses', term: 'ip6:2001::db8::1', error: 'bad-network', wrong: ':2001::db8::1' },
      { why: 'a zone', term: 'ip6:fe80::1%eth0', error: 'bad-network', wrong: ':fe80::1%eth0' },
      {
        why: 'IPv6 that ends in octal IPv4',
        term: 'ip6:::010.0.0.1',
        error: 'bad-network',
        wrong: ':::010.0.0.1',
      },
      { why: 'too long for IPv4', term: 'ip4:192.0.2.1/33', error: 'bad-prefix', wrong: '/33' },
      { why: 'a leading zero in a prefix', term: 'ip4:192.0.2.1/032', error: 'bad-prefix', wrong: '/032' },
      { why: 'too long for IPv6', term: 'ip6:2001:db8::/129', error: 'bad-prefix', wrong: '/129' },
      { why: 'two slashes in ip6', term: 'ip6:2001:db8::/32//64', error: 'bad-prefix', wrong: '/32//64' },
      { why: 'a prefix without digits', term: 'a/', error: 'bad-prefix', wrong: '/' },
      { why: 'one slash before the second prefix', term: 'a/24/64', error: 'bad-prefix', wrong: '/24/64' },
      { why: 'too long for IPv6 in a', term: 'mx/24//129', error: 'bad-prefix', wrong: '/24//129' },
    ]),
  )('is wrong: %s', (_, { term, error, wrong }) => {
    const text = `v=spf1 ip4:192.0.2.0/24 ${term} -all`;
    const fault = firstFault(parseSpfRecord(text));
    expect(fault).toMatchObject({ text: term, error });
    expect(text.slice(fault?.at.start, fault?.at.end)).toBe(wrong);
  });

  it.each(['redirect', 'exp'])('is wrong: %s twice (§6)', (name) => {
    const text = `v=spf1 ${name}=a.example ip4:192.0.2.1 ${name}=b.example`;
    expect(firstFault(parseSpfRecord(text))).toMatchObject({
      error: 'repeated-modifier',
      text: `${name}=b.example`,
      at: { start: text.lastIndexOf(name), end: text.length },
    });
  });

  it('lets an unknown modifier stand twice', () => {
    expect(firstFault(parseSpfRecord('v=spf1 x=1 x=2 -all'))).toBeNull();
  });
});

describe('the order of evaluation (§4.6.2, §6.1)', () => {
  const order = (text: string) => inOrder(parseSpfRecord(text)).map((term) => term.text);

  it('takes redirect last, wherever it stands', () => {
    expect(order('v=spf1 redirect=b.example a exp=c.example mx')).toEqual(['a', 'mx', 'redirect=b.example']);
  });

  it('leaves redirect out where there is an all', () => {
    expect(order('v=spf1 redirect=b.example a ?all mx')).toEqual(['a', '?all', 'mx']);
  });

  it('finds a modifier by its name', () => {
    const terms = parseSpfRecord('v=spf1 a exp=c.example x=1');
    expect(modifierOf(terms, 'exp')?.text).toBe('exp=c.example');
    expect(modifierOf(terms, 'redirect')).toBeNull();
  });
});
