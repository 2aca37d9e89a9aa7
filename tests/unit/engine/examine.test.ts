/** What an examination asks of DNS, and what it never asks: names that hold the sender's address, without consent. */
import { describe, expect, it } from 'vitest';
import { examine, glance, type Ports, type Receiver } from '../../../lib/engine/index.ts';
import { signed } from './dkim/signed-mail.ts';
import { A_FILE, GMAIL_MAILBOX, letter, mail, octets, portsOver, type Row, rows } from './kit.ts';
import {
  ELSEWHERE,
  FAIL,
  inGmail,
  inNamed,
  moments,
  NAMED,
  PASS,
  PASSED,
  REJECT,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
  watch,
  ZONE,
} from './verdict/verdict-kit.ts';

const SENDER = 'naomi.tanaka';
const FROM = mail(letter(`Naomi <${SENDER}@bank.example>`));
const claim = (spf: string) => `spf=${spf} smtp.mailfrom=${SENDER}@bank.example`;

/** A sender's address in every place that has one: From, MAIL FROM, `i=` of the signature. */
const PLACES: readonly (Row & { readonly text: string; readonly receiver: Receiver })[] = [
  {
    why: 'in a Gmail mailbox',
    text: inGmail([claim('pass'), PASS], signed({ identity: `${SENDER}@bank.example` }, FROM)),
    receiver: GMAIL_MAILBOX,
  },
  {
    why: 'where nothing is reported',
    text: inGmail([claim('pass'), ELSEWHERE], FROM),
    receiver: GMAIL_MAILBOX,
  },
  {
    why: 'with a quoted local part',
    text: inGmail([`spf=pass smtp.mailfrom="${SENDER}"@bank.example`, PASS], FROM),
    receiver: GMAIL_MAILBOX,
  },
  { why: 'at a receiver by name', text: inNamed([claim('fail')], FROM), receiver: NAMED },
  { why: 'in a file', text: inGmail([claim('fail'), FAIL], FROM), receiver: A_FILE },
];

const RECORDS: readonly (Row & { readonly zone: Readonly<Record<string, unknown>> })[] = [
  { why: 'exists and the local part', zone: { 'bank.example': 'v=spf1 exists:%{l}.x.example -all' } },
  { why: 'the whole address', zone: { 'bank.example': 'v=spf1 a:%{s}.x.example -all' } },
  { why: 'a part of it, reversed', zone: { 'bank.example': 'v=spf1 mx:%{l1r.}.x.example -all' } },
  { why: 'an include', zone: { 'bank.example': 'v=spf1 include:%{L}.x.example -all' } },
  { why: 'a redirect', zone: { 'bank.example': 'v=spf1 redirect=%{l}.x.example' } },
  { why: 'ptr', zone: { 'bank.example': 'v=spf1 ptr:%{l}.x.example -all' } },
  { why: 'the explanation of a fail', zone: { 'bank.example': 'v=spf1 -all exp=%{l}.x.example' } },
  {
    why: 'a record that another includes',
    zone: {
      'bank.example': 'v=spf1 include:o.example -all',
      'o.example': 'v=spf1 exists:%{s}.%{i}.x.example ~all',
    },
  },
  {
    why: 'a logo for the sender alone',
    zone: { 'default._bimi.bank.example': `v=BIMI1; l=https://bank.example/l.svg; lps=${SENDER}` },
  },
];

const isPersonal = (question: string): boolean => /naomi|tanaka/i.test(question);

describe('without consent no name holds the sender’s address', () => {
  it.each(
    PLACES.flatMap(({ why, ...place }) =>
      RECORDS.map((record): [string, string, typeof place & { zone: Record<string, unknown> }] => [
        why,
        record.why,
        { ...place, zone: { ...ZONE, ...record.zone } },
      ]),
    ),
  )('%s: %s', async (_, __, { text, ...looked }) => {
    const { asked } = await watch(text, looked);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter(isPersonal)).toEqual([]);
  });

  it('and not to say is to say no', async () => {
    const asked: string[] = [];
    const zone = { ...ZONE, 'bank.example': 'v=spf1 exists:%{l}.x.example -all' };
    const { resolve } = portsOver(zone);
    const watching: Ports['resolve'] = (name, type) => {
      asked.push(name);
      return resolve(name, type);
    };
    const source = { octets: octets(inGmail([claim('pass')], FROM)), completeness: 'full' } as const;
    await examine({ ...source, receiver: GMAIL_MAILBOX }, portsOver(zone, { resolve: watching }));
    expect(asked.filter(isPersonal)).toEqual([]);
    expect(asked).toContain('bank.example');
  });
});

describe('with consent', () => {
  const zone = {
    ...ZONE,
    'bank.example': 'v=spf1 exists:%{l}.x.example -all',
    'naomi.tanaka.x.example': { A: ['127.0.0.2'] },
  };

  it('the name is asked, and what was withheld is known', async () => {
    const text = inGmail([claim('temperror'), ELSEWHERE], FROM);
    const { asked, told } = await watch(text, { zone, mayReveal: true });
    expect(asked.filter(isPersonal)).toEqual(['naomi.tanaka.x.example A']);
    expect(told.at(-1)?.verdict).toMatchObject({ rule: 'checked-pass', level: 'authenticated' });
    const quiet = (await moments(text, { zone })).at(-1);
    expect(quiet?.verdict).toMatchObject({ rule: 'undetermined', level: 'unknown' });
  });

  it('only MAIL FROM is consented to: nothing is made of From', async () => {
    const { asked } = await watch(inGmail([SPF_ALIGNED, PASS], FROM), { zone, mayReveal: true });
    expect(asked.filter(isPersonal)).toEqual([]);
    expect(asked).toContain('a.x.example A');
  });
});

describe('what is asked', () => {
  // `watch` itself refuses a question that is asked twice; these are mails whose checks need the same names.
  it.each(
    rows<Row & { text: string; zone: Readonly<Record<string, unknown>> }>([
      {
        why: 'signatures of one key, and a MAIL FROM and a HELO of the same domain',
        text: inGmail(['spf=pass smtp.mailfrom=a@mail.bank.example', PASS], signed({}, SIGNED)),
        zone: { ...ZONE, 'mail.bank.example': 'v=spf1 a mx include:mail.bank.example -all' },
      },
      {
        why: 'names in another case',
        text: inGmail(['spf=pass smtp.mailfrom=a@Bank.Example', PASS], signed({ domain: 'BANK.example' })),
        zone: { ...ZONE, 'bank.example': 'v=spf1 include:BANK.example a:Bank.EXAMPLE -all' },
      },
      {
        why: 'both views of DMARC, the policy’s question whether the name exists, and the logo’s record',
        text: inGmail(
          [SPF_FAIL, 'dmarc=fail header.from=pay.bank.example'],
          mail(letter('a@pay.bank.example')),
        ),
        zone: { ...ZONE, '_dmarc.bank.example': `${REJECT}; np=none` },
      },
    ]),
  )('is asked once: %s', async (_, { text, zone }) => {
    const { asked } = await watch(text, { zone });
    expect(asked.length).toBe(new Set(asked).size);
    expect(asked.length).toBeGreaterThan(3);
  });

  it('is a name: what DNS cannot hold is not asked for', async () => {
    const labels = Array.from({ length: 5 }, () => 'a'.repeat(50)).join('.');
    const text = inGmail([SPF_OTHER, PASS], SIGNED).replace(/bank\.example/g, labels);
    const { asked } = await watch(text);
    for (const question of asked) expect(question.split(' ')[0]?.length).toBeLessThanOrEqual(253);
  });

  it('is nothing where there is no author to ask for', async () => {
    expect((await watch(mail(['Subject: x']), { receiver: A_FILE })).asked).toEqual([]);
  });
});

describe('a glance', () => {
  it.each(
    rows<Row & { text: string }>([
      { why: 'a pass', text: PASSED },
      { why: 'a fail', text: inGmail([SPF_FAIL, FAIL], SIGNED) },
      { why: 'no record', text: inGmail([SPF_OTHER]) },
      { why: 'nothing that decides', text: inGmail([SPF_OTHER, ELSEWHERE], SIGNED) },
      { why: 'two authors', text: inGmail([SPF_OTHER], mail(letter('a@bank.example, b@evil.example'))) },
      { why: 'no author', text: inGmail([SPF_OTHER], mail(['Subject: x'])) },
    ]),
  )('says what an examination says first, and asks nothing: %s', async (_, { text }) => {
    const resolve = () => Promise.reject(new Error('a glance asked'));
    const glanced = glance({ octets: octets(text), receiver: GMAIL_MAILBOX }, portsOver(ZONE, { resolve }));
    const [first] = await moments(text);
    expect(glanced).toMatchObject({ rule: first?.verdict.rule, level: first?.verdict.level });
  });

  it('and an examination say alike that there is no message', async () => {
    const source = { octets: octets(''), completeness: 'full', receiver: A_FILE } as const;
    expect(await examine(source, portsOver())).toEqual({ kind: 'no-message', why: 'empty' });
    expect(glance(source, portsOver())).toEqual({ kind: 'no-message', why: 'empty' });
  });
});
