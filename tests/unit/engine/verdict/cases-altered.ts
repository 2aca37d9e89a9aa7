/** Findings about what broke a signature: real mails, signed and then changed as it happens on the way. */
import { createHash, createSign } from 'node:crypto';
import { keyRecord } from '../../../scripts/sign.ts';
import { inTurn, replacing } from '../alteration/altered-mail.ts';
import { signed } from '../dkim/signed-mail.ts';
import { keys, letter, mail } from '../kit.ts';
import { type Cases, file } from './case.ts';
import { DMARC, REJECT } from './verdict-kit.ts';

const LETTER = 'Dear reader,\r\n\r\nall is well.\r\n';
const FOOTER = '_____\r\nBoard mailing list\r\n';
const FOOTER_TEXT = 'Board mailing list';

interface Written {
  /** Fields that stand behind the usual ones, or in their place. */
  readonly fields?: readonly string[];
  readonly body?: string;
  readonly signing?: Parameters<typeof signed>[0];
}

/** A letter of the bank's that is signed and then changed; all it has is the signature. */
function altered(
  alter: (text: string) => string,
  { fields = [], body = LETTER, signing = {} }: Written = {},
) {
  const name = (field: string): string => field.slice(0, field.indexOf(':'));
  const names = new Set(fields.map(name));
  const usual = letter().filter((field) => !names.has(name(field)));
  return { ...file(alter(signed(signing, mail([...usual, ...fields], body)))), severity: 'info' } as const;
}

const SIMPLE = { header: 'simple', body: 'simple' } as const;
const append = (text: string) => (message: string) => message + text;
/** A letter whose signer hashed other octets than the canonical body that stands here; From alone is signed. */
function signedOtherwise(hashed: string | Uint8Array, body = LETTER) {
  const from = 'From: Bank <statements@bank.example>\r\n';
  const hash = createHash('sha256').update(hashed).digest('base64');
  const unsigned = `DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=s1; h=From; bh=${hash}; b=`;
  const signature = createSign('sha256').update(`${from}${unsigned}`).sign(keys.rsaA, 'base64');
  return { ...file(`${unsigned}${signature}\r\n${mail(letter(), body)}`), severity: 'info' } as const;
}

const MIXED = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b1'];
const PART = '--b1\r\nContent-Type: text/plain\r\n\r\nDear reader,\r\n';

export const HEADER_CASES = {
  'altered-refolded': {
    ...altered(replacing(',\r\n\tCarl', ', Carl'), {
      fields: ['To: Naomi <naomi@lakeside.example>,\r\n\tCarl <carl@lakeside.example>'],
      signing: SIMPLE,
    }),
    params: { name: 'To' },
  },
  'altered-respaced': {
    ...altered(replacing('Subject: Your', 'Subject:Your'), { signing: SIMPLE }),
    params: { name: 'Subject' },
  },
  'altered-recased': {
    ...altered(replacing('Message-ID:', 'Message-Id:'), {
      signing: { ...SIMPLE, headers: ['From', 'Message-ID'] },
    }),
    params: { name: 'Message-Id' },
  },
  'altered-requoted': {
    ...altered(replacing('From: Bank <', 'From: "Bank" <')),
    params: { name: 'From' },
  },
  'altered-reencoded': {
    ...altered(replacing('=?UTF-8?B?S8Okc2U=?=', '=?utf-8?Q?K=C3=A4se?='), {
      fields: ['Subject: =?UTF-8?B?S8Okc2U=?='],
    }),
    params: { name: 'Subject' },
  },
  'altered-subject-tag': {
    ...altered(replacing('Subject: ', 'Subject: [board] ')),
    params: { tag: '[board]', before: 'Your statement', after: '[board] Your statement' },
  },
  'altered-subject': {
    ...altered(replacing('Subject: RE: ', 'Subject: Re: [board] '), { fields: ['Subject: RE: Statement'] }),
    params: { before: 'RE: Statement', after: 'Re: [board] Statement' },
  },
  'altered-from': {
    ...altered(
      replacing(
        'From: Bank <statements@bank.example>',
        'From: Bank via Board <board@bank.example>\r\nReply-To: Bank <statements@bank.example>',
      ),
    ),
    params: { before: 'Bank <statements@bank.example>', after: 'Bank via Board <board@bank.example>' },
  },
  'altered-reply-to': {
    ...altered(replacing('Reply-To: a@bank.example', 'Reply-To: board@list.example, a@bank.example'), {
      fields: ['Reply-To: a@bank.example'],
      signing: { headers: ['From', 'Subject', 'Reply-To'] },
    }),
    params: { before: 'a@bank.example', after: 'board@list.example, a@bank.example' },
  },
  'altered-recipients': {
    ...altered(
      inTurn(
        replacing('To: board@list.example', 'To: new@home.example'),
        (text) => `Delivered-To: board@list.example\r\n${text}`,
      ),
      { fields: ['To: board@list.example'] },
    ),
    params: { name: 'To', before: 'board@list.example', after: 'new@home.example' },
  },
  'altered-date': {
    ...altered(replacing('08:04:12 +0100', '07:04:12 +0000')),
    params: { before: 'Fri, 20 Nov 2026 08:04:12 +0100', after: 'Fri, 20 Nov 2026 07:04:12 +0000' },
  },
  'altered-field': {
    ...altered(
      replacing(
        'Message-ID: <1@bank.example>',
        'Message-ID: <9@exchange.example>\r\nX-Microsoft-Original-Message-ID: <1@bank.example>',
      ),
      { signing: { headers: ['From', 'Message-ID'] } },
    ),
    params: { name: 'Message-ID', before: '<1@bank.example>', after: '<9@exchange.example>' },
  },
  'altered-field-added': {
    ...altered(replacing('To: Naomi', 'Reply-To: board@list.example\r\nTo: Naomi'), {
      signing: { headers: ['From', 'To', 'Subject', 'Reply-To'] },
    }),
    params: { name: 'Reply-To' },
  },
  'altered-field-removed': {
    ...altered(replacing('\r\nMIME-Version: 1.0', ''), {
      fields: ['MIME-Version: 1.0'],
      signing: { headers: ['From', 'Subject', 'MIME-Version'] },
    }),
    params: { name: 'MIME-Version', before: '1.0' },
  },
  'altered-reordered': {
    ...altered(replacing('Comments: one\r\nComments: two', 'Comments: two\r\nComments: one'), {
      fields: ['Comments: one', 'Comments: two'],
      signing: { headers: ['From', 'Comments', 'Comments'] },
    }),
    params: { name: 'Comments' },
  },
  'altered-other-key': {
    ...altered((text) => text),
    zone: { [DMARC]: REJECT, 's1._domainkey.bank.example': keyRecord(keys.rsaB) },
    params: { domain: 'bank.example', selector: 's1' },
  },
} satisfies Partial<Cases>;

export const BODY_CASES = {
  'altered-footer': { ...altered(append(FOOTER)), params: { lines: 2, text: FOOTER_TEXT } },
  'altered-banner': {
    ...altered(replacing('Dear reader', 'CAUTION: outside mail\r\n\r\nDear reader')),
    params: { lines: 1, text: 'CAUTION: outside mail' },
  },
  'altered-part': {
    ...altered(replacing('--b1--', '--b1\r\nContent-Type: text/plain\r\n\r\nBoard\r\n--b1--'), {
      fields: MIXED,
      body: `${PART}--b1--\r\n`,
    }),
    params: { lines: 3, text: 'Board' },
  },
  'altered-body-added': {
    ...altered(append('Buy now\r\n'), { body: '' }),
    severity: 'warn',
    params: {},
  },
  'altered-wrapped': {
    ...altered(
      (text) => {
        const [head = '', body = ''] = text.split('\r\n\r\n');
        const outer = head.replace('text/html', 'multipart/mixed; boundary="=1="');
        return `${outer}\r\n\r\n--=1=\r\nContent-Type: text/html\r\n\r\n${body}\r\n--=1=\r\nContent-Type: text/plain\r\n\r\n${FOOTER}\r\n--=1=--\r\n`;
      },
      { fields: ['MIME-Version: 1.0', 'Content-Type: text/html'], body: '<p>Dear reader</p>\r\n' },
    ),
    params: { text: FOOTER_TEXT },
  },
  'altered-line-ends': { ...altered(replacing('reader,\r\n', 'reader,\n')), params: {} },
  'altered-trailing-space': {
    ...altered(replacing('reader,\r\n', 'reader, \r\n'), { signing: SIMPLE }),
    params: {},
  },
  'altered-tabs': {
    ...altered(replacing('one\ttwo', 'one        two'), { body: 'one\ttwo\r\n', signing: SIMPLE }),
    params: {},
  },
  'altered-blank-lines': { ...altered(replacing('\r\n\r\nDear', '\r\n\r\n\r\nDear')), params: {} },
  'altered-final-line-end': { ...signedOtherwise(LETTER.slice(0, -2)), params: {} },
  'altered-from-escaped': {
    ...altered(replacing('\r\nFrom here', '\r\n>From here'), { body: 'Dear reader,\r\nFrom here on.\r\n' }),
    params: {},
  },
  'altered-dots': {
    ...altered(replacing('\r\n.two', '\r\n..two'), { body: 'one\r\n.two\r\n' }),
    params: {},
  },
  'altered-lines-broken': {
    ...altered(replacing('x'.repeat(1500), `${'x'.repeat(998)}\r\n${'x'.repeat(502)}`), {
      body: `${'x'.repeat(1500)}\r\nAnna\r\n`,
    }),
    params: {},
  },
  'altered-transfer-encoding': {
    ...altered(
      inTurn(replacing('Encoding: 8bit', 'Encoding: quoted-printable'), replacing('Käse', 'K=C3=A4se')),
      {
        fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
        body: 'Käse\r\n',
      },
    ),
    params: { before: '8bit', after: 'quoted-printable' },
  },
  'altered-charset': {
    ...signedOtherwise(Buffer.from('K\xe4se\r\n', 'latin1'), 'Käse\r\n'),
    params: { before: 'iso-8859-1', after: 'utf-8' },
  },
  'altered-links': {
    ...altered(
      replacing(
        'https://bank.example/a',
        'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2Fa&data=05',
      ),
      { body: 'See https://bank.example/a and https://bank.example/.\r\n' },
    ),
    params: { count: 1, by: 'nam02.safelinks.protection.outlook.com' },
  },
  'altered-unexplained': {
    ...altered(replacing('all is well', 'all is lost')),
    params: { domain: 'bank.example' },
  },
} satisfies Partial<Cases>;
