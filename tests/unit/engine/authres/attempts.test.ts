/** Attempts that must fail: what a sender may try so that a mail is taken for the bank's. */
import { describe, expect, it } from 'vitest';
import type { Receiver } from '../../../../lib/engine/index.ts';
import {
  A_FILE,
  GMAIL_MAILBOX,
  gmailBlock,
  letter,
  look,
  mail,
  OUTLOOK_MAILBOX,
  type Row,
  rows,
} from '../kit.ts';
import { KNOWN_BLOCKS } from './known-kit.ts';
import {
  evidenceOf,
  GMAIL_FAIL,
  GMAIL_FORGED,
  GMAIL_FORGED_PAIR,
  MICROSOFT_FAIL,
  MICROSOFT_FORGED,
  outcome,
  result,
  without,
  ZONE,
} from './trust-kit.ts';

const NAMED: Receiver = { id: 'mx.lakeside.example', basis: 'mailbox' };
const NAMED_BORDER =
  'Received: from evil.example (unknown [192.0.2.66]) by mx.lakeside.example (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 07:04:16 +0000';
const NAMED_FAIL = [result('mx.lakeside.example', 'dmarc=fail header.from=bank.example'), NAMED_BORDER];
const NAMED_PASS = result('mx.lakeside.example');
const MICROSOFT_PASS =
  'Authentication-Results: spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=bank.example; dmarc=pass header.from=bank.example';
const FOREIGN = 'Received: from a (a [192.0.2.1]) by b.example with SMTP; Fri, 20 Nov 2026 07:04:16 +0000';

interface Attempt extends Row {
  readonly receiver: Receiver;
  readonly fields: readonly string[];
  readonly from?: string;
}

async function tried({ receiver, fields, from }: Attempt) {
  return look(mail([...fields, ...letter(from)]), { zone: ZONE, receiver });
}

/** The receiver said fail, and that is what counts. */
function failsAsReported(attempts: readonly Attempt[]): void {
  it.each(rows(attempts))('%s', async (_, attempt) => {
    expect(outcome(await tried(attempt))).toMatchObject({ basis: 'mailbox', dmarc: 'fail', level: 'failed' });
  });
}

/**
 * The receiver said nothing, and nothing is what counts: the level is that of our own check, which fails where the
 * border is the receiver's, and cannot be made where there is none.
 */
function reportsNothing(level: 'unknown' | 'failed', attempts: readonly Attempt[]): void {
  it.each(rows(attempts))('%s', async (_, attempt) => {
    const examination = await tried(attempt);
    expect(outcome(examination)).toMatchObject({ basis: null, dmarc: null, level });
    expect(examination.facts.evidence).toMatchObject({ spf: null, dkim: [], absentDmarcMeansNone: false });
  });
}

describe('A-R, or border and A-R, below the true block', () => {
  failsAsReported([
    {
      why: 'Gmail: a result',
      receiver: GMAIL_MAILBOX,
      fields: [...GMAIL_FAIL, result('mx.google.com')],
    },
    {
      why: 'Gmail: border and result',
      receiver: GMAIL_MAILBOX,
      fields: [...GMAIL_FAIL, ...GMAIL_FORGED_PAIR],
    },
    { why: 'Gmail: a whole block', receiver: GMAIL_MAILBOX, fields: [...GMAIL_FAIL, ...GMAIL_FORGED] },
    { why: 'Microsoft: a result', receiver: OUTLOOK_MAILBOX, fields: [...MICROSOFT_FAIL, MICROSOFT_PASS] },
    {
      why: 'Microsoft: a whole block',
      receiver: OUTLOOK_MAILBOX,
      fields: [...MICROSOFT_FAIL, ...MICROSOFT_FORGED.slice(0, -1)],
    },
    { why: 'by name: a result', receiver: NAMED, fields: [...NAMED_FAIL, NAMED_PASS] },
    {
      why: 'by name: border and result',
      receiver: NAMED,
      fields: [...NAMED_FAIL, NAMED_PASS, NAMED_BORDER],
    },
    ...Object.entries(KNOWN_BLOCKS).map(([id, { fields }]) => ({
      why: `${id}: a whole block`,
      receiver: { id, basis: 'mailbox' } as const,
      fields: [...fields.map((line) => line.replace('dmarc=pass', 'dmarc=fail')), ...fields],
    })),
  ]);

  it('a second AuthAs of the sender’s takes the result away, and puts none in its place', async () => {
    const fields = [...MICROSOFT_FAIL, ...MICROSOFT_FORGED];
    const found = outcome(await tried({ why: '', receiver: OUTLOOK_MAILBOX, fields }));
    expect(found).toMatchObject({ basis: null, dmarc: null });
    expect(found.level).not.toBe('authenticated');
  });
});

describe('look-alike id, host suffix', () => {
  const ids = [
    'mx.googIe.com',
    'mx.google.com.evil.example',
    'evil-mx.google.com',
    'google.com',
    '"mx.google.com"',
    '=?utf-8?q?mx.google.com?=',
    'mx.google.com.',
  ];
  reportsNothing(
    'failed',
    ids.map((id) => ({
      why: `the id ${id}`,
      receiver: GMAIL_MAILBOX,
      fields: without(GMAIL_FORGED, /^ARC-/).map((line) =>
        line.replace('Results: mx.google.com', `Results: ${id}`),
      ),
    })),
  );
  const hosts = ['mx.google.com.evil.example', 'xmx.google.com', 'google.com', 'mx.google.com.'];
  reportsNothing(
    'unknown',
    hosts.map((host) => ({
      why: `the border of Gmail by ${host}`,
      receiver: GMAIL_MAILBOX,
      fields: GMAIL_FORGED.map((line) => line.replace('by mx.google.com', `by ${host}`)),
    })),
  );
  const microsoft = ['mail.protection.outlook.com.evil.example', 'evilmail.protection.outlook.com'];
  reportsNothing(
    'unknown',
    microsoft.map((host) => ({
      why: `the border of Microsoft by ${host}`,
      receiver: OUTLOOK_MAILBOX,
      fields: MICROSOFT_FORGED.map((line) => line.replace('DB3EUR04FT012.mail.protection.outlook.com', host)),
    })),
  );
});

describe('imported mail with a forged block', () => {
  const imports = [
    ['Received: by 10.2.3.4 with POP3 id x; Fri, 20 Nov 2026 07:04:16 +0000'],
    [
      'Received: by 10.2.3.4 with SMTP id x; Fri, 20 Nov 2026 07:04:16 +0000',
      'X-Gmail-Fetch-Info: n@old.example 1 pop.old.example 995 n',
    ],
    ['Received: from 1 named unknown by gmailapi.google.com with HTTPREST; Fri, 20 Nov 2026 07:04:16 +0000'],
  ];
  reportsNothing(
    'unknown',
    imports.flatMap((fields) =>
      [GMAIL_FORGED, GMAIL_FORGED_PAIR].map((block) => ({
        why: `${block.length} fields behind ${fields.at(-1)?.slice(0, 40)}`,
        receiver: GMAIL_MAILBOX,
        fields: [...fields, ...block],
      })),
    ),
  );

  it('is told as imported', () => {
    for (const fields of imports) {
      expect(evidenceOf([...fields, ...GMAIL_FORGED], GMAIL_MAILBOX).origin).toBe('imported');
    }
  });
});

describe('a wholly made-up .eml with a perfect block', () => {
  it.each<[string, readonly string[]]>([
    ['Gmail', GMAIL_FORGED],
    ['Microsoft', MICROSOFT_FORGED],
    ...Object.entries(KNOWN_BLOCKS).map(([id, { fields }]): [string, readonly string[]] => [id, fields]),
  ])('of %s is what the file says', async (_, fields) => {
    const examination = await tried({ why: '', receiver: A_FILE, fields });
    expect(outcome(examination)).toMatchObject({ basis: 'file', dmarc: 'pass', level: 'unknown' });
  });

  it('of one’s own server is what the file says, too', async () => {
    const receiver: Receiver = { ...A_FILE, trusted: [{ id: 'mx.lakeside.example', ranges: [] }] };
    const fields = [NAMED_PASS, NAMED_BORDER];
    expect(outcome(await tried({ why: '', receiver, fields }))).toMatchObject({
      basis: 'file',
      dmarc: 'pass',
      level: 'unknown',
    });
  });
});

it('SPF from a made-up border in a file', async () => {
  const { verdict, facts } = await tried({ why: '', receiver: A_FILE, fields: GMAIL_FORGED });
  expect(facts.evidence.spf?.result).toBe('pass');
  expect(verdict).toMatchObject({ level: 'unknown', checkedLevel: 'unknown' });
});

describe('mail sent past the gateway with a forged gateway block', () => {
  const trusted = [{ id: 'gw.lakeside.example', ranges: ['198.51.100.0/24'] }];
  const forged = [
    result('gw.lakeside.example'),
    'Received: from mail.bank.example (mail.bank.example [192.0.2.1]) by gw.lakeside.example with ESMTPS id 1; x',
  ];
  failsAsReported([
    { why: 'at Gmail', receiver: { ...GMAIL_MAILBOX, trusted }, fields: [...GMAIL_FAIL, ...forged] },
    {
      why: 'at Microsoft',
      receiver: { ...OUTLOOK_MAILBOX, trusted },
      fields: [...MICROSOFT_FAIL, ...forged],
    },
    {
      why: 'with a hop from the gateway’s addresses above it, which is not the mailbox’s border',
      receiver: { ...GMAIL_MAILBOX, trusted },
      fields: [
        ...GMAIL_FAIL,
        'Received: from gw.lakeside.example (gw.lakeside.example [198.51.100.7]) by mx.google.com with ESMTPS id 2; x',
        ...forged,
      ],
    },
  ]);
});

describe('border missing, foreign Received above a forged pair', () => {
  reportsNothing('unknown', [
    { why: 'at Gmail', receiver: GMAIL_MAILBOX, fields: [FOREIGN, ...GMAIL_FORGED_PAIR] },
    { why: 'at Gmail, a whole block', receiver: GMAIL_MAILBOX, fields: [FOREIGN, ...GMAIL_FORGED] },
    {
      why: 'at Gmail, below its own hop',
      receiver: GMAIL_MAILBOX,
      fields: [...GMAIL_FAIL.slice(0, 3), FOREIGN, ...GMAIL_FORGED_PAIR],
    },
    { why: 'at Microsoft', receiver: OUTLOOK_MAILBOX, fields: [FOREIGN, ...MICROSOFT_FORGED] },
    { why: 'by name', receiver: NAMED, fields: [FOREIGN, NAMED_PASS, NAMED_BORDER] },
    ...Object.entries(KNOWN_BLOCKS).map(([id, { fields }]) => ({
      why: `at ${id}`,
      receiver: { id, basis: 'mailbox' } as const,
      fields: [FOREIGN, ...fields],
    })),
  ]);
});

describe('Gmail mail without Google’s own result', () => {
  const trueBlock = GMAIL_FAIL.slice(0, -2);
  reportsNothing('failed', [
    {
      why: 'a result right below the border',
      receiver: GMAIL_MAILBOX,
      fields: [...trueBlock, result('mx.google.com')],
    },
    {
      why: 'a group of its own right below the border, which the ARC set contradicts',
      receiver: GMAIL_MAILBOX,
      fields: [...trueBlock, ...GMAIL_FORGED_PAIR.slice(1)],
    },
  ]);
  // To us this is a gateway in front, so that SPF cannot be judged either.
  reportsNothing('unknown', [
    {
      why: 'a group for another address',
      receiver: GMAIL_MAILBOX,
      fields: [
        ...without(trueBlock, /^ARC-/),
        ...GMAIL_FORGED_PAIR.slice(1).map((line) => line.replaceAll('192.0.2.25', '192.0.2.99')),
      ],
    },
  ]);
});

describe('second From of another domain', () => {
  it.each([
    [['From: a@evil.example'], []],
    [[], ['From: a@evil.example']],
  ])('%j before and %j behind', async (before, behind) => {
    const block = gmailBlock({ results: ['dmarc=pass header.from=bank.example'] });
    const text = mail([...block, ...before, ...letter(), ...behind]);
    const { verdict } = await look(text, { zone: ZONE, receiver: GMAIL_MAILBOX });
    expect(verdict).toMatchObject({ level: 'unknown', rule: 'authors-several' });
  });
});

describe('digits and letters that IDNA maps onto a brand', () => {
  it.each(['bank①.example', 'ｂank1.example', 'bank\u2081.example'])('%s', async (domain) => {
    const fields = gmailBlock({ results: ['dmarc=pass header.from=bank1.example'] });
    const examination = await tried({ why: '', receiver: GMAIL_MAILBOX, fields, from: `a@${domain}` });
    expect(outcome(examination)).toMatchObject({ basis: null, ignored: ['from-mismatch'], level: 'unknown' });
    expect(examination.verdict.rule).toBe('author-lookalike');
  });
});
