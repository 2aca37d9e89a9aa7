import { describe, expect, it } from 'vitest';
import { gmailBlock, type Row, rows } from '../kit.ts';
import {
  changed,
  GMAIL_FAIL,
  GMAIL_FORGED,
  GMAIL_FORGED_PAIR,
  gmail,
  outcome,
  result,
  without,
} from './trust-kit.ts';

const BORDER = 6;
const RESULT = 8;
const HONEST = { basis: 'mailbox', dmarc: 'fail', level: 'failed' };

describe('Gmail’s own result is believed', () => {
  it('as Gmail writes it', async () => {
    const { facts } = await gmail(GMAIL_FAIL);
    expect(facts.evidence).toMatchObject({
      basis: 'mailbox',
      profile: 'gmail',
      authservId: 'mx.google.com',
      spf: { result: 'fail' },
      dmarc: { result: 'fail', comment: 'p=REJECT dis=NONE', field: RESULT },
      border: { field: BORDER, address: '192.0.2.25', date: 1795158256 },
      ignored: [],
      gateway: false,
      absentDmarcMeansNone: true,
    });
  });

  it.each(
    rows<Row & { fields: readonly string[] }>([
      { why: 'without an ARC set above the border', fields: without(GMAIL_FAIL, /^ARC-/) },
      {
        why: 'with the id in other letters',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('mx.google', 'MX.Google')),
      },
      {
        why: 'with a comment before the id',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('mx.', '(hi) mx.')),
      },
      {
        why: 'with more of Google’s fields above',
        fields: ['X-Gm-Message-State: A', 'X-Google-Group-Id: 1', ...GMAIL_FAIL],
      },
      {
        why: 'with an inner address of 10.0.0.0/8',
        fields: changed(
          GMAIL_FAIL,
          1,
          () => 'Received: by 10.2.3.4 with SMTP id x; Fri, 20 Nov 2026 07:04:16 +0000',
        ),
      },
      {
        why: 'with an older ARC set above the border: the highest instance speaks',
        fields: [
          'ARC-Authentication-Results: i=1; mx.google.com; dmarc=none',
          'ARC-Seal: i=1; d=google.com; b=A',
          ...GMAIL_FAIL.map((f) => f.replace(' i=1;', ' i=2;')),
        ],
      },
      {
        why: 'with the address in another form',
        fields: gmailBlock({ ip: '2001:db8::25', results: ['dmarc=fail header.from=bank.example'] }).map(
          (f) => (f.startsWith('Received-SPF') ? f.replaceAll('2001:db8::25', '2001:0DB8:0::25') : f),
        ),
      },
    ]),
  )('%s', async (_, { fields }) => {
    expect(outcome(await gmail(fields))).toMatchObject(HONEST);
  });

  it('and an absent dmarc is no record (the profile always writes it)', async () => {
    const { facts, verdict } = await gmail(
      gmailBlock({ results: ['spf=fail smtp.mailfrom=a@evil.example'] }),
    );
    expect(facts.evidence).toMatchObject({ basis: 'mailbox', dmarc: null, absentDmarcMeansNone: true });
    expect(verdict.rule).toBe('reported-none');
  });
});

describe('a sender’s own lines below Gmail’s block change nothing', () => {
  it.each(
    rows<Row & { fields: readonly string[]; ignored: readonly string[] }>([
      { why: 'a result', fields: [result('mx.google.com')], ignored: ['below-border'] },
      { why: 'a border and its group', fields: GMAIL_FORGED_PAIR, ignored: ['below-border'] },
      { why: 'a whole block', fields: GMAIL_FORGED, ignored: ['below-border'] },
      {
        why: 'a result above the sender’s own Received',
        fields: [result('mx.google.com'), 'Received: from a by b; x'],
        ignored: ['below-border'],
      },
      {
        why: 'a result below the sender’s own Received',
        fields: ['Received: from a by b; x', result('mx.google.com')],
        ignored: ['below-border'],
      },
      { why: 'a Microsoft block', fields: [result('x').replace(' x;', '')], ignored: ['other-id'] },
      { why: 'a look-alike id', fields: [result('rnx.google.com')], ignored: ['other-id'] },
      { why: 'an id with a suffix', fields: [result('mx.google.com.evil.example')], ignored: ['other-id'] },
      { why: 'a quoted id', fields: [result('"mx.google.com"')], ignored: ['other-id'] },
      {
        why: 'an id as an encoded word',
        fields: [result('=?utf-8?q?mx.google.com?=')],
        ignored: ['other-id'],
      },
      {
        why: 'an original result',
        fields: [result('mx.google.com').replace('Results', 'Results-Original')],
        ignored: ['other-id'],
      },
      {
        why: 'a name with a space before the colon',
        fields: [result('mx.google.com').replace(':', ' :')],
        ignored: ['below-border'],
      },
      {
        why: 'two results that differ',
        fields: [result('mx.google.com'), result('mx.google.com', 'dmarc=none header.from=bank.example')],
        ignored: ['below-border', 'below-border'],
      },
      {
        why: 'a Subject',
        fields: ['Subject: dmarc=pass header.from=bank.example', 'X: mx.google.com; dmarc=pass'],
        ignored: [],
      },
      {
        why: 'a comment field',
        fields: ['Comments: Authentication-Results: mx.google.com; dmarc=pass'],
        ignored: [],
      },
    ]),
  )('%s', async (_, { fields, ignored }) => {
    expect(outcome(await gmail([...GMAIL_FAIL, ...fields]))).toEqual({ ...HONEST, ignored });
  });

  it.each(
    rows<Row & { from: string }>([
      {
        why: 'a display name that looks like a result',
        from: '"dmarc=pass header.from=bank.example" <a@bank.example>',
      },
      { why: 'a display name as an encoded word', from: '=?utf-8?q?dmarc=3Dpass?= <a@bank.example>' },
      { why: 'a comment in From', from: '(mx.google.com; dmarc=pass) a@bank.example' },
    ]),
  )('%s', async (_, { from }) => {
    expect(outcome(await gmail(GMAIL_FAIL, from))).toEqual({ ...HONEST, ignored: [] });
  });
});
