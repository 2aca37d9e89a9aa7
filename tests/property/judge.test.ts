import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Facts, Level } from '../../lib/engine/index.ts';
import { judge } from '../../lib/engine/verdict/judge.ts';
import { signed } from '../unit/engine/dkim/signed-mail.ts';
import {
  A_FILE,
  GMAIL_MAILBOX,
  keyEntry,
  keys,
  letter,
  look,
  mail,
  OUTLOOK_MAILBOX,
} from '../unit/engine/kit.ts';
import {
  ALTERED,
  inGmail,
  inNamed,
  inOutlook,
  PLAIN,
  SIGNED,
  ZONE,
} from '../unit/engine/verdict/verdict-kit.ts';

/** From the best that can be said of a mail to the worst. */
const RANK: Readonly<Record<Level, number>> = { authenticated: 3, unprotected: 2, unknown: 1, failed: 0 };

const WORDS = [
  'pass',
  'fail',
  'none',
  'temperror',
  'permerror',
  'neutral',
  'bestguesspass',
  'perhaps',
] as const;
const DOMAINS = ['bank.example', 'mail.bank.example', 'service.example'] as const;

const results = fc
  .record({
    spf: fc.option(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...DOMAINS))),
    dkim: fc.array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...DOMAINS)), { maxLength: 3 }),
    dmarc: fc.option(fc.constantFrom(...WORDS)),
  })
  .map(({ spf, dkim, dmarc }) => [
    ...(spf === null ? [] : [`spf=${spf[0]} smtp.mailfrom=a@${spf[1]}`]),
    ...dkim.map(([word, domain]) => `dkim=${word} header.d=${domain}`),
    ...(dmarc === null ? [] : [`dmarc=${dmarc} header.from=bank.example`]),
  ]);

const text = fc.constantFrom(
  PLAIN,
  SIGNED,
  ALTERED,
  signed({ domain: 'service.example' }),
  signed({ domain: 'mail.bank.example' }, SIGNED),
  mail([...letter(), 'From: a@evil.example']),
  mail(letter('Bank')),
);

const SIGNER = keyEntry(keys.rsaA);
const KEYS = { 's1._domainkey.service.example': SIGNER, 's1._domainkey.mail.bank.example': SIGNER };
const zone = fc.constantFrom(
  { ...ZONE, ...KEYS },
  { ...ZONE, ...KEYS, '_dmarc.bank.example': 'v=DMARC1; p=none; adkim=s; aspf=s' },
  { ...ZONE, ...KEYS, '_dmarc.bank.example': {} },
  { ...ZONE, ...KEYS, '_dmarc.bank.example': { RCODE: 'SERVFAIL' } },
  { ...ZONE, ...KEYS, '_dmarc.mail.bank.example': { RCODE: 'TIMEOUT' } },
);

const place = fc.constantFrom(
  { write: inGmail, receiver: GMAIL_MAILBOX },
  { write: inGmail, receiver: A_FILE },
  { write: inOutlook, receiver: OUTLOOK_MAILBOX },
  { write: inNamed, receiver: { id: 'mx.lakeside.example', basis: 'mailbox' } as const },
);

/** The same facts with one pass turned into a fail, once for every pass. */
function failing({ evidence, signatures, ...facts }: Facts): Facts[] {
  const lesser: Facts[] = [];
  for (const method of ['spf', 'dmarc'] as const) {
    const reported = evidence[method];
    if (reported?.result !== 'pass') continue;
    const failed = { ...evidence, [method]: { ...reported, result: 'fail' } };
    lesser.push({ ...facts, signatures, evidence: failed });
  }
  for (const [index, reported] of evidence.dkim.entries()) {
    if (reported.result !== 'pass') continue;
    const dkim = evidence.dkim.with(index, { ...reported, result: 'fail' });
    lesser.push({ ...facts, signatures, evidence: { ...evidence, dkim } });
  }
  for (const [index, { claim, check }] of signatures.entries()) {
    if (check?.result !== 'pass') continue;
    const failed = { claim, check: { ...check, result: 'fail', reason: 'signature-mismatch' } } as const;
    lesser.push({ ...facts, evidence, signatures: signatures.with(index, failed) });
  }
  return lesser;
}

/** The same facts without one pass, as if nobody had looked. */
function lacking({ evidence, signatures, ...facts }: Facts): Facts[] {
  const lesser: Facts[] = [];
  for (const method of ['spf', 'dmarc'] as const) {
    if (evidence[method]?.result !== 'pass') continue;
    lesser.push({ ...facts, signatures, evidence: { ...evidence, [method]: null } });
  }
  for (const [index, { result }] of evidence.dkim.entries()) {
    if (result !== 'pass') continue;
    // Each reported result has its signer at the same place.
    const reportedSigners = facts.reportedSigners.toSpliced(index, 1);
    const dkim = evidence.dkim.toSpliced(index, 1);
    lesser.push({ ...facts, reportedSigners, signatures, evidence: { ...evidence, dkim } });
  }
  for (const [index, { check }] of signatures.entries()) {
    if (check?.result === 'pass') {
      lesser.push({ ...facts, evidence, signatures: signatures.toSpliced(index, 1) });
    }
  }
  return lesser;
}

it('a mail is never judged better for a pass that failed', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      results,
      text,
      zone,
      place,
      async (reported, letterText, records, { write, receiver }) => {
        const { facts, verdict } = await look(write(reported, letterText), { zone: records, receiver });
        for (const lesser of failing(facts)) {
          compared++;
          expect(RANK[judge(lesser).level]).toBeLessThanOrEqual(RANK[verdict.level]);
          expect(RANK[judge(lesser).checkedLevel]).toBeLessThanOrEqual(RANK[verdict.checkedLevel]);
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(200);
});

it('a pass less never vouches for a mail, nor accuses it: what is missing is unknown', async () => {
  await fc.assert(
    fc.asyncProperty(
      results,
      text,
      zone,
      place,
      async (reported, letterText, records, { write, receiver }) => {
        const { facts, verdict } = await look(write(reported, letterText), { zone: records, receiver });
        const before = verdict.level === 'failed' ? RANK.unknown : RANK[verdict.level];
        for (const lesser of lacking(facts)) {
          expect(RANK[judge(lesser).level]).toBeLessThanOrEqual(before);
          expect(judge(lesser).checkedLevel).not.toBe('failed');
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('a file never makes a mail better than our own check does', async () => {
  await fc.assert(
    fc.asyncProperty(results, text, zone, async (reported, letterText, records) => {
      const { verdict } = await look(inGmail(reported, letterText), { zone: records, receiver: A_FILE });
      expect(RANK[verdict.level]).toBeLessThanOrEqual(RANK[verdict.checkedLevel]);
    }),
    { numRuns: 200 },
  );
});

it('the same facts give the same verdict, and every finding rests on what is there', async () => {
  await fc.assert(
    fc.asyncProperty(
      results,
      text,
      zone,
      place,
      async (reported, letterText, records, { write, receiver }) => {
        const { facts, verdict } = await look(write(reported, letterText), { zone: records, receiver });
        expect(judge(facts)).toEqual(verdict);
        for (const { because } of verdict.findings) {
          for (const field of because.fields) expect(facts.message.fields[field]).toBeDefined();
          for (const index of because.dns) expect(facts.dns[index]).toBeTruthy();
        }
      },
    ),
    { numRuns: 200 },
  );
});
