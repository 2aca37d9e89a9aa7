/** Reports of a domain made by hand: every kind of record, remark, mark and finding that the view can draw. */
import type { Answer } from '../../lib/engine/index.ts';
import type { DomainReport, ReportedLint, ReportedRecord } from '../../lib/explain/domain-report.ts';

export function answerOf(name: string, over: Partial<Answer> = {}): Answer {
  return {
    name,
    type: 'TXT',
    rcode: 'NOERROR',
    ttl: 300,
    authenticData: false,
    resolver: 'cloudflare-dns.com',
    cached: false,
    answers: [],
    ...over,
  };
}

export function remarkOf(over: Partial<ReportedLint>): ReportedLint {
  return {
    code: 'dmarc-policy-value',
    severity: 'error',
    start: 0,
    end: 0,
    message: 'This is wrong.',
    section: 'RFC 9989 §4.7',
    correction: null,
    ...over,
  };
}

export function recordOf(over: Partial<ReportedRecord>): ReportedRecord {
  return {
    kind: 'dmarc',
    name: '_dmarc.bank.example',
    type: 'TXT',
    text: 'v=DMARC1; p=reject',
    facts: [],
    lint: [],
    corrected: null,
    tree: [],
    dns: 0,
    ...over,
  };
}

export function domainReportOf(over: Partial<DomainReport> = {}): DomainReport {
  return {
    version: 1,
    kind: 'domain',
    language: 'en',
    domain: { name: 'bank.example', records: [recordOf({})], authenticData: false },
    state: 'done',
    findings: [],
    explanation: {
      headline: 'The records of \u2068bank.example\u2069 are in order.',
      detail: '',
      reasons: [],
    },
    dns: [answerOf('_dmarc.bank.example', { answers: ['v=DMARC1; p=reject'] })],
    ...over,
  };
}

const DMARC = 'v=DMARC1 p=rejct; pct=50; rua=dmarc@bank.example';
const MENDED = 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example';
const SPF = 'v=spf1 include:_spf.mailer.example include:b\u00fccher.example a mx ptr ?all';
const KEY = 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDk5lK7Y6gTz0\u200bM5bYwIDAQAB';

const UNSEEN = KEY.indexOf('\u200b');

/** Everything at once. */
export const MESSY: DomainReport = domainReportOf({
  state: 'partial',
  domain: {
    name: 'bank.example',
    authenticData: false,
    records: [
      recordOf({
        text: DMARC,
        facts: ['Asks receivers to do \u2068nothing\u2069'],
        lint: [
          remarkOf({
            start: 8,
            end: 8,
            message: 'A semicolon is missing after the version.',
            correction: 'v=DMARC1; p=rejct; pct=50; rua=dmarc@bank.example',
          }),
          remarkOf({
            start: 11,
            end: 16,
            message: 'The policy \u2068rejct\u2069 is none of none, quarantine and reject.',
            correction: 'v=DMARC1 p=reject; pct=50; rua=dmarc@bank.example',
          }),
          remarkOf({
            severity: 'info',
            start: 18,
            end: 24,
            message: 'The tag pct is no longer used.',
            section: 'RFC 9989 §C.5',
            correction: 'v=DMARC1 p=rejct; rua=dmarc@bank.example',
          }),
          remarkOf({
            severity: 'warn',
            start: 30,
            end: 48,
            message: 'A report address begins with mailto:, or no report is sent there.',
            correction: 'v=DMARC1 p=rejct; pct=50; rua=mailto:dmarc@bank.example',
          }),
        ],
        corrected: MENDED,
      }),
      recordOf({
        kind: 'spf',
        name: 'bank.example',
        text: SPF,
        facts: ['\u206812\u2069 of 10 lookups'],
        lint: [
          remarkOf({
            start: 7,
            end: 34,
            message: 'The 11th lookup is in here; receivers stop with an error.',
            section: 'RFC 7208 §4.6.4',
          }),
          remarkOf({
            severity: 'warn',
            start: 63,
            end: 66,
            message: 'ptr is slow.',
            section: 'RFC 7208 §5.5',
          }),
        ],
        tree: [
          { depth: 0, text: 'bank.example', note: '\u206812\u2069 of 10 lookups', severity: 'error' },
          { depth: 1, text: 'include:_spf.mailer.example', note: 'lookup 1', severity: null },
          { depth: 2, text: '_spf.mailer.example', note: '', severity: null },
          { depth: 3, text: 'a:one.mailer.example', note: 'lookup 2 · finds nothing', severity: 'warn' },
          { depth: 3, text: 'exists:%{i}.mailer.example', note: 'lookup 11', severity: 'error' },
          { depth: 1, text: 'a', note: 'lookup 12', severity: 'error' },
        ],
        dns: 1,
      }),
      recordOf({
        kind: 'dkim',
        name: 's1._domainkey.bank.example',
        text: KEY,
        facts: ['RSA, \u20681024\u2069 bits', 'For tests only'],
        lint: [remarkOf({ start: UNSEEN, end: UNSEEN + 1, message: 'A character that cannot be seen.' })],
        dns: 2,
      }),
      ...['10 mx1.bank.example', '20 mx2.bank.example'].map((text) =>
        recordOf({ kind: 'mx', name: 'bank.example', type: 'MX', text, dns: 3 }),
      ),
      recordOf({ kind: 'tls-rpt', name: '_smtp._tls.xn--bcher-kva.example', dns: 4 }),
    ],
  },
  findings: [
    { code: 'spf-missing', severity: 'error', params: {}, because: { fields: [], dns: [1] } },
    { code: 'dnssec-off', severity: 'info', params: {}, because: { fields: [], dns: [0, 1] } },
    { code: 'unanswered', severity: 'open', params: {}, because: { fields: [], dns: [5] } },
    { code: 'dmarc-policy', severity: 'pass', params: {}, because: { fields: [], dns: [] } },
  ],
  explanation: {
    headline: '\u20683\u2069 errors stand in the records of \u2068bank.example\u2069.',
    detail: 'Receivers do not go by its policy.',
    reasons: [
      'Two SPF records stand at \u2068bank.example\u2069.',
      'DNS answers for \u2068bank.example\u2069 are not signed.',
      'Whether \u2068_mta-sts.bank.example\u2069 has a record is not known.',
      'It asks receivers to reject mail that it does not vouch for.',
    ],
  },
  dns: [
    answerOf('_dmarc.bank.example', { answers: [DMARC] }),
    answerOf('bank.example', { answers: [SPF], cached: true, ttl: 12 }),
    answerOf('s1._domainkey.bank.example', { answers: [KEY] }),
    answerOf('bank.example', { type: 'MX', answers: ['10 mx1.bank.example', '20 mx2.bank.example'] }),
    answerOf('_smtp._tls.xn--bcher-kva.example', { resolver: 'dns.google', answers: ['v=TLSRPTv1'] }),
    answerOf('_mta-sts.bank.example', { rcode: 'TIMEOUT', ttl: null, resolver: '' }),
  ],
});
