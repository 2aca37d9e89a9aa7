/** The policy of the domain: its own record, one further up that speaks for it, or one where nobody looks for it. */
import { isDmarcAttempt, lintDmarc } from '../dmarc/lint.ts';
import { type Walk, walk } from '../dmarc/lookup.ts';
import { findPolicy, type PolicyFound } from '../dmarc/policy.ts';
import { parseDmarcRecord } from '../dmarc/record.ts';
import { lintReports, type ReportDestination, reportDestinations } from '../dmarc/report-destinations.ts';
import type { Ledger } from '../dns/ledger.ts';
import { mended } from '../lint/lint.ts';
import { decodeUtf8 } from '../octets.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainRecord, RecordFact } from './records.ts';
import { listed, type TextKind, type TextsAt, textsAt } from './texts.ts';
import type { Use } from './use.ts';

export interface DmarcFound {
  readonly walk: Walk;
  readonly policy: PolicyFound;
  /** At `_dmarc` of the domain. */
  readonly own: TextsAt;
  /** At the domain itself, where nobody looks for it. */
  readonly misplaced: TextsAt;
  /** The domain's own records, and the one from further up that speaks for it. */
  readonly records: readonly PolicyRecord[];
}

interface PolicyRecord {
  /** The domain at whose `_dmarc` it stands. */
  readonly domain: string;
  readonly text: string;
  readonly destinations: readonly ReportDestination[];
  readonly dns: number;
}

const DMARC_TEXTS: TextKind = {
  isRecord: (text) => parseDmarcRecord(text) !== null,
  isAttempt: isDmarcAttempt,
};
/** At the domain itself stand texts of all kinds: only a record counts as misplaced. */
const ELSEWHERE: TextKind = { ...DMARC_TEXTS, isAttempt: () => false };

export async function askDmarc(domain: string, ledger: Ledger): Promise<DmarcFound> {
  const [walked, own, misplaced] = await Promise.all([
    walk(domain, ledger),
    textsAt(`_dmarc.${domain}`, DMARC_TEXTS, ledger),
    textsAt(domain, ELSEWHERE, ledger),
  ]);
  const policy = await findPolicy(domain, walked, ledger);
  const places = listed(own).map((text) => ({ domain, text, dns: own.dns }));
  if (policy.kind === 'record' && policy.recordDomain !== domain) {
    const { recordDomain, record, dns } = policy;
    places.push({ domain: recordDomain, text: decodeUtf8(record.text), dns: dns[0] ?? 0 });
  }
  const records = await Promise.all(
    places.map(async (place) => ({
      ...place,
      destinations: await reportDestinations(place.text, place.domain, walked.organizationalDomain, ledger),
    })),
  );
  return { walk: walked, policy, own, misplaced, records };
}

export function dmarcRecords({
  records,
  walk: { organizationalDomain },
}: DmarcFound): readonly DomainRecord[] {
  return records.map(({ domain, text, destinations, dns }) => {
    const isOrganizational = organizationalDomain === null ? null : organizationalDomain === domain;
    const lintOf = (once: string) => lintDmarc(once, { purpose: 'policy', isOrganizational });
    const lint = [...lintOf(text), ...lintReports(destinations)].sort(
      (one, other) => one.start - other.start,
    );
    return {
      kind: 'dmarc',
      name: `_dmarc.${domain}`,
      type: 'TXT',
      text,
      facts: factsOf(text),
      lint,
      corrected: mended(text, lintOf),
      dns,
    };
  });
}

/** The records by which others agree to reports about the domain, each once. */
export async function consentRecords(
  { records }: DmarcFound,
  ledger: Ledger,
): Promise<readonly DomainRecord[]> {
  const agreed = records.flatMap(({ domain, destinations }) =>
    destinations
      .filter(({ kind }) => kind === 'consented' || kind === 'elsewhere')
      .map((one) => [one.consentName, domain] as const),
  );
  const places = await Promise.all(
    [...new Map(agreed)].map(async ([name, domain]) => ({
      domain,
      texts: await textsAt(name, DMARC_TEXTS, ledger),
    })),
  );
  return places.flatMap(({ domain, texts }) =>
    texts.records.map(
      (text): DomainRecord => ({
        kind: 'report-consent',
        name: texts.name,
        type: 'TXT',
        text,
        facts: [{ code: 'consent', params: { domain } }],
        lint: lintConsent(text),
        corrected: mended(text, lintConsent),
        dns: texts.dns,
      }),
    ),
  );
}

function lintConsent(text: string): ReturnType<typeof lintDmarc> {
  return lintDmarc(text, { purpose: 'report-consent', isOrganizational: null });
}

function factsOf(text: string): readonly RecordFact[] {
  const record = parseDmarcRecord(text);
  if (record === null) return [];
  const facts: RecordFact[] = [];
  if (record.p !== null) facts.push({ code: 'policy', params: { policy: record.p } });
  if (record.sp !== null) facts.push({ code: 'subdomain-policy', params: { policy: record.sp } });
  if (record.testing) facts.push({ code: 'testing', params: {} });
  return facts;
}

export function dmarcFindings(found: DmarcFound, domain: string, use: Use): readonly DomainFinding[] {
  const { own, misplaced, policy } = found;
  const told: DomainFinding[] = [];
  const { length: count } = own.records;
  if (count > 1) {
    told.push({
      code: 'dmarc-several',
      params: { other: own.name, count },
      severity: 'error',
      dns: [own.dns],
    });
  }
  const isMisplaced = misplaced.records.length > 0;
  if (isMisplaced) {
    const severity = count === 0 ? 'error' : 'warn';
    told.push({
      code: 'dmarc-misplaced',
      params: { domain, other: own.name },
      severity,
      dns: [misplaced.dns],
    });
  }
  if (own.others > 0) {
    const params = { other: own.name, count: own.others };
    told.push({ code: 'dmarc-unrelated', params, severity: 'warn', dns: [own.dns] });
  }
  if (own.attempts.length > 0 && policy.kind === 'none') {
    const params = { domain, other: own.name };
    told.push({ code: 'dmarc-broken', params, severity: 'error', dns: [own.dns] });
  }
  const isMeant = told.some(({ severity }) => severity === 'error');
  return [...told, ...policyFindings(policy, domain, use, isMeant), ...weakFindings(policy, domain, use)];
}

/** `isMeant`: there is a record of some kind, and what is wrong with it is told. */
function policyFindings(
  policy: PolicyFound,
  domain: string,
  { sendsMail }: Use,
  isMeant: boolean,
): readonly DomainFinding[] {
  const { dns } = policy;
  if (policy.kind === 'record') {
    const { applied, recordDomain } = policy;
    const severity = applied === 'none' ? 'info' : 'pass';
    return recordDomain === domain
      ? [{ code: 'dmarc-policy', params: { domain, policy: applied }, severity, dns }]
      : [
          {
            code: 'dmarc-inherited',
            params: { domain, other: recordDomain, policy: applied },
            severity,
            dns,
          },
        ];
  }
  if (policy.kind === 'unanswered') return [];
  if (policy.dropped !== null) {
    const params = { other: policy.dropped.domain };
    return [{ code: 'dmarc-unusable', params, severity: 'error', dns }];
  }
  if (isMeant) return [];
  const code = sendsMail === false ? 'dmarc-missing-unused' : 'dmarc-missing';
  return [{ code, params: { domain, other: `_dmarc.${domain}` }, severity: 'error', dns }];
}

/** Who sends nothing loses nothing by the strictest policy. */
function weakFindings(policy: PolicyFound, domain: string, { sendsMail }: Use): readonly DomainFinding[] {
  if (sendsMail !== false || policy.kind !== 'record' || policy.applied === 'reject') return [];
  const params = { domain, policy: policy.applied };
  return [{ code: 'dmarc-weak-unused', params, severity: 'warn', dns: policy.dns }];
}
