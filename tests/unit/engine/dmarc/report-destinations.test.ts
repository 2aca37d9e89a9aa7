import { describe, expect, it } from 'vitest';
import { lintReports, reportDestinations } from '../../../../lib/engine/dmarc/report-destinations.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { portsOver, type Row, rows } from '../kit.ts';

const OWN = 'v=DMARC1; p=none';
const ZONE = { '_dmarc.bank.example': OWN };
const CONSENT = 'bank.example._report._dmarc.reports.test';

async function destinations(
  list: string,
  zone: Record<string, unknown>,
  organization: string | null = 'bank.example',
  domain = 'bank.example',
) {
  const text = `v=DMARC1; p=none; rua=${list}`;
  const ledger = openLedger(portsOver({ ...ZONE, ...zone }).resolve);
  const found = await reportDestinations(text, domain, organization, ledger);
  return { text, found, answers: ledger.answers() };
}

describe('consent of a report destination (RFC 9990 §4)', () => {
  it.each(
    rows<Row & { list?: string; zone: Record<string, unknown>; organization?: string | null; kind: string }>([
      { why: 'the domain itself', list: 'mailto:a@BANK.example', zone: {}, kind: 'own' },
      { why: 'a name of the same organization', list: 'mailto:a@mail.bank.example', zone: {}, kind: 'own' },
      {
        why: 'a name below that is an organization of its own',
        list: 'mailto:a@mail.bank.example',
        zone: { '_dmarc.mail.bank.example': `${OWN}; psd=n` },
        kind: 'not-consented',
      },
      { why: 'a consent', zone: { [CONSENT]: 'v=DMARC1' }, kind: 'consented' },
      { why: 'a consent with a semicolon', zone: { [CONSENT]: 'v=DMARC1;' }, kind: 'consented' },
      {
        why: 'a consent beside other texts',
        zone: { [CONSENT]: { TXT: ['hello', 'v=DMARC1; rua=mailto:x@reports.test'] } },
        kind: 'consented',
      },
      { why: 'no record', zone: {}, kind: 'not-consented' },
      { why: 'no text', zone: { [CONSENT]: {} }, kind: 'not-consented' },
      { why: 'no consent but a text', zone: { [CONSENT]: 'v=dmarc1' }, kind: 'not-consented' },
      {
        why: 'a consent that sends on to another host',
        zone: { [CONSENT]: 'v=DMARC1; rua=mailto:x@other.test' },
        kind: 'elsewhere',
      },
      {
        why: 'a consent that sends on another kind of report',
        zone: { [CONSENT]: 'v=DMARC1; ruf=mailto:x@other.test' },
        kind: 'consented',
      },
      { why: 'no answer', zone: { [CONSENT]: { RCODE: 'SERVFAIL' } }, kind: 'unanswered' },
      {
        why: 'no answer about whose the destination is',
        zone: { '_dmarc.reports.test': { RCODE: 'TIMEOUT' } },
        kind: 'unanswered',
      },
      {
        why: 'a consent settles it all the same',
        zone: { '_dmarc.reports.test': { RCODE: 'TIMEOUT' }, [CONSENT]: 'v=DMARC1' },
        kind: 'consented',
      },
      {
        why: 'no answer about either',
        zone: { '_dmarc.reports.test': { RCODE: 'TIMEOUT' } },
        organization: null,
        kind: 'unanswered',
      },
      { why: 'no answer about whose the domain is', zone: {}, organization: null, kind: 'unanswered' },
    ]),
  )('%s', async (_, { list = 'mailto:a@reports.test', zone, organization, kind }) => {
    const { found } = await destinations(list, zone, organization);
    expect(found.map((one) => one.kind)).toEqual([kind]);
  });

  it('asks in the name of the domain where the record stands, and points at the answer', async () => {
    const { found, answers } = await destinations(
      'mailto:a@reports.test',
      { 'news.bank.example._report._dmarc.reports.test': 'v=DMARC1' },
      'bank.example',
      'news.bank.example',
    );
    const [first] = found;
    expect(first).toMatchObject({ kind: 'consented', host: 'reports.test', uri: 'mailto:a@reports.test' });
    expect((first?.dns ?? []).map((index) => answers[index]?.name)).toEqual([first?.consentName]);
  });

  it('points at each address, whatever stands around it', async () => {
    const { text, found } = await destinations(
      '"mailto:a@reports.test!10m", nobody, mailto:b@bank.example; ruf=mailto:c@reports.test?x=y',
      {},
    );
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      'mailto:a@reports.test',
      'mailto:b@bank.example',
      'mailto:c@reports.test?x=y',
    ]);
    const lints = lintReports(found);
    expect(lints).toHaveLength(2);
    expect(lints[0]).toMatchObject({
      code: 'dmarc-report-not-consented',
      severity: 'error',
      params: { domain: 'reports.test', other: CONSENT },
      start: found[0]?.start,
      end: found[0]?.end,
      edit: null,
    });
  });

  it.each([
    ['elsewhere', { [CONSENT]: 'v=DMARC1; rua=mailto:x@other.test' }, 'error'],
    ['unanswered', { [CONSENT]: { RCODE: 'TIMEOUT' } }, 'info'],
    ['consented', { [CONSENT]: 'v=DMARC1' }, null],
  ])('has its remark: %s', async (kind, zone, severity) => {
    const { found } = await destinations('mailto:a@reports.test', zone);
    const lints = lintReports(found).map((lint) => [lint.code, lint.severity]);
    expect(lints).toEqual(severity === null ? [] : [[`dmarc-report-${kind}`, severity]]);
  });

  it('asks for ten hosts and no more, each once', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `mailto:a@h${at % 15}.test`).join(',');
    const { found, answers } = await destinations(many, {});
    expect(new Set(found.map(({ host }) => host)).size).toBe(10);
    expect(found).toHaveLength(20);
    const asked = answers.filter((answer) => answer?.name.includes('_report') === true);
    expect(asked).toHaveLength(10);
  });
});
