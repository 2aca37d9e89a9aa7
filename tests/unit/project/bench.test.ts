/** What the bench works out besides measuring. */
import { describe, expect, it } from 'vitest';
import { type Asked, longestChain } from '../../bench/chain.ts';
import { median } from '../../bench/measure.ts';

const asked = (name: string, type: string, ...answers: string[]): Asked => ({ name, type, answers });

const KEY = asked('s._domainkey.bank.example', 'TXT', 'v=DKIM1; p=AAAA');
const POLICY = asked('_dmarc.bank.example', 'TXT', 'v=DMARC1; p=none');

const ROWS: readonly { why: string; questions: readonly Asked[]; chain: readonly string[] }[] = [
  { why: 'nothing asked', questions: [], chain: [] },
  {
    why: 'names that the mail holds depend on nothing',
    questions: [KEY, POLICY],
    chain: ['s._domainkey.bank.example TXT'],
  },
  {
    why: 'an include is known when the record is there',
    questions: [
      KEY,
      asked('bank.example', 'TXT', 'v=spf1 ip4:192.0.2.0/24 include:_spf.mailer.example -all'),
      asked('_spf.mailer.example', 'TXT', 'v=spf1 redirect=b.mailer.example'),
      asked('b.mailer.example', 'TXT', 'v=spf1 +a:out.mailer.example/28 -all'),
      asked('out.mailer.example', 'A', '192.0.2.1'),
    ],
    chain: ['bank.example TXT', '_spf.mailer.example TXT', 'b.mailer.example TXT', 'out.mailer.example A'],
  },
  {
    why: 'two includes side by side are as deep as one',
    questions: [
      asked('bank.example', 'TXT', 'v=spf1 include:a.example include:b.example -all'),
      asked('a.example', 'TXT', 'v=spf1 -all'),
      asked('b.example', 'TXT', 'v=spf1 -all'),
    ],
    chain: ['bank.example TXT', 'a.example TXT'],
  },
  {
    why: 'a bare mx leads to its own domain, and an exchange to its address',
    questions: [
      asked('bank.example', 'TXT', 'v=spf1 ?mx/24 -all'),
      asked('bank.example', 'MX', '10 mx.bank.example.'),
      asked('mx.bank.example', 'A', '192.0.2.1'),
    ],
    chain: ['bank.example TXT', 'bank.example MX', 'mx.bank.example A'],
  },
  {
    why: 'a word that only begins alike names nothing',
    questions: [
      asked('bank.example', 'TXT', 'v=spf1 include:a.example.net -all'),
      asked('a.example', 'TXT', 'v=spf1 -all'),
    ],
    chain: ['bank.example TXT'],
  },
  {
    why: 'a circle ends where it was first entered',
    questions: [
      asked('a.example', 'TXT', 'v=spf1 include:b.example'),
      asked('b.example', 'TXT', 'v=spf1 include:a.example'),
    ],
    chain: ['a.example TXT', 'b.example TXT'],
  },
];

describe('the longest chain of questions', () => {
  it.for(ROWS)('$why', ({ questions, chain }) => {
    expect(longestChain(questions).map(({ name, type }) => `${name} ${type}`)).toEqual(chain);
  });
});

describe('the median', () => {
  it.for<{ why: string; values: readonly number[]; is: number }>([
    { why: 'the one in the middle, whatever the order', values: [9, 1, 2], is: 2 },
    { why: 'the mean of two in the middle', values: [1, 10, 2, 4], is: 3 },
    { why: 'none of nothing', values: [], is: Number.NaN },
  ])('$why', ({ values, is }) => {
    expect(median(values)).toBe(is);
  });
});
