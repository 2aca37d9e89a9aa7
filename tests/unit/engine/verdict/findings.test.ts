import { describe, expect, it } from 'vitest';
import type { Completeness, FindingCode, Receiver } from '../../../../lib/engine/index.ts';
import { signed } from '../dkim/signed-mail.ts';
import { A_FILE, codes, GMAIL_MAILBOX, look, OUTLOOK_MAILBOX, type Row, rows } from '../kit.ts';
import { ABOUT, find, inGmail, inOutlook, PASSED, PLAIN, SPF_ALIGNED, ZONE } from './verdict-kit.ts';

const LIST = `List-Id: <l.example>\r\n${PLAIN}`;

describe('what the receiver did with a mail that failed', () => {
  it.each(
    rows<Row & { text: string; receiver?: Receiver; code: FindingCode | null }>([
      {
        why: 'Gmail delivered it although the domain asks to reject it',
        text: inGmail([`dmarc=fail (p=REJECT sp=REJECT dis=NONE) ${ABOUT}`]),
        code: 'receiver-delivered-anyway',
      },
      {
        why: 'Gmail delivered it, and the domain asked for nothing else then',
        text: inGmail([`dmarc=fail (p=NONE sp=NONE dis=NONE) ${ABOUT}`]),
        code: 'receiver-delivered',
      },
      {
        why: 'Gmail put it aside',
        text: inGmail([`dmarc=fail (p=QUARANTINE dis=QUARANTINE) ${ABOUT}`]),
        code: 'receiver-quarantined',
      },
      {
        why: 'Microsoft overrode a reject',
        text: inOutlook([`dmarc=fail action=oreject ${ABOUT}`]),
        receiver: OUTLOOK_MAILBOX,
        code: 'receiver-delivered-anyway',
      },
      {
        why: 'Microsoft put it aside',
        text: inOutlook([`dmarc=fail action=quarantine ${ABOUT}`]),
        receiver: OUTLOOK_MAILBOX,
        code: 'receiver-quarantined',
      },
      {
        why: 'an unknown action is not told',
        text: inOutlook([`dmarc=fail action=constructor ${ABOUT}`]),
        receiver: OUTLOOK_MAILBOX,
        code: null,
      },
      { why: 'a mail that passed has none', text: inGmail([`dmarc=pass (dis=NONE) ${ABOUT}`]), code: null },
    ]),
  )('%s', async (_, { text, receiver = GMAIL_MAILBOX, code }) => {
    const examination = await look(text, { zone: ZONE, receiver });
    expect(codes(examination).filter((one) => one.startsWith('receiver-'))).toEqual(
      code === null ? [] : [code],
    );
  });
});

describe('what was at hand', () => {
  it.each(
    rows<Row & { text: string; receiver?: Receiver; completeness?: Completeness; code: FindingCode }>([
      { why: 'a file is what the file says', text: PASSED, receiver: A_FILE, code: 'file-basis' },
      { why: 'a file without a receiver', text: PLAIN, receiver: A_FILE, code: 'no-report-file' },
      { why: 'a mail that nobody received', text: PLAIN, code: 'not-received' },
      {
        why: 'another form of the text',
        text: inGmail([SPF_ALIGNED]),
        completeness: 'reencoded',
        code: 'not-original',
      },
      {
        why: 'the header of a mail that is too large',
        text: PASSED,
        completeness: 'headers',
        code: 'no-body',
      },
      {
        why: 'a gateway in front of Gmail',
        text: inGmail(['spf=pass gateway.spf=pass smtp.mailfrom=a@b.example']),
        code: 'gateway-in-front',
      },
      { why: 'a file with bare LF', text: PLAIN.replaceAll('\r\n', '\n'), code: 'line-ends-converted' },
      { why: 'a header without a body', text: PLAIN.slice(0, PLAIN.indexOf('\r\n\r\n')), code: 'no-body' },
      {
        why: 'x= judged by Date where the receiver’s time is not known',
        text: signed({ time: 1, expires: 2_000_000_000 }),
        code: 'expiry-by-date',
      },
    ]),
  )('%s', async (_, { text, receiver = GMAIL_MAILBOX, completeness, code }) => {
    const { found } = await find(code, text, ZONE, receiver, completeness);
    expect(found?.step).toBe('trust');
  });

  // The positive case is a sample: a list that sent the mail by proof, beside a broken signature of the author's.
  it('a List-Id that anybody may have written explains no fail', async () => {
    expect((await find('mailing-list', inGmail([`dmarc=fail ${ABOUT}`], LIST), ZONE)).found).toBeUndefined();
  });

  it('a list does not matter where the mail did not fail', async () => {
    expect((await find('mailing-list', inGmail([`dmarc=pass ${ABOUT}`], LIST), ZONE)).found).toBeUndefined();
  });

  it('a field with the receiver’s own id in the wrong place is a warning, a foreign one is not', async () => {
    const forged = `Authentication-Results: mx.google.com; dmarc=pass ${ABOUT}\r\nAuthentication-Results: b.example; none\r\n${PLAIN}`;
    const { examination } = await find(
      'ignored-below-border',
      inGmail([`dmarc=fail ${ABOUT}`], forged),
      ZONE,
    );
    const ignored = examination.verdict.findings.filter(({ code }) => code.startsWith('ignored-'));
    expect(ignored.map(({ code, severity, params }) => ({ code, severity, params }))).toEqual([
      { code: 'ignored-below-border', severity: 'warn', params: { id: 'mx.google.com' } },
      { code: 'ignored-other-id', severity: 'info', params: { id: 'b.example' } },
    ]);
  });
});
