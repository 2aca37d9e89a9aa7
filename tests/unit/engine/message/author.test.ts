import { describe, expect, it } from 'vitest';
import { readAuthors } from '../../../../lib/engine/message/author.ts';
import { mail, ports, type Row, rows, toMessage } from '../kit.ts';

function authorsOf(...fields: string[]) {
  return readAuthors(toMessage(mail(['Subject: x', ...fields])), ports);
}

describe('the author domain is the domain of From (RFC 9989 §5.3.1)', () => {
  it.each(
    rows<Row & { from: string; domain: string; address?: string; name?: string }>([
      { why: 'as written', from: 'Bank <a@bank.example>', domain: 'bank.example', name: 'Bank' },
      { why: 'in lower case', from: 'a@BANK.Example', domain: 'bank.example', address: 'a@BANK.Example' },
      { why: 'without the root', from: 'a@bank.example.', domain: 'bank.example' },
      { why: 'a U-label as A-label', from: 'a@bücher.example', domain: 'xn--bcher-kva.example' },
      { why: 'an upper-case U-label', from: 'a@BÜCHER.example', domain: 'xn--bcher-kva.example' },
      { why: 'an A-label', from: 'a@xn--bcher-kva.example', domain: 'xn--bcher-kva.example' },
      { why: 'Japanese', from: 'a@例え.テスト', domain: 'xn--r8jz45g.xn--zckzah' },
      {
        why: 'ß is a letter of its own (IDNA 2008)',
        from: 'a@straße.example',
        domain: 'xn--strae-oqa.example',
      },
      {
        why: 'a name is decoded for showing only',
        from: '=?utf-8?q?b=40bank.example?= <a@evil.example>',
        domain: 'evil.example',
        name: 'b@bank.example',
      },
      { why: 'an unquoted comma in a name', from: 'Bank, Ltd <a@bank.example>', domain: 'bank.example' },
      { why: 'two mailboxes of one domain', from: 'a@bank.example, b@Bank.example', domain: 'bank.example' },
      { why: 'a group with one mailbox', from: 'Staff: a@bank.example;', domain: 'bank.example' },
      { why: 'a zero-width space in the local part', from: '\u200ba@bank.example', domain: 'bank.example' },
    ]),
  )('%s', (_, { from, domain, address, name }) => {
    const authors = authorsOf(`From: ${from}`);
    expect(authors).toMatchObject({ kind: 'one', author: { domain }, fields: [1] });
    if (authors.kind !== 'one') return;
    if (address !== undefined) expect(authors.author.address).toBe(address);
    if (name !== undefined) expect(authors.author.displayName).toBe(name);
  });

  it('is one where two From fields agree', () => {
    expect(authorsOf('From: a@bank.example', 'From: b@bank.example')).toMatchObject({
      kind: 'one',
      author: { domain: 'bank.example', address: 'a@bank.example' },
      fields: [1, 2],
    });
  });

  it.each(
    rows<Row & { fields: readonly string[]; domains: readonly string[] }>([
      {
        why: 'in one field',
        fields: ['From: a@x.example, b@y.example'],
        domains: ['x.example', 'y.example'],
      },
      {
        why: 'in two fields',
        fields: ['From: a@x.example', 'From: b@y.example'],
        domains: ['x.example', 'y.example'],
      },
      {
        why: 'a subdomain is another domain',
        fields: ['From: a@x.example, b@m.x.example'],
        domains: ['x.example', 'm.x.example'],
      },
    ]),
  )('is several: %s', (_, { fields, domains }) => {
    const authors = authorsOf(...fields);
    expect(authors.kind === 'several' && authors.authors.map(({ domain }) => domain)).toEqual(domains);
  });

  it.each(
    rows<Row & { fields: readonly string[]; problem: string }>([
      { why: 'no From at all', fields: ['Sender: a@bank.example'], problem: 'no-from' },
      { why: 'an empty From', fields: ['From:'], problem: 'no-address' },
      { why: 'a bare name', fields: ['From: Bank'], problem: 'no-address' },
      { why: 'an empty group', fields: ['From: undisclosed-recipients:;'], problem: 'no-address' },
      {
        why: 'an address only inside an encoded word',
        fields: ['From: =?utf-8?q?a=40bank.example?='],
        problem: 'no-address',
      },
      { why: 'an address only inside a comment', fields: ['From: (a@bank.example)'], problem: 'no-address' },
      { why: 'an open quote', fields: ['From: "Bank <a@bank.example>'], problem: 'unreadable' },
      {
        why: 'one readable and one unreadable field',
        fields: ['From: a@bank.example', 'From: <b@evil.example'],
        problem: 'unreadable',
      },
      { why: 'a domain literal', fields: ['From: a@[192.0.2.1]'], problem: 'domain-literal' },
      { why: 'NUL ends nothing', fields: ['From: a@bank.example\0.evil.example'], problem: 'bad-domain' },
      { why: 'a slash is no label', fields: ['From: a@bank.example/.evil.example'], problem: 'bad-domain' },
      {
        why: 'a number sign is no label',
        fields: ['From: a@bank.example#.evil.example'],
        problem: 'bad-domain',
      },
      {
        why: 'a percent sign is not decoded',
        fields: ['From: a@bank%2eexample.evil.example'],
        problem: 'bad-domain',
      },
      { why: 'a label of 64 octets', fields: [`From: a@${'a'.repeat(64)}.example`], problem: 'bad-domain' },
      { why: 'an A-label that decodes to nothing', fields: ['From: a@xn--a.example'], problem: 'bad-domain' },
      { why: 'another full stop', fields: ['From: a@bank\u3002example'], problem: 'bad-domain' },
      {
        why: 'circled letters that map onto a brand',
        fields: ['From: a@\u24d1\u24d0nk.example'],
        problem: 'mapped-domain',
      },
      {
        why: 'full-width letters that map onto a brand',
        fields: ['From: a@\uff42ank.example'],
        problem: 'mapped-domain',
      },
      {
        why: 'mathematical digits that map onto digits',
        fields: ['From: a@bank\u{1d7cf}.example'],
        problem: 'mapped-domain',
      },
      {
        why: 'superscript digits that map onto digits',
        fields: ['From: a@bank\u00b2.example'],
        problem: 'mapped-domain',
      },
      {
        why: 'a soft hyphen that vanishes',
        fields: ['From: a@ba\u00adnk.example'],
        problem: 'mapped-domain',
      },
      {
        why: 'the second of two mailboxes is a look-alike',
        fields: ['From: a@bank.example, b@\uff42ank.example'],
        problem: 'mapped-domain',
      },
    ]),
  )('names nobody: %s', (_, { fields, problem }) => {
    expect(authorsOf(...fields)).toMatchObject({ kind: 'none', why: problem });
  });

  it('does not take a Cyrillic letter for a Latin one', () => {
    const authors = authorsOf('From: a@b\u0430nk.example');
    expect(authors).toMatchObject({ kind: 'one', author: { domain: 'xn--bnk-6cd.example' } });
  });
});
