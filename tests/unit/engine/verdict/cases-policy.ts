/** Findings about DMARC, the policy, the older rule, the logo, and what the receiver made of it. */
import { letter, mail, OUTLOOK_MAILBOX } from '../kit.ts';
import { type Cases, file } from './case.ts';
import {
  ABOUT,
  ALTERED,
  DKIM_ALIGNED,
  DMARC,
  FAIL,
  FORBIDS,
  inGmail,
  inOutlook,
  KEY_FAILS,
  NO_KEY,
  NO_RECORD,
  PASS,
  PASSED,
  PERMITS,
  PERSONAL,
  PLAIN,
  RECORD_FAILS,
  REJECT,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

const BANK = { domain: 'bank.example' };
const BELOW = mail(letter('Pay <a@pay.bank.example>'));
const INHERITED = { domain: 'bank.example', author: 'pay.bank.example' };
const record = (text: string) => file(PLAIN, { [DMARC]: text });
const logo = (text: string) => ({ ...ZONE, 'default._bimi.bank.example': text });
const SVG = 'https://bank.example/logo.svg';
const PEM = 'https://bank.example/vmc.pem';

/** Two customers of one hoster, who are one organization where the hoster publishes a record for all of them. */
const HOSTED = mail(letter('Shop <a@shop.github.io>'));
const HOSTER = { '_dmarc.github.io': REJECT, 'other.github.io': 'v=spf1 ip4:192.0.2.25 -all' };
/** A part of the bank that is an organization of its own. */
const APART = mail(letter('Cards <a@cards.bank.example>'));
const PART = { '_dmarc.cards.bank.example': 'v=DMARC1; p=reject; psd=n', ...PERMITS };

export const DMARC_CASES = {
  'dmarc-pass': { ...file(SIGNED), severity: 'pass', params: BANK },
  'same-organization': {
    text: inGmail(['spf=pass smtp.mailfrom=a@mail.bank.example', PASS]),
    severity: 'info',
    params: { domain: 'mail.bank.example', author: 'bank.example' },
  },
  'dmarc-fail': { text: inGmail([SPF_FAIL, FAIL]), severity: 'fail', params: BANK },
  'dmarc-fail-several': {
    text: inGmail([SPF_FAIL, FAIL], mail(letter('a@bank.example, b@evil.example'))),
    severity: 'fail',
    params: {},
  },
  'dmarc-none': { ...file(PLAIN, {}), severity: 'info', params: BANK },
  'dmarc-none-then': { text: inGmail([SPF_OTHER]), severity: 'info', params: BANK },
  'dmarc-error': { ...file(SIGNED, KEY_FAILS), severity: 'open', params: BANK },
  'dmarc-pass-then': {
    text: inGmail([SPF_ALIGNED, PASS]),
    zone: { ...ZONE, ...FORBIDS },
    severity: 'pass',
    params: BANK,
  },
  'dmarc-none-by-list': {
    text: inGmail(['spf=none smtp.mailfrom=a@other.github.io'], HOSTED),
    zone: HOSTER,
    severity: 'info',
    params: { domain: 'shop.github.io' },
  },
  'dmarc-open': { ...file(PLAIN), severity: 'open', params: BANK },
  'dmarc-pending': { ...file(SIGNED), when: 'at-once', severity: 'open', params: BANK },
} satisfies Partial<Cases>;

export const POLICY_CASES = {
  'policy-reject': { text: inGmail([SPF_FAIL, FAIL]), severity: 'fail', params: BANK },
  'policy-quarantine': { ...record('v=DMARC1; p=quarantine'), severity: 'info', params: BANK },
  'policy-none': {
    text: inGmail([SPF_FAIL, FAIL]),
    zone: { [DMARC]: 'v=DMARC1; p=none' },
    severity: 'warn',
    params: BANK,
  },
  'policy-testing': { ...record('v=DMARC1; p=reject; t=y'), severity: 'info', params: BANK },
  'policy-inherited': { ...file(BELOW), severity: 'info', params: INHERITED },
  'policy-nonexistent': {
    ...file(BELOW, { [DMARC]: 'v=DMARC1; p=none; np=reject' }),
    severity: 'info',
    params: INHERITED,
  },
  'policy-several': {
    ...file(PLAIN, { [DMARC]: { TXT: [REJECT, 'v=DMARC1; p=none'] } }),
    severity: 'warn',
    params: BANK,
  },
  'policy-no-p': { ...record('v=DMARC1; adkim=s'), severity: 'warn', params: BANK },
  'policy-unreadable': { ...record('v=DMARC1; p=refuse'), severity: 'warn', params: BANK },
  'policy-as-none': {
    ...record('v=DMARC1; p=refuse; rua=mailto:d@bank.example'),
    severity: 'warn',
    params: BANK,
  },
  'policy-bad-value': {
    ...record('v=DMARC1; p=reject; adkim=x'),
    severity: 'warn',
    params: { ...BANK, tags: 'adkim' },
  },
  'policy-obsolete': {
    ...record('v=DMARC1; p=reject; pct=50'),
    severity: 'info',
    params: { ...BANK, tags: 'pct' },
  },
  'policy-missing': { ...file(PLAIN, {}), severity: 'info', params: BANK },
  'policy-unanswered': { ...file(PLAIN, RECORD_FAILS), severity: 'open', params: BANK },
  'policy-pending': { ...file(PLAIN), when: 'at-once', severity: 'open', params: BANK },
} satisfies Partial<Cases>;

export const OLDER_RULE_CASES = {
  'psl-differs': {
    ...file(HOSTED, HOSTER),
    severity: 'warn',
    params: { psl: 'none', walk: 'fail' },
  },
  'psl-record': {
    ...file(mail(letter('a@x.pay.bank.example')), { ...ZONE, '_dmarc.pay.bank.example': `${REJECT}; psd=n` }),
    severity: 'info',
    params: { psl: 'bank.example', walk: 'pay.bank.example' },
  },
  'psl-policy': {
    ...file(BELOW, { [DMARC]: 'v=DMARC1; p=none; np=reject' }),
    severity: 'info',
    params: { psl: 'none', walk: 'reject' },
  },
} satisfies Partial<Cases>;

export const LOGO_CASES = {
  'bimi-shown': {
    ...file(SIGNED, logo(`v=BIMI1; l=${SVG}; a=${PEM}`)),
    severity: 'info',
    params: BANK,
  },
  'bimi-hidden': {
    text: inGmail([SPF_FAIL, FAIL]),
    zone: logo(`v=BIMI1; l=${SVG}; a=${PEM}`),
    severity: 'info',
    params: { ...BANK, why: 'bimi-dmarc-not-passed' },
  },
  'bimi-declined': { ...file(SIGNED, logo('v=BIMI1; l=; a=;')), severity: 'info', params: BANK },
  'bimi-evidence': {
    ...file(SIGNED, logo(`v=BIMI1; l=${SVG}; a=${PEM}`)),
    severity: 'info',
    params: { location: PEM },
  },
  'bimi-unanswered': {
    ...file(SIGNED, { ...ZONE, 'default._bimi.bank.example': { RCODE: 'SERVFAIL' } }),
    severity: 'info',
    params: BANK,
  },
} satisfies Partial<Cases>;

export const RECEIVER_CASES = {
  'receiver-delivered': {
    text: inGmail([SPF_FAIL, `dmarc=fail (p=NONE sp=NONE dis=NONE) ${ABOUT}`]),
    severity: 'info',
    params: {},
  },
  'receiver-delivered-anyway': {
    text: inOutlook([`dmarc=fail action=oreject ${ABOUT}`]),
    receiver: OUTLOOK_MAILBOX,
    severity: 'info',
    params: {},
  },
  'receiver-arc-override': {
    text: inGmail([SPF_FAIL, `dmarc=fail (p=REJECT sp=REJECT dis=NONE arc=pass) ${ABOUT}`]),
    severity: 'info',
    params: {},
  },
  'receiver-quarantined': {
    text: inGmail([SPF_FAIL, `dmarc=fail (p=QUARANTINE dis=QUARANTINE) ${ABOUT}`]),
    severity: 'info',
    params: {},
  },
  'receiver-rejected': {
    text: inGmail([SPF_FAIL, `dmarc=fail (p=REJECT dis=REJECT) ${ABOUT}`]),
    severity: 'info',
    params: {},
  },
  'receiver-error': {
    text: inGmail([SPF_ALIGNED, `dmarc=temperror ${ABOUT}`]),
    severity: 'info',
    params: { result: 'temperror' },
  },
} satisfies Partial<Cases>;

const between = (then: string, now: string) => ({ then, now });
const OPEN = { severity: 'open', params: {} } as const;

export const NOW_CASES = {
  'now-agrees': { text: PASSED, severity: 'info', params: {} },
  'now-differs': {
    text: inGmail([SPF_ALIGNED, FAIL]),
    zone: { ...ZONE, ...PERMITS },
    severity: 'warn',
    params: between('fail', 'pass'),
  },
  'now-open': { text: inGmail([SPF_ALIGNED, PASS]), zone: { ...ZONE, ...PERSONAL }, ...OPEN },
  'now-key-gone': {
    text: inGmail([DKIM_ALIGNED, PASS], SIGNED),
    zone: NO_KEY,
    severity: 'info',
    params: { domain: 'bank.example', selector: 's1' },
  },
  'now-body-changed': { text: inGmail([DKIM_ALIGNED, PASS], ALTERED), severity: 'info', params: BANK },
  'now-not-checkable': {
    text: inGmail([DKIM_ALIGNED, PASS], SIGNED),
    completeness: 'headers',
    severity: 'info',
    params: {},
  },
  'now-spf-changed': { text: inGmail([SPF_ALIGNED, PASS]), severity: 'info', params: BANK },
  'now-spf-permits': {
    text: inGmail([SPF_FAIL, FAIL]),
    zone: { ...ZONE, ...PERMITS },
    severity: 'warn',
    params: BANK,
  },
  'now-only-psl': {
    text: inGmail([SPF_ALIGNED, 'dmarc=pass header.from=cards.bank.example'], APART),
    zone: PART,
    severity: 'info',
    params: BANK,
  },
  'now-only-walk': {
    text: inGmail(
      ['spf=pass smtp.mailfrom=a@other.github.io', 'dmarc=fail header.from=shop.github.io'],
      HOSTED,
    ),
    zone: HOSTER,
    severity: 'info',
    params: { domain: 'other.github.io' },
  },
  'now-record-gone': { text: PASSED, zone: NO_RECORD, severity: 'info', params: BANK },
  'holds-today': { text: inGmail([SPF_FAIL, FAIL], SIGNED), severity: 'warn', params: BANK },
  'published-since': { text: inGmail([SPF_OTHER]), severity: 'info', params: BANK },
  'now-walk-applies': {
    text: inGmail(['spf=none smtp.mailfrom=a@other.github.io'], HOSTED),
    zone: HOSTER,
    severity: 'info',
    params: { domain: 'github.io' },
  },
  'worked-out': {
    text: inGmail([SPF_ALIGNED, `dmarc=temperror ${ABOUT}`]),
    severity: 'info',
    params: {},
  },
} satisfies Partial<Cases>;
