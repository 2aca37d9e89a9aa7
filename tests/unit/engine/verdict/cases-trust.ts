/** Findings about whose word counts, about the chain of custody and the receiver's seal, and about what was at hand. */
import type { Receiver, TrustedServer } from '../../../../lib/engine/index.ts';
import { LETTER, SEALERS, type SealOptions, seal, setOf } from '../arc/sealed-mail.ts';
import { changed, result } from '../authres/trust-kit.ts';
import { SENT, signed } from '../dkim/signed-mail.ts';
import { gmailBlock, keys, letter, mail, microsoftBlock, OUTLOOK_MAILBOX } from '../kit.ts';
import { type Cases, file } from './case.ts';
import {
  ABOUT,
  ALTERED,
  ELSEWHERE,
  FAIL,
  inGmail,
  inGmailUnsealed,
  inOutlook,
  PASS,
  PASSED,
  PLAIN,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const INFO = { severity: 'info', params: {} } as const;
const OPEN = { severity: 'open', params: {} } as const;
const own = (id: string) => ({ severity: 'warn', params: { id } }) as const;

const GATEWAY: TrustedServer = { id: 'gw.lakeside.example', ranges: ['192.0.2.0/24'] };
const IN_FRONT = { severity: 'info', params: { id: GATEWAY.id } } as const;
const BEHIND: Receiver = { id: 'gmail', basis: 'mailbox', trusted: [GATEWAY] };
/** What Gmail writes behind a gateway: SPF for the address before it, and no DMARC. */
const BEHIND_BLOCK = changed(
  gmailBlock({ results: [SPF_ALIGNED] }),
  7,
  () => 'Received-SPF: pass (google.com: ok) client-ip=203.0.113.7;',
).map((line) => line.replace('from mail.bank.example', 'from out.gw.lakeside.example'));
const FROM_GATEWAY = result(GATEWAY.id, `spf=pass smtp.mailfrom=a@bank.example; ${PASS}`);
const ENTRY =
  'Received: from mail.bank.example (mail.bank.example [203.0.113.7]) by gw.lakeside.example with ESMTPS id 9; Fri, 20 Nov 2026 07:04:10 +0000';
/** Sent past the gateway, with its results along. */
const PAST = mail([
  ...gmailBlock({ ip: '198.51.100.66', results: [SPF_FAIL, FAIL] }),
  FROM_GATEWAY,
  ENTRY,
  ...letter(),
]);

const INTERNAL = inOutlook([`dmarc=none ${ABOUT}`]).replace('AuthAs: Anonymous', 'AuthAs: Internal');
const MICROSOFT = microsoftBlock({ results: [FAIL] });

export const BASIS_CASES = {
  'mailbox-basis': { text: PASSED, severity: 'info', params: { receiver: 'gmail' } },
  'file-basis': { ...file(PASSED), ...INFO },
  'no-report': { text: inGmail([SPF_ALIGNED, ELSEWHERE]), ...OPEN },
  'no-report-file': { ...file(PLAIN), ...OPEN },
  'gateway-in-front': { text: inGmail(['spf=pass gateway.spf=pass smtp.mailfrom=a@b.example']), ...INFO },
  'gateway-named': {
    text: mail([...BEHIND_BLOCK, FROM_GATEWAY, ENTRY, ...letter()]),
    receiver: BEHIND,
    ...IN_FRONT,
  },
  'gateway-silent': { text: mail([...BEHIND_BLOCK, ENTRY, ...letter()]), receiver: BEHIND, ...IN_FRONT },
  'gateway-bypassed': { text: PAST, receiver: BEHIND, severity: 'warn', params: { id: GATEWAY.id } },
  'gateway-recognised': {
    text: mail([...gmailBlock({ results: [SPF_FAIL, FAIL] }), result('ppops.net'), ENTRY, ...letter()]),
    severity: 'info',
    params: { id: 'ppops.net' },
  },
  imported: { text: mail(['Received: by 10.2.3.4 with POP3 id x; x', ENTRY, ...letter()]), ...INFO },
  internal: { text: INTERNAL, receiver: OUTLOOK_MAILBOX, ...INFO },
  rebuilt: {
    text: mail(['X-MS-Exchange-Organization-AuthAs: Anonymous', ...letter()]),
    receiver: OUTLOOK_MAILBOX,
    ...INFO,
  },
  'not-received': { text: PLAIN, ...INFO },
} satisfies Partial<Cases>;

export const IGNORED_CASES = {
  'ignored-no-border': {
    ...file(mail([result('mx.lakeside.example'), ...letter()])),
    severity: 'info',
    params: { id: 'mx.lakeside.example' },
  },
  'ignored-below-border': {
    text: inGmail([SPF_FAIL, FAIL], mail([result('mx.google.com'), ...letter()])),
    ...own('mx.google.com'),
  },
  'ignored-other-id': {
    text: inGmail([SPF_FAIL, FAIL], mail([result('b.example'), ...letter()])),
    severity: 'info',
    params: { id: 'b.example' },
  },
  'ignored-duplicate': {
    text: mail([
      ...MICROSOFT.slice(0, 3),
      'Authentication-Results: spf=none',
      ...MICROSOFT.slice(3),
      ...letter(),
    ]),
    receiver: OUTLOOK_MAILBOX,
    ...own(''),
  },
  'ignored-from-mismatch': { text: inGmail([SPF_ALIGNED, ELSEWHERE]), ...own('mx.google.com') },
  'ignored-contradiction': { text: inOutlook([FAIL, PASS]), receiver: OUTLOOK_MAILBOX, ...own('') },
  'ignored-unparseable': {
    text: inGmail(['spf=pass smtp.mailfrom="a)b"@bank.example', PASS]),
    ...own('mx.google.com'),
  },
  'ignored-address-mismatch': {
    text: inOutlook([PASS]).replace('sender IP is 192.0.2.25', 'sender IP is 192.0.2.99'),
    receiver: OUTLOOK_MAILBOX,
    ...own(''),
  },
  'ignored-seal-mismatch': {
    text: inGmail([SPF_FAIL, FAIL]).replace('dmarc=fail', 'dmarc=pass'),
    ...own('mx.google.com'),
  },
  'ignored-gateway-bypassed': { text: PAST, receiver: BEHIND, ...own(GATEWAY.id) },
} satisfies Partial<Cases>;

const CHANGED = seal(LETTER).replace('all is well', 'all is lost');
const SAID = `mx.google.com; ${SPF_ALIGNED}; ${PASS}`;
const BY_GMAIL: SealOptions = {
  key: keys.rsaA,
  domain: 'google.com',
  selector: 'arc-20240605',
  results: SAID,
};
/** As it lies in a Gmail mailbox under Gmail's own seal. */
const [first = '', ...rest] = inGmailUnsealed([SPF_ALIGNED, PASS]).split('\r\n');
const SEALED = [first, ...setOf(PLAIN, BY_GMAIL), ...rest].join('\r\n');

export const ARC_CASES = {
  'arc-intact': {
    ...file(seal(LETTER), { ...ZONE, ...SEALERS }),
    severity: 'info',
    params: { count: 1, domain: 'list.example' },
  },
  'arc-broken': {
    ...file(CHANGED, { ...ZONE, ...SEALERS }),
    severity: 'info',
    params: { instance: 1, reason: 'body-altered' },
  },
  'arc-unanswered': {
    ...file(seal(LETTER), { ...ZONE, 's1._domainkey.list.example': { RCODE: 'SERVFAIL' } }),
    ...OPEN,
  },
  'arc-not-checkable': {
    ...file(seal(LETTER), { ...ZONE, ...SEALERS }),
    completeness: 'headers',
    ...INFO,
  },
  'seal-proven': {
    text: SEALED,
    zone: { ...ZONE, ...SEALERS },
    severity: 'info',
    params: { receiver: 'gmail' },
  },
  'seal-said': {
    ...file(seal(LETTER, BY_GMAIL), { ...ZONE, ...SEALERS }),
    severity: 'info',
    params: { receiver: 'gmail', result: 'pass' },
  },
  'seal-unproven': {
    ...file(seal(LETTER, BY_GMAIL)),
    severity: 'info',
    params: { receiver: 'gmail', why: 'seal-key-gone' },
  },
  forwarded: {
    text: inGmailUnsealed([SPF_FAIL, FAIL], seal(LETTER)),
    zone: { ...ZONE, ...SEALERS },
    severity: 'info',
    params: { domain: 'list.example', result: 'pass' },
  },
} satisfies Partial<Cases>;

/** A list sent it on under its own name, and broke the author's signature. */
const LISTED = `List-Id: Board <board.service.example>\r\n${ALTERED}`;
const BORDER_TIME = SENT + 4;

export const HAND_CASES = {
  'mailing-list': { text: inGmail([SPF_OTHER, FAIL], LISTED), ...INFO },
  'line-ends-converted': { ...file(PLAIN.replaceAll('\r\n', '\n')), ...INFO },
  'no-body': { ...file(SIGNED), completeness: 'headers', ...OPEN },
  'not-original': { ...file(ALTERED), completeness: 'reencoded', ...OPEN },
  'expiry-by-date': { ...file(signed({ time: 1, expires: 2_000_000_000 })), ...INFO },
  'dkim-expired-since': {
    text: inGmail([SPF_ALIGNED, PASS], signed({ time: SENT, expires: BORDER_TIME + 3600 })),
    severity: 'info',
    params: { domain: 'bank.example' },
  },
} satisfies Partial<Cases>;
