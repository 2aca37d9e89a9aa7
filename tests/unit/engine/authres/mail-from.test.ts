import { describe, expect, it } from 'vitest';
import type { MailFrom } from '../../../../lib/engine/authres/evidence.ts';
import type { Receiver } from '../../../../lib/engine/index.ts';
import { GMAIL_MAILBOX, gmailBlock, microsoftBlock, OUTLOOK_MAILBOX, type Row, rows } from '../kit.ts';
import { evidenceOf, result, without } from './trust-kit.ts';

const NAMED: Receiver = { id: 'mx.lakeside.example', basis: 'mailbox' };
const BORDER =
  'Received: from mail.bank.example (unknown [192.0.2.25]) by mx.lakeside.example (Postfix) with ESMTPS id 1; x';
const NONE = 'dmarc=none header.from=bank.example';

function microsoft(spf: string): readonly string[] {
  return microsoftBlock({ results: [NONE] }).map((line) => line.replace(/smtp\.mailfrom=[^;]*/, spf));
}

describe('MAIL FROM is taken where the receiver wrote it', () => {
  it.each(
    rows<Row & { fields: readonly string[]; receiver: Receiver; expected: MailFrom | null }>([
      {
        why: 'Gmail’s Return-Path above the border',
        fields: gmailBlock({
          mailFrom: 'a@bank.example',
          results: ['spf=pass smtp.mailfrom=b@other.example'],
        }),
        receiver: GMAIL_MAILBOX,
        expected: { address: 'a@bank.example', isNull: false, field: 5 },
      },
      {
        why: 'the null sender in Gmail’s Return-Path',
        fields: gmailBlock({ mailFrom: '', results: ['spf=pass smtp.helo=mail.bank.example'] }),
        receiver: GMAIL_MAILBOX,
        expected: { address: '', isNull: true, field: 5 },
      },
      {
        why: 'Gmail’s result where there is no Return-Path above the border',
        fields: without(gmailBlock({ results: ['spf=pass smtp.mailfrom=b@other.example'] }), /^Return-Path/),
        receiver: GMAIL_MAILBOX,
        expected: { address: 'b@other.example', isNull: false, field: 7 },
      },
      {
        why: 'the HELO name alone at Gmail is the null sender',
        fields: without(gmailBlock({ results: ['spf=pass smtp.helo=a.example'] }), /^Return-Path/),
        receiver: GMAIL_MAILBOX,
        expected: { address: '', isNull: true, field: 7 },
      },
      {
        why: 'a Return-Path below Gmail’s border is the sender’s',
        fields: [
          ...without(gmailBlock({ results: [NONE] }), /^Return-Path/),
          'Return-Path: <a@bank.example>',
        ],
        receiver: GMAIL_MAILBOX,
        expected: null,
      },
      {
        why: 'a Return-Path that is none',
        fields: gmailBlock({ results: [NONE] }).map((line) => line.replace(/^(Return-Path:) .*/, '$1 a@b')),
        receiver: GMAIL_MAILBOX,
        expected: null,
      },
      {
        why: 'a Return-Path with more behind it',
        fields: gmailBlock({ results: [NONE] }).map((line) =>
          line.replace(/^(Return-Path:) .*/, '$1 <a@bank.example> x'),
        ),
        receiver: GMAIL_MAILBOX,
        expected: null,
      },
      {
        why: 'a Return-Path with more before it',
        fields: gmailBlock({ results: [NONE] }).map((line) =>
          line.replace(/^(Return-Path:) .*/, '$1 x <a@bank.example>'),
        ),
        receiver: GMAIL_MAILBOX,
        expected: null,
      },
      {
        why: 'Microsoft’s result: the domain alone',
        fields: microsoft('smtp.mailfrom=mail.bank.example'),
        receiver: OUTLOOK_MAILBOX,
        expected: { address: 'mail.bank.example', isNull: false, field: 2 },
      },
      {
        why: 'the HELO name alone at Microsoft is the null sender',
        fields: microsoft('smtp.helo=mail.bank.example'),
        receiver: OUTLOOK_MAILBOX,
        expected: { address: '', isNull: true, field: 2 },
      },
      {
        why: 'never Microsoft’s Return-Path, which stands below the border',
        fields: [...microsoft('smtp.mailfrom=mail.bank.example'), 'Return-Path: <a@evil.example>'],
        receiver: OUTLOOK_MAILBOX,
        expected: { address: 'mail.bank.example', isNull: false, field: 2 },
      },
      {
        why: 'nor one above it',
        fields: ['Return-Path: <a@evil.example>', ...without(microsoft('x.y=z'), /^Authentication/)],
        receiver: OUTLOOK_MAILBOX,
        expected: null,
      },
      {
        why: 'any other receiver’s result',
        fields: [result('mx.lakeside.example', 'spf=pass smtp.mailfrom=a@bank.example'), BORDER],
        receiver: NAMED,
        expected: { address: 'a@bank.example', isNull: false, field: 0 },
      },
      {
        why: 'Yandex’s word for it',
        fields: [result('mx.lakeside.example', 'spf=pass smtp.mail=a@bank.example'), BORDER],
        receiver: NAMED,
        expected: { address: 'a@bank.example', isNull: false, field: 0 },
      },
      {
        why: 'an empty one is the null sender',
        fields: [result('mx.lakeside.example', 'spf=pass smtp.mailfrom="" smtp.helo=a.example'), BORDER],
        receiver: NAMED,
        expected: { address: '', isNull: true, field: 0 },
      },
      {
        why: 'brackets alone are the null sender',
        fields: [result('mx.lakeside.example', 'spf=pass smtp.mailfrom=<>'), BORDER],
        receiver: NAMED,
        expected: { address: '', isNull: true, field: 0 },
      },
      {
        why: 'a receiver that may judge the HELO name besides says nothing by it',
        fields: [result('mx.lakeside.example', 'spf=pass smtp.helo=a.example'), BORDER],
        receiver: NAMED,
        expected: null,
      },
      {
        why: 'a Return-Path of another receiver is anybody’s',
        fields: ['Return-Path: <a@bank.example>', result('mx.lakeside.example', NONE), BORDER],
        receiver: NAMED,
        expected: null,
      },
    ]),
  )('%s', (_, { fields, receiver, expected }) => {
    expect(evidenceOf(fields, receiver).mailFrom).toEqual(expected);
  });
});

describe('of several results for SPF the one for MAIL FROM counts', () => {
  it.each(
    rows<Row & { results: readonly string[]; spf: string | null }>([
      {
        why: 'below one for the HELO name',
        results: ['spf=none smtp.helo=a.example', 'spf=pass smtp.mailfrom=a@bank.example'],
        spf: 'pass',
      },
      {
        why: 'above one for the HELO name',
        results: ['spf=fail smtp.mailfrom=a@bank.example', 'spf=pass smtp.helo=a.example'],
        spf: 'fail',
      },
      { why: 'else the only one', results: ['spf=pass smtp.helo=a.example'], spf: 'pass' },
      {
        why: 'two that agree',
        results: ['spf=pass smtp.mailfrom=a@bank.example', 'spf=pass smtp.mailfrom=bank.example'],
        spf: 'pass',
      },
      {
        why: 'two that differ are none',
        results: ['spf=fail smtp.mailfrom=a@bank.example', 'spf=pass smtp.mailfrom=bank.example'],
        spf: null,
      },
    ]),
  )('%s', (_, { results, spf }) => {
    const fields = [...results.map((said) => result('mx.lakeside.example', said)), BORDER];
    expect(evidenceOf(fields, NAMED).spf?.result ?? null).toBe(spf);
  });
});

describe('the HELO name of the border', () => {
  it.each(
    rows<Row & { border: string; helo: string }>([
      { why: 'stands behind from', border: BORDER, helo: 'mail.bank.example' },
      {
        why: 'or in a comment, behind the client’s own name (qmail)',
        border:
          'Received: from unknown (HELO mail.bank.example) (192.0.2.25) by mx.lakeside.example with SMTP; x',
        helo: 'mail.bank.example',
      },
      {
        why: 'or behind its address (Exim)',
        border:
          'Received: from rdns.example ([192.0.2.25] helo=mail.bank.example) by mx.lakeside.example with esmtp; x',
        helo: 'mail.bank.example',
      },
      {
        why: 'or in quotes',
        border:
          'Received: from rdns.example ([192.0.2.25]:1 "EHLO mail.bank.example") by mx.lakeside.example; x',
        helo: 'mail.bank.example',
      },
      {
        why: 'but in no later comment',
        border:
          'Received: from a.example ([192.0.2.25]) by mx.lakeside.example (helo=b.example) with SMTP; x',
        helo: 'a.example',
      },
      { why: 'or nowhere', border: 'Received: by mx.lakeside.example with LMTP; x', helo: '' },
    ]),
  )('%s', (_, { border, helo }) => {
    expect(evidenceOf([border], NAMED).border?.helo).toBe(helo);
  });
});
