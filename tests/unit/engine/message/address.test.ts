import { describe, expect, it } from 'vitest';
import { parseAddressList } from '../../../../lib/engine/message/address.ts';
import { type Row, rows } from '../kit.ts';

/** Each mailbox as `display name|local part@domain`. */
function read(value: string) {
  const { mailboxes, groups, errors } = parseAddressList(value);
  return {
    mailboxes: mailboxes.map(({ displayName, localPart, domain }) => `${displayName}|${localPart}@${domain}`),
    groups,
    errors,
  };
}

describe('addresses of RFC 5322 appendix A', () => {
  it.each(
    rows<Row & { value: string; mailboxes: readonly string[]; groups?: readonly string[] }>([
      {
        why: 'A.1.1',
        value: 'John Doe <jdoe@machine.example>',
        mailboxes: ['John Doe|jdoe@machine.example'],
      },
      {
        why: 'A.1.2, a quoted name',
        value: '"Joe Q. Public" <john.q.public@example.com>',
        mailboxes: ['Joe Q. Public|john.q.public@example.com'],
      },
      {
        why: 'A.1.2, a list',
        value: 'Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>',
        mailboxes: ['Mary Smith|mary@x.test', '|jdoe@example.org', 'Who?|one@y.test'],
      },
      {
        why: 'A.1.2, quotes inside quotes',
        value: '<boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net>',
        mailboxes: ['|boss@nil.test', 'Giant; "Big" Box|sysservices@example.net'],
      },
      {
        why: 'A.1.3, a group',
        value: 'A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;',
        mailboxes: ['Ed Jones|c@a.test', '|joe@where.test', 'John|jdoe@one.test'],
        groups: ['A Group'],
      },
      {
        why: 'A.1.3, an empty group',
        value: 'Undisclosed recipients:;',
        mailboxes: [],
        groups: ['Undisclosed recipients'],
      },
      {
        why: 'A.5, comments everywhere',
        value: 'Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>',
        mailboxes: ['Pete|pete@silly.test'],
      },
      {
        why: 'A.5, comments in a group',
        value:
          "A Group(Some people):Chris Jones <c@(Chris's host.)public.example>, joe@example.org, John <jdoe@one.test> (my dear friend); (the end of the group)",
        mailboxes: ['Chris Jones|c@public.example', '|joe@example.org', 'John|jdoe@one.test'],
        groups: ['A Group'],
      },
      {
        why: 'A.5, an empty group with comments',
        value: '(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;',
        mailboxes: [],
        groups: ['Hidden recipients'],
      },
      {
        why: 'A.6.1, a dot in a name that is not quoted',
        value: 'Joe Q. Public <john.q.public@example.com>',
        mailboxes: ['Joe Q. Public|john.q.public@example.com'],
      },
      {
        why: 'A.6.1, a route, an empty element and spaces round a dot',
        value: 'Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example',
        mailboxes: ['Mary Smith|mary@example.net', '|jdoe@test.example'],
      },
      {
        why: 'A.6.3, a comment inside a domain',
        value: 'John Doe <jdoe@machine(comment).  example>',
        mailboxes: ['John Doe|jdoe@machine.example'],
      },
    ]),
  )('%s', (_, { value, mailboxes, groups = [] }) => {
    expect(read(value)).toEqual({ mailboxes, groups, errors: [] });
  });
});

describe('traps of a From field', () => {
  it.each(
    rows<Row & { value: string; mailboxes: readonly string[] }>([
      {
        why: 'an address in a quoted name is a name',
        value: '"a@evil.example" <b@good.example>',
        mailboxes: ['a@evil.example|b@good.example'],
      },
      {
        why: 'an address in a name that is not quoted is a name as well: the angle decides',
        value: 'ceo@bank.example <x@evil.example>',
        mailboxes: ['ceo@bank.example|x@evil.example'],
      },
      {
        why: 'two addresses in one field are two',
        value: '<a@x.example>,<b@y.example>',
        mailboxes: ['|a@x.example', '|b@y.example'],
      },
      {
        why: 'a route is the way, not the author (§4.4)',
        value: '<@a.example,@b.example:c@d.example>',
        mailboxes: ['|c@d.example'],
      },
      {
        why: 'a route may hold empty elements (§4.4)',
        value: '<@a.example,,@b.example,,,:c@d.example>',
        mailboxes: ['|c@d.example'],
      },
      {
        why: 'an angle inside a comment is a comment',
        value: '(<a@bank.example>) b@evil.example',
        mailboxes: ['|b@evil.example'],
      },
      {
        why: 'an angle inside quotes is a name',
        value: '"<a@bank.example>" <b@evil.example>',
        mailboxes: ['<a@bank.example>|b@evil.example'],
      },
      {
        why: 'the last @ outside quotes parts local part and domain',
        value: '"a@bank.example"@evil.example',
        mailboxes: ['|a@bank.example@evil.example'],
      },
      {
        why: 'a trailing dot is the root',
        value: 'a@bank.example.',
        mailboxes: ['|a@bank.example'],
      },
      { why: 'a domain literal', value: 'a@[192.0.2.1]', mailboxes: ['|a@[192.0.2.1]'] },
      { why: 'a U-label stays as written', value: 'a@bücher.example', mailboxes: ['|a@bücher.example'] },
      {
        why: 'an encoded word is text, whatever it decodes to',
        value: '=?utf-8?q?a=40bank.example?= <b@evil.example>',
        mailboxes: ['=?utf-8?q?a=40bank.example?=|b@evil.example'],
      },
      {
        why: 'a bracket in a name, as mailing software writes it',
        value: '[List] Bot <bot@list.example>',
        mailboxes: ['[List] Bot|bot@list.example'],
      },
      { why: 'an empty quoted local part', value: '""@a.example', mailboxes: ['|@a.example'] },
      {
        why: 'words and quoted strings may be joined by dots (§4.4)',
        value: 'a."b c".d@e.example',
        mailboxes: ['|a.b c.d@e.example'],
      },
      { why: 'stray dots in a local part', value: 'a..b.@c.example', mailboxes: ['|a..b.@c.example'] },
    ]),
  )('%s', (_, { value, mailboxes }) => {
    expect(read(value)).toMatchObject({ mailboxes, errors: [] });
  });

  it.each(
    rows<Row & { value: string; errors: readonly string[] }>([
      { why: 'nothing', value: ' \t', errors: ['no-address'] },
      { why: 'a comment alone', value: '(only me)', errors: ['no-address'] },
      { why: 'a bare name', value: 'Bank', errors: ['no-address'] },
      { why: 'an encoded address alone', value: '=?utf-8?q?a=40bank.example?=', errors: ['no-address'] },
      { why: 'an open comment', value: '(a@bank.example', errors: ['unclosed-comment'] },
      { why: 'a comment that opens behind', value: 'a@bank.example (', errors: ['unclosed-comment'] },
      { why: 'an open quote', value: '"a <a@bank.example>', errors: ['unclosed-quote'] },
      { why: 'an open angle', value: '<a@bank.example', errors: ['unclosed-bracket'] },
      { why: 'an open literal', value: 'a@[192.0.2.1', errors: ['unclosed-bracket'] },
      { why: 'an angle in an angle', value: '<<a@bank.example>>', errors: ['unclosed-bracket'] },
      { why: 'an angle that only closes', value: 'a@bank.example>', errors: ['trailing-text'] },
      {
        why: 'an address behind an angle',
        value: '<a@evil.example> b@bank.example',
        errors: ['trailing-text'],
      },
      { why: 'a second angle', value: '<a@evil.example><b@bank.example>', errors: ['trailing-text'] },
      { why: 'two words as a local part', value: 'a b@bank.example', errors: ['bad-local-part'] },
      { why: 'two @', value: 'a@evil.example@bank.example', errors: ['bad-local-part'] },
      { why: 'no local part', value: '@bank.example', errors: ['bad-local-part'] },
      { why: 'a backslash outside quotes', value: 'a\\@b@bank.example', errors: ['bad-local-part'] },
      {
        why: 'a list inside an angle',
        value: '<a@x.example, b@y.example>',
        errors: ['bad-local-part', 'trailing-text'],
      },
      {
        why: 'a route without @ (§4.4)',
        value: '<@a.example,b.example:c@d.example>',
        errors: ['bad-local-part'],
      },
      { why: 'a colon without a route', value: '<:c@d.example>', errors: ['bad-local-part'] },
      { why: 'no domain', value: 'a@', errors: ['bad-domain'] },
      { why: 'an empty label', value: 'a@b..example', errors: ['bad-domain'] },
      { why: 'a leading dot', value: 'a@.example', errors: ['bad-domain'] },
      { why: 'two words as a domain', value: 'a@bank.example evil.example', errors: ['bad-domain'] },
      { why: 'a quoted domain', value: 'a@"bank.example"', errors: ['bad-domain'] },
      { why: 'text behind a literal', value: 'a@[192.0.2.1]evil.example', errors: ['bad-domain'] },
      { why: 'an open group', value: 'Friends: a@b.example', errors: ['unclosed-group'] },
      { why: 'a group in a group', value: 'A: B: a@b.example;', errors: ['trailing-text'] },
      { why: 'a semicolon without a group', value: 'a@b.example;', errors: ['trailing-text'] },
      { why: 'more than a hundred', value: 'a@b.example,'.repeat(101), errors: ['too-many'] },
    ]),
  )('is an error: %s', (_, { value, errors }) => {
    expect(parseAddressList(value).errors).toEqual(errors);
  });

  it('keeps the address beside a piece without one: an unquoted comma in a name', () => {
    expect(read('Worthington, Warren <warren@a.example>')).toEqual({
      mailboxes: ['Warren|warren@a.example'],
      groups: [],
      errors: ['no-address'],
    });
  });
});
