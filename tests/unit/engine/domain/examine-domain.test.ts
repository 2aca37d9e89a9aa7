/** The records of a domain without a message: what is found in a zone, and what is said about a zone without a fault. */
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { examineDomain } from '../../../../lib/engine/domain/examine-domain.ts';
import type { DomainFindingCode } from '../../../../lib/engine/domain/findings.ts';
import { MAX_SELECTORS } from '../../../../lib/engine/limits.ts';
import { keyEntry, keys, portsOver, type Row, rows } from '../kit.ts';

const DOMAIN = 'bank.example';
type Zone = Readonly<Record<string, unknown>>;

function look(zone: Zone, { domain = DOMAIN, selectors = [] as readonly string[] } = {}) {
  return examineDomain({ domain, selectors }, portsOver(zone));
}

/** A domain that does everything right. */
const CLEAN: Zone = {
  [DOMAIN]: {
    TXT: ['v=spf1 mx include:mailer.example -all', 'site-verification=1'],
    MX: [[10, 'mx.bank.example']],
  },
  'mx.bank.example': { A: ['192.0.2.25'], AAAA: ['2001:db8::25'] },
  'mailer.example': 'v=spf1 ip4:198.51.100.0/24 -all',
  '_dmarc.bank.example': 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example,mailto:bank@reports.example',
  'bank.example._report._dmarc.reports.example': 'v=DMARC1',
  's1._domainkey.bank.example': keyEntry(keys.rsaA),
  'default._bimi.bank.example': 'v=BIMI1; l=https://bank.example/logo.svg; a=https://bank.example/vmc.pem',
  '_mta-sts.bank.example': 'v=STSv1; id=20261124',
  'mta-sts.bank.example': { A: ['192.0.2.80'] },
  '_smtp._tls.bank.example': 'v=TLSRPTv1; rua=mailto:tls@bank.example',
};
/** One that is not used for mail, and says so. */
const PARKED: Zone = {
  [DOMAIN]: { TXT: ['v=spf1 -all'], MX: [[0, '.']] },
  '_dmarc.bank.example': 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example',
};

describe('a domain without a fault', () => {
  it.each([
    { why: 'used for mail', zone: CLEAN, selectors: ['s1'] },
    { why: 'parked', zone: PARKED, selectors: [] },
  ])('$why: no error and no warning', async ({ zone, selectors }) => {
    const { findings, records, state } = await look(zone, { selectors });
    const said = [...findings, ...records.flatMap(({ lint }) => lint)];
    expect(said.filter(({ severity }) => ['error', 'warn', 'open'].includes(severity))).toEqual([]);
    expect(state).toBe('done');
  });

  it('has each of its records once, with where it stands and what it says', async () => {
    const { records, dns, spf } = await look(CLEAN, { selectors: ['s1'] });
    expect(records.map(({ kind, name, facts }) => [kind, name, ...facts.map(({ code }) => code)])).toEqual([
      ['dmarc', '_dmarc.bank.example', 'policy'],
      ['report-consent', 'bank.example._report._dmarc.reports.example', 'consent'],
      ['spf', 'bank.example', 'lookups'],
      ['dkim', 's1._domainkey.bank.example', 'key-rsa'],
      ['mx', 'bank.example', 'mx-addresses'],
      ['bimi', 'default._bimi.bank.example', 'logo', 'evidence'],
      ['mta-sts', '_mta-sts.bank.example', 'policy-id'],
      ['tls-rpt', '_smtp._tls.bank.example', 'reports'],
    ]);
    for (const record of records) {
      expect(dns[record.dns]).toMatchObject({ name: record.name, type: record.type });
    }
    expect(spf).toMatchObject({ lookups: 2, voids: 0 });
  });

  it('says that the policy of MTA-STS is a web page that was not fetched', async () => {
    const { findings } = await look(CLEAN);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'mta-sts-policy-unread', severity: 'info' }),
    );
  });
});

/** Everything wrong at once. */
const FAULTY: Zone = {
  [DOMAIN]: {
    TXT: ['v=spf1 include: a.example ip4:2001:db8::1 ptr ?all', 'v=DMARC1; p=reject', 'v=BIMI1; l='],
    MX: [
      [0, '.'],
      [10, 'mx.bank.example.bank.example'],
      [20, '192.0.2.1'],
      [30, 'alias.bank.example'],
      [40, 'home.bank.example'],
    ],
  },
  'alias.bank.example': { CNAME: 'real.bank.example' },
  'real.bank.example': { A: ['192.0.2.25'] },
  'home.bank.example': { A: ['10.0.0.1'] },
  '_dmarc.bank.example': {
    TXT: [
      'v=DMARC1; p=none; rua=dmarc@bank.example',
      'v=DMARC1; p=qurantine; rua=mailto:x@other.example',
      'hello',
    ],
  },
  's1._domainkey.bank.example': 'k=rsa; p=',
  's2._domainkey.bank.example': 'v=DKIM1; p=AAAA*',
  '_mta-sts.bank.example': { TXT: ['v=STSv1; id=1', 'v=STSv1; id=2-2'] },
  '_smtp._tls.bank.example': 'v=TLSRPTv1 rua=tls@bank.example',
};

describe('a domain with every fault', () => {
  it('has a finding for each that is not about characters', async () => {
    const { findings } = await look(FAULTY, { selectors: ['s1', 's2', 's3'] });
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error dmarc-several',
      'error key-missing',
      'error bimi-misplaced',
      'error mta-sts-several',
      'warn dmarc-misplaced',
      'warn dmarc-unrelated',
      'info dnssec-off',
    ]);
  });

  it('has a remark for each that is, at the very characters', async () => {
    const { records } = await look(FAULTY, { selectors: ['s1', 's2', 's3'] });
    const errors = records.flatMap(({ kind, text, lint }) =>
      lint
        .filter(({ severity }) => severity !== 'info')
        .map(({ code, start, end }) => [kind, code, text.slice(start, end)]),
    );
    expect(errors).toEqual(
      expect.arrayContaining([
        ['dmarc', 'dmarc-uri-no-mailto', 'dmarc@bank.example'],
        ['dmarc', 'dmarc-policy-value', 'qurantine'],
        ['dmarc', 'dmarc-report-not-consented', 'mailto:x@other.example'],
        ['spf', 'spf-space', ' '],
        ['spf', 'spf-wrong-family', '4'],
        ['spf', 'spf-ptr', 'ptr'],
        ['dkim', 'key-revoked', 'p='],
        ['mx', 'mx-null-beside', '.'],
        ['mx', 'mx-doubled', 'mx.bank.example.bank.example'],
        ['mx', 'mx-literal', '192.0.2.1'],
        ['mx', 'mx-alias', 'alias.bank.example'],
        ['mx', 'mx-local', 'home.bank.example'],
        ['mta-sts', 'mta-id', '2-2'],
        ['tls-rpt', 'tls-separator', ' '],
      ]),
    );
  });
});

const MAIL: Zone = {
  [DOMAIN]: { TXT: ['v=spf1 mx -all'], MX: [[10, 'mx.bank.example']] },
  'mx.bank.example': { A: ['192.0.2.25'] },
};
const POLICY = { '_dmarc.bank.example': 'v=DMARC1; p=reject; rua=mailto:d@bank.example' };

describe('findings about a domain', () => {
  it.each(
    rows<
      Row & {
        zone: Zone;
        domain?: string;
        found: DomainFindingCode;
        severity: string;
        not?: readonly DomainFindingCode[];
      }
    >([
      { why: 'a policy of its own', zone: { ...MAIL, ...POLICY }, found: 'dmarc-policy', severity: 'pass' },
      {
        why: 'a policy that only watches',
        zone: { ...MAIL, '_dmarc.bank.example': 'v=DMARC1; p=none; rua=mailto:d@bank.example' },
        found: 'dmarc-policy',
        severity: 'info',
        not: ['dmarc-weak-unused'],
      },
      {
        why: 'no policy',
        zone: MAIL,
        found: 'dmarc-missing',
        severity: 'error',
        not: ['dmarc-missing-unused'],
      },
      {
        why: 'no policy where no mail is sent: other advice',
        zone: { [DOMAIN]: { TXT: ['v=spf1 -all'], MX: [[0, '.']] } },
        found: 'dmarc-missing-unused',
        severity: 'error',
        not: ['dmarc-missing', 'dkim-nothing', 'mta-sts-missing', 'tls-rpt-missing', 'bimi-missing'],
      },
      {
        why: 'a lax policy where no mail is sent',
        zone: { ...PARKED, '_dmarc.bank.example': 'v=DMARC1; p=none; rua=mailto:d@bank.example' },
        found: 'dmarc-weak-unused',
        severity: 'warn',
      },
      {
        why: 'the policy of the domain above',
        zone: { ...POLICY, 'news.bank.example': { TXT: ['v=spf1 mx -all'] } },
        domain: 'news.bank.example',
        found: 'dmarc-inherited',
        severity: 'pass',
        not: ['dmarc-missing'],
      },
      {
        why: 'a record at the domain itself',
        zone: { [DOMAIN]: { TXT: ['v=DMARC1; p=reject'] } },
        found: 'dmarc-misplaced',
        severity: 'error',
        not: ['dmarc-missing'],
      },
      {
        why: 'two records',
        zone: { '_dmarc.bank.example': { TXT: ['v=DMARC1; p=reject', 'v=DMARC1; p=none'] }, ...MAIL },
        found: 'dmarc-several',
        severity: 'error',
        not: ['dmarc-missing'],
      },
      {
        why: 'a text that is no record for anybody',
        zone: { ...MAIL, '_dmarc.bank.example': 'DMARC1; p=reject' },
        found: 'dmarc-broken',
        severity: 'error',
        not: ['dmarc-missing', 'dmarc-unrelated'],
      },
      {
        why: 'a text of another kind beside the record',
        zone: { ...MAIL, '_dmarc.bank.example': { TXT: ['v=DMARC1; p=reject', 'v=spf1 -all'] } },
        found: 'dmarc-unrelated',
        severity: 'warn',
        not: ['dmarc-several'],
      },
      {
        why: 'no policy that can be read, and nobody to report to',
        zone: { ...MAIL, '_dmarc.bank.example': 'v=DMARC1; p=block' },
        found: 'dmarc-unusable',
        severity: 'error',
      },
      {
        why: 'no SPF record',
        zone: { [DOMAIN]: { MX: [[10, 'mx.bank.example']] } },
        found: 'spf-missing',
        severity: 'warn',
        not: ['spf-missing-unused', 'no-mail'],
      },
      {
        why: 'no SPF record where no mail is taken',
        zone: { [DOMAIN]: { MX: [[0, '.']] } },
        found: 'spf-missing-unused',
        severity: 'warn',
        not: ['spf-missing'],
      },
      {
        why: 'two SPF records',
        zone: { [DOMAIN]: { TXT: ['v=spf1 -all', 'v=spf1 mx -all'] } },
        found: 'spf-several',
        severity: 'error',
      },
      {
        why: 'no key at all',
        zone: MAIL,
        found: 'dkim-nothing',
        severity: 'warn',
        not: ['dkim-no-selector'],
      },
      {
        why: 'keys of unknown selectors',
        zone: { ...MAIL, 'x._domainkey.bank.example': keyEntry(keys.rsaA) },
        found: 'dkim-no-selector',
        severity: 'info',
        not: ['dkim-nothing'],
      },
      { why: 'no mail at all', zone: PARKED, found: 'no-mail', severity: 'info' },
      {
        why: 'the null MX of a domain that sends mail',
        zone: { [DOMAIN]: { TXT: ['v=spf1 ip4:192.0.2.1 -all'], MX: [[0, '.']] } },
        found: 'null-mx-sends',
        severity: 'warn',
        not: ['no-mail'],
      },
      {
        why: 'the null MX where nothing is said of sending',
        zone: { [DOMAIN]: { MX: [[0, '.']] }, ...POLICY },
        found: 'null-mx',
        severity: 'info',
        not: ['no-mail'],
      },
      {
        why: 'the null MX alone: whoever takes no mail is not told how to send it',
        zone: { [DOMAIN]: { MX: [[0, '.']] } },
        found: 'dmarc-missing-unused',
        severity: 'error',
        not: ['dmarc-missing', 'dkim-nothing'],
      },
      {
        why: 'no logo is wanted: that needs no policy',
        zone: { ...MAIL, 'default._bimi.bank.example': 'v=BIMI1; l=' },
        found: 'dmarc-missing',
        severity: 'error',
        not: ['bimi-unenforced', 'bimi-missing'],
      },
      {
        why: 'an address in place of an exchange',
        zone: { [DOMAIN]: { A: ['192.0.2.1'] } },
        found: 'mx-implicit',
        severity: 'info',
      },
      {
        why: 'no way to the domain',
        zone: { [DOMAIN]: { TXT: ['v=spf1 -all'] } },
        found: 'mx-missing',
        severity: 'info',
      },
      {
        why: 'no way to a domain that sends',
        zone: { [DOMAIN]: { TXT: ['v=spf1 ip4:192.0.2.1 -all'] } },
        found: 'mx-missing',
        severity: 'warn',
      },
      { why: 'no logo', zone: MAIL, found: 'bimi-missing', severity: 'info' },
      {
        why: 'the logo of the domain above',
        zone: { ...CLEAN, 'news.bank.example': {} },
        domain: 'news.bank.example',
        found: 'bimi-inherited',
        severity: 'info',
        not: ['bimi-missing'],
      },
      {
        why: 'two logos',
        zone: { ...MAIL, 'default._bimi.bank.example': { TXT: ['v=BIMI1; l=', 'v=BIMI1; l='] } },
        found: 'bimi-several',
        severity: 'error',
      },
      {
        why: 'a logo without a policy',
        zone: { ...MAIL, 'default._bimi.bank.example': 'v=BIMI1; l=https://bank.example/logo.svg' },
        found: 'bimi-unenforced',
        severity: 'warn',
      },
      {
        why: 'a logo at the domain itself',
        zone: { [DOMAIN]: { TXT: ['v=BIMI1; l='] } },
        found: 'bimi-misplaced',
        severity: 'error',
      },
      { why: 'no MTA-STS', zone: MAIL, found: 'mta-sts-missing', severity: 'info' },
      {
        why: 'two MTA-STS records',
        zone: { ...MAIL, '_mta-sts.bank.example': { TXT: ['v=STSv1; id=1', 'v=STSv1; id=2'] } },
        found: 'mta-sts-several',
        severity: 'error',
      },
      {
        why: 'an MTA-STS policy that can be nowhere',
        zone: { ...MAIL, '_mta-sts.bank.example': 'v=STSv1; id=1' },
        found: 'mta-sts-no-host',
        severity: 'error',
        not: ['mta-sts-missing', 'mta-sts-policy-unread'],
      },
      { why: 'no reports about encryption', zone: MAIL, found: 'tls-rpt-missing', severity: 'info' },
      {
        why: 'two TLS-RPT records',
        zone: {
          ...MAIL,
          '_smtp._tls.bank.example': { TXT: Array(2).fill('v=TLSRPTv1; rua=mailto:t@bank.example') },
        },
        found: 'tls-rpt-several',
        severity: 'error',
      },
      {
        why: 'no such domain',
        zone: {},
        found: 'no-such-domain',
        severity: 'error',
        not: ['dmarc-missing', 'spf-missing'],
      },
    ]),
  )('%s', async (_, { zone, domain = DOMAIN, found, severity, not = [] }) => {
    const { findings } = await look(zone, { domain });
    const codes = findings.map(({ code }) => code);
    expect(findings).toContainEqual(expect.objectContaining({ code: found, severity }));
    expect(codes.filter((code) => not.includes(code))).toEqual([]);
  });

  it.each([true, false])('DNSSEC: the resolver validated (%s)', async (authenticData) => {
    const { resolve } = portsOver(CLEAN);
    const examined = await examineDomain(
      { domain: DOMAIN, selectors: [] },
      { resolve: async (name, type) => ({ ...(await resolve(name, type)), authenticData }) },
    );
    expect(examined.authenticData).toBe(authenticData);
    const code = authenticData ? 'dnssec-on' : 'dnssec-off';
    expect(examined.findings).toContainEqual(expect.objectContaining({ code }));
  });
});

describe('a question that nobody answers', () => {
  /** What must not be said about a record that may well be there. */
  const NOTHING = /missing|nothing|no-such|no-mail|implicit|no-host|dnssec/;

  it('is open, and never "no record": everything at once', async () => {
    const { resolve } = portsOver();
    const { findings, state, records, authenticData } = await examineDomain(
      { domain: DOMAIN, selectors: ['s1'] },
      { resolve: async (name, type) => ({ ...(await resolve(name, type)), rcode: 'TIMEOUT' }) },
    );
    expect({ state, records, authenticData }).toEqual({ state: 'partial', records: [], authenticData: null });
    expect(findings.filter(({ code }) => code !== 'unanswered')).toEqual([]);
    expect(findings).toContainEqual({
      code: 'unanswered',
      params: { other: '_dmarc.bank.example', type: 'TXT', rcode: 'TIMEOUT' },
      severity: 'open',
      dns: [0],
    });
  });

  it.each([
    'SERVFAIL',
    'TIMEOUT',
    'REFUSED',
    'UNREACHABLE',
    'OFFLINE',
    'MALFORMED',
    'TRUNCATED',
    'PORTAL',
    'HTTP',
  ] as const)('one after another (%s)', async (rcode) => {
    const { resolve } = portsOver(CLEAN);
    const asked = (await look(CLEAN, { selectors: ['s1'] })).dns.map(
      (answer) => `${answer?.name} ${answer?.type}`,
    );
    const whole = new Set((await look(CLEAN, { selectors: ['s1'] })).findings.map(({ code }) => code));
    for (const failing of asked) {
      const { state, findings } = await examineDomain(
        { domain: DOMAIN, selectors: ['s1'] },
        {
          resolve: async (name, type) => {
            const answer = await resolve(name, type);
            return `${name} ${type}` === failing ? { ...answer, rcode, answers: [] } : answer;
          },
        },
      );
      const invented = findings.filter(({ code }) => NOTHING.test(code) && !whole.has(code));
      expect({ failing, invented, state }).toEqual({ failing, invented: [], state: 'partial' });
      const open = findings.filter(({ code }) => code === 'unanswered');
      expect(open.map(({ params }) => 'type' in params && `${params.other} ${params.type}`)).toContain(
        failing,
      );
    }
  });
});

describe('the questions', () => {
  it('are asked once each, and those of a shared ledger not again', async () => {
    const asked: string[] = [];
    const { resolve } = portsOver(CLEAN);
    const ledger = openLedger((name, type) => {
      asked.push(`${name} ${type}`);
      return resolve(name, type);
    });
    const task = { domain: DOMAIN, selectors: ['s1', 's1'] };
    await examineDomain(task, portsOver(), ledger);
    const once = asked.length;
    expect(new Set(asked).size).toBe(once);
    await examineDomain(task, portsOver(), ledger);
    expect(asked).toHaveLength(once);
  });

  it('go for a bounded number of keys', async () => {
    const selectors = Array.from({ length: MAX_SELECTORS + 5 }, (_, index) => `s${index}`);
    const { task, dns } = await look(CLEAN, { selectors });
    expect(task.selectors).toHaveLength(MAX_SELECTORS);
    expect(dns.some((answer) => answer?.name === `s${MAX_SELECTORS}._domainkey.bank.example`)).toBe(false);
  });

  it('are never asked of a web server', async () => {
    const { dns } = await look(CLEAN, { selectors: ['s1'] });
    expect(new Set(dns.map((answer) => answer?.type))).toEqual(new Set(['TXT', 'MX', 'A', 'AAAA']));
  });
});
