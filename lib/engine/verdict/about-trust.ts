/** Findings about the evidence itself: whose word counts, what was ignored and why, what was at hand. */
import { type IgnoredBecause, type IgnoredField, receivedAt } from '../authres/evidence.ts';
import { isAtOrBelow } from '../dns/name.ts';
import { fieldsNamed } from '../message/split.ts';
import type { Facts } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import { alignmentOf, checkedPasses, reportedPasses } from './identifiers.ts';
import { reportedDmarc } from './rule.ts';

export function trustFindings(facts: Facts): readonly Finding[] {
  return [...basisFindings(facts), ...ignoredFindings(facts), ...circumstances(facts)];
}

type Plain =
  | 'file-basis'
  | 'no-report'
  | 'no-report-file'
  | 'gateway-in-front'
  | 'imported'
  | 'internal'
  | 'rebuilt'
  | 'mailing-list'
  | 'line-ends-converted'
  | 'no-body'
  | 'not-original'
  | 'not-received'
  | 'expiry-by-date';

const TRUST = { step: 'trust', about: null, provenance: [] } as const;

function plain(code: Plain, severity: Severity, fields: readonly number[] = []): Finding {
  return { code, params: {}, severity, ...TRUST, because: { fields, dns: [] } };
}

function basisFindings(facts: Facts): readonly Finding[] {
  const gateway = gatewayFinding(facts);
  const isJudgeless = gateway !== null && facts.evidence.basis === null;
  return [...(gateway === null ? [] : [gateway]), ...(isJudgeless ? [] : [basisFinding(facts)])];
}

/** A server of the recipient's in front of the mailbox: believed where the reader names it, told where not. */
function gatewayFinding({ evidence: { border, gateway, gatewayInFront } }: Facts): Finding | null {
  const because = { fields: border === null ? [] : [border.field], dns: [] };
  const base = { ...TRUST, because } as const;
  switch (gatewayInFront.kind) {
    case 'none':
      return gateway ? plain('gateway-in-front', 'info', because.fields) : null;
    case 'believed':
      return { ...base, code: 'gateway-named', params: { id: gatewayInFront.id }, severity: 'info' };
    case 'silent':
      return { ...base, code: 'gateway-silent', params: { id: gatewayInFront.id }, severity: 'info' };
    case 'bypassed':
      return { ...base, code: 'gateway-bypassed', params: { id: gatewayInFront.id }, severity: 'warn' };
    case 'unnamed': {
      const { id } = gatewayInFront;
      return id === null
        ? plain('gateway-in-front', 'info', because.fields)
        : { ...base, code: 'gateway-recognised', params: { id }, severity: 'info' };
    }
  }
}

function basisFinding({ authors, evidence, reader }: Facts): Finding {
  const border = evidence.border === null ? [] : [evidence.border.field];
  if (evidence.basis === 'file') return plain('file-basis', 'info', border);
  if (evidence.basis === 'mailbox') {
    const fields = [...border, ...[evidence.spf, evidence.dmarc].flatMap((result) => result?.field ?? [])];
    const because = { fields: [...new Set(fields)], dns: [] };
    const params = { receiver: evidence.profile ?? '' };
    return { code: 'mailbox-basis', params, severity: 'info', ...TRUST, because };
  }
  if (reader !== 'mailbox') return plain('no-report-file', 'open');
  switch (evidence.origin) {
    case 'own':
      // Own mail has a sender; what has none is no mail of anybody's.
      return authors.kind === 'none' ? plain('no-report', 'open') : plain('not-received', 'info');
    case 'imported':
    case 'internal':
    case 'rebuilt':
      return plain(evidence.origin, 'info');
    default:
      return plain('no-report', 'open');
  }
}

/** A field that bears the receiver's own id in the wrong place is worth a warning; a foreign one is not. */
const SEVERITY_OF: Readonly<Record<IgnoredBecause, Severity>> = {
  'no-border': 'info',
  'below-border': 'warn',
  'other-id': 'info',
  duplicate: 'warn',
  'from-mismatch': 'warn',
  contradiction: 'warn',
  unparseable: 'warn',
  'address-mismatch': 'warn',
  'seal-mismatch': 'warn',
  'gateway-bypassed': 'warn',
};

/** One finding for all fields that are ignored under one name for one reason. */
function ignoredFindings({ evidence }: Facts): readonly Finding[] {
  const groups = new Map<string, IgnoredField[]>();
  for (const ignored of evidence.ignored) {
    const key = `${ignored.because} ${ignored.authservId ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), ignored]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const because = { fields: group.map(({ field }) => field), dns: [] };
    const statement = { code: `ignored-${first.because}` as const, params: { id: first.authservId ?? '' } };
    return [{ ...statement, severity: SEVERITY_OF[first.because], ...TRUST, because }];
  });
}

function circumstances(facts: Facts): readonly Finding[] {
  const { message, completeness, evidence, reader, signatures } = facts;
  const findings: Finding[] = [];
  const list = explainingList(facts);
  if (list !== null) findings.push(plain('mailing-list', 'info', [list]));
  if (message.lineEnds === 'lf') findings.push(plain('line-ends-converted', 'info'));
  const isProven = signatures.some(({ check }) => check?.result === 'pass');
  if (completeness === 'reencoded' && !isProven) findings.push(plain('not-original', 'open'));
  if (!message.hasBody || completeness === 'headers') findings.push(plain('no-body', 'open'));
  const expiring = signatures.filter(({ claim }) => claim.expires !== null).map(({ claim }) => claim.field);
  if (receivedAt(evidence, reader) === null && expiring.length > 0)
    findings.push(plain('expiry-by-date', 'info', expiring));
  return [...findings, ...expiredSince(facts)];
}

/** A signature may hold on delivery and run out later; other verifiers then say so, and a reader should know why. */
function expiredSince({ signatures, now }: Facts): readonly Finding[] {
  return signatures.flatMap(({ check }) => {
    if (check?.result !== 'pass' || check.expires === null || check.expires >= now) return [];
    const because = { fields: [check.field], dns: [] };
    const params = { domain: check.domain };
    return [{ code: 'dkim-expired-since', params, severity: 'info', ...TRUST, because } as const];
  });
}

/**
 * The List-Id field (RFC 2919) where a list explains a failure: anybody can write one, so the list must have sent the
 * mail by proof, and a signature of the author domain must be there and broken.
 */
function explainingList(facts: Facts): number | null {
  if (reportedDmarc(facts) !== 'fail') return null;
  const isBroken = facts.signatures.some(
    ({ check }) => check?.result === 'fail' && alignmentOf(facts, check.domain, 'dkim') === true,
  );
  const senders = [...reportedPasses(facts), ...checkedPasses(facts)].map(({ domain }) => domain);
  const list = fieldsNamed(facts.message, 'list-id').find((field) => {
    const id = /<([^<>\s]+)>\s*$/.exec(facts.message.fields[field]?.value ?? '')?.[1]?.toLowerCase() ?? '';
    return senders.some((domain) => domain !== '' && isAtOrBelow(id, domain));
  });
  return isBroken ? (list ?? null) : null;
}
