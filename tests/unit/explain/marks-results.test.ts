/** The deciding words of a field of results: of the method that a finding is about, and of nobody who imitates it. */
import { describe, expect, it } from 'vitest';
import type { Finding, FindingCode } from '../../../lib/engine/index.ts';
import { type About, fieldWords } from './marks-kit.ts';

const KEY = 'authentication-results';
const GMAIL = [
  'mx.google.com',
  'dkim=pass header.i=@shop.example header.s=s1 header.b=RwI8Km4F',
  'spf=pass (google.com: domain of a@shop.example; designates 192.0.2.1) smtp.mailfrom=a@shop.example',
  'dmarc=fail (p=REJECT sp=REJECT dis=QUARANTINE) header.from=shop.example',
].join('; ');
const MICROSOFT = [
  'spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=shop.example',
  'dkim=none (message not signed) header.d=none',
  'dmarc=fail action=oreject header.from=shop.example',
  'compauth=fail reason=000',
].join(';');

const about = (method: Finding['about'], code: FindingCode, params: About['params'] = {}): About => ({
  code,
  about: method,
  params,
});
const SPF = about('SPF', 'spf-aligned', { domain: 'shop.example' });
const DKIM = about('DKIM', 'dkim-aligned', { domain: 'shop.example' });
const DMARC = about('DMARC', 'dmarc-fail', { domain: 'shop.example' });
const BASIS: About = { code: 'mailbox-basis', step: 'trust', params: { receiver: 'gmail' } };
const QUARANTINED: About = { code: 'receiver-quarantined', step: 'policy' };

describe('a field of results', () => {
  it.each([
    { why: 'SPF', of: SPF, value: GMAIL, words: ['spf=pass', 'smtp.mailfrom=a@shop.example'] },
    { why: 'DKIM', of: DKIM, value: GMAIL, words: ['dkim=pass', 'header.i=@shop.example'] },
    { why: 'DMARC', of: DMARC, value: GMAIL, words: ['dmarc=fail', 'header.from=shop.example'] },
    { why: 'whom to believe', of: BASIS, value: GMAIL, words: ['mx.google.com'] },
    { why: 'what the receiver did', of: QUARANTINED, value: GMAIL, words: ['dis=QUARANTINE'] },
    {
      why: 'SPF, by Microsoft',
      of: SPF,
      value: MICROSOFT,
      words: ['spf=pass', 'smtp.mailfrom=shop.example'],
    },
    { why: 'DKIM, by Microsoft', of: DKIM, value: MICROSOFT, words: ['dkim=none', 'header.d=none'] },
    {
      why: 'DMARC, by Microsoft',
      of: DMARC,
      value: MICROSOFT,
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
    { why: 'whom to believe, where no name stands', of: BASIS, value: MICROSOFT, words: [] },
    {
      why: 'what the receiver did, by Microsoft',
      of: { ...QUARANTINED, code: 'receiver-delivered-anyway' } as About,
      value: MICROSOFT,
      words: ['action=oreject'],
    },
    {
      why: 'a failure of the receiver, which is no disposition',
      of: about('DMARC', 'receiver-error', { result: 'temperror' }),
      value: 'mx.google.com; dmarc=temperror (dis=NONE) header.from=shop.example',
      words: ['dmarc=temperror', 'header.from=shop.example'],
    },
    {
      why: 'the author, who is DMARC’s',
      of: about('From', 'author', { domain: 'shop.example' }),
      value: GMAIL,
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
    {
      why: 'SPF for the name in HELO',
      of: about('SPF', 'spf-helo-only'),
      value: 'mx; spf=pass smtp.helo=mail.shop.example policy.x=1',
      words: ['spf=pass', 'smtp.helo=mail.shop.example'],
    },
    { why: 'a method that is not told', of: SPF, value: 'mx; dkim=pass header.d=shop.example', words: [] },
    { why: 'no method at all', of: SPF, value: 'mx; none', words: [] },
    { why: 'nothing, in nothing', of: BASIS, value: '', words: [] },
    { why: 'no disposition', of: QUARANTINED, value: 'mx; dmarc=fail header.from=shop.example', words: [] },
  ])('marks for $why: $words', ({ of, value, words }) => {
    expect(fieldWords(of, KEY, value)).toEqual(words);
  });

  it.each(['arc-authentication-results', 'x-original-authentication-results'])('may be called %s', (key) => {
    const value = `i=1; ${GMAIL}`;
    expect(fieldWords(SPF, key, value)).toEqual(['spf=pass', 'smtp.mailfrom=a@shop.example']);
    expect(fieldWords(BASIS, key, value)).toEqual(['mx.google.com']);
  });

  it.each([
    {
      why: 'capitals',
      value: 'MX.Google.com; DMARC=Pass Header.From=Shop.Example',
      words: ['DMARC=Pass', 'Header.From=Shop.Example'],
    },
    {
      why: 'a comment without a space before it',
      value: 'mx; dmarc=fail(p=reject;dis=none)header.from=shop.example',
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
    {
      why: 'comments in comments',
      value: 'mx; dmarc=fail (a (b; dmarc=pass) header.from=x) header.from=shop.example',
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
    {
      why: 'a comment that ends in an escape',
      value: 'mx; dmarc=fail (a \\) ; dmarc=pass) header.from=shop.example',
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
    {
      why: 'tabs',
      value: 'mx;\tdmarc=fail\theader.from=shop.example',
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
    {
      why: 'nothing around the semicolons',
      value: 'mx;spf=none;dmarc=fail header.from=shop.example;',
      words: ['dmarc=fail', 'header.from=shop.example'],
    },
  ])('is read over $why', ({ value, words }) => {
    expect(fieldWords(DMARC, KEY, value)).toEqual(words);
  });

  it.each([
    {
      why: 'a result in a comment',
      value: 'mx; spf=pass (x; dmarc=pass header.from=shop.example) smtp.mailfrom=a@shop.example',
    },
    {
      why: 'a result in quotes',
      value: 'mx; spf=pass smtp.mailfrom="x; dmarc=pass header.from=shop.example"@shop.example',
    },
    { why: 'a result behind an escaped quote', value: 'mx; spf=pass reason="\\"; dmarc=pass header.from=a"' },
    { why: 'a method that ends alike', value: 'mx; x-dmarc=pass header.from=shop.example' },
    { why: 'a method that begins alike', value: 'mx; dmarcx=pass header.from=shop.example' },
  ])('marks nothing that imitates DMARC: $why', ({ value }) => {
    expect(fieldWords(DMARC, KEY, value)).toEqual([]);
  });

  it('keeps a quoted property whole', () => {
    const value = 'mx; spf=pass smtp.mailfrom="a b; c"@shop.example x=1';
    expect(fieldWords(SPF, KEY, value)).toEqual(['spf=pass', 'smtp.mailfrom="a b; c"@shop.example']);
    const open = 'mx; spf=pass smtp.mailfrom="a b';
    expect(fieldWords(SPF, KEY, open)).toEqual(['spf=pass', 'smtp.mailfrom="a b']);
  });
});

describe('of several DKIM results', () => {
  const value = (...results: string[]): string => ['mx.google.com', ...results].join('; ');
  const OWN = 'dkim=pass header.i=@Shop.example header.s=s1';
  const OTHER = 'dkim=fail header.d=mailer.example';

  it.each([
    { why: 'the domain’s own', of: value(OTHER, OWN), words: ['dkim=pass', 'header.i=@Shop.example'] },
    {
      why: 'all of its own',
      of: value(OWN, OTHER, 'dkim=neutral header.d=shop.example'),
      words: ['dkim=pass', 'header.i=@Shop.example', 'dkim=neutral', 'header.d=shop.example'],
    },
    {
      why: 'all where none is its own',
      of: value(OTHER, 'dkim=pass header.d=third.example'),
      words: ['dkim=fail', 'header.d=mailer.example', 'dkim=pass', 'header.d=third.example'],
    },
    {
      why: 'none of a domain whose name ends alike',
      of: value('dkim=fail header.d=notshop.example', OWN),
      words: ['dkim=pass', 'header.i=@Shop.example'],
    },
    {
      why: 'none of a domain whose name begins alike',
      of: value('dkim=fail header.d=shop.example.evil.test', OWN),
      words: ['dkim=pass', 'header.i=@Shop.example'],
    },
  ])('marks $why', ({ of, words }) => {
    expect(fieldWords(DKIM, KEY, of)).toEqual(words);
  });

  it('marks every one for a finding about no domain', () => {
    expect(fieldWords(about('DKIM', 'dkim-none'), KEY, value(OTHER, OWN))).toEqual([
      'dkim=fail',
      'header.d=mailer.example',
      'dkim=pass',
      'header.i=@Shop.example',
    ]);
  });
});
