/** Rows 7 to 10 of the table of levels: a mailbox in which nothing is reported. */
import { signed } from '../dkim/signed-mail.ts';
import { letter, mail } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ALTERED,
  BY_SERVICE,
  ELSEWHERE,
  FORBIDS,
  inGmail,
  KEY_FAILS,
  NO_KEY,
  OTHER_KEY,
  PERMITS,
  PERSONAL,
  RECORD_FAILS,
  SIGNED,
  SPF_FAIL,
  SPF_FAILS,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const UNKNOWN = { rule: 'undetermined', level: 'unknown' } as const;
const UNANSWERED = { rule: 'unanswered', level: 'unknown' } as const;
const CHECKED_PASS = { rule: 'checked-pass', level: 'authenticated' } as const;
const CHECKED_FAIL = { rule: 'checked-fail', level: 'failed' } as const;

const UNREPORTED = (spf: string, text?: string) => inGmail([spf, ELSEWHERE], text);
/** More signatures than are tried, the domain’s own last. */
const MANY = `${Array.from({ length: 20 }, (_, at) => `DKIM-Signature: v=1; a=rsa-sha256; d=x${at}.example; s=a; h=from; bh=AAAA; b=AAAA\r\n`).join('')}${SIGNED}`;

table('rows 7 to 10: a mailbox in which nothing is reported', [
  { why: '7: our own pass, by DKIM', text: UNREPORTED(SPF_OTHER, SIGNED), ...CHECKED_PASS },
  {
    why: '7: our own pass, by SPF',
    text: UNREPORTED(SPF_FAIL),
    zone: { ...ZONE, ...PERMITS },
    ...CHECKED_PASS,
    says: ['spf-aligned'],
  },
  {
    why: '8: no record',
    text: UNREPORTED(SPF_OTHER),
    zone: {},
    rule: 'checked-none',
    level: 'unprotected',
  },
  {
    why: '8: no record, but the domain’s own SPF',
    text: UNREPORTED(SPF_FAIL),
    zone: PERMITS,
    rule: 'checked-none-vouched',
    level: 'unprotected',
  },
  { why: '9: both judged, and neither passes', text: UNREPORTED(SPF_FAIL), ...CHECKED_FAIL, alone: 'failed' },
  {
    why: '9: a broken signature and a server that is not listed',
    text: UNREPORTED(SPF_FAIL, ALTERED),
    zone: { ...ZONE, ...FORBIDS },
    ...CHECKED_FAIL,
    says: ['spf-fail', 'dkim-body-altered'],
  },
  {
    why: '9: a key that is gone was judged',
    text: UNREPORTED(SPF_FAIL, SIGNED),
    zone: NO_KEY,
    ...CHECKED_FAIL,
    says: ['dkim-key-missing'],
  },
  {
    why: '9: a HELO that may send vouches for nobody',
    text: UNREPORTED(SPF_OTHER),
    zone: { ...ZONE, 'mail.bank.example': 'v=spf1 ip4:192.0.2.25 -all' },
    ...CHECKED_FAIL,
    says: ['spf-helo'],
  },
  {
    why: '10: SPF withheld',
    text: UNREPORTED(SPF_FAIL),
    zone: { ...ZONE, ...PERSONAL },
    ...UNKNOWN,
    says: ['spf-withheld', 'dmarc-open'],
  },
  {
    why: '9: the same with consent, where the address is not listed',
    text: UNREPORTED(SPF_FAIL),
    zone: { ...ZONE, ...PERSONAL },
    mayReveal: true,
    ...CHECKED_FAIL,
  },
  {
    why: '10: SPF unanswered',
    text: UNREPORTED(SPF_FAIL),
    zone: { ...ZONE, ...SPF_FAILS },
    ...UNANSWERED,
    says: ['spf-unanswered', 'dmarc-error'],
  },
  {
    why: '10: the key unanswered',
    text: UNREPORTED(SPF_FAIL, SIGNED),
    zone: KEY_FAILS,
    ...UNANSWERED,
    says: ['dkim-key-unanswered', 'dmarc-error'],
  },
  {
    why: '10: headers alone',
    text: UNREPORTED(SPF_FAIL, SIGNED),
    completeness: 'headers',
    ...UNKNOWN,
    says: ['no-body', 'dkim-not-checkable'],
  },
  {
    why: '10: DNS fails for the record, even where a signature is aligned',
    text: UNREPORTED(SPF_OTHER, SIGNED),
    zone: RECORD_FAILS,
    ...UNANSWERED,
    says: ['dkim-aligned', 'policy-unanswered'],
  },
  {
    why: '10: the domain signed a part of the body: neither vouched for nor forged',
    text: UNREPORTED(SPF_FAIL, signed({ length: 5 })),
    ...UNKNOWN,
    says: ['dkim-unsigned-tail'],
  },
  {
    why: '10: more signatures than are tried: the last one may hold',
    text: UNREPORTED(SPF_FAIL, MANY),
    ...UNKNOWN,
  },
  {
    why: '10: whether the signer is of the same organization is not answered',
    text: UNREPORTED(SPF_OTHER, BY_SERVICE),
    zone: { ...OTHER_KEY, '_dmarc.example': { RCODE: 'TIMEOUT' } },
    ...UNKNOWN,
    says: ['dkim-alignment-open'],
  },
  {
    why: '10: no border and nothing signed',
    text: mail(['Received: by mx.google.com with POP3 id x; x', ...letter()]),
    ...UNKNOWN,
    says: ['imported'],
  },
]);
