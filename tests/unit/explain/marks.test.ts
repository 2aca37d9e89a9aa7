/** The deciding words of header fields and records, as the words that a reader sees marked. */
import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../lib/engine/index.ts';
import { fieldMarks } from '../../../lib/explain/marks.ts';
import { reportOf, SAMPLES } from '../../kit/samples.ts';
import { type About, answerWords, fieldWords, findingOf } from './marks-kit.ts';

describe('in From', () => {
  const author = (domain: string): About => ({ code: 'author', params: { domain } });
  const several = (domains: string): About => ({ code: 'authors-several', params: { domains } });
  it.each([
    {
      why: 'the domain',
      about: author('shop.example'),
      value: 'Shop <a@shop.example>',
      words: ['shop.example'],
    },
    { why: 'it alone', about: author('shop.example'), value: 'a@shop.example', words: ['shop.example'] },
    {
      why: 'it in any case',
      about: author('shop.example'),
      value: 'a@Shop.EXAMPLE',
      words: ['Shop.EXAMPLE'],
    },
    {
      why: 'the address, not the name before it',
      about: author('shop.example'),
      value: '"b@shop.example" <a@shop.example>',
      words: ['shop.example'],
    },
    { why: 'no other domain', about: author('shop.example'), value: '<a@mailer.example>', words: [] },
    { why: 'no domain without an address', about: author('shop.example'), value: 'shop.example', words: [] },
    { why: 'nothing where there is no domain', about: author(''), value: 'a@ b@', words: [] },
    {
      why: 'nothing where none is named',
      about: { code: 'author-no-from' } as About,
      value: 'x@y',
      words: [],
    },
    {
      why: 'an internationalised domain, however it is written',
      about: author('xn--bcher-kva.example'),
      value: 'a@bücher.example',
      words: ['bücher.example'],
    },
    {
      why: 'several, from left to right',
      about: several('b.example, a.example'),
      value: 'a@a.example, b@b.example',
      words: ['a.example', 'b.example'],
    },
    {
      why: 'the right place behind letters that are longer in lower case',
      about: author('shop.example'),
      value: 'İİİ <a@shop.example>',
      words: ['shop.example'],
    },
    {
      why: 'what a name holds as it stands, and never as a pattern',
      about: author('s.op.example'),
      value: 'x <a@shop.example>',
      words: [],
    },
  ])('marks $why', ({ about, value, words }) => {
    expect(fieldWords(about, 'from', value)).toEqual(words);
  });

  it('marks the last address of the domain', () => {
    const value = '"a@shop.example" <a@shop.example>';
    expect(fieldMarks(findingOf(author('shop.example')), { key: 'from', value })).toEqual([
      { start: 20, end: 32 },
    ]);
  });

  it('marks each of two domains of which one begins like the other', () => {
    const value = 'a@shop.example, b@shop.example.org';
    const finding = findingOf(several('shop.example, shop.example.org'));
    expect(fieldMarks(finding, { key: 'from', value })).toEqual([
      { start: 2, end: 14 },
      { start: 18, end: 34 },
    ]);
  });
});

describe('in DKIM-Signature', () => {
  const SIGNATURE =
    'v=1; a=rsa-sha1; c=relaxed/relaxed; D = shop.example; s=s1; x=1795500000; l=12; h=from:to; bh=AAAA=; b=BBBB d=evil.example';
  const rows: readonly { code: FindingCode; words: readonly string[] }[] = [
    { code: 'dkim-aligned', words: ['D = shop.example'] },
    { code: 'dkim-unaligned', words: ['D = shop.example'] },
    { code: 'dkim-signature-mismatch', words: ['D = shop.example'] },
    { code: 'dkim-key-missing', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-key-gone', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-key-revoked', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-key-unanswered', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-key-unusable', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-short-key', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-testing-key', words: ['D = shop.example', 's=s1'] },
    { code: 'dkim-expired', words: ['x=1795500000'] },
    { code: 'expiry-by-date', words: ['x=1795500000'] },
    { code: 'dkim-weak-algorithm', words: ['a=rsa-sha1'] },
    { code: 'dkim-unsigned-tail', words: ['D = shop.example', 'l=12'] },
    { code: 'dkim-body-altered', words: ['D = shop.example', 'bh=AAAA='] },
    { code: 'dkim-from-added', words: ['D = shop.example', 'h=from:to'] },
  ];
  it.each(rows)('marks for $code $words', ({ code, words }) => {
    expect(fieldWords({ code, about: 'DKIM' }, 'dkim-signature', SIGNATURE)).toEqual(words);
  });

  it('marks the date of a signature that has run out since', () => {
    expect(fieldWords({ code: 'dkim-expired-since' }, 'dkim-signature', SIGNATURE)).toContain('x=1795500000');
  });

  it('marks nothing where the tag is missing', () => {
    expect(fieldWords({ code: 'dkim-expired' }, 'dkim-signature', 'v=1; d=shop.example')).toEqual([]);
    expect(fieldWords({ code: 'dkim-expired' }, 'dkim-signature', 'no tags')).toEqual([]);
  });
});

describe('in Received', () => {
  const basis: About = { code: 'mailbox-basis', step: 'trust' };
  it.each([
    {
      why: 'the address and who took it',
      value: 'from mail.shop.example (mail.shop.example. [192.0.2.25]) by mx.google.com with ESMTPS id x;',
      words: ['192.0.2.25', 'mx.google.com'],
    },
    {
      why: 'the last address, which is the server’s own',
      value: 'from [203.0.113.9] (evil.example [192.0.2.25]) by mx.google.com',
      words: ['192.0.2.25', 'mx.google.com'],
    },
    {
      why: 'an address of IPv6',
      value: 'from a ([IPv6:2001:db8::1]) BY mx',
      words: ['IPv6:2001:db8::1', 'mx'],
    },
    { why: 'who took it alone', value: 'by 2002:a05:7300::1 with SMTP id x;', words: ['2002:a05:7300::1'] },
    {
      why: 'who took it, a comment between',
      value: 'from a by (really) mx.google.com',
      words: ['mx.google.com'],
    },
    {
      why: 'no address after that',
      value: 'from a by mx.google.com ([192.0.2.1])',
      words: ['mx.google.com'],
    },
    { why: 'no “by” in a comment', value: 'from a (by evil.example [192.0.2.1]) with SMTP', words: [] },
    { why: 'nothing behind a last “by”', value: 'from a ([192.0.2.1]) by', words: [] },
    { why: 'nothing in nothing', value: '', words: [] },
    { why: 'no address in empty brackets', value: 'from a ([]) by mx.google.com', words: ['mx.google.com'] },
    {
      why: 'the address of a sender without a name',
      value: 'from (unknown [192.0.2.1]) by mx.google.com',
      words: ['192.0.2.1', 'mx.google.com'],
    },
    {
      why: 'who took it where the sender calls itself “by”',
      value: 'from by (evil.example [192.0.2.25]) by mx.google.com with SMTP',
      words: ['192.0.2.25', 'mx.google.com'],
    },
  ])('marks $why', ({ value, words }) => {
    expect(fieldWords(basis, 'received', value)).toEqual(words);
  });
});

describe('in other fields', () => {
  it('marks the result of Received-SPF', () => {
    const value = 'pass (google.com: domain of fail@shop.example) client-ip=192.0.2.1;';
    expect(fieldWords({ code: 'spf-aligned', about: 'SPF' }, 'received-spf', value)).toEqual(['pass']);
    expect(fieldWords({ code: 'spf-aligned', about: 'SPF' }, 'received-spf', '')).toEqual([]);
  });

  it.each(['list-id', 'subject', 'arc-seal', 'constructor', ''])('marks nothing in %s', (key) => {
    expect(fieldWords({ code: 'mailing-list', step: 'trust' }, key, 'by d=a; spf=pass @a')).toEqual([]);
  });
});

describe('in a DMARC record', () => {
  const NAME = '_dmarc.shop.example';
  const RECORD =
    'v=DMARC1; p=reject; sp=quarantine; np=none; t=y; adkim=s; ASPF = r; rua=mailto:a@shop.example';
  const policy = (code: FindingCode): About => ({ code, step: 'policy', about: 'DMARC' });

  it.each([
    { code: 'policy-reject', tag: 'p', words: ['p=reject'] },
    { code: 'policy-quarantine', tag: 'sp', words: ['sp=quarantine'] },
    { code: 'policy-none', tag: 'np', words: ['np=none'] },
    { code: 'policy-inherited', tag: 'sp', words: ['sp=quarantine'] },
    { code: 'policy-none', tag: null, words: [] },
    { code: 'policy-testing', tag: 'p', words: ['t=y'] },
    { code: 'dmarc-fail', tag: 'p', words: ['adkim=s', 'ASPF = r'] },
    { code: 'dkim-unaligned', tag: 'p', words: ['adkim=s', 'ASPF = r'] },
  ] as const)('marks $words for $code by $tag', ({ code, tag, words }) => {
    expect(answerWords(policy(code), NAME, [RECORD], tag)).toEqual([words]);
  });

  it('marks each text of an answer for itself', () => {
    expect(answerWords(policy('policy-none'), NAME, ['v=spf1', 'v=DMARC1;P=None', ''], 'p')).toEqual([
      [],
      ['P=None'],
      [],
    ]);
    expect(answerWords(policy('policy-missing'), NAME, [])).toEqual([]);
  });
});

describe('in a key record', () => {
  const NAME = 's1._domainkey.shop.example';
  const KEY = 'v=DKIM1; k=rsa; h=sha256; s=email; t=y:s; p=';
  it.each([
    { code: 'dkim-key-revoked', words: ['p='] },
    { code: 'dkim-testing-key', words: ['t=y:s'] },
    { code: 'dkim-key-unusable', words: ['v=DKIM1', 'k=rsa', 'h=sha256', 's=email'] },
    { code: 'dkim-aligned', words: [] },
  ] as const)('marks $words for $code', ({ code, words }) => {
    expect(answerWords({ code, about: 'DKIM' }, NAME, [KEY], 'p')).toEqual([words]);
  });
});

describe.each(SAMPLES)('$name', (sample) => {
  it('has marks for each field and each text that a reason shows, inside them and in their order', async () => {
    const { explanation, fields, dns } = await reportOf(sample, 'en');
    for (const { because, marks } of explanation.reasons) {
      expect(marks.fields).toHaveLength(because.fields.length);
      expect(marks.dns.map((texts) => texts.length)).toEqual(
        because.dns.map((index) => dns[index]?.answers.length),
      );
      const texts = [
        ...because.fields.map((index) => fields[index]?.value ?? ''),
        ...because.dns.flatMap((index) => dns[index]?.answers ?? []),
      ];
      for (const [at, list] of [...marks.fields, ...marks.dns.flat()].entries()) {
        let before = 0;
        for (const { start, end } of list) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(texts[at]?.length ?? -1);
      }
    }
  });
});
