/** Row 5 of the table of levels: no record, says the receiver. */
import { OUTLOOK_MAILBOX } from '../kit.ts';
import { table } from './rule-table.ts';
import {
  ABOUT,
  DKIM_ALIGNED,
  inGmail,
  inOutlook,
  KEY_FAILS,
  NO_RECORD,
  PERMITS,
  RECORD_FAILS,
  SIGNED,
  SPF_ALIGNED,
  SPF_OTHER,
} from './verdict-kit.ts';

const NONE = { rule: 'reported-none', level: 'unprotected' } as const;
const VOUCHED = { rule: 'reported-none-vouched', level: 'unprotected' } as const;
const AT_OUTLOOK = { receiver: OUTLOOK_MAILBOX, zone: { 'mail.bank.example': {} } } as const;

table('row 5: no record, says the receiver', [
  {
    why: 'dmarc=none',
    text: inOutlook([`dmarc=none action=none ${ABOUT}`]),
    ...AT_OUTLOOK,
    ...NONE,
    now: ['now-agrees'],
  },
  {
    why: 'dmarc=bestguesspass',
    text: inOutlook([`dmarc=bestguesspass action=none ${ABOUT}`]),
    ...AT_OUTLOOK,
    ...NONE,
    now: ['now-agrees'],
  },
  {
    why: 'absent at Gmail, which always writes it',
    text: inGmail([SPF_OTHER]),
    zone: {},
    ...NONE,
    alone: 'unprotected',
    now: ['now-agrees'],
  },
  {
    why: 'the domain’s own SPF passed all the same',
    text: inGmail([SPF_ALIGNED]),
    zone: {},
    ...VOUCHED,
    now: ['now-agrees'],
  },
  {
    why: 'the domain’s own DKIM passed all the same',
    text: inGmail([DKIM_ALIGNED]),
    zone: {},
    ...VOUCHED,
    now: ['now-agrees'],
  },
  {
    why: 'the domain’s own DKIM passes here',
    text: inGmail([SPF_OTHER], SIGNED),
    zone: NO_RECORD,
    ...VOUCHED,
    now: ['now-agrees'],
  },
  {
    why: 'the domain’s own SPF passes here',
    text: inGmail(['spf=temperror smtp.mailfrom=a@bank.example']),
    zone: PERMITS,
    ...VOUCHED,
    now: ['now-agrees'],
  },
  {
    why: 'a record found now does not change it',
    text: inGmail([SPF_OTHER]),
    ...NONE,
    alone: 'failed',
    now: ['published-since'],
    says: ['dmarc-none-then'],
  },
  {
    why: 'a record found now, by which it would pass',
    text: inGmail([SPF_ALIGNED], SIGNED),
    ...VOUCHED,
    alone: 'authenticated',
    now: ['published-since'],
  },
  {
    why: 'a record found now, and the key does not answer',
    text: inGmail([SPF_OTHER], SIGNED),
    zone: KEY_FAILS,
    ...NONE,
    alone: 'unknown',
    now: ['published-since'],
  },
  {
    why: 'DNS fails now',
    text: inGmail([SPF_OTHER]),
    zone: RECORD_FAILS,
    ...NONE,
    alone: 'unknown',
    now: ['now-unanswered'],
  },
]);
