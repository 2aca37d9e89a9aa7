/** Deliveries whose evidence is known, for the table of levels. */
import type { Completeness, Finding, FindingCode, Receiver } from '../../../../lib/engine/index.ts';
import { keyRecord } from '../../../scripts/sign.ts';
import { ZONE as KEYS, signed } from '../dkim/signed-mail.ts';
import { GMAIL_MAILBOX, gmailBlock, keys, letter, look, mail, microsoftBlock } from '../kit.ts';

export const DMARC = '_dmarc.bank.example';
export const REJECT = 'v=DMARC1; p=reject';
/** The key of bank.example and its record. */
export const ZONE = { ...KEYS, [DMARC]: REJECT };
export const NO_RECORD = { ...KEYS };
export const NO_KEY = { [DMARC]: REJECT };
export const OTHER_KEY = { 's1._domainkey.service.example': keyRecord(keys.rsaA), [DMARC]: REJECT };

export const ABOUT = 'header.from=bank.example';
export const SPF_ALIGNED = 'spf=pass (google.com: yes) smtp.mailfrom=a@bank.example';
export const SPF_OTHER = 'spf=pass (google.com: yes) smtp.mailfrom=a@service.example';
export const SPF_FAIL = 'spf=fail (google.com: no) smtp.mailfrom=a@bank.example';
export const DKIM_ALIGNED = 'dkim=pass header.i=@bank.example header.s=s1';

export const PLAIN = mail(letter());
export const SIGNED = signed();
export const ALTERED = SIGNED.replace('all is well', 'all is lost');
/** Signed by a service, not by the author domain. */
export const BY_SERVICE = signed({ domain: 'service.example' });

function under(block: readonly string[], text: string): string {
  return `${block.join('\r\n')}\r\n${text}`;
}

/** As it lies in a Gmail mailbox. */
export function inGmail(results: readonly string[], text = PLAIN): string {
  return under(gmailBlock({ results }), text);
}

/** As it lies in an Outlook mailbox; Exchange always writes SPF first. */
export function inOutlook(results: readonly string[], text = PLAIN): string {
  return under(microsoftBlock({ results }), text);
}

/** As a receiver writes it that is known by its id alone. */
export function inNamed(results: readonly string[], text = PLAIN): string {
  return under(
    [
      ['Authentication-Results: mx.lakeside.example', ...results].join('; '),
      'Received: from mail.bank.example (unknown [192.0.2.25]) by mx.lakeside.example with ESMTPS; Fri, 20 Nov 2026 07:04:16 +0000',
    ],
    text,
  );
}

/** The finding of that code in what is made of a message, and everything around it. */
export async function find(
  code: FindingCode,
  text: string,
  zone: Record<string, unknown>,
  receiver: Receiver = GMAIL_MAILBOX,
  completeness: Completeness = 'full',
) {
  const examination = await look(text, { zone, receiver, completeness });
  const found = examination.verdict.findings.filter((finding) => finding.code === code);
  return { examination, found: found[0] as Finding | undefined };
}

/** Signed, sent and passed as it should be. */
export const PASSED = inGmail([DKIM_ALIGNED, SPF_ALIGNED, `dmarc=pass ${ABOUT}`], SIGNED);
