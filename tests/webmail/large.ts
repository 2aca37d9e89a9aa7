/** A mail of many megabytes, genuinely signed: what a scanned contract or a holiday's photographs look like. */
import { bankZone } from '../fixtures/sample-source/bank.ts';
import { delivered, dkim } from '../fixtures/sample-source/gmail.ts';
import { at, compose, date } from '../fixtures/sample-source/mime.ts';
import { keys, READER } from '../fixtures/sample-source/sample.ts';
import { dkimSignature } from '../scripts/sign.ts';
import { type StandInMail, toMail } from './mailbox.ts';

const MEGA = 1024 * 1024;

/** `megabytes` of the message as it travels; the name of the mail is `large-` and that number. */
export function largeMail(megabytes: number, id: bigint): Promise<StandInMail> {
  const sent = at('2026-11-20T09:00:00Z');
  // Lines as base64 has them, each different enough not to be one pattern.
  const line = (index: number): string => Buffer.alloc(57, `${index} photograph `).toString('base64');
  const count = Math.ceil((megabytes * MEGA) / 78);
  const body = Array.from({ length: count }, (_, index) => line(index)).join('\r\n');
  const own = compose(
    [
      ['Date', date(sent, 1)],
      ['From', 'Example Bank <documents@bank.example>'],
      ['To', READER],
      ['Message-ID', '<large@mail.bank.example>'],
      ['Subject', 'Your scanned contract'],
    ],
    {
      fields: [
        ['Content-Type', 'application/pdf; name="contract.pdf"'],
        ['Content-Transfer-Encoding', 'base64'],
      ],
      body: `${body}\r\n`,
    },
  );
  const signature = dkimSignature(own, {
    key: keys.rsaA,
    domain: 'bank.example',
    selector: 'b2026',
    time: sent,
    headers: ['From', 'To', 'Subject', 'Date'],
  });
  const message = delivered(`${signature}\r\n${own}`, {
    at: sent + 30,
    helo: 'mail.bank.example',
    ip: '192.0.2.25',
    mailFrom: 'bounces@mail.bank.example',
    spf: 'pass',
    dkim: [dkim('pass', signature)],
    dmarc: 'pass (p=REJECT sp=REJECT dis=NONE) header.from=bank.example',
  });
  const octets = new Uint8Array(Buffer.from(message, 'latin1'));
  return toMail({ name: `large-${megabytes}`, octets, zone: bankZone, hostileBody: false }, id);
}
