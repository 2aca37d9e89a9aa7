/** Changes of a body after signing: each is named exactly, because undoing it makes `bh=` fit. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BodyAlteration } from '../../../../lib/engine/alteration/alteration.ts';
import { letter, mail, type Row, rows } from '../kit.ts';
import { inBody, inHeader, inTurn, replacing, type Signing, trace, utf8 } from './altered-mail.ts';

interface Change extends Row {
  readonly body?: string;
  readonly fields?: readonly string[];
  readonly alter: (text: string) => string;
  readonly signing?: Signing;
  readonly expected: readonly (Partial<BodyAlteration> & Pick<BodyAlteration, 'kind'>)[] | string;
}

const LETTER = 'Dear reader,\r\n\r\nall is well.\r\n\r\nAnna\r\n';
const RULE = '_______________________________________________';
const FOOTER = [
  RULE,
  'Board mailing list -- board@list.example',
  'To unsubscribe send an email to board-leave@list.example',
  '',
].join('\r\n');
/** The line across the page is no text. */
const SHOWN = FOOTER.replace(RULE, '').trim().replaceAll('\r\n', ' ');
const SIMPLE: Signing = { body: 'simple', header: 'simple' };

const append = (text: string) => (signed: string) => signed + text;
const bannered = (banner: string) => replacing('\r\n\r\nDear', `\r\n\r\n${banner}Dear`);

/** The hash that a signer made of something else than the canonical body. */
const hashed = (octets: string) => (signed: string) =>
  signed.replace(/bh=[^;]*/, `bh=${createHash('sha256').update(octets, 'latin1').digest('base64')}`);

const ADDED: readonly Change[] = [
  {
    why: 'Mailman adds a footer',
    alter: append(FOOTER),
    expected: [{ kind: 'footer-added', lines: 3, signedLines: 3, text: SHOWN }],
  },
  {
    why: 'a footer below an empty line',
    alter: append(`\r\n${FOOTER}`),
    expected: [{ kind: 'footer-added', lines: 3, signedLines: 3 }],
  },
  {
    why: 'a footer under simple, whose first line is empty',
    alter: append(`\r\n\r\n-- \r\nYou received this message because you are subscribed.\r\n`),
    signing: SIMPLE,
    expected: [
      {
        kind: 'footer-added',
        lines: 2,
        signedLines: 3,
        text: '-- You received this message because you are subscribed.',
      },
    ],
  },
  {
    why: 'a footer without a line end',
    alter: append('Sent by a free service'),
    expected: [{ kind: 'footer-added', lines: 1, text: 'Sent by a free service' }],
  },
  {
    why: 'Exchange puts a caution on top',
    alter: bannered('CAUTION: This email originated from outside of the organization.\r\n\r\n'),
    expected: [
      {
        kind: 'banner-added',
        lines: 1,
        signedLines: 3,
        text: 'CAUTION: This email originated from outside of the organization.',
      },
    ],
  },
  {
    why: 'the signed body was empty',
    body: '',
    alter: append('Buy now\r\nor never\r\n'),
    expected: [{ kind: 'body-added', lines: 2, signedLines: 0, text: 'Buy now or never' }],
  },
  {
    why: 'much more was added than was signed: told with its size',
    body: 'Hi\r\n',
    alter: append('spam\r\n'.repeat(200)),
    expected: [{ kind: 'footer-added', lines: 200, signedLines: 1 }],
  },
  {
    why: 'a banner among the first l octets, and a footer that l leaves free',
    alter: inTurn(bannered('[EXTERNAL]\r\n'), append(FOOTER)),
    signing: { length: LETTER.length },
    expected: [{ kind: 'banner-added', lines: 1 }],
  },
];

const HTML =
  '<html><head><title>x</title></head><body style="margin:0"><p>Dear reader,</p><p>all is well.</p></body></html>\r\n';

function alternative(text: string, html: string): string {
  return [
    'This is a multi-part message in MIME format.',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--b1',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b1--',
    '',
  ].join('\r\n');
}

const MULTIPART = ['MIME-Version: 1.0', 'Content-Type: multipart/alternative;\r\n boundary="b1"'];

const PARTS: readonly Change[] = [
  {
    why: 'a banner in HTML behind the body tag',
    fields: ['Content-Type: text/html; charset=utf-8'],
    body: HTML,
    alter: replacing('margin:0">', 'margin:0"><div style="x"><b>CAUTION</b>: outside mail</div>'),
    expected: [{ kind: 'banner-added', text: 'CAUTION : outside mail' }],
  },
  {
    why: 'a footer in HTML before the body ends',
    fields: ['Content-Type: text/html; charset=utf-8'],
    body: HTML,
    alter: replacing('</body>', '<br><div>Scanned by Example Gateway</div></body>'),
    expected: [{ kind: 'footer-added', text: 'Scanned by Example Gateway' }],
  },
  {
    why: 'a footer in the text of an alternative',
    fields: MULTIPART,
    body: alternative('Dear reader,', HTML),
    alter: replacing('Dear reader,\r\n--b1', `Dear reader,\r\n${FOOTER}--b1`),
    expected: [{ kind: 'footer-added', lines: 3 }],
  },
  {
    why: 'a footer above the empty line that ends the text of an alternative',
    fields: MULTIPART,
    body: alternative('Dear reader,\r\n', HTML),
    alter: replacing('Dear reader,\r\n\r\n--b1', `Dear reader,\r\n${FOOTER}\r\n--b1`),
    expected: [{ kind: 'footer-added', lines: 3 }],
  },
  {
    why: 'a banner in both texts of an alternative',
    fields: MULTIPART,
    body: alternative('Dear reader,\r\n\r\nall is well.', HTML),
    alter: inTurn(
      replacing('charset=utf-8\r\n\r\nDear', 'charset=utf-8\r\n\r\nCAUTION: outside mail\r\n\r\nDear'),
      replacing('margin:0">', 'margin:0"><div>CAUTION: outside mail</div>'),
    ),
    expected: [
      { kind: 'banner-added', lines: 1, text: 'CAUTION: outside mail' },
      { kind: 'banner-added', lines: 1, text: 'CAUTION: outside mail' },
    ],
  },
  {
    why: 'a list adds its footer as a part',
    fields: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b1'],
    body: alternative('Dear reader,', HTML),
    alter: replacing(
      '--b1--',
      `--b1\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nQm9hcmQgbWFpbGluZyBsaXN0\r\n\r\n--b1--`,
    ),
    expected: [{ kind: 'part-added', text: 'Board mailing list' }],
  },
  {
    why: 'a list adds a header part',
    fields: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b1'],
    body: alternative('Dear reader,', HTML),
    alter: replacing('--b1\r\n', '--b1\r\nContent-Type: text/plain\r\n\r\nBoard\r\n--b1\r\n'),
    expected: [{ kind: 'part-added', lines: 3, text: 'Board' }],
  },
  {
    why: 'Mailman puts an HTML mail into a multipart with its footer, header and all',
    fields: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
    body: HTML,
    alter: (text) => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      const outer = head.replace('text/html; charset=utf-8', 'multipart/mixed; boundary="===1=="');
      return `${outer}\r\n\r\n--===1==\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${body}\r\n--===1==\r\nContent-Type: text/plain\r\n\r\n${FOOTER}\r\n--===1==--\r\n`;
    },
    signing: { headers: ['From', 'Subject', 'Content-Type'] },
    expected: [{ kind: 'body-wrapped', parts: 1, text: SHOWN }],
  },
];

const LINES: readonly Change[] = [
  {
    why: 'bare LF became CRLF in some lines',
    body: 'one\ntwo\r\nthree\r\n',
    alter: replacing('one\ntwo', 'one\r\ntwo'),
    expected: 'unexplained',
  },
  {
    why: 'CRLF became bare LF in some lines',
    alter: replacing('reader,\r\n', 'reader,\n'),
    expected: [{ kind: 'line-ends', count: 1 }],
  },
  {
    why: 'CR was doubled',
    alter: replacing('is well.\r\n', 'is well.\r\r\n'),
    expected: [{ kind: 'line-ends', count: 1 }],
  },
  {
    why: 'the signer hashed bare LF throughout',
    alter: hashed(LETTER.replaceAll('\r\n', '\n')),
    expected: [{ kind: 'line-ends', count: 5 }, { kind: 'final-line-end' }],
  },
  {
    why: 'the signer left the last line end away',
    alter: hashed(LETTER.slice(0, -2)),
    expected: [{ kind: 'final-line-end' }],
  },
  {
    why: 'the signer hashed an empty body as one line end under relaxed',
    body: '',
    alter: hashed('\r\n'),
    expected: [{ kind: 'final-line-end' }],
  },
  {
    why: 'an mbox escapes From',
    body: 'Dear reader,\r\nFrom here on all is well.\r\n',
    alter: replacing('\r\nFrom here', '\r\n>From here'),
    expected: [{ kind: 'from-escaped', count: 1 }],
  },
  {
    why: 'an escape of From is taken away that the author wrote',
    body: 'Dear reader,\r\n>From here on all is well.\r\n',
    alter: replacing('\r\n>From here', '\r\nFrom here'),
    expected: [{ kind: 'from-escaped', count: 1 }],
  },
  {
    why: 'a dot is doubled',
    body: 'one\r\n.two\r\n',
    alter: replacing('\r\n.two', '\r\n..two'),
    expected: [{ kind: 'dot-stuffed', count: 1 }],
  },
  {
    why: 'a doubled dot is halved',
    body: 'one\r\n..two\r\n',
    alter: replacing('\r\n..two', '\r\n.two'),
    expected: [{ kind: 'dot-stuffed', count: 1 }],
  },
  {
    why: 'space at line ends is added under simple',
    alter: replacing('reader,\r\n', 'reader, \r\n'),
    signing: SIMPLE,
    expected: [{ kind: 'trailing-space', count: 1 }],
  },
  {
    why: 'the space of a signature mark is taken away under simple',
    body: 'Dear reader\r\n-- \r\nAnna\r\n',
    alter: replacing('\r\n-- \r\n', '\r\n--\r\n'),
    signing: SIMPLE,
    expected: [{ kind: 'trailing-space', count: 1 }],
  },
  {
    why: 'tabs become spaces under simple',
    body: 'one\ttwo\r\n',
    alter: replacing('one\ttwo', 'one        two'),
    signing: SIMPLE,
    expected: [{ kind: 'tabs', count: 1 }],
  },
  {
    why: 'an empty line on top',
    alter: replacing('\r\n\r\nDear', '\r\n\r\n\r\nDear'),
    expected: [{ kind: 'blank-lines', count: 1 }],
  },
  {
    why: 'an empty line on top is taken away',
    body: `\r\n${LETTER}`,
    alter: replacing('\r\n\r\n\r\nDear', '\r\n\r\nDear'),
    expected: [{ kind: 'blank-lines', count: 1 }],
  },
  {
    why: 'every line is followed by an empty one',
    body: 'one\r\ntwo\r\nthree\r\n',
    alter: replacing('one\r\ntwo\r\nthree', 'one\r\n\r\ntwo\r\n\r\nthree'),
    expected: [{ kind: 'blank-lines', count: 2 }],
  },
  {
    why: 'a line too long for SMTP is broken',
    body: `${'x'.repeat(1500)}\r\nAnna\r\n`,
    alter: replacing('x'.repeat(1500), `${'x'.repeat(998)}\r\n${'x'.repeat(502)}`),
    expected: [{ kind: 'lines-broken', count: 1 }],
  },
  {
    why: 'a line too long for sendmail is broken with its mark',
    body: `${'x'.repeat(1500)}\r\nAnna\r\n`,
    alter: replacing('x'.repeat(1500), `${'x'.repeat(990)}!\r\n ${'x'.repeat(510)}`),
    expected: [{ kind: 'lines-broken', count: 1 }],
  },
];

const UMLAUTS = utf8('Käse am Stück\r\nfür alle\r\n');

const CONTENT: readonly Change[] = [
  {
    why: 'a relay turns 8bit into quoted-printable',
    fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
    body: UMLAUTS,
    alter: inTurn(
      replacing('Encoding: 8bit', 'Encoding: quoted-printable'),
      replacing(UMLAUTS, 'K=C3=A4se am St=C3=BCck\r\nf=C3=BCr alle\r\n'),
    ),
    expected: [{ kind: 'transfer-encoding', before: '8bit', after: 'quoted-printable' }],
  },
  {
    why: 'a relay turns 8bit into base64',
    fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
    body: UMLAUTS,
    alter: inTurn(
      replacing('Encoding: 8bit', 'Encoding: base64'),
      replacing(UMLAUTS, `${Buffer.from(UMLAUTS, 'latin1').toString('base64')}\r\n`),
    ),
    expected: [{ kind: 'transfer-encoding', before: '8bit', after: 'base64' }],
  },
  {
    why: 'quoted-printable is decoded',
    fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
    body: 'K=C3=A4se am St=C3=BCck\r\nf=C3=BCr alle\r\n',
    alter: inTurn(
      replacing('Encoding: quoted-printable', 'Encoding: 8bit'),
      replacing('K=C3=A4se am St=C3=BCck\r\nf=C3=BCr alle\r\n', UMLAUTS),
    ),
    expected: [{ kind: 'transfer-encoding', before: 'quoted-printable', after: '8bit' }],
  },
  {
    why: 'base64 in other lines',
    fields: ['Content-Transfer-Encoding: base64'],
    body: `${Buffer.from(UMLAUTS.repeat(4), 'latin1')
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n')}\r\n`,
    alter: (text) => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      return `${head}\r\n\r\n${body.replaceAll('\r\n', '').replace(/(.{64})/g, '$1\r\n')}\r\n`;
    },
    expected: [{ kind: 'transfer-encoding', before: 'base64', after: 'base64' }],
  },
  {
    why: 'Postfix turns the 8bit parts of an alternative into quoted-printable',
    fields: MULTIPART,
    body: alternative('x', 'y')
      .replaceAll('charset=utf-8', 'charset=utf-8\r\nContent-Transfer-Encoding: 8bit')
      .replace('\r\nx\r\n', utf8('\r\nKäse\r\n')),
    alter: inTurn(
      replacing('Encoding: 8bit', 'Encoding: quoted-printable'),
      replacing(utf8('Käse'), 'K=C3=A4se'),
    ),
    expected: [{ kind: 'transfer-encoding', before: '8bit', after: 'quoted-printable' }],
  },
  {
    why: 'Mailman 2 decodes, adds a footer and encodes as base64',
    fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
    body: UMLAUTS,
    alter: inTurn(
      replacing('Encoding: 8bit', 'Encoding: base64'),
      replacing(
        UMLAUTS,
        Buffer.from((UMLAUTS + FOOTER).replaceAll('\r\n', '\n'), 'latin1')
          .toString('base64')
          .replace(/(.{76})/g, '$1\r\n'),
      ),
    ),
    expected: [
      { kind: 'transfer-encoding', before: '8bit', after: 'base64' },
      { kind: 'footer-added', lines: 3 },
    ],
  },
  {
    why: 'a footer inside quoted-printable',
    fields: ['Content-Transfer-Encoding: quoted-printable'],
    body: 'K=C3=A4se\r\n',
    alter: append('_______________________________________________\r\nBoard =E2=80=93 list\r\n'),
    expected: [{ kind: 'footer-added', lines: 2 }],
  },
  {
    why: 'a list decodes base64, adds its footer and encodes again',
    fields: ['Content-Transfer-Encoding: base64'],
    body: `${Buffer.from(UMLAUTS, 'latin1').toString('base64')}\r\n`,
    alter: replacing(
      Buffer.from(UMLAUTS, 'latin1').toString('base64'),
      Buffer.from(UMLAUTS + FOOTER, 'latin1')
        .toString('base64')
        .replace(/(.{76})/g, '$1\r\n'),
    ),
    expected: [{ kind: 'footer-added', lines: 3, signedLines: 2 }],
  },
  {
    why: 'Latin-1 becomes UTF-8',
    body: 'K\xe4se am St\xfcck\r\n',
    alter: replacing('K\xe4se am St\xfcck', utf8('Käse am Stück')),
    expected: [{ kind: 'charset', before: 'iso-8859-1', after: 'utf-8' }],
  },
  {
    why: 'windows-1252 becomes UTF-8',
    body: '5 \x80 pro Kg\r\n',
    alter: replacing('5 \x80', utf8('5 €')),
    expected: [{ kind: 'charset', before: 'windows-1252', after: 'utf-8' }],
  },
  {
    why: 'UTF-8 becomes Latin-1',
    body: utf8('Käse am Stück\r\n'),
    alter: replacing(utf8('Käse am Stück'), 'K\xe4se am St\xfcck'),
    expected: [{ kind: 'charset', before: 'utf-8', after: 'iso-8859-1' }],
  },
  {
    why: 'Microsoft leads links by way of its scanner',
    body: 'See https://bank.example/a?b=1 and https://bank.example/.\r\n',
    alter: inTurn(
      replacing(
        'https://bank.example/a?b=1',
        'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2Fa%3Fb%3D1&data=05%7C01&reserved=0',
      ),
    ),
    expected: [{ kind: 'links-rewritten', count: 1, by: 'nam02.safelinks.protection.outlook.com' }],
  },
  {
    why: 'Proofpoint leads links by way of its scanner, third form',
    body: 'See https://bank.example/a?b=1#top now.\r\n',
    alter: replacing(
      'https://bank.example/a?b=1#top',
      'https://urldefense.com/v3/__https://bank.example/a?b=1*top__;Iw!!Abc123!xyz$',
    ),
    expected: [{ kind: 'links-rewritten', count: 1, by: 'urldefense.com' }],
  },
  {
    why: 'Proofpoint, second form',
    body: 'See https://bank.example/a now.\r\n',
    alter: replacing(
      'https://bank.example/a',
      'https://urldefense.proofpoint.com/v2/url?u=https-3A__bank.example_a&d=DwMF&c=x',
    ),
    expected: [{ kind: 'links-rewritten', count: 1, by: 'urldefense.proofpoint.com' }],
  },
  {
    why: 'Barracuda',
    body: 'See https://bank.example/a now.\r\n',
    alter: replacing(
      'https://bank.example/a',
      'https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fbank.example%2fa&c=E,1,x',
    ),
    expected: [{ kind: 'links-rewritten', count: 1, by: 'linkprotect.cudasvc.com' }],
  },
];

const TWO: readonly Change[] = [
  {
    why: 'a footer, and From escaped above it',
    body: 'Dear reader,\r\nFrom here on all is well.\r\n',
    alter: inTurn(replacing('\r\nFrom here', '\r\n>From here'), append(FOOTER)),
    expected: [
      { kind: 'from-escaped', count: 1 },
      { kind: 'footer-added', lines: 3 },
    ],
  },
  {
    why: 'a banner on top and links by way of a scanner',
    body: 'Dear reader,\r\nsee https://bank.example/a\r\n',
    alter: inTurn(
      bannered('CAUTION: outside mail\r\n'),
      replacing(
        'https://bank.example/a',
        'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2Fa&data=05',
      ),
    ),
    expected: [
      { kind: 'links-rewritten', count: 1 },
      { kind: 'banner-added', lines: 1 },
    ],
  },
  {
    why: 'escapes of From and doubled dots',
    body: 'one\r\n.two\r\nFrom three\r\n',
    alter: inTurn(replacing('\r\n.two', '\r\n..two'), replacing('\r\nFrom three', '\r\n>From three')),
    expected: [{ kind: 'from-escaped' }, { kind: 'dot-stuffed' }],
  },
];

const NOTHING: readonly Change[] = [
  { why: 'nothing was changed', alter: (text) => text, expected: 'intact' },
  { why: 'empty lines at the end say nothing', alter: append('\r\n\r\n'), expected: 'intact' },
  {
    why: 'l= leaves the end free',
    alter: append(FOOTER),
    signing: { length: LETTER.length },
    expected: 'intact',
  },
  {
    why: 'another amount is no footer',
    body: 'Pay 100 euros\r\nto us\r\n',
    alter: replacing('Pay 100', 'Pay 900'),
    expected: 'unexplained',
  },
  {
    why: 'another amount above a footer is not explained by it',
    body: 'Pay 100 euros\r\nto us\r\n',
    alter: inTurn(replacing('Pay 100', 'Pay 900'), append(FOOTER)),
    expected: 'unexplained',
  },
  { why: 'lines that are missing', alter: replacing('all is well.\r\n', ''), expected: 'unexplained' },
  {
    why: 'l= is longer than what remains without the footer',
    alter: append(FOOTER.repeat(20)),
    signing: { length: 999 },
    expected: 'unexplained',
  },
  {
    why: 'there is no body',
    alter: (text) => text.slice(0, text.indexOf('\r\n\r\n') + 2),
    expected: 'absent',
  },
];

const ALL = [...ADDED, ...PARTS, ...LINES, ...CONTENT, ...TWO, ...NOTHING];

function original({ fields = [], body = LETTER }: Change): string {
  return mail([...letter(), ...fields], body);
}

describe('a body', () => {
  it.each(rows(ALL))('%s', async (_, change) => {
    const found = inBody(await trace(original(change), change.alter, change.signing));
    if (typeof change.expected === 'string') expect(found).toBe(change.expected);
    else expect(found).toEqual(change.expected.map((part) => expect.objectContaining(part)));
  });
});

describe('header and body', () => {
  it('are told both: a tag and a footer', async () => {
    const found = await trace(
      mail(letter(), LETTER),
      inTurn(replacing('Subject: ', 'Subject: [board] '), append(FOOTER)),
    );
    expect(inHeader(found)).toEqual([expect.objectContaining({ kind: 'subject-tagged', tag: '[board]' })]);
    expect(inBody(found)).toEqual([expect.objectContaining({ kind: 'footer-added' })]);
  });

  it('are told both where a list wraps the mail', async () => {
    const wrapped = PARTS.at(-1);
    if (wrapped === undefined) throw new Error('no such row');
    const found = await trace(original(wrapped), wrapped.alter, wrapped.signing);
    expect(inHeader(found)).toEqual([
      expect.objectContaining({
        kind: 'content-rewritten',
        before: 'text/html; charset=utf-8',
        after: 'multipart/mixed; boundary="===1=="',
      }),
    ]);
  });
});
