import type { Receiver } from '../../../../lib/engine/index.ts';
import { A_FILE, OUTLOOK_MAILBOX } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ABOUT,
  ALTERED,
  BY_SERVICE,
  DKIM_ALIGNED,
  DMARC,
  inGmail,
  inNamed,
  inOutlook,
  NO_RECORD,
  OTHER_KEY,
  PLAIN,
  REJECT,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const NAMED: Receiver = { id: 'mx.lakeside.example', basis: 'mailbox' };
const ERROR = { [DMARC]: { RCODE: 'SERVFAIL' } };

table('row 5: no record, says the receiver', [
  {
    why: 'dmarc=none',
    text: inOutlook([`dmarc=none action=none ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    zone: { 'mail.bank.example': {} },
    rule: 'reported-none',
    level: 'unprotected',
  },
  {
    why: 'dmarc=bestguesspass',
    text: inOutlook([`dmarc=bestguesspass action=none ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    zone: { 'mail.bank.example': {} },
    rule: 'reported-none',
    level: 'unprotected',
  },
  {
    why: 'absent at Gmail, which always writes it',
    text: inGmail([SPF_OTHER]),
    zone: {},
    rule: 'reported-none',
    level: 'unprotected',
  },
  {
    why: 'the domain’s own SPF passed all the same',
    text: inGmail([SPF_ALIGNED]),
    zone: {},
    rule: 'reported-none-vouched',
    level: 'unprotected',
  },
  {
    why: 'the domain’s own DKIM passed all the same',
    text: inGmail([DKIM_ALIGNED]),
    zone: {},
    rule: 'reported-none-vouched',
    level: 'unprotected',
  },
  {
    why: 'the domain’s own DKIM passes here',
    text: inGmail([SPF_OTHER], SIGNED),
    zone: NO_RECORD,
    rule: 'reported-none-vouched',
    level: 'unprotected',
  },
  {
    why: 'a record found now does not change it',
    text: inGmail([SPF_OTHER]),
    rule: 'reported-none',
    level: 'unprotected',
  },
]);

table('row 6: the receiver did not decide', [
  {
    why: 'temperror: what its own SPF gives',
    text: inGmail([SPF_ALIGNED, `dmarc=temperror ${ABOUT}`]),
    rule: 'worked-out-pass',
    level: 'authenticated',
  },
  {
    why: 'permerror: what its own DKIM gives',
    text: inGmail([SPF_OTHER, DKIM_ALIGNED, `dmarc=permerror ${ABOUT}`]),
    rule: 'worked-out-pass',
    level: 'authenticated',
  },
  {
    why: 'temperror: nothing aligned passed',
    text: inGmail([SPF_FAIL, `dmarc=temperror ${ABOUT}`]),
    rule: 'worked-out-fail',
    level: 'failed',
  },
  {
    why: 'permerror is never "no record"',
    text: inGmail([SPF_FAIL, `dmarc=permerror ${ABOUT}`]),
    rule: 'worked-out-fail',
    level: 'failed',
  },
  {
    why: 'an error of SPF leaves it open',
    text: inGmail([`spf=temperror smtp.mailfrom=a@bank.example`, `dmarc=temperror ${ABOUT}`]),
    rule: 'undetermined',
    level: 'unknown',
  },
  {
    why: 'an error of DKIM leaves it open',
    text: inGmail([SPF_FAIL, 'dkim=temperror header.i=@bank.example', `dmarc=temperror ${ABOUT}`]),
    rule: 'undetermined',
    level: 'unknown',
  },
  {
    why: 'a receiver that does not judge DMARC',
    text: inNamed(['spf=pass smtp.mailfrom=bank.example', 'dkim=none']),
    receiver: NAMED,
    rule: 'worked-out-pass',
    level: 'authenticated',
  },
  {
    why: 'a receiver without SPF leaves it open',
    text: inNamed(['dkim=none']),
    receiver: NAMED,
    rule: 'undetermined',
    level: 'unknown',
  },
  {
    why: 'a HELO that passed vouches for nobody (RFC 9989 §4.4.2)',
    text: inNamed(['spf=pass smtp.helo=bank.example', 'dkim=none']),
    receiver: NAMED,
    rule: 'worked-out-fail',
    level: 'failed',
  },
  {
    why: 'our own pass decides',
    text: inGmail([SPF_FAIL, `dmarc=temperror ${ABOUT}`], SIGNED),
    rule: 'checked-pass',
    level: 'authenticated',
  },
  {
    why: 'no record now',
    text: inGmail([SPF_ALIGNED, `dmarc=temperror ${ABOUT}`]),
    zone: {},
    rule: 'checked-none',
    level: 'unprotected',
  },
  {
    why: 'an error here as well',
    text: inGmail([SPF_ALIGNED, `dmarc=temperror ${ABOUT}`]),
    zone: ERROR,
    rule: 'unanswered',
    level: 'unknown',
  },
  {
    why: 'an unknown result word',
    text: inGmail([SPF_ALIGNED, `dmarc=perhaps ${ABOUT}`]),
    rule: 'worked-out-pass',
    level: 'authenticated',
  },
  {
    why: 'a gateway in front: its SPF is not ours to count',
    text: inGmail(['spf=pass gateway.spf=pass smtp.mailfrom=a@bank.example']),
    rule: 'undetermined',
    level: 'unknown',
  },
]);

table('rows 7 to 10: nothing is reported', [
  { why: '7: our own pass', text: SIGNED, rule: 'checked-pass', level: 'authenticated' },
  {
    why: '7: in a file that says fail',
    text: inGmail([`dmarc=fail ${ABOUT}`], SIGNED),
    receiver: A_FILE,
    rule: 'checked-pass',
    level: 'authenticated',
  },
  { why: '8: no record', text: PLAIN, zone: {}, rule: 'checked-none', level: 'unprotected' },
  {
    why: '8: no record, but the domain’s own signature',
    text: SIGNED,
    zone: NO_RECORD,
    rule: 'checked-none-vouched',
    level: 'unprotected',
  },
  {
    why: '10: SPF cannot be judged, so that nothing is no fail',
    text: PLAIN,
    rule: 'undetermined',
    level: 'unknown',
  },
  { why: '10: a broken signature is no fail either', text: ALTERED, rule: 'undetermined', level: 'unknown' },
  {
    why: '10: a signature of another domain',
    text: BY_SERVICE,
    zone: OTHER_KEY,
    rule: 'undetermined',
    level: 'unknown',
  },
  {
    why: '10: a file that says pass',
    text: inGmail([SPF_ALIGNED, `dmarc=pass ${ABOUT}`]),
    receiver: A_FILE,
    rule: 'undetermined',
    level: 'unknown',
  },
  {
    why: '10: an error on the record, even where a signature is aligned',
    text: SIGNED,
    zone: { ...ZONE, ...ERROR },
    rule: 'unanswered',
    level: 'unknown',
  },
  {
    why: '10: an error on the key',
    text: SIGNED,
    zone: { [DMARC]: REJECT, 's1._domainkey.bank.example': { RCODE: 'TIMEOUT' } },
    rule: 'unanswered',
    level: 'unknown',
  },
]);
