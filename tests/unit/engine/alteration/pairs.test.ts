/** Any two changes of a catalogue at once, in either form: both are named. */
import { describe, expect, it } from 'vitest';
import { mail } from '../kit.ts';
import { inHeader, inTurn, replacing, trace } from './altered-mail.ts';

const ORIGINAL = mail([
  'Date: Fri, 20 Nov 2026 08:04:12 +0100',
  'From: Anna Berg <anna@bank.example>',
  'To: Board <board@List.Example>, Carl <carl@list.example>',
  'Subject: Your =?UTF-8?Q?K=C3=A4se?=',
  'Message-ID: <1@bank.example>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset="utf-8"',
  'Content-Transfer-Encoding: 8bit',
]);
const SIGNED = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Reply-To',
];

const CHANGES = [
  ['subject-tagged', replacing('Subject: ', 'Subject: [board] ')],
  [
    'from-rewritten',
    replacing(
      'Anna Berg <anna@bank.example>',
      'Anna Berg via Board <board@list.example>\r\nX-Original-From: Anna Berg <anna@bank.example>',
    ),
  ],
  ['date-rewritten', replacing('08:04:12 +0100', '07:04:12 +0000')],
  ['field-added', replacing('To: Board', 'Reply-To: board@list.example\r\nTo: Board')],
  ['field-recased', replacing('@List.Example', '@list.example')],
  ['field-requoted', replacing('"utf-8"', 'utf-8')],
  ['content-rewritten', replacing('Encoding: 8bit', 'Encoding: base64')],
  ['field-removed', replacing('MIME-Version: 1.0\r\n', '')],
  [
    'field-changed',
    replacing('<1@bank.example>', '<2@relay.example>\r\nX-Original-Message-ID: <1@bank.example>'),
  ],
] as const;

const PAIRS = CHANGES.flatMap((one, at) =>
  CHANGES.slice(at + 1).map((other) => [one[0], other[0], inTurn(one[1], other[1])] as const),
);

describe.each(['simple', 'relaxed'] as const)('two changes of a header signed in %s form', (header) => {
  it.each(PAIRS)('%s and %s', async (one, other, alter) => {
    const found = inHeader(await trace(ORIGINAL, alter, { header, headers: SIGNED }));
    expect(typeof found === 'string' ? found : found.map(({ kind }) => kind).toSorted()).toEqual(
      [one, other].toSorted(),
    );
  });
});
