/** Row 6 of the table of levels: the receiver judged, and did not decide. */

import type { TrustedServer } from '../../../../lib/engine/index.ts';
import { OUTLOOK_MAILBOX } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ABOUT,
  ALTERED,
  DKIM_ALIGNED,
  FORBIDS,
  inGmail,
  inNamed,
  inOutlook,
  KEY_FAILS,
  NAMED,
  PERMITS,
  PERSONAL,
  RECORD_FAILS,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_FAILS,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const ERROR = `dmarc=temperror ${ABOUT}`;
const UNKNOWN = { rule: 'undetermined', level: 'unknown' } as const;
const UNANSWERED = { rule: 'unanswered', level: 'unknown' } as const;
const CHECKED_PASS = { rule: 'checked-pass', level: 'authenticated' } as const;
const CHECKED_FAIL = { rule: 'checked-fail', level: 'failed' } as const;
const WORKED_OUT_PASS = { rule: 'worked-out-pass', level: 'authenticated', now: ['worked-out'] } as const;
const WORKED_OUT_FAIL = { rule: 'worked-out-fail', level: 'failed', now: ['worked-out'] } as const;
const GATEWAY: TrustedServer = { id: 'gw.lakeside.example', ranges: ['192.0.2.0/24'] };
const spfOfHelo = 'spf=pass smtp.helo=bank.example';

table('row 6: the receiver did not decide', [
  {
    why: 'temperror: what its own SPF gives',
    text: inGmail([SPF_ALIGNED, ERROR]),
    ...WORKED_OUT_PASS,
    says: ['receiver-error'],
  },
  {
    why: 'permerror: what its own DKIM gives',
    text: inGmail([SPF_OTHER, DKIM_ALIGNED, `dmarc=permerror ${ABOUT}`]),
    ...WORKED_OUT_PASS,
  },
  {
    why: 'temperror: nothing aligned passed',
    text: inGmail([SPF_FAIL, ERROR]),
    ...WORKED_OUT_FAIL,
    alone: 'failed',
  },
  {
    why: 'permerror is never "no record"',
    text: inGmail([SPF_FAIL, `dmarc=permerror ${ABOUT}`]),
    ...WORKED_OUT_FAIL,
    never: ['dmarc-none', 'policy-missing'],
  },
  {
    why: 'an error of SPF then is none today: the domain has no record of it',
    text: inGmail(['spf=temperror smtp.mailfrom=a@bank.example', ERROR]),
    ...CHECKED_FAIL,
  },
  {
    why: 'an error of SPF then and today leaves it open',
    text: inGmail(['spf=temperror smtp.mailfrom=a@bank.example', ERROR]),
    zone: { ...ZONE, ...SPF_FAILS },
    ...UNANSWERED,
    says: ['spf-unanswered'],
  },
  {
    why: 'an error of SPF then, and today it may not be asked: the reader is told what is missing',
    text: inGmail(['spf=temperror smtp.mailfrom=a@bank.example', ERROR]),
    zone: { ...ZONE, ...PERSONAL },
    ...UNKNOWN,
    says: ['spf-withheld'],
  },
  {
    why: 'an error of DKIM then and today leaves it open',
    text: inGmail([SPF_FAIL, 'dkim=temperror header.i=@bank.example', ERROR], SIGNED),
    zone: KEY_FAILS,
    ...UNANSWERED,
  },
  {
    why: 'a receiver that does not judge DMARC',
    text: inNamed(['spf=pass smtp.mailfrom=bank.example', 'dkim=none']),
    receiver: NAMED,
    ...WORKED_OUT_PASS,
  },
  {
    why: 'a receiver that judged SPF alone, beside a signature that cannot be judged here: nothing is worked out',
    text: inNamed(['spf=fail smtp.mailfrom=a@bank.example'], SIGNED),
    receiver: NAMED,
    zone: KEY_FAILS,
    ...UNANSWERED,
  },
  {
    why: 'the same for headers alone',
    text: inNamed(['spf=fail smtp.mailfrom=a@bank.example'], SIGNED),
    receiver: NAMED,
    completeness: 'headers',
    ...UNKNOWN,
  },
  {
    why: 'the same where the receiver judged that signature',
    text: inNamed(['spf=fail smtp.mailfrom=a@bank.example', 'dkim=fail header.d=bank.example'], SIGNED),
    receiver: NAMED,
    completeness: 'headers',
    ...WORKED_OUT_FAIL,
  },
  {
    why: 'the same where it is broken here',
    text: inNamed(['spf=fail smtp.mailfrom=a@bank.example'], ALTERED),
    receiver: NAMED,
    ...WORKED_OUT_FAIL,
  },
  {
    why: 'a receiver without SPF leaves it open',
    text: inNamed(['dkim=none']),
    receiver: NAMED,
    ...UNKNOWN,
  },
  {
    why: 'a HELO that passed vouches for nobody (RFC 9989 §4.4.2), and says nothing of MAIL FROM',
    text: inNamed([spfOfHelo, 'dkim=none']),
    receiver: NAMED,
    zone: { ...ZONE, ...PERMITS },
    ...UNKNOWN,
    says: ['spf-helo-only'],
  },
  {
    why: 'for the null sender the HELO name is the identity of MAIL FROM (RFC 7208 §2.4)',
    text: inGmail([spfOfHelo, ERROR]).replace(/^Return-Path: .*$/m, 'Return-Path: <>'),
    ...WORKED_OUT_PASS,
    says: ['spf-aligned'],
    never: ['spf-helo-only'],
  },
  { why: 'our own pass decides', text: inGmail([SPF_FAIL, ERROR], SIGNED), ...CHECKED_PASS },
  {
    why: 'our own pass decides, by SPF',
    text: inGmail([SPF_FAIL, ERROR]),
    zone: { ...ZONE, ...PERMITS },
    ...CHECKED_PASS,
  },
  {
    why: 'no record now',
    text: inGmail([SPF_ALIGNED, ERROR]),
    zone: {},
    rule: 'checked-none',
    level: 'unprotected',
  },
  { why: 'an error here as well', text: inGmail([SPF_ALIGNED, ERROR]), zone: RECORD_FAILS, ...UNANSWERED },
  {
    why: 'an unknown result word',
    text: inGmail([SPF_ALIGNED, `dmarc=perhaps ${ABOUT}`]),
    ...WORKED_OUT_PASS,
  },
  {
    why: 'a gateway in front: its SPF is not ours to count',
    text: inGmail(['spf=pass gateway.spf=pass smtp.mailfrom=a@bank.example']),
    zone: { ...ZONE, ...PERMITS },
    ...UNKNOWN,
    says: ['gateway-in-front'],
  },
  {
    why: 'a gateway in front: the domain’s own signature holds',
    text: inGmail(['spf=pass gateway.spf=pass smtp.mailfrom=a@bank.example'], SIGNED),
    ...CHECKED_PASS,
  },
  {
    why: 'a gateway in front is no "no record"',
    text: inGmail(['spf=fail gateway.spf=fail smtp.mailfrom=a@bank.example'], ALTERED),
    zone: { ...ZONE, ...FORBIDS },
    ...UNKNOWN,
    never: ['dmarc-none', 'dmarc-fail'],
  },
  {
    why: 'a named gateway that said nothing: SPF was judged for its own address, then and today',
    text: inOutlook([`dmarc=temperror action=none ${ABOUT}`]).replace('spf=pass', 'spf=fail'),
    receiver: { ...OUTLOOK_MAILBOX, trusted: [GATEWAY] },
    zone: { ...ZONE, 'mail.bank.example': 'v=spf1 -all' },
    ...UNKNOWN,
    says: ['gateway-silent'],
    never: ['dmarc-fail'],
  },
]);
