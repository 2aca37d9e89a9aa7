/** Rows 3 to 10 of the table of levels where DNS fails altogether: a silence takes nothing back and makes nothing up. */
import { describe, expect, it } from 'vitest';
import type { Level, Rcode, Rule } from '../../../../lib/engine/index.ts';
import { A_FILE, OUTLOOK_MAILBOX, type Row, rows } from '../kit.ts';
import { silence } from './silence.ts';
import { expectMonotone, expectSound } from './soundness.ts';
import {
  ABOUT,
  DKIM_ALIGNED,
  ELSEWHERE,
  FAIL,
  inGmail,
  inNamed,
  inOutlook,
  type Looked,
  moments,
  NAMED,
  PASSED,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
} from './verdict-kit.ts';

const SILENT = [
  'OFFLINE',
  'PORTAL',
  'UNREACHABLE',
  'TIMEOUT',
  'HTTP',
  'REFUSED',
  'TRUNCATED',
  'MALFORMED',
  'FORMERR',
  'NOTIMP',
  'OTHER',
  'SERVFAIL',
] as const satisfies readonly Rcode[];

interface Delivery extends Row, Looked {
  readonly text: string;
  readonly rule: Rule;
  readonly level: Level;
  /** The receiver's word decided, and the reader is told so. */
  readonly stands?: true;
}

const DELIVERIES: readonly Delivery[] = [
  { why: '3: pass', text: PASSED, rule: 'reported-pass', level: 'authenticated', stands: true },
  {
    why: '4: fail',
    text: inGmail([SPF_FAIL, DKIM_ALIGNED, FAIL], SIGNED),
    rule: 'reported-fail',
    level: 'failed',
    stands: true,
  },
  {
    why: '5: no result at Gmail',
    text: inGmail([SPF_OTHER]),
    rule: 'reported-none',
    level: 'unprotected',
    stands: true,
  },
  {
    why: '5: none',
    text: inOutlook([`dmarc=none ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    rule: 'reported-none',
    level: 'unprotected',
    stands: true,
  },
  {
    why: '5: none, and the domain’s own SPF passed',
    text: inGmail([SPF_ALIGNED]),
    rule: 'reported-none-vouched',
    level: 'unprotected',
    stands: true,
  },
  {
    why: '6: temperror',
    text: inGmail([SPF_ALIGNED, `dmarc=temperror ${ABOUT}`]),
    rule: 'unanswered',
    level: 'unknown',
  },
  {
    why: '6: permerror',
    text: inGmail([SPF_ALIGNED, `dmarc=permerror ${ABOUT}`], SIGNED),
    rule: 'unanswered',
    level: 'unknown',
  },
  {
    why: '6: a receiver that does not judge DMARC',
    text: inNamed(['spf=pass smtp.mailfrom=bank.example']),
    receiver: NAMED,
    rule: 'unanswered',
    level: 'unknown',
  },
  {
    why: '7 to 10: nothing reported',
    text: inGmail([SPF_FAIL, ELSEWHERE], SIGNED),
    rule: 'unanswered',
    level: 'unknown',
  },
  { why: '7 to 10: a file', text: PASSED, receiver: A_FILE, rule: 'unanswered', level: 'unknown' },
  {
    why: '7 to 10: headers alone',
    text: inGmail([SPF_FAIL, ELSEWHERE], SIGNED),
    completeness: 'headers',
    rule: 'unanswered',
    level: 'unknown',
  },
];

describe.each(SILENT)('where every question ends in %s', (rcode) => {
  const ports = { resolve: silence(rcode) };

  it.each(rows(DELIVERIES))('%s', async (_, { text, rule, level, stands = false, ...looked }) => {
    const told = await moments(text, { ...looked, ports });
    for (const examination of told) expectSound(examination);
    expectMonotone(told);
    const verdict = told.at(-1)?.verdict;
    expect({ rule: verdict?.rule, level: verdict?.level }).toEqual({ rule, level });
    expect(verdict?.checkedLevel).toBe('unknown');
    const codes = verdict?.findings.map(({ code }) => code) ?? [];
    expect(codes.filter((code) => code.startsWith('dns-'))).toEqual([
      rcode === 'SERVFAIL' ? 'dns-servfail' : 'dns-unanswered',
    ]);
    expect(codes.includes('now-unanswered')).toBe(stands);
    for (const code of [
      'policy-missing',
      'dkim-key-missing',
      'spf-none',
      'published-since',
      'now-record-gone',
      // It would say that there is a record.
      'spf-helo',
    ]) {
      expect(codes).not.toContain(code);
    }
    // "No record" only as the receiver's own word.
    if (level !== 'unprotected') expect(codes).not.toContain('dmarc-none');
  });
});
