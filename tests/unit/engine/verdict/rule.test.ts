/** Rows 1, 2 and 4 of the table of levels: From that names nobody or several, and the receiver’s fail. */
import { signed } from '../dkim/signed-mail.ts';
import { A_FILE, letter, mail, OUTLOOK_MAILBOX } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ABOUT,
  BY_SERVICE,
  DMARC,
  FAIL,
  inGmail,
  inOutlook,
  KEY_FAILS,
  OTHER_KEY,
  PASS,
  PERMITS,
  PERSONAL,
  REJECT,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const from = (value: string) => inGmail([PASS], mail(letter(value)));

table('row 1: a From that names nobody is unknown, whatever was reported', [
  { why: 'no From', text: mail(['Subject: x']), rule: 'author-unusable', level: 'unknown' },
  { why: 'no address', text: from('Bank'), rule: 'author-unusable', level: 'unknown' },
  { why: 'not parseable', text: from('"Bank <a@bank.example>'), rule: 'author-unusable', level: 'unknown' },
  { why: 'a domain literal', text: from('a@[192.0.2.1]'), rule: 'author-unusable', level: 'unknown' },
  {
    why: 'a name that DNS cannot hold',
    text: from('a@xn--a.example'),
    rule: 'author-unusable',
    level: 'unknown',
  },
  {
    why: 'letters that map onto a brand',
    text: from('a@\uff42ank.example'),
    rule: 'author-lookalike',
    level: 'unknown',
  },
  {
    why: 'digits that map onto a brand',
    text: from('a@bank\u2460.example'),
    rule: 'author-lookalike',
    level: 'unknown',
  },
]);

const several = mail([...letter(), 'From: a@evil.example']);
table('row 2: several author domains', [
  {
    why: 'unknown, though the receiver says pass',
    text: inGmail([PASS], several),
    rule: 'authors-several',
    level: 'unknown',
  },
  {
    why: 'failed where the receiver says fail',
    text: inGmail([FAIL], several),
    rule: 'authors-several-failed',
    level: 'failed',
    says: ['dmarc-fail-several'],
  },
  {
    why: 'unknown in a file that says fail',
    text: inGmail([FAIL], several),
    receiver: A_FILE,
    rule: 'authors-several',
    level: 'unknown',
    never: ['dmarc-fail-several'],
  },
  {
    why: 'unknown though one of them signed it',
    text: signed({}, mail(letter('a@bank.example, b@evil.example'))),
    rule: 'authors-several',
    level: 'unknown',
    alone: 'unknown',
    says: ['dkim-intact'],
  },
]);

const FAILED = { rule: 'reported-fail', level: 'failed' } as const;
const HOLDS = { rule: 'reported-fail-holds-today', level: 'failed' } as const;
const OTHER_SPF = { 'service.example': 'v=spf1 ip4:192.0.2.25 -all' };

table('row 4: the receiver’s fail stands, whatever the policy', [
  {
    why: 'p=reject',
    text: inGmail([SPF_FAIL, `dmarc=fail (p=REJECT dis=NONE) ${ABOUT}`]),
    ...FAILED,
    alone: 'failed',
    now: ['now-agrees'],
  },
  {
    why: 'p=none',
    text: inGmail([SPF_FAIL, `dmarc=fail (p=NONE dis=NONE) ${ABOUT}`]),
    zone: { [DMARC]: 'v=DMARC1; p=none' },
    ...FAILED,
    alone: 'failed',
    now: ['now-agrees'],
  },
  {
    why: 't=y',
    text: inGmail([SPF_FAIL, FAIL]),
    zone: { [DMARC]: `${REJECT}; t=y` },
    ...FAILED,
    now: ['now-agrees'],
  },
  {
    why: 'an override by the receiver',
    text: inOutlook([`dmarc=fail action=oreject ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    ...FAILED,
    now: ['now-agrees'],
  },
  {
    why: 'a signature of another domain holds here',
    text: inGmail([SPF_OTHER, FAIL], BY_SERVICE),
    zone: OTHER_KEY,
    ...FAILED,
    now: ['now-agrees'],
  },
  {
    why: 'no record today',
    text: inGmail([SPF_FAIL, FAIL]),
    zone: {},
    ...FAILED,
    alone: 'unprotected',
    now: ['now-record-gone'],
  },
  {
    why: 'an aligned signature holds here today: its own rule, the same level',
    text: inGmail([SPF_FAIL, FAIL], SIGNED),
    ...HOLDS,
    alone: 'authenticated',
    now: ['holds-today'],
  },
  {
    why: 'a signature that holds for headers alone does not hold',
    text: inGmail([SPF_FAIL, FAIL], SIGNED),
    completeness: 'headers',
    ...FAILED,
    alone: 'unknown',
    now: ['now-open'],
  },
  {
    why: 'SPF alone passes now: the server may be listed since, which says little of then',
    text: inGmail([SPF_FAIL, FAIL]),
    zone: { ...ZONE, ...PERMITS },
    ...FAILED,
    alone: 'authenticated',
    now: ['now-spf-permits'],
    never: ['holds-today'],
  },
  {
    why: 'SPF of another domain passes now, which counts for nothing',
    text: inGmail(['spf=fail smtp.mailfrom=a@service.example', FAIL]),
    zone: { ...ZONE, ...OTHER_SPF },
    ...FAILED,
    alone: 'failed',
    now: ['now-agrees'],
  },
  {
    why: 'SPF of another domain passes now, and the signature cannot be judged: nothing would pass by it',
    text: inGmail(['spf=fail smtp.mailfrom=a@service.example', FAIL], SIGNED),
    zone: { ...KEY_FAILS, ...OTHER_SPF },
    ...FAILED,
    alone: 'unknown',
    now: ['now-unanswered'],
  },
  {
    why: 'SPF of another domain passed as well: no rule of alignment is to blame',
    text: inGmail([SPF_OTHER, FAIL], SIGNED),
    zone: { ...ZONE, ...OTHER_SPF },
    completeness: 'headers',
    ...FAILED,
    alone: 'unknown',
    now: ['now-open'],
  },
  {
    why: 'without a public suffix list nothing is said about it',
    text: inGmail([SPF_ALIGNED, FAIL]),
    zone: { ...ZONE, ...PERMITS },
    withoutList: true,
    ...FAILED,
    alone: 'authenticated',
    now: ['now-differs'],
  },
  {
    why: 'SPF that cannot be asked without the sender’s address',
    text: inGmail([SPF_FAIL, FAIL]),
    zone: { ...ZONE, ...PERSONAL },
    ...FAILED,
    alone: 'unknown',
    now: ['now-open'],
    says: ['spf-withheld'],
  },
]);
