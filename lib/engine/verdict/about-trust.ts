/** Findings about the evidence itself: whose word counts, what was ignored and why, what was at hand. */
import type { IgnoredBecause } from '../authres/evidence.ts';
import { fieldsNamed } from '../message/split.ts';
import type { Facts } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import { reportedDmarc } from './rule.ts';

export function trustFindings(facts: Facts): readonly Finding[] {
  return [...basisFindings(facts), ...ignoredFindings(facts), ...circumstances(facts)];
}

type Plain =
  | 'file-basis'
  | 'no-report'
  | 'no-report-file'
  | 'gateway-in-front'
  | 'mailing-list'
  | 'line-ends-converted'
  | 'no-body'
  | 'expiry-by-date';

function plain(code: Plain, severity: Severity, fields: readonly number[] = []): Finding {
  const because = { fields, dns: [] };
  return { code, params: {}, severity, step: 'trust', about: null, provenance: [], because };
}

function basisFindings({ evidence, reader }: Facts): readonly Finding[] {
  const border = evidence.border === null ? [] : [evidence.border.field];
  if (evidence.gateway) return [plain('gateway-in-front', 'info', border)];
  if (evidence.basis === 'file') return [plain('file-basis', 'info', border)];
  if (evidence.basis !== null) return [];
  return [plain(reader === 'mailbox' ? 'no-report' : 'no-report-file', 'open')];
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
};

function ignoredFindings({ evidence }: Facts): readonly Finding[] {
  return evidence.ignored.map(({ field, authservId, because }) => ({
    code: `ignored-${because}` as const,
    params: { id: authservId ?? '' },
    severity: SEVERITY_OF[because],
    step: 'trust',
    about: null,
    provenance: [],
    because: { fields: [field], dns: [] },
  }));
}

function circumstances(facts: Facts): readonly Finding[] {
  const { message, evidence, signatures } = facts;
  const list = fieldsNamed(message, 'list-id');
  const findings: Finding[] = [];
  if (list.length > 0 && reportedDmarc(facts) === 'fail') findings.push(plain('mailing-list', 'info', list));
  if (message.lineEnds === 'lf') findings.push(plain('line-ends-converted', 'info'));
  if (!message.hasBody) findings.push(plain('no-body', 'open'));
  const expiring = signatures.filter(({ claim }) => claim.expires !== null).map(({ claim }) => claim.field);
  if (evidence.border?.date == null && expiring.length > 0)
    findings.push(plain('expiry-by-date', 'info', expiring));
  return findings;
}
