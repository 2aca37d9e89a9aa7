/** Findings about the author, SPF and DKIM. */
import { generateKeyPairSync } from 'node:crypto';
import { keyRecord } from '../../../scripts/sign.ts';
import { signed, signedWithSha1 } from '../dkim/signed-mail.ts';
import { GMAIL_MAILBOX, keys, letter, mail } from '../kit.ts';
import { type Cases, file } from './case.ts';
import {
  ALTERED,
  BY_SERVICE,
  DKIM_ALIGNED,
  DMARC,
  ELSEWHERE,
  FAIL,
  inGmail,
  inNamed,
  KEY_FAILS,
  NAMED,
  NO_KEY,
  OTHER_KEY,
  PASS,
  PASSED,
  PERSONAL,
  PLAIN,
  REJECT,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_FAILS,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const BANK = { domain: 'bank.example' };
const BANK_KEY = { domain: 'bank.example', selector: 's1' };
const KEY = 's1._domainkey.bank.example';
const OF_SERVICE = { domain: 'service.example', author: 'bank.example' };
/** Above both domains, so that the walks of both stay open. */
const ABOVE_FAILS = { '_dmarc.example': { RCODE: 'TIMEOUT' } };
const PUBLISHED = keyRecord(keys.rsaA);
const shortKey = generateKeyPairSync('rsa', { modulusLength: 768 }).privateKey;

const from = (value: string) => file(mail(letter(value)));
const ofTwo = 'a@bank.example, b@evil.example';
/** Nothing is reported, but the border is the receiver's own: SPF is judged here alone. */
const unreported = inGmail(['spf=pass smtp.mailfrom=naomi.tanaka@bank.example', ELSEWHERE]);

export const AUTHOR_CASES = {
  author: {
    ...file(PLAIN),
    severity: 'info',
    params: { address: 'statements@bank.example', domain: 'bank.example' },
  },
  'author-no-from': { ...file(mail(['Subject: x'])), severity: 'warn', params: {} },
  'author-no-address': { ...from('Bank'), severity: 'warn', params: {} },
  'author-unreadable': { ...from('"Bank <a@bank.example>'), severity: 'warn', params: {} },
  'author-domain-literal': { ...from('a@[192.0.2.1]'), severity: 'warn', params: {} },
  'author-bad-domain': { ...from('a@xn--a.example'), severity: 'warn', params: {} },
  'author-mapped-domain': { ...from('a@bank\u2460.example'), severity: 'warn', params: {} },
  'authors-several': { ...from(ofTwo), severity: 'warn', params: { domains: 'bank.example, evil.example' } },
} satisfies Partial<Cases>;

export const SPF_CASES = {
  'spf-aligned': { text: PASSED, severity: 'pass', params: BANK },
  'spf-unaligned': { text: inGmail([SPF_OTHER]), severity: 'info', params: OF_SERVICE },
  'spf-alignment-open': {
    text: inGmail([SPF_OTHER]),
    zone: { ...ZONE, ...ABOVE_FAILS },
    severity: 'open',
    params: OF_SERVICE,
  },
  'spf-permitted': {
    text: inGmail([SPF_ALIGNED, PASS], mail(letter(ofTwo))),
    severity: 'info',
    params: BANK,
  },
  'spf-helo-only': {
    text: inNamed(['spf=pass smtp.helo=mail.bank.example']),
    receiver: NAMED,
    severity: 'info',
    params: {},
  },
  'spf-fail': { text: inGmail([SPF_FAIL, FAIL]), severity: 'warn', params: BANK },
  'spf-fail-signed': { text: inGmail([SPF_FAIL, PASS], SIGNED), severity: 'info', params: BANK },
  'spf-neutral': {
    text: inGmail(['spf=neutral smtp.mailfrom=a@bank.example']),
    severity: 'info',
    params: BANK,
  },
  'spf-none': { text: inGmail(['spf=none smtp.mailfrom=a@bank.example']), severity: 'info', params: BANK },
  'spf-error': {
    text: inGmail(['spf=permerror smtp.mailfrom=a@bank.example']),
    severity: 'open',
    params: BANK,
  },
  'spf-not-reported': { ...file(PLAIN), severity: 'open', params: {} },
  'spf-pending': { text: unreported, when: 'at-once', severity: 'open', params: BANK },
  'spf-withheld': { text: unreported, zone: { ...ZONE, ...PERSONAL }, severity: 'open', params: BANK },
  'spf-unanswered': { text: unreported, zone: { ...ZONE, ...SPF_FAILS }, severity: 'open', params: BANK },
  'spf-broken': {
    text: unreported,
    zone: {
      ...ZONE,
      'bank.example': 'v=spf1 include:_spf.bank.example -all',
      '_spf.bank.example': 'v=spf1 ipv4:192.0.2.25 -all',
    },
    severity: 'warn',
    params: { domain: '_spf.bank.example', term: 'ipv4:192.0.2.25', why: 'spf-unknown-mechanism' },
  },
  'spf-unusable': {
    text: unreported,
    zone: { ...ZONE, 'bank.example': { TXT: ['v=spf1 -all', 'v=spf1 +all'] } },
    severity: 'warn',
    params: { ...BANK, why: 'spf-several-records' },
  },
  'spf-explanation': {
    text: inGmail([SPF_FAIL, FAIL]),
    zone: {
      ...ZONE,
      'bank.example': 'v=spf1 -all exp=why.bank.example',
      'why.bank.example': '%{i} is none of ours',
    },
    severity: 'info',
    params: { ...BANK, text: '192.0.2.25 is none of ours' },
  },
  'spf-helo': {
    text: inGmail([SPF_FAIL, FAIL]),
    zone: { ...ZONE, 'mail.bank.example': 'v=spf1 ip4:192.0.2.25 -all' },
    severity: 'info',
    params: { domain: 'mail.bank.example', result: 'pass' },
  },
} satisfies Partial<Cases>;

const malformed = `DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=s1\r\n${PLAIN}`;
const subjectTwice = `Subject: Pay now\r\n${SIGNED}`;

export const DKIM_CASES = {
  'dkim-aligned': { ...file(SIGNED), severity: 'pass', params: BANK },
  'dkim-unaligned': { ...file(BY_SERVICE, OTHER_KEY), severity: 'info', params: OF_SERVICE },
  'dkim-alignment-open': {
    ...file(BY_SERVICE, { ...OTHER_KEY, ...ABOVE_FAILS }),
    severity: 'open',
    params: OF_SERVICE,
  },
  'dkim-intact': { ...file(signed({}, mail(letter(ofTwo)))), severity: 'info', params: BANK },
  'dkim-body-altered': { ...file(ALTERED), severity: 'fail', params: BANK },
  'dkim-signature-mismatch': {
    ...file(SIGNED.replace('Your statement', 'Pay now')),
    severity: 'fail',
    params: BANK,
  },
  'dkim-both-altered': {
    ...file(ALTERED.replace('Your statement', 'Pay now')),
    severity: 'fail',
    params: BANK,
  },
  'dkim-broken-since': {
    ...file(SIGNED.replace('Subject: ', 'Subject: [board] ')),
    severity: 'fail',
    params: BANK,
  },
  'dkim-key-missing': { ...file(SIGNED, NO_KEY), severity: 'warn', params: BANK_KEY },
  'dkim-key-gone': {
    text: inGmail([DKIM_ALIGNED, PASS], SIGNED),
    zone: NO_KEY,
    receiver: GMAIL_MAILBOX,
    severity: 'info',
    params: BANK_KEY,
  },
  'dkim-key-revoked': {
    ...file(SIGNED, { ...ZONE, [KEY]: 'v=DKIM1; p=' }),
    severity: 'warn',
    params: BANK_KEY,
  },
  'dkim-key-unanswered': { ...file(SIGNED, KEY_FAILS), severity: 'open', params: BANK_KEY },
  'dkim-key-unusable': {
    ...file(SIGNED, { ...ZONE, [KEY]: 'v=DKIM1; k=dsa; p=AAAA' }),
    severity: 'warn',
    params: { ...BANK_KEY, reason: 'key-type' },
  },
  'dkim-malformed': { ...file(malformed), severity: 'warn', params: { reason: 'missing-tag' } },
  'dkim-expired': { ...file(signed({ time: 1, expires: 2 })), severity: 'warn', params: BANK },
  'dkim-weak-algorithm': { ...file(signedWithSha1(keys.rsaA)), severity: 'warn', params: BANK },
  'dkim-short-key': {
    ...file(signed({ key: shortKey }), { ...ZONE, [KEY]: keyRecord(shortKey) }),
    severity: 'warn',
    params: { ...BANK, bits: 768 },
  },
  'dkim-testing-key': {
    ...file(SIGNED, { [DMARC]: REJECT, [KEY]: `${PUBLISHED}; t=y` }),
    severity: 'warn',
    params: BANK,
  },
  'dkim-unsigned-tail': { ...file(signed({ length: 5 })), severity: 'warn', params: BANK },
  'dkim-from-added': {
    ...file(`From: Boss <boss@bank.example>\r\n${SIGNED}`),
    severity: 'warn',
    params: BANK,
  },
  'dkim-not-checkable': { ...file(ALTERED), completeness: 'reencoded', severity: 'open', params: BANK },
  'dkim-not-original': {
    ...file(ALTERED.replace('Your statement', 'Pay now')),
    completeness: 'reencoded',
    severity: 'open',
    params: BANK,
  },
  'dkim-reported': {
    text: inGmail(['dkim=pass header.i=@gone.example', PASS]),
    severity: 'info',
    params: { domain: 'gone.example', result: 'pass' },
  },
  'dkim-pending': { ...file(SIGNED), when: 'at-once', severity: 'open', params: BANK },
  'dkim-none': { ...file(PLAIN), severity: 'info', params: {} },
  'field-repeated': { ...file(subjectTwice), severity: 'warn', params: { name: 'Subject', ...BANK } },
} satisfies Partial<Cases>;
