import { describe, expect, it } from 'vitest';
import type { Origin } from '../../../../lib/engine/authres/evidence.ts';
import type { Receiver } from '../../../../lib/engine/index.ts';
import { A_FILE, GMAIL_MAILBOX, OUTLOOK_MAILBOX, type Row, rows } from '../kit.ts';
import { changed, evidenceOf, GMAIL_FAIL, MICROSOFT_FAIL, result, without } from './trust-kit.ts';

const FOREIGN = 'Received: from a (a [192.0.2.1]) by b.example with SMTP; Fri, 20 Nov 2026 07:04:16 +0000';
const INNER = 'Received: by 10.2.3.4 with SMTP id x; Fri, 20 Nov 2026 07:04:16 +0000';
const INTERNAL = changed(MICROSOFT_FAIL, 4, (line) => line.replace('Anonymous', 'Internal'));
const NAMED: Receiver = { id: 'mx.lakeside.example', basis: 'mailbox' };

describe('how a message came to lie there', () => {
  it.each(
    rows<Row & { fields: readonly string[]; receiver: Receiver; origin: Origin }>([
      { why: 'Gmail took it', fields: GMAIL_FAIL, receiver: GMAIL_MAILBOX, origin: 'delivered' },
      { why: 'Microsoft took it', fields: MICROSOFT_FAIL, receiver: OUTLOOK_MAILBOX, origin: 'delivered' },
      { why: 'a file says so', fields: GMAIL_FAIL, receiver: A_FILE, origin: 'delivered' },
      { why: 'written in Gmail', fields: [], receiver: GMAIL_MAILBOX, origin: 'own' },
      { why: 'written in Outlook', fields: ['Thread-Index: A'], receiver: OUTLOOK_MAILBOX, origin: 'own' },
      { why: 'written where one’s own server delivers', fields: [], receiver: NAMED, origin: 'own' },
      {
        why: 'sent over Gmail by a mail program',
        fields: ['Received: from [10.0.0.2] (a.example. [192.0.2.1]) by smtp.gmail.com with ESMTPSA id x; x'],
        receiver: GMAIL_MAILBOX,
        origin: 'own',
      },
      {
        why: 'fetched by POP3',
        fields: ['Received: by 10.2.3.4 with POP3 id x; x', FOREIGN],
        receiver: GMAIL_MAILBOX,
        origin: 'imported',
      },
      {
        why: 'fetched, as X-Gmail-Fetch-Info says',
        fields: [INNER, 'X-Gmail-Fetch-Info: a@b 1 pop.b.example 995 a', FOREIGN],
        receiver: GMAIL_MAILBOX,
        origin: 'imported',
      },
      {
        why: 'inserted over the API',
        fields: ['Received: from 1 named unknown by gmailapi.google.com with HTTPREST; x'],
        receiver: GMAIL_MAILBOX,
        origin: 'imported',
      },
      {
        why: 'moved there over IMAP, with a foreign trace',
        fields: [FOREIGN],
        receiver: GMAIL_MAILBOX,
        origin: 'imported',
      },
      {
        why: 'Gmail’s own hops without its border',
        fields: [INNER, FOREIGN],
        receiver: GMAIL_MAILBOX,
        origin: 'unknown',
      },
      {
        why: 'signed, but without any hop',
        fields: ['DKIM-Signature: v=1'],
        receiver: GMAIL_MAILBOX,
        origin: 'unknown',
      },
      {
        why: 'sent within one organisation',
        fields: without(INTERNAL, /^Received: from mail\.bank/),
        receiver: OUTLOOK_MAILBOX,
        origin: 'internal',
      },
      {
        why: 'sent within one organisation, over a border',
        fields: INTERNAL,
        receiver: OUTLOOK_MAILBOX,
        origin: 'internal',
      },
      {
        why: 'two fields that say Internal say nothing',
        fields: [...INTERNAL, 'X-MS-Exchange-Organization-AuthAs: Internal'],
        receiver: OUTLOOK_MAILBOX,
        origin: 'delivered',
      },
      {
        why: 'a file that says Internal is believed by nobody',
        fields: without(INTERNAL, /^Received: from mail\.bank/),
        receiver: A_FILE,
        origin: 'unknown',
      },
      {
        why: 'a file that is said to be Outlook’s is no better',
        fields: without(INTERNAL, /^Received: from mail\.bank/),
        receiver: { id: 'outlook', basis: 'file' },
        origin: 'unknown',
      },
      {
        why: 'rebuilt by Exchange: the result is left, the trace is not',
        fields: [result('x').replace(' x;', ' spf=pass (sender IP is 192.0.2.25);')],
        receiver: OUTLOOK_MAILBOX,
        origin: 'rebuilt',
      },
      {
        why: 'rebuilt by Exchange: its own fields are left',
        fields: ['X-MS-Exchange-Organization-AuthAs: Anonymous'],
        receiver: OUTLOOK_MAILBOX,
        origin: 'rebuilt',
      },
      {
        why: 'rebuilt by Exchange: a signature is left',
        fields: ['DKIM-Signature: v=1'],
        receiver: OUTLOOK_MAILBOX,
        origin: 'rebuilt',
      },
      { why: 'a foreign trace in Outlook', fields: [FOREIGN], receiver: OUTLOOK_MAILBOX, origin: 'unknown' },
      { why: 'a file without a trace', fields: [], receiver: A_FILE, origin: 'unknown' },
      { why: 'a file with a foreign trace', fields: [FOREIGN], receiver: A_FILE, origin: 'unknown' },
    ]),
  )('%s', (_, { fields, receiver, origin }) => {
    const evidence = evidenceOf(fields, receiver);
    expect(evidence.origin).toBe(origin);
    if (origin !== 'delivered') expect(evidence).toMatchObject({ basis: null, spf: null, dmarc: null });
  });
});
