import { A_FILE, letter, mail, OUTLOOK_MAILBOX } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ABOUT,
  ALTERED,
  BY_SERVICE,
  DKIM_ALIGNED,
  DMARC,
  inGmail,
  inOutlook,
  NO_KEY,
  NO_RECORD,
  OTHER_KEY,
  REJECT,
  SIGNED,
} from './verdict-kit.ts';

const ERROR = { [DMARC]: { RCODE: 'SERVFAIL' } };

const from = (value: string) => inGmail([`dmarc=pass header.from=bank.example`], mail(letter(value)));

table('row 1: a From that names nobody is unknown, whatever was reported', [
  { why: 'no From', text: mail(['Subject: x']), rule: 'author-unusable', level: 'unknown' },
  { why: 'no address', text: from('Bank'), rule: 'author-unusable', level: 'unknown' },
  { why: 'not parseable', text: from('"Bank <a@bank.example>'), rule: 'author-unusable', level: 'unknown' },
  { why: 'a domain literal', text: from('a@[192.0.2.1]'), rule: 'author-unusable', level: 'unknown' },
  {
    why: 'a name that DNS cannot hold',
    text: from('a@bank..example'),
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
    text: inGmail([`dmarc=pass ${ABOUT}`], several),
    rule: 'authors-several',
    level: 'unknown',
  },
  {
    why: 'failed where the receiver says fail',
    text: inGmail([`dmarc=fail ${ABOUT}`], several),
    rule: 'authors-several-failed',
    level: 'failed',
  },
  {
    why: 'unknown in a file that says fail',
    text: inGmail([`dmarc=fail ${ABOUT}`], several),
    receiver: A_FILE,
    rule: 'authors-several',
    level: 'unknown',
  },
]);

table('row 3: the receiver’s pass stands', [
  {
    why: 'our check agrees',
    text: inGmail([DKIM_ALIGNED, `dmarc=pass ${ABOUT}`], SIGNED),
    rule: 'reported-pass',
    level: 'authenticated',
    alone: 'authenticated',
  },
  {
    why: 'the key is gone',
    text: inGmail([DKIM_ALIGNED, `dmarc=pass ${ABOUT}`], SIGNED),
    zone: NO_KEY,
    rule: 'reported-pass',
    level: 'authenticated',
    alone: 'unknown',
  },
  {
    why: 'the body was changed after delivery',
    text: inGmail([DKIM_ALIGNED, `dmarc=pass ${ABOUT}`], ALTERED),
    rule: 'reported-pass',
    level: 'authenticated',
    alone: 'unknown',
  },
  {
    why: 'the record is gone',
    text: inGmail([`dmarc=pass ${ABOUT}`], SIGNED),
    zone: NO_RECORD,
    rule: 'reported-pass',
    level: 'authenticated',
    alone: 'unprotected',
  },
  {
    why: 'DNS gives no answer',
    text: inGmail([`dmarc=pass ${ABOUT}`]),
    zone: ERROR,
    rule: 'reported-pass',
    level: 'authenticated',
    alone: 'unknown',
  },
  {
    why: 'Microsoft',
    text: inOutlook([`dmarc=pass action=none ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    rule: 'reported-pass',
    level: 'authenticated',
  },
]);

table('row 4: the receiver’s fail stands, whatever the policy', [
  {
    why: 'p=reject',
    text: inGmail([`dmarc=fail (p=REJECT dis=NONE) ${ABOUT}`]),
    rule: 'reported-fail',
    level: 'failed',
  },
  {
    why: 'p=none',
    text: inGmail([`dmarc=fail (p=NONE dis=NONE) ${ABOUT}`]),
    zone: { [DMARC]: 'v=DMARC1; p=none' },
    rule: 'reported-fail',
    level: 'failed',
  },
  {
    why: 't=y',
    text: inGmail([`dmarc=fail ${ABOUT}`]),
    zone: { [DMARC]: `${REJECT}; t=y` },
    rule: 'reported-fail',
    level: 'failed',
  },
  {
    why: 'an override by the receiver',
    text: inOutlook([`dmarc=fail action=oreject ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    rule: 'reported-fail',
    level: 'failed',
  },
  {
    why: 'a signature of another domain holds here',
    text: inGmail([`dmarc=fail ${ABOUT}`], BY_SERVICE),
    zone: OTHER_KEY,
    rule: 'reported-fail',
    level: 'failed',
  },
  {
    why: 'no record today',
    text: inGmail([`dmarc=fail ${ABOUT}`]),
    zone: {},
    rule: 'reported-fail',
    level: 'failed',
    alone: 'unprotected',
  },
  {
    why: 'an aligned signature holds here today: its own rule, the same level',
    text: inGmail([`dmarc=fail ${ABOUT}`], SIGNED),
    rule: 'reported-fail-holds-today',
    level: 'failed',
    alone: 'authenticated',
  },
]);
