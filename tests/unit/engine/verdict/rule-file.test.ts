/** Rows 7 to 10 of the table of levels: a file, whose border and MAIL FROM may be made up. */
import { LETTER, SEALERS, seal } from '../arc/sealed-mail.ts';
import { A_FILE, keys, letter, mail } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ABOUT,
  ALTERED,
  BY_SERVICE,
  DKIM_ALIGNED,
  FAIL,
  FORBIDS,
  inGmail,
  inOutlook,
  KEY_FAILS,
  NO_KEY,
  NO_RECORD,
  OTHER_KEY,
  PASS,
  PASSED,
  PERMITS,
  PLAIN,
  RECORD_FAILS,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_FAILS,
  ZONE,
} from './verdict-kit.ts';

const UNKNOWN = { rule: 'undetermined', level: 'unknown' } as const;
const UNANSWERED = { rule: 'unanswered', level: 'unknown' } as const;
const CHECKED_PASS = { rule: 'checked-pass', level: 'authenticated' } as const;
const IN_FILE = { receiver: A_FILE } as const;

const claimed = 'spf=pass smtp.mailfrom=a@bank.example';
const SEALED = seal(LETTER, {
  key: keys.rsaA,
  domain: 'google.com',
  selector: 'arc-20240605',
  results: `mx.google.com; ${claimed}; ${PASS}`,
});

table('rows 7 to 10: a file, whose border and MAIL FROM may be made up', [
  { why: '7: our own pass', text: SIGNED, ...IN_FILE, ...CHECKED_PASS },
  {
    why: '7: in a file that says fail',
    text: inGmail([SPF_FAIL, FAIL], SIGNED),
    ...IN_FILE,
    ...CHECKED_PASS,
  },
  { why: '7: in a file that agrees: nothing is compared', text: PASSED, ...IN_FILE, ...CHECKED_PASS },
  { why: '8: no record', text: PLAIN, ...IN_FILE, zone: {}, rule: 'checked-none', level: 'unprotected' },
  {
    why: '8: no record, but the domain’s own signature',
    text: SIGNED,
    ...IN_FILE,
    zone: NO_RECORD,
    rule: 'checked-none-vouched',
    level: 'unprotected',
  },
  {
    why: '8: no record, and an SPF pass that the file claims: it vouches for nobody',
    text: inGmail([SPF_ALIGNED]),
    ...IN_FILE,
    zone: PERMITS,
    rule: 'checked-none',
    level: 'unprotected',
  },
  { why: '10: SPF cannot be judged, so that nothing is no fail', text: PLAIN, ...IN_FILE, ...UNKNOWN },
  { why: '10: a broken signature is no fail either', text: ALTERED, ...IN_FILE, ...UNKNOWN },
  {
    why: '10: a signature of another domain',
    text: BY_SERVICE,
    ...IN_FILE,
    zone: OTHER_KEY,
    ...UNKNOWN,
  },
  {
    why: '10: a perfect block that says pass, from an address that may send',
    text: inGmail([SPF_ALIGNED, PASS]),
    ...IN_FILE,
    zone: { ...ZONE, ...PERMITS },
    ...UNKNOWN,
    alone: 'unknown',
    says: ['file-basis'],
  },
  {
    why: '10: a perfect block that says fail, from an address that may not send: no accusation',
    text: inGmail([SPF_FAIL, FAIL]),
    ...IN_FILE,
    zone: { ...ZONE, ...FORBIDS },
    ...UNKNOWN,
    alone: 'unknown',
    never: ['dmarc-fail', 'policy-none'],
  },
  {
    why: '10: DNS fails for the SPF of a sender that the file claims: that is not what is missing',
    text: inGmail([SPF_FAIL, FAIL]),
    ...IN_FILE,
    zone: { ...ZONE, ...SPF_FAILS },
    ...UNKNOWN,
    never: ['dmarc-error'],
  },
  {
    why: '10: a perfect block of Microsoft’s',
    text: inOutlook([`dmarc=pass action=none ${ABOUT}`]),
    ...IN_FILE,
    zone: { ...ZONE, 'mail.bank.example': 'v=spf1 ip4:192.0.2.25 -all' },
    ...UNKNOWN,
  },
  {
    why: '10: a key of which the file says that it was there',
    text: inGmail([DKIM_ALIGNED, PASS], SIGNED),
    ...IN_FILE,
    zone: NO_KEY,
    ...UNKNOWN,
    says: ['dkim-key-missing'],
    never: ['dkim-key-gone'],
  },
  {
    why: '10: what Google’s seal proves is told, and decides nothing',
    text: SEALED,
    ...IN_FILE,
    zone: { ...ZONE, ...SEALERS, ...PERMITS },
    ...UNKNOWN,
    says: ['seal-said', 'no-report-file'],
    never: ['seal-proven'],
  },
  {
    why: '7: sealed, and signed by the domain: the signature decides',
    text: seal(SIGNED, {
      key: keys.rsaA,
      domain: 'google.com',
      selector: 'arc-20240605',
      results: `mx.google.com; ${claimed}; ${FAIL}`,
    }),
    ...IN_FILE,
    zone: { ...ZONE, ...SEALERS },
    ...CHECKED_PASS,
    says: ['seal-said'],
  },
  { why: '10: DNS fails for the record', text: SIGNED, ...IN_FILE, zone: RECORD_FAILS, ...UNANSWERED },
  { why: '10: DNS fails for the key', text: SIGNED, ...IN_FILE, zone: KEY_FAILS, ...UNANSWERED },
  {
    why: '10: read as a mailbox’s, but by a receiver that nobody named: still a file',
    text: mail([
      'Authentication-Results: mx1.messagingengine.com; spf=pass smtp.mailfrom=a@bank.example; dmarc=pass header.from=bank.example',
      'Received: from mail.bank.example (mail.bank.example [192.0.2.25]) by mx1.messagingengine.com (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 07:04:16 +0000',
      ...letter(),
    ]),
    receiver: { id: 'detect', basis: 'mailbox' },
    zone: { ...ZONE, ...PERMITS },
    ...UNKNOWN,
    alone: 'unknown',
    says: ['file-basis'],
  },
]);
