import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Facts, Level } from '../../lib/engine/index.ts';
import { judge } from '../../lib/engine/verdict/judge.ts';
import { signed } from '../unit/engine/dkim/signed-mail.ts';
import { A_FILE, GMAIL_MAILBOX, keyEntry, keys, letter, mail, OUTLOOK_MAILBOX } from '../unit/engine/kit.ts';
import { expectMonotone, expectSound } from '../unit/engine/verdict/soundness.ts';
import {
  ALTERED,
  FORBIDS,
  inGmail,
  inNamed,
  inOutlook,
  lookWhole,
  moments,
  NAMED,
  PERMITS,
  PERSONAL,
  PLAIN,
  SIGNED,
  SPF_FAILS,
  ZONE,
} from '../unit/engine/verdict/verdict-kit.ts';

/** Signatures that are broken are searched for their cause, which takes its time on a busy machine. */
const TIME = 60_000;

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
  signed({ length: 5 }),
  mail([...letter(), 'From: a@evil.example']),
  mail(letter('Bank')),
);

const SIGNER = keyEntry(keys.rsaA);
const KEYS = { 's1._domainkey.service.example': SIGNER, 's1._domainkey.mail.bank.example': SIGNER };
const SENDERS = {
  'mail.bank.example': 'v=spf1 ip4:192.0.2.25 -all',
  'service.example': 'v=spf1 include:_spf.service.example -all',
  '_spf.service.example': 'v=spf1 ip4:192.0.2.25 -all',
};
const zone = fc
  .tuple(
    fc.constantFrom<Readonly<Record<string, unknown>>>(
      {},
      { '_dmarc.bank.example': 'v=DMARC1; p=none; adkim=s; aspf=s' },
      { '_dmarc.bank.example': {} },
      { '_dmarc.bank.example': { RCODE: 'SERVFAIL' } },
      { '_dmarc.mail.bank.example': { RCODE: 'TIMEOUT' } },
      {
        '_dmarc.bank.example': 'v=DMARC1; p=reject; psd=n',
        '_dmarc.mail.bank.example': 'v=DMARC1; psd=n; p=none',
      },
      { 's1._domainkey.bank.example': {} },
      { 's1._domainkey.bank.example': { RCODE: 'TIMEOUT' } },
    ),
    fc.constantFrom<Readonly<Record<string, unknown>>>({}, PERMITS, FORBIDS, PERSONAL, SPF_FAILS),
    fc.constantFrom<Readonly<Record<string, unknown>>>({}, SENDERS),
  )
  .map((parts) => Object.assign({}, ZONE, KEYS, ...parts) as Readonly<Record<string, unknown>>);

const place = fc.constantFrom(
  { write: inGmail, receiver: GMAIL_MAILBOX },
  { write: inGmail, receiver: A_FILE },
  { write: inOutlook, receiver: OUTLOOK_MAILBOX },
  { write: inNamed, receiver: NAMED },
);

const completeness = fc.constantFrom('full', 'full', 'reencoded', 'headers');

/** The same facts with one pass turned into a fail, once for every pass. */
function failing({ evidence, signatures, spf, ...facts }: Facts): Facts[] {
  const lesser: Facts[] = [];
  for (const method of ['spf', 'dmarc'] as const) {
    const reported = evidence[method];
    if (reported?.result !== 'pass') continue;
    const failed = { ...evidence, [method]: { ...reported, result: 'fail' } };
    lesser.push({ ...facts, signatures, spf, evidence: failed });
  }
  for (const [index, reported] of evidence.dkim.entries()) {
    if (reported.result !== 'pass') continue;
    const dkim = evidence.dkim.with(index, { ...reported, result: 'fail' });
    lesser.push({ ...facts, signatures, spf, evidence: { ...evidence, dkim } });
  }
  for (const [index, { claim, check, alterations }] of signatures.entries()) {
    if (check?.result !== 'pass') continue;
    const failed = {
      claim,
      alterations,
      check: { ...check, result: 'fail', reason: 'signature-mismatch' },
    } as const;
    lesser.push({ ...facts, evidence, spf, signatures: signatures.with(index, failed) });
  }
  if (spf.kind === 'judgeable' && spf.mailFrom?.result === 'pass') {
    const mailFrom = { ...spf.mailFrom, result: 'fail' } as const;
    lesser.push({ ...facts, evidence, signatures, spf: { ...spf, mailFrom } });
  }
  return lesser;
}

/** The same facts without one pass, as if nobody had looked. */
function lacking({ evidence, signatures, spf, ...facts }: Facts): Facts[] {
  const lesser: Facts[] = [];
  for (const method of ['spf', 'dmarc'] as const) {
    if (evidence[method]?.result !== 'pass') continue;
    lesser.push({ ...facts, signatures, spf, evidence: { ...evidence, [method]: null } });
  }
  for (const [index, { result }] of evidence.dkim.entries()) {
    if (result !== 'pass') continue;
    // Each reported result has its signer at the same place.
    const reportedSigners = facts.reportedSigners.toSpliced(index, 1);
    const dkim = evidence.dkim.toSpliced(index, 1);
    lesser.push({ ...facts, reportedSigners, signatures, spf, evidence: { ...evidence, dkim } });
  }
  for (const [index, { check }] of signatures.entries()) {
    if (check?.result !== 'pass') continue;
    const unjudged = { ...check, result: 'temperror', reason: 'key-unanswered' } as const;
    const signature = { claim: check, check: unjudged, alterations: null };
    lesser.push({ ...facts, evidence, spf, signatures: signatures.with(index, signature) });
  }
  if (spf.kind === 'judgeable' && spf.mailFrom?.result === 'pass') {
    const withheld = { ...spf.mailFrom, result: 'withheld', reason: 'sender-withheld' } as const;
    lesser.push({ ...facts, evidence, signatures, spf: { ...spf, mailFrom: withheld } });
    lesser.push({ ...facts, evidence, signatures, spf: { kind: 'not-judgeable', why: 'no-mail-from' } });
  }
  return lesser;
}

it(
  'a mail is never judged better for a pass that failed',
  async () => {
    let compared = 0;
    let bySpf = 0;
    await fc.assert(
      fc.asyncProperty(
        results,
        text,
        zone,
        place,
        completeness,
        async (reported, letterText, records, { write, receiver }, octets) => {
          const looked = { zone: records, receiver, completeness: octets };
          const { facts, verdict } = await lookWhole(write(reported, letterText), looked);
          for (const lesser of failing(facts)) {
            compared++;
            if (lesser.spf !== facts.spf) bySpf++;
            expect(RANK[judge(lesser).level]).toBeLessThanOrEqual(RANK[verdict.level]);
            expect(RANK[judge(lesser).checkedLevel]).toBeLessThanOrEqual(RANK[verdict.checkedLevel]);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(200);
    expect(bySpf).toBeGreaterThan(20);
  },
  TIME,
);

it(
  'a pass less never vouches for a mail, nor accuses it: what is missing is unknown',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        results,
        text,
        zone,
        place,
        completeness,
        async (reported, letterText, records, { write, receiver }, octets) => {
          const looked = { zone: records, receiver, completeness: octets };
          const { facts, verdict } = await lookWhole(write(reported, letterText), looked);
          const before = verdict.level === 'failed' ? RANK.unknown : RANK[verdict.level];
          for (const lesser of lacking(facts)) {
            const { level, checkedLevel } = judge(lesser);
            expect(RANK[level]).toBeLessThanOrEqual(before);
            // Our own pass that nobody could judge is no fail of ours; the receiver's word is not ours.
            const isOurs = lesser.evidence === facts.evidence;
            if (isOurs) expect(checkedLevel).not.toBe('failed');
          }
        },
      ),
      { numRuns: 300 },
    );
  },
  TIME,
);

it(
  'a file never makes a mail better or worse than our own check does',
  async () => {
    await fc.assert(
      fc.asyncProperty(results, text, zone, completeness, async (reported, letterText, records, octets) => {
        const looked = { zone: records, receiver: A_FILE, completeness: octets };
        const { facts, verdict } = await lookWhole(inGmail(reported, letterText), looked);
        if (facts.authors.kind === 'one') expect(verdict.level).toBe(verdict.checkedLevel);
        else expect(verdict.level).toBe('unknown');
        expect(verdict.level).not.toBe('failed');
      }),
      { numRuns: 200 },
    );
  },
  TIME,
);

const host = fc.constantFrom('mail.bank.example', 'mx.evil.example', 'localhost', '[192.0.2.1]');
const border = fc
  .record({
    ip: fc.constantFrom('192.0.2.25', '203.0.113.1', '10.0.0.1', 'IPv6:2001:db8::1'),
    helo: host,
    by: fc.constantFrom(
      'mx.google.com',
      'DB3EUR04FT012.mail.protection.outlook.com',
      'mx1.messagingengine.com',
      'mx.lakeside.example',
    ),
    mailFrom: fc.constantFrom('a@bank.example', 'a@service.example', '', 'bank.example'),
    said: results,
    hops: fc.array(host, { maxLength: 2 }),
  })
  .map(({ ip, helo, by, mailFrom, said, hops }) => {
    const date = 'Fri, 20 Nov 2026 07:04:16 +0000';
    const result = [by === 'mx.google.com' || !by.endsWith('.com') ? by : 'mx1.messagingengine.com', ...said];
    return [
      ...hops.map((hop) => `Received: by ${hop} with SMTP id 1; ${date}`),
      `Return-Path: <${mailFrom}>`,
      `Authentication-Results: ${result.join('; ')}`,
      `Received: from ${helo} (${helo} [${ip}]) by ${by} with ESMTPS id 2; ${date}`,
      `Received-SPF: pass (google.com: ok) client-ip=${ip};`,
      `Authentication-Results: ${result.join('; ')}`,
      'X-MS-Exchange-Organization-AuthAs: Anonymous',
    ].join('\r\n');
  });

it(
  'nothing that a file says of its border, MAIL FROM or hops changes the level',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        border,
        text,
        zone,
        fc.constantFrom('detect', 'gmail', 'outlook', 'fastmail', 'mx.lakeside.example'),
        async (block, letterText, records, id) => {
          const receiver = { id, basis: 'file' } as const;
          const bare = await lookWhole(letterText, { zone: records, receiver });
          const { verdict } = await lookWhole(`${block}\r\n${letterText}`, { zone: records, receiver });
          const { level, rule, checkedLevel } = bare.verdict;
          expect(verdict).toMatchObject({ level, rule, checkedLevel });
        },
      ),
      { numRuns: 300 },
    );
  },
  TIME,
);

it(
  'the same facts give the same verdict, which is sound at every moment',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        results,
        text,
        zone,
        place,
        completeness,
        async (reported, letterText, records, { write, receiver }, octets) => {
          const looked = { zone: records, receiver, completeness: octets };
          const told = await moments(write(reported, letterText), looked);
          for (const examination of told) {
            expectSound(examination);
            expect(judge(examination.facts)).toEqual(examination.verdict);
          }
          expectMonotone(told);
        },
      ),
      { numRuns: 300 },
    );
  },
  TIME,
);
