/** Changes of a header after signing: each is named exactly, because undoing it makes the signature hold. */
import { describe, expect, it } from 'vitest';
import type { HeaderAlteration } from '../../../../lib/engine/alteration/alteration.ts';
import { keys, mail, type Row, rows } from '../kit.ts';
import { inHeader, inTurn, replacing, type Signing, trace, utf8 } from './altered-mail.ts';

const FIELDS = [
  'Date: Fri, 20 Nov 2026 08:04:12 +0100',
  'From: Anna Berg <anna@bank.example>',
  'To: Board <board@list.example>',
  'Subject: Your statement',
  'Message-ID: <1@bank.example>',
];

interface Change extends Row {
  /** Fields that stand in place of the usual ones of their name, or beside them. */
  readonly fields?: readonly string[];
  readonly alter: (text: string) => string;
  readonly signing?: Signing;
  readonly expected: readonly (Partial<HeaderAlteration> & Pick<HeaderAlteration, 'kind'>)[] | string;
}

/** The usual fields, some replaced by others of their name where the first of them stood, the rest behind. */
function withFields(fields: readonly string[] = []): string {
  const name = (field: string): string => field.slice(0, field.indexOf(':'));
  const usual = FIELDS.map((field) => fields.find((other) => name(other) === name(field)) ?? field);
  const added = fields.filter((field) => !usual.includes(field));
  return mail([...usual, ...added], 'Dear reader,\r\n\r\nall is well.\r\n');
}

function tagged(tag: string, before = 'Your statement', after = `${tag} ${before}`): Change['expected'] {
  return [{ kind: 'subject-tagged', tag, before, after, name: 'Subject', field: 4 }];
}

const onTop = (field: string) => (text: string) => `${field}\r\n${text}`;

const SUBJECTS: readonly Change[] = [
  {
    why: 'a list puts its tag before the Subject',
    alter: replacing('Subject: ', 'Subject: [board] '),
    expected: tagged('[board]'),
  },
  {
    why: 'a list puts its tag behind Re:',
    fields: ['Subject: Re: Your statement'],
    alter: replacing('Subject: Re: ', 'Subject: Re: [board] '),
    expected: tagged('[board]', 'Re: Your statement', 'Re: [board] Your statement'),
  },
  {
    why: 'a list writes Re: its own way',
    fields: ['Subject: RE: Your statement'],
    alter: replacing('Subject: RE: ', 'Subject: Re: [board] '),
    expected: [
      { kind: 'subject-changed', before: 'RE: Your statement', after: 'Re: [board] Your statement' },
    ],
  },
  {
    why: 'Exchange marks outside mail',
    alter: replacing('Subject: ', 'Subject: [EXTERNAL] '),
    expected: tagged('[EXTERNAL]'),
  },
  {
    why: 'a gateway marks outside mail with a word',
    alter: replacing('Subject: ', 'Subject: EXTERNAL: '),
    expected: tagged('EXTERNAL:'),
  },
  {
    why: 'a spam filter marks with stars',
    alter: replacing('Subject: ', 'Subject: *****SPAM***** '),
    expected: tagged('*****SPAM*****'),
  },
  {
    why: 'a spam filter marks with braces',
    alter: replacing('Subject: ', 'Subject: {Spam?} '),
    expected: tagged('{Spam?}'),
  },
  {
    why: 'a gateway marks at the end',
    alter: replacing('Your statement', 'Your statement [Suspected Spam]'),
    expected: tagged('[Suspected Spam]', 'Your statement', 'Your statement [Suspected Spam]'),
  },
  {
    why: 'two marks by two servers',
    alter: replacing('Subject: ', 'Subject: [EXT] [board] '),
    expected: tagged('[EXT] [board]'),
  },
  {
    why: 'a tag before encoded words that stay',
    fields: ['Subject: =?utf-8?Q?K=C3=A4se?='],
    alter: replacing('Subject: ', 'Subject: [board] '),
    expected: tagged('[board]', 'Käse'),
  },
  {
    why: 'a tag written into the encoded words',
    fields: ['Subject: =?UTF-8?B?S8Okc2U=?='],
    alter: replacing('=?UTF-8?B?S8Okc2U=?=', '=?utf-8?q?=5Bboard=5D_K=C3=A4se?='),
    expected: tagged('[board]', 'Käse'),
  },
  {
    why: 'SpamAssassin keeps the Subject before it writes its own',
    alter: inTurn(
      replacing('Subject: Your statement', 'Subject: probably junk'),
      onTop('X-Spam-Prev-Subject: Your statement'),
    ),
    expected: [{ kind: 'subject-changed', field: 5, before: 'Your statement', after: 'probably junk' }],
  },
  {
    why: 'the signer copied the Subject into z=',
    alter: replacing('Your statement', 'Pay now'),
    // Another tag behind i=, in the words of the signer's kit.
    signing: { identity: '@bank.example; z=Subject:=20Your=20statement' },
    expected: [{ kind: 'subject-changed', field: 4, before: 'Your statement', after: 'Pay now' }],
  },
];

const AUTHORS: readonly Change[] = [
  {
    why: 'Mailman 3 puts the list into From and the author into Reply-To',
    alter: replacing(
      'From: Anna Berg <anna@bank.example>',
      'From: Anna Berg via Board <board@list.example>\r\nReply-To: Anna Berg <anna@bank.example>',
    ),
    expected: [
      {
        kind: 'from-rewritten',
        before: 'Anna Berg <anna@bank.example>',
        after: 'Anna Berg via Board <board@list.example>',
      },
    ],
  },
  {
    why: 'Google Groups quotes the name and keeps the address in X-Original-Sender',
    alter: replacing(
      'From: Anna Berg <anna@bank.example>',
      `From: "'Anna Berg' via Board" <board@list.example>\r\nX-Original-Sender: anna@bank.example`,
    ),
    expected: [{ kind: 'from-rewritten', before: 'Anna Berg <anna@bank.example>' }],
  },
  {
    why: 'Google Groups keeps the whole field in X-Original-From',
    fields: ['From: "Berg, Anna" <anna@bank.example>'],
    alter: replacing(
      'From: "Berg, Anna" <anna@bank.example>',
      `From: "'Berg, Anna' via Board" <board@list.example>\r\nX-Original-From: "Berg, Anna" <anna@bank.example>`,
    ),
    expected: [{ kind: 'from-rewritten', before: '"Berg, Anna" <anna@bank.example>' }],
  },
  {
    why: 'the IETF wraps the address',
    alter: replacing('<anna@bank.example>', '<anna=40bank.example@dmarc.list.example>'),
    expected: [{ kind: 'from-rewritten', before: 'Anna Berg <anna@bank.example>' }],
  },
  {
    why: 'an encoded name is decoded and shortened',
    fields: ['From: =?UTF-8?Q?J=C3=B6rg?= <joerg@bank.example>'],
    alter: replacing(
      'From: =?UTF-8?Q?J=C3=B6rg?= <joerg@bank.example>',
      'From: =?UTF-8?Q?J=C3=B6rg_via_Board?= <board@list.example>\r\nReply-To: joerg@bank.example',
    ),
    expected: [
      {
        kind: 'from-rewritten',
        before: 'Jörg <joerg@bank.example>',
        after: 'Jörg via Board <board@list.example>',
      },
    ],
  },
  {
    why: 'a list adds itself to Reply-To',
    fields: ['Reply-To: anna@bank.example'],
    alter: replacing('Reply-To: anna@bank.example', 'Reply-To: board@list.example, anna@bank.example'),
    signing: { headers: ['From', 'Subject', 'Reply-To'] },
    expected: [
      {
        kind: 'reply-to-rewritten',
        before: 'anna@bank.example',
        after: 'board@list.example, anna@bank.example',
      },
    ],
  },
  {
    why: 'a forwarder writes the new mailbox into To and nothing tells of the old one',
    alter: replacing('To: Board <board@list.example>', 'To: new@home.example'),
    expected: 'unexplained',
  },
  {
    why: 'a forwarder writes the new mailbox into To and keeps the old one',
    fields: ['To: board@list.example'],
    alter: inTurn(
      replacing('To: board@list.example', 'To: new@home.example'),
      onTop('Delivered-To: board@list.example'),
    ),
    expected: [{ kind: 'recipients-rewritten', before: 'board@list.example', after: 'new@home.example' }],
  },
  {
    why: 'a relay writes the domain in lower case',
    fields: ['To: Board <Board@List.Example>'],
    alter: replacing('<Board@List.Example>', '<Board@list.example>'),
    expected: [
      {
        kind: 'field-recased',
        name: 'To',
        before: 'Board <Board@List.Example>',
        after: 'Board <Board@list.example>',
      },
    ],
  },
  {
    why: 'Exchange quotes the name',
    alter: replacing('From: Anna Berg <', 'From: "Anna Berg" <'),
    expected: [
      {
        kind: 'field-requoted',
        name: 'From',
        before: 'Anna Berg <anna@bank.example>',
        after: '"Anna Berg" <anna@bank.example>',
      },
    ],
  },
  {
    why: 'a relay takes the quotes away',
    fields: ['From: "Anna Berg" <anna@bank.example>'],
    alter: replacing('"Anna Berg"', 'Anna Berg'),
    expected: [{ kind: 'field-requoted', name: 'From', before: '"Anna Berg" <anna@bank.example>' }],
  },
];

const FORMS: readonly Change[] = [
  {
    why: 'Exchange unfolds a field under simple',
    fields: ['To: Board <board@list.example>,\r\n\tCarl <carl@list.example>'],
    alter: replacing(',\r\n\tCarl', ', Carl'),
    signing: { header: 'simple' },
    expected: [{ kind: 'field-refolded', name: 'To' }],
  },
  {
    why: 'the whole header is folded with a space instead of a tab under simple, the signature too',
    fields: ['To: Board <board@list.example>,\r\n\tCarl <carl@list.example>', 'Subject: Your\r\n\tstatement'],
    alter: (text) => text.replaceAll('\r\n\t', '\r\n '),
    signing: { header: 'simple' },
    expected: [
      { kind: 'field-refolded', name: 'DKIM-Signature' },
      { kind: 'field-refolded', name: 'To' },
      { kind: 'field-refolded', name: 'Subject' },
    ],
  },
  {
    why: 'a fold breaks a long word, which relaxed does not forgive',
    fields: ['List-Unsubscribe: <https://bank.example/abcdefgh>'],
    alter: replacing('abcdefgh', 'abcd\r\n efgh'),
    signing: { headers: ['From', 'Subject', 'List-Unsubscribe'] },
    expected: [
      { kind: 'field-refolded', name: 'List-Unsubscribe', before: '<https://bank.example/abcdefgh>' },
    ],
  },
  {
    why: 'one of two folds breaks a word',
    fields: ['List-Unsubscribe: <https://bank.example/abcdefgh>,\r\n <mailto:out@bank.example>'],
    alter: replacing('abcdefgh', 'abcd\r\n efgh'),
    signing: { headers: ['From', 'Subject', 'List-Unsubscribe'] },
    expected: [{ kind: 'field-refolded', name: 'List-Unsubscribe' }],
  },
  {
    why: 'a space after the comma',
    fields: ['To: board@list.example,carl@list.example'],
    alter: replacing(',carl', ', carl'),
    expected: [{ kind: 'field-respaced', name: 'To' }],
  },
  {
    why: 'the space after the colon is taken away under simple',
    alter: replacing('Subject: Your', 'Subject:Your'),
    signing: { header: 'simple' },
    expected: [{ kind: 'field-respaced', name: 'Subject' }],
  },
  {
    why: 'another case of a name under simple',
    alter: replacing('Message-ID:', 'Message-Id:'),
    signing: { header: 'simple' },
    expected: [{ kind: 'field-recased', name: 'Message-Id' }],
  },
  {
    why: 'bare UTF-8 becomes encoded words on the way to an old relay',
    fields: [utf8('Subject: Käse am Stück')],
    alter: replacing(utf8('Käse am Stück'), '=?UTF-8?B?S8Okc2UgYW0gU3TDvGNr?='),
    expected: [{ kind: 'field-reencoded', name: 'Subject', before: 'Käse am Stück', after: 'Käse am Stück' }],
  },
  {
    why: 'encoded words become bare UTF-8',
    fields: ['Subject: =?utf-8?B?S8Okc2UgYW0gU3TDvGNr?='],
    alter: replacing('=?utf-8?B?S8Okc2UgYW0gU3TDvGNr?=', '=?UTF-8?Q?K=C3=A4se_am_St=C3=BCck?='),
    expected: [{ kind: 'field-reencoded', name: 'Subject' }],
  },
];

const OTHERS: readonly Change[] = [
  {
    why: 'a Reply-To is added whose absence was signed',
    alter: replacing('To: Board', 'Reply-To: board@list.example\r\nTo: Board'),
    signing: { headers: ['From', 'To', 'Subject', 'Reply-To'] },
    expected: [{ kind: 'field-added', field: 3, name: 'Reply-To', after: 'board@list.example' }],
  },
  {
    why: 'a second Subject stands below the signed one',
    alter: replacing('Message-ID:', 'Subject: Another\r\nMessage-ID:'),
    expected: [{ kind: 'field-added', name: 'Subject', after: 'Another' }],
  },
  {
    why: 'a second From above, where From was signed twice',
    alter: onTop('From: Mallory <mallory@evil.example>'),
    signing: { headers: ['From', 'From', 'Subject'] },
    expected: [{ kind: 'field-added', field: 0, name: 'From', after: 'Mallory <mallory@evil.example>' }],
  },
  {
    why: 'a list adds all its fields, whose absence was signed',
    alter: replacing(
      'To: Board',
      'Sender: board@list.example\r\nReply-To: board@list.example\r\nList-Id: Board <board.list.example>\r\nList-Post: <mailto:board@list.example>\r\nTo: Board',
    ),
    signing: { headers: ['From', 'Subject', 'Sender', 'Reply-To', 'List-Id', 'List-Post'] },
    expected: [
      { kind: 'field-added', name: 'Sender' },
      { kind: 'field-added', name: 'Reply-To' },
      { kind: 'field-added', name: 'List-Id' },
      { kind: 'field-added', name: 'List-Post' },
    ],
  },
  {
    why: 'MIME-Version is dropped, and there is only one',
    fields: ['MIME-Version: 1.0'],
    alter: replacing('\r\nMIME-Version: 1.0', ''),
    signing: { headers: ['From', 'Subject', 'MIME-Version'] },
    expected: [{ kind: 'field-removed', name: 'MIME-Version', before: '1.0' }],
  },
  {
    why: 'two fields of one name change places',
    fields: ['Comments: one', 'Keywords: x', 'Comments: two'],
    alter: inTurn(
      replacing('Comments: one', 'Comments: 2'),
      replacing('Comments: two', 'Comments: one'),
      replacing('Comments: 2', 'Comments: two'),
    ),
    signing: { headers: ['From', 'Comments', 'Comments'] },
    expected: [{ kind: 'fields-reordered', name: 'Comments', fields: [6, 8] }],
  },
  {
    why: 'Exchange writes Date in its own zone',
    alter: replacing('08:04:12 +0100', '07:04:12 +0000'),
    expected: [
      {
        kind: 'date-rewritten',
        before: 'Fri, 20 Nov 2026 08:04:12 +0100',
        after: 'Fri, 20 Nov 2026 07:04:12 +0000',
      },
    ],
  },
  {
    why: 'quotes of a charset',
    fields: ['Content-Type: text/plain; charset="utf-8"'],
    alter: replacing('"utf-8"', 'utf-8'),
    signing: { headers: ['From', 'Content-Type'] },
    expected: [{ kind: 'field-requoted', name: 'Content-Type' }],
  },
  {
    why: 'a list changes the charset',
    fields: ['Content-Type: text/plain; charset="us-ascii"'],
    alter: replacing('us-ascii', 'utf-8'),
    signing: { headers: ['From', 'Content-Type'] },
    expected: [{ kind: 'content-rewritten', name: 'Content-Type', before: 'text/plain; charset="us-ascii"' }],
  },
  {
    why: 'a list encodes the body anew',
    fields: ['Content-Transfer-Encoding: 8bit'],
    alter: replacing('8bit', 'base64'),
    signing: { headers: ['From', 'Content-Transfer-Encoding'] },
    expected: [{ kind: 'content-rewritten', before: '8bit', after: 'base64' }],
  },
  {
    why: 'Exchange gives the mail another Message-ID and keeps the first',
    alter: replacing(
      'Message-ID: <1@bank.example>',
      'Message-ID: <9@exchange.example>\r\nX-Microsoft-Original-Message-ID: <1@bank.example>',
    ),
    expected: [
      {
        kind: 'field-changed',
        name: 'Message-ID',
        before: '<1@bank.example>',
        after: '<9@exchange.example>',
      },
    ],
  },
];

const TOGETHER: readonly Change[] = [
  {
    why: 'Mailman: author, Subject and an over-signed Reply-To',
    alter: inTurn(
      replacing('Anna Berg <anna@bank.example>', 'Anna Berg via Board <board@list.example>'),
      replacing('Subject: ', 'Subject: [board] '),
      replacing('To: Board', 'Reply-To: Anna Berg <anna@bank.example>\r\nTo: Board'),
    ),
    signing: { headers: ['From', 'To', 'Subject', 'Date', 'Reply-To'] },
    expected: [
      { kind: 'from-rewritten', before: 'Anna Berg <anna@bank.example>' },
      { kind: 'field-added', name: 'Reply-To' },
      { kind: 'subject-tagged', tag: '[board]' },
    ],
  },
  {
    why: 'a tag and a date',
    alter: inTurn(
      replacing('Subject: ', 'Subject: [EXTERNAL] '),
      replacing('08:04:12 +0100', '07:04:12 +0000'),
    ),
    expected: [{ kind: 'date-rewritten' }, { kind: 'subject-tagged', tag: '[EXTERNAL]' }],
  },
];

const NOTHING: readonly Change[] = [
  { why: 'nothing was changed', alter: (text) => text, expected: 'intact' },
  { why: 'a field that is not signed says nothing', alter: onTop('X-Spam: no'), expected: 'intact' },
  {
    why: 'another Subject, of which nothing tells',
    alter: replacing('Your statement', 'Pay now'),
    expected: 'unexplained',
  },
  {
    why: 'another author, of whom nothing tells',
    alter: replacing('anna@bank.example', 'mallory@evil.example'),
    expected: 'unexplained',
  },
  {
    why: 'a mark that the signer wrote is not taken for a list’s',
    fields: ['Subject: [board] Your statement'],
    alter: replacing('Your statement', 'Pay now'),
    expected: 'unexplained',
  },
  {
    why: 'the key in DNS is not the one that signed',
    alter: (text) => text,
    signing: { published: [keys.rsaB] },
    expected: 'other-key',
  },
  {
    why: 'b= is damaged',
    alter: (text) =>
      text.replace(/(\tb=)(.)/, (_, tag: string, first: string) => tag + (first === 'A' ? 'B' : 'A')),
    expected: 'other-key',
  },
  {
    why: 'of two keys one signed',
    alter: replacing('Subject: ', 'Subject: [board] '),
    signing: { published: [keys.rsaB, keys.rsaA] },
    expected: tagged('[board]'),
  },
  {
    why: 'there is no key that can be read',
    alter: replacing('Subject: ', 'Subject: [board] '),
    signing: { published: [] },
    expected: 'unexplained',
  },
];

const ALL = [...SUBJECTS, ...AUTHORS, ...FORMS, ...OTHERS, ...TOGETHER, ...NOTHING];

describe('a header signed with RSA', () => {
  it.each(rows(ALL))('%s', async (_, { fields, alter, signing, expected }) => {
    const found = inHeader(await trace(withFields(fields), alter, signing));
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toEqual(expected.map((part) => expect.objectContaining(part)));
  });
});

describe('a header signed with Ed25519', () => {
  const same = [...SUBJECTS, ...AUTHORS, ...TOGETHER].filter(({ expected }) => typeof expected !== 'string');
  it.each(rows(same.slice(0, 12)))('%s', async (_, { fields, alter, signing, expected }) => {
    const found = inHeader(await trace(withFields(fields), alter, { ...signing, key: keys.ed25519 }));
    if (typeof expected !== 'string')
      expect(found).toEqual(expected.map((part) => expect.objectContaining(part)));
  });

  it('does not know another key from another mail', async () => {
    const found = await trace(withFields(), (text) => text, { key: keys.ed25519, published: [keys.rsaA] });
    expect(found.header.kind).toBe('unexplained');
  });
});
