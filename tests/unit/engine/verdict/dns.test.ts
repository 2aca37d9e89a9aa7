/** What DNS leaves open: what is told of it, once, and why. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../lib/engine/index.ts';
import { signed } from '../dkim/signed-mail.ts';
import { A_FILE, letter, mail, type Row, rows } from '../kit.ts';
import { silentAt } from './silence.ts';
import { expectSound } from './soundness.ts';
import {
  DMARC,
  FAIL,
  inGmail,
  KEY_FAILS,
  type Looked,
  lookWhole,
  NO_RECORD,
  PASS,
  PASSED,
  PERMITS,
  PLAIN,
  RECORD_FAILS,
  REJECT,
  SIGNED,
  SPF_FAIL,
  SPF_FAILS,
  ZONE,
} from './verdict-kit.ts';

const KEY = { kind: 'key', domain: 'bank.example', selector: 's1' } as const;
const RECORD = { kind: 'dmarc', domain: 'bank.example' } as const;
const SPF = { kind: 'spf', domain: 'bank.example' } as const;
const ALL = [RECORD, KEY, SPF];

function ofDns(findings: readonly Finding[]) {
  return findings.filter(({ code }) => code.startsWith('dns-')).map(({ code, params }) => ({ code, params }));
}

const SEVERAL = mail(letter('a@bank.example, b@evil.example'));

interface Case extends Row {
  readonly text: string;
  readonly looked: Looked;
  readonly tells: readonly { readonly code: string; readonly params: unknown }[];
}

const unanswered = (why: string, ...open: readonly unknown[]) => ({
  code: 'dns-unanswered',
  params: { open, why: `dns-${why}` },
});
const servfail = (...open: readonly unknown[]) => ({ code: 'dns-servfail', params: { open } });
const QUESTIONS = {
  [DMARC]: 'TIMEOUT',
  's1._domainkey.bank.example': 'TIMEOUT',
  'bank.example': 'TIMEOUT',
} as const;

describe('what is open is told once, with its cause', () => {
  it.each(
    rows<Case>([
      { why: 'nothing', text: PASSED, looked: { zone: { ...ZONE, ...PERMITS } }, tells: [] },
      {
        why: 'everything, in one sentence',
        text: PASSED,
        looked: silentAt({ ...ZONE, ...PERMITS }, QUESTIONS),
        tells: [unanswered('timeout', ...ALL)],
      },
      {
        why: 'the record',
        text: PASSED,
        looked: { zone: { ...RECORD_FAILS, ...PERMITS } },
        tells: [servfail(RECORD)],
      },
      { why: 'a key', text: PASSED, looked: { zone: KEY_FAILS }, tells: [unanswered('timeout', KEY)] },
      { why: 'SPF', text: PASSED, looked: { zone: { ...ZONE, ...SPF_FAILS } }, tells: [servfail(SPF)] },
      {
        why: 'SPF by a record that it includes',
        text: PASSED,
        looked: silentAt(
          { ...ZONE, 'bank.example': 'v=spf1 include:_spf.service.example -all' },
          { '_spf.service.example': 'REFUSED' },
        ),
        tells: [unanswered('refused', SPF)],
      },
      {
        why: 'SPF by a host that it names',
        text: PASSED,
        looked: silentAt(
          { ...ZONE, 'bank.example': 'v=spf1 a:out.bank.example -all' },
          { 'out.bank.example': 'HTTP' },
        ),
        tells: [unanswered('error', SPF)],
      },
      {
        why: 'two causes, the reader’s side of it first',
        text: PASSED,
        looked: silentAt(ZONE, {
          [DMARC]: 'SERVFAIL',
          's1._domainkey.bank.example': 'MALFORMED',
          'bank.example': 'TRUNCATED',
        }),
        tells: [unanswered('truncated', SPF), unanswered('malformed', KEY), servfail(RECORD)],
      },
      {
        why: 'one name of the walk, above the record: nothing rests on it',
        text: PASSED,
        looked: silentAt({ ...ZONE, ...PERMITS }, { '_dmarc.example': 'TIMEOUT' }),
        tells: [],
      },
      {
        why: 'one name of the walk, on which alignment rests',
        text: inGmail(['spf=pass smtp.mailfrom=a@mail.bank.example', PASS]),
        looked: silentAt({ [DMARC]: REJECT }, { '_dmarc.example': 'TIMEOUT' }),
        tells: [unanswered('timeout', RECORD)],
      },
      {
        why: 'the walk of another name alone, on which alignment rests',
        text: inGmail(['spf=pass smtp.mailfrom=a@mail.bank.example', PASS]),
        looked: silentAt({ [DMARC]: REJECT }, { '_dmarc.mail.bank.example': 'TIMEOUT' }),
        tells: [unanswered('timeout', { kind: 'dmarc', domain: 'mail.bank.example' })],
      },
      {
        why: 'whether a name exists, on which the policy rests',
        text: inGmail(
          [SPF_FAIL, 'dmarc=fail header.from=pay.bank.example'],
          mail(letter('a@pay.bank.example')),
        ),
        looked: silentAt({ [DMARC]: 'v=DMARC1; p=none; np=reject' }, { 'pay.bank.example': 'TIMEOUT' }),
        tells: [unanswered('timeout', { kind: 'dmarc', domain: 'pay.bank.example' })],
      },
      {
        why: 'one key under two signatures: once',
        text: inGmail([SPF_FAIL, FAIL], signed({}, SIGNED)),
        looked: { zone: KEY_FAILS },
        tells: [unanswered('timeout', KEY)],
      },
      {
        why: 'SPF of a file, which counts for nothing there',
        text: PASSED,
        looked: { zone: { ...ZONE, ...SPF_FAILS }, receiver: A_FILE },
        tells: [],
      },
      {
        why: 'HELO alone, which counts for nobody',
        text: PASSED,
        looked: silentAt({ ...ZONE, ...PERMITS }, { 'mail.bank.example': 'TIMEOUT' }),
        tells: [],
      },
      {
        why: 'the logo alone, which decides nothing',
        text: PASSED,
        looked: silentAt({ ...ZONE, ...PERMITS }, { 'default._bimi.bank.example': 'TIMEOUT' }),
        tells: [],
      },
      {
        why: 'several author domains: SPF and signatures are judged all the same',
        text: inGmail([SPF_FAIL], SEVERAL),
        looked: { zone: { ...ZONE, ...SPF_FAILS } },
        tells: [servfail(SPF)],
      },
      {
        why: 'nobody named as author: nothing is judged, and nothing is missing',
        text: inGmail([SPF_FAIL], mail(letter('Bank'))),
        looked: { zone: SPF_FAILS },
        tells: [],
      },
      {
        why: 'no record at all is no silence',
        text: inGmail([SPF_FAIL, FAIL], PLAIN),
        looked: { zone: NO_RECORD },
        tells: [],
      },
    ]),
  )('%s', async (_, { text, looked, tells }) => {
    const examination = await lookWhole(text, looked);
    expectSound(examination);
    const { verdict, facts } = examination;
    expect(ofDns(verdict.findings)).toEqual(tells);
    for (const { code, because } of verdict.findings) {
      if (!code.startsWith('dns-')) continue;
      expect(because.dns.length).toBeGreaterThan(0);
      for (const at of because.dns) expect(['NOERROR', 'NXDOMAIN']).not.toContain(facts.dns[at]?.rcode);
    }
  });
});

it('the logo is told only where nothing else is open', async () => {
  const logo = { 'default._bimi.bank.example': 'TIMEOUT' } as const;
  const codesOf = async (looked: Looked): Promise<readonly string[]> =>
    (await lookWhole(PASSED, looked)).verdict.findings.map(({ code }) => code);
  expect(await codesOf(silentAt({ ...ZONE, ...PERMITS }, logo))).toContain('bimi-unanswered');
  expect(await codesOf(silentAt(KEY_FAILS, logo))).not.toContain('bimi-unanswered');
});
