/** Encrypted delivery to the domain: MTA-STS (RFC 8461) and the reports about it (RFC 8460). */
import { isDefinite } from '../dns/answer.ts';
import type { Ledger } from '../dns/ledger.ts';
import { isAttempt, isRecord } from '../mta-sts/fields.ts';
import { lintMtaSts } from '../mta-sts/lint.ts';
import { MTA_STS, readPolicyId } from '../mta-sts/record.ts';
import { lintTlsRpt } from '../tls-rpt/lint.ts';
import { readReportAddresses, TLS_RPT } from '../tls-rpt/record.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainRecord, RecordFact } from './records.ts';
import { hasNone, type TextKind, type TextsAt, textRecords, textsAt } from './texts.ts';
import type { Use } from './use.ts';

export interface Transport {
  readonly sts: TextsAt;
  readonly reports: TextsAt;
  /** The host of the policy's web page, and whether it has an address; null where nothing announces a policy. */
  readonly policyHost: {
    readonly name: string;
    readonly isMissing: boolean;
    readonly dns: readonly number[];
  } | null;
}

const STS_TEXTS: TextKind = {
  isRecord: (text) => isRecord(text, MTA_STS),
  isAttempt: (text) => isAttempt(text, MTA_STS),
};
const REPORT_TEXTS: TextKind = {
  isRecord: (text) => isRecord(text, TLS_RPT),
  isAttempt: (text) => isAttempt(text, TLS_RPT),
};

export async function askTransport(domain: string, ledger: Ledger): Promise<Transport> {
  const [sts, reports] = await Promise.all([
    textsAt(`_mta-sts.${domain}`, STS_TEXTS, ledger),
    textsAt(`_smtp._tls.${domain}`, REPORT_TEXTS, ledger),
  ]);
  const policyHost = sts.records.length === 0 ? null : await askHost(`mta-sts.${domain}`, ledger);
  return { sts, reports, policyHost };
}

async function askHost(name: string, ledger: Ledger): Promise<Transport['policyHost']> {
  const asked = await Promise.all([ledger.ask(name, 'A'), ledger.ask(name, 'AAAA')]);
  const isMissing = asked.every(({ answer }) => isDefinite(answer) && answer.answers.length === 0);
  return { name, isMissing, dns: asked.map(({ index }) => index) };
}

export function transportRecords({ sts, reports }: Transport): readonly DomainRecord[] {
  return [
    ...textRecords('mta-sts', sts, policyFacts, lintMtaSts),
    ...textRecords('tls-rpt', reports, reportFacts, lintTlsRpt),
  ];
}

function policyFacts(text: string): readonly RecordFact[] {
  const value = readPolicyId(text);
  return value === null ? [] : [{ code: 'policy-id', params: { value } }];
}

function reportFacts(text: string): readonly RecordFact[] {
  const found = readReportAddresses(text);
  return found === null ? [] : [{ code: 'reports', params: { addresses: found.join(', ') } }];
}

/** Missing is worth a word only where mail is taken. */
export function transportFindings(
  { sts, reports, policyHost }: Transport,
  domain: string,
  { takesMail }: Use,
): readonly DomainFinding[] {
  const found: DomainFinding[] = [];
  if (sts.records.length > 1) {
    const params = { other: sts.name, count: sts.records.length };
    found.push({ code: 'mta-sts-several', params, severity: 'error', dns: [sts.dns] });
  } else if (policyHost !== null) {
    const { name: other, isMissing, dns } = policyHost;
    found.push(
      isMissing
        ? { code: 'mta-sts-no-host', params: { other }, severity: 'error', dns }
        : { code: 'mta-sts-policy-unread', params: { other }, severity: 'info', dns: [sts.dns] },
    );
  } else if (hasNone(sts) && takesMail === true) {
    found.push({ code: 'mta-sts-missing', params: { domain }, severity: 'info', dns: [sts.dns] });
  }
  if (reports.records.length > 1) {
    const params = { other: reports.name, count: reports.records.length };
    found.push({ code: 'tls-rpt-several', params, severity: 'error', dns: [reports.dns] });
  } else if (hasNone(reports) && takesMail === true) {
    found.push({ code: 'tls-rpt-missing', params: { domain }, severity: 'info', dns: [reports.dns] });
  }
  return found;
}
