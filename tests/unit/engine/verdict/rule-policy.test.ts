/** What leaves the level as it is: that nobody delivered the mail, and what the policy asks. */
import { A_FILE, letter, mail } from '../kit.ts';
import { table } from './rule-table.ts';
import { ELSEWHERE, inGmail, PLAIN, REJECT, SIGNED, SPF_FAIL, SPF_OTHER, ZONE } from './verdict-kit.ts';

const UNKNOWN = { rule: 'undetermined', level: 'unknown' } as const;
const CHECKED_PASS = { rule: 'checked-pass', level: 'authenticated' } as const;
const CHECKED_FAIL = { rule: 'checked-fail', level: 'failed' } as const;
const IN_FILE = { receiver: A_FILE } as const;
const UNREPORTED = (spf: string, text?: string) => inGmail([spf, ELSEWHERE], text);

table('a mail that nobody delivered', [
  {
    why: 'the missing proofs are not told, nor a logo that nobody is to show',
    text: PLAIN,
    zone: { ...ZONE, 'default._bimi.bank.example': 'v=BIMI1; l=https://bank.example/logo.svg' },
    ...UNKNOWN,
    says: ['author', 'policy-reject', 'not-received'],
    never: ['dmarc-open', 'dkim-none', 'spf-not-reported', 'bimi-hidden', 'no-report'],
  },
  {
    why: 'without a record, as the table has it',
    text: PLAIN,
    zone: {},
    rule: 'checked-none',
    level: 'unprotected',
    says: ['not-received', 'policy-missing'],
  },
]);

const QUARANTINE = { ...ZONE, '_dmarc.bank.example': 'v=DMARC1; p=quarantine; t=y; pct=0' };
table('the policy changes what is asked, never the level', [
  { why: 'a pass', text: SIGNED, ...IN_FILE, zone: QUARANTINE, ...CHECKED_PASS, says: ['policy-testing'] },
  { why: 'a fail', text: UNREPORTED(SPF_FAIL), zone: QUARANTINE, ...CHECKED_FAIL, says: ['policy-obsolete'] },
  {
    why: 'of a name that does not exist',
    text: inGmail([SPF_OTHER, ELSEWHERE], mail(letter('a@nowhere.bank.example'))),
    zone: { ...ZONE, '_dmarc.bank.example': `${REJECT}; np=none` },
    ...CHECKED_FAIL,
    says: ['policy-nonexistent', 'policy-none'],
  },
]);
