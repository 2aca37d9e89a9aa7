/** A domain whose records hold many mistakes, with a mail that brings its zone to the stand-in. */
import { type StandInMail, toMail } from '../webmail/mailbox.ts';

const ZONE = {
  'messy.example': {
    TXT: ['v=spf1 include:_spf.messy.example a mx ptr ?all', 'an unrelated text'],
    MX: [[10, 'mx.messy.example']],
    A: ['192.0.2.80'],
  },
  'mx.messy.example': { A: ['192.0.2.81'] },
  '_spf.messy.example': `v=spf1 ${[1, 2, 3, 4, 5, 6, 7].map((n) => `a:h${n}.messy.example`).join(' ')} -all`,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`h${n}.messy.example`, { A: [`192.0.2.${n}`] }])),
  '_dmarc.messy.example': 'v=DMARC1 p=rejct; pct=50; rua=dmarc@messy.example',
  'old._domainkey.messy.example': 'v=DKIM1; k=rsa; p=',
  '_smtp._tls.messy.example': 'v=TLSRPTv1; rua=tls@messy.example',
};

export async function messyDomain(): Promise<StandInMail> {
  const text = [
    'From: Messy <office@messy.example>',
    'To: reader@gmail.example',
    'Subject: Hello',
    'Date: Mon, 23 Nov 2026 10:00:00 +0000',
    'Message-ID: <1@messy.example>',
    '',
    'Hello',
    '',
  ].join('\r\n');
  const source = {
    name: 'messy-domain',
    octets: new TextEncoder().encode(text),
    zone: ZONE,
    hostileBody: false,
  };
  return toMail(source, 0x19b0_0000_0000_0042n);
}
