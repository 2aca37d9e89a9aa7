import { describe, expect, it } from 'vitest';
import type { Receiver } from '../../../../lib/engine/index.ts';
import { letter, look, mail, type Row, rows } from '../kit.ts';
import { GMAIL_FORGED, outcome, result, ZONE } from './trust-kit.ts';

const NAMED: Receiver = { id: 'mx.lakeside.example', basis: 'mailbox' };
const FAIL = result('mx.lakeside.example', 'dmarc=fail header.from=bank.example');
const PASS = result('mx.lakeside.example');
const BORDER =
  'Received: from mail.bank.example (unknown [192.0.2.25]) by mx.lakeside.example (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 07:04:16 +0000';
const FOREIGN = 'Received: from a (a [192.0.2.7]) by b.example with SMTP; Fri, 20 Nov 2026 07:04:10 +0000';

async function named(fields: readonly string[], receiver = NAMED) {
  return outcome(await look(mail([...fields, ...letter()]), { zone: ZONE, receiver }));
}

describe('a receiver known by its authserv-id alone', () => {
  it.each(
    rows<Row & { fields: readonly string[]; dmarc: string | null; ignored: readonly string[] }>([
      {
        why: 'a result that touches the border from above',
        fields: [FAIL, BORDER],
        dmarc: 'fail',
        ignored: [],
      },
      {
        why: 'one field a method',
        fields: [FAIL, result('mx.lakeside.example', 'spf=pass smtp.mailfrom=a.example'), BORDER],
        dmarc: 'fail',
        ignored: [],
      },
      {
        why: 'a foreign id between',
        fields: [FAIL, result('other.example'), BORDER],
        dmarc: 'fail',
        ignored: ['other-id'],
      },
      {
        why: 'a forged result below the border',
        fields: [FAIL, BORDER, PASS],
        dmarc: 'fail',
        ignored: ['below-border'],
      },
      {
        why: 'a forged pair below the border',
        fields: [FAIL, BORDER, PASS, BORDER],
        dmarc: 'fail',
        ignored: ['below-border'],
      },
      {
        why: 'a Gmail block below the border',
        fields: [FAIL, BORDER, ...GMAIL_FORGED],
        dmarc: 'fail',
        ignored: ['other-id'],
      },
      {
        why: 'only a forged pair below a hop without a result',
        fields: [BORDER, PASS, FOREIGN],
        dmarc: null,
        ignored: ['below-border'],
      },
      {
        why: 'a field between result and border',
        fields: [PASS, 'X-Other: 1', BORDER],
        dmarc: null,
        ignored: ['below-border'],
      },
      {
        why: 'two results that differ',
        fields: [FAIL, PASS, BORDER],
        dmarc: null,
        ignored: ['contradiction', 'contradiction'],
      },
      {
        why: 'a look-alike id',
        fields: [result('mx.lakeslde.example'), BORDER],
        dmarc: null,
        ignored: ['other-id'],
      },
      {
        why: 'an id with a suffix',
        fields: [result('mx.lakeside.example.evil.example'), BORDER],
        dmarc: null,
        ignored: ['other-id'],
      },
      {
        why: 'a subdomain of the id',
        fields: [result('a.mx.lakeside.example'), BORDER],
        dmarc: null,
        ignored: ['other-id'],
      },
      {
        why: 'a quoted id',
        fields: [result('"mx.lakeside.example"'), BORDER],
        dmarc: null,
        ignored: ['other-id'],
      },
      {
        why: 'an id as an encoded word',
        fields: [result('=?utf-8?q?mx.lakeside.example?='), BORDER],
        dmarc: null,
        ignored: ['other-id'],
      },
      { why: 'no trace field', fields: [PASS], dmarc: null, ignored: ['no-border'] },
      {
        why: 'another From',
        fields: [result('mx.lakeside.example', 'dmarc=pass header.from=evil.example'), BORDER],
        dmarc: null,
        ignored: ['from-mismatch'],
      },
      {
        why: 'a comment that swallows what follows',
        fields: [result('mx.lakeside.example', 'spf=pass (; dmarc=fail header.from=bank.example'), BORDER],
        dmarc: null,
        ignored: ['unparseable'],
      },
    ]),
  )('%s', async (_, { fields, dmarc, ignored }) => {
    expect(await named(fields)).toMatchObject({ dmarc, ignored, basis: dmarc === null ? null : 'mailbox' });
  });

  it('is believed as a file only where the file does not come from one’s own mailbox', async () => {
    expect(await named([PASS, BORDER], { id: 'mx.lakeside.example', basis: 'file' })).toMatchObject({
      basis: 'file',
      dmarc: 'pass',
      level: 'unknown',
    });
  });

  it('does not take an absent dmarc for no record', async () => {
    const fields = [result('mx.lakeside.example', 'spf=pass smtp.mailfrom=a.example'), BORDER];
    expect((await named(fields)).level).not.toBe('unprotected');
  });
});
