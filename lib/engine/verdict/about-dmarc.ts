/** Findings about DMARC: what counts of that which passed, what the author domain asks, and then against now. */
import type { ReportedResult } from '../authres/evidence.ts';
import { propertyOf } from '../authres/parse.ts';
import type { PolicyFound } from '../dmarc/policy.ts';
import type { Facts } from './facts.ts';
import {
  type Finding,
  type FindingCode,
  LEVEL_OF,
  type Provenance,
  type Rule,
  type Severity,
  type Statement,
} from './finding.ts';
import { checkedPasses, isNoneByList, reportedPasses } from './identifiers.ts';
import { checkedDmarc, reportedDmarc } from './rule.ts';

export function dmarcFindings(facts: Facts, rule: Rule): readonly Finding[] {
  if (facts.authors.kind === 'several') return severalFindings(facts);
  if (facts.authors.kind === 'none') return [];
  const domain = facts.authors.author.domain;
  return [
    resultFinding(facts, rule, domain),
    ...organizationFindings(facts, rule, domain),
    ...policyFindings(facts, rule, domain),
    ...actionFindings(facts),
  ];
}

/** Several author domains: DMARC judges none of them here, but the receiver may have. */
function severalFindings(facts: Facts): readonly Finding[] {
  const { dmarc } = facts.evidence;
  if (dmarc === null || reportedDmarc(facts) !== 'fail') return [];
  return [
    {
      code: 'dmarc-fail-several',
      params: {},
      severity: 'fail',
      step: 'alignment',
      about: 'DMARC',
      provenance: [{ by: 'reported', result: dmarc.result }],
      because: { fields: [dmarc.field, ...facts.authors.fields], dns: [] },
    },
  ];
}

type ResultCode =
  | 'dmarc-pass-then'
  | 'dmarc-none-by-list'
  | 'dmarc-pass'
  | 'dmarc-fail'
  | 'dmarc-none'
  | 'dmarc-none-then'
  | 'dmarc-error'
  | 'dmarc-open'
  | 'dmarc-pending';

function resultCode(facts: Facts, rule: Rule): { code: ResultCode; severity: Severity } {
  if (rule === 'pending') return { code: 'dmarc-pending', severity: 'open' };
  if (rule === 'unanswered') return { code: 'dmarc-error', severity: 'open' };
  switch (LEVEL_OF[rule]) {
    case 'authenticated':
      return rule === 'reported-pass' && checkedDmarc(facts) === 'fail'
        ? { code: 'dmarc-pass-then', severity: 'pass' }
        : { code: 'dmarc-pass', severity: 'pass' };
    case 'failed':
      return { code: 'dmarc-fail', severity: 'fail' };
    case 'unprotected':
      if (facts.dmarc?.policy.kind !== 'record') return { code: 'dmarc-none', severity: 'info' };
      return { code: isNoneByList(facts) ? 'dmarc-none-by-list' : 'dmarc-none-then', severity: 'info' };
    case 'unknown':
      return { code: 'dmarc-open', severity: 'open' };
  }
}

function resultFinding(facts: Facts, rule: Rule, domain: string): Finding {
  const { evidence, dmarc } = facts;
  const checked = checkedDmarc(facts);
  const reported = evidence.dmarc?.result ?? (evidence.absentDmarcMeansNone ? 'none' : null);
  const provenance: Provenance[] = [
    ...(reported === null ? [] : [{ by: 'reported', result: reported } as const]),
    checked === null ? { by: 'pending', result: null } : { by: 'checked', result: checked },
  ];
  const field = evidence.dmarc?.field ?? evidence.spf?.field;
  return {
    ...resultCode(facts, rule),
    params: { domain },
    step: 'alignment',
    about: 'DMARC',
    provenance,
    because: {
      fields: [...(field === undefined ? [] : [field]), ...facts.authors.fields],
      dns: [...(dmarc?.policy.dns ?? [])],
    },
  };
}

/** What passed bears another name than the mail, but one of the same organization: the reader is told why it counts. */
function organizationFindings(facts: Facts, rule: Rule, author: string): readonly Finding[] {
  if (LEVEL_OF[rule] !== 'authenticated') return [];
  const passes = [...checkedPasses(facts), ...reportedPasses(facts)].filter(
    ({ aligned }) => aligned === true,
  );
  const [pass] = passes;
  if (pass === undefined || passes.some(({ domain }) => domain === author)) return [];
  return [
    {
      code: 'same-organization',
      params: { domain: pass.domain, author },
      severity: 'info',
      step: 'alignment',
      about: 'DMARC',
      provenance: [{ by: 'checked', result: null }],
      because: { fields: [], dns: [...(facts.dmarc?.policy.dns ?? [])] },
    },
  ];
}

function policyFindings(facts: Facts, rule: Rule, domain: string): readonly Finding[] {
  const policy = facts.dmarc?.policy ?? null;
  const base = {
    step: 'policy',
    about: 'DMARC',
    provenance: [{ by: policy === null ? 'pending' : 'checked', result: null }],
    because: { fields: [], dns: [...(policy?.dns ?? [])] },
  } as const;
  if (policy === null) return [{ ...base, code: 'policy-pending', params: { domain }, severity: 'open' }];
  const several = severalRecords(facts);
  if (policy.kind === 'none') {
    const { dropped } = policy;
    if (dropped === null) {
      return [...several, { ...base, code: 'policy-missing', params: { domain }, severity: 'info' }];
    }
    const code = dropped.contested ? 'policy-no-p' : 'policy-unreadable';
    return [{ ...base, code, params: { domain: dropped.domain }, severity: 'warn' }];
  }
  if (policy.kind === 'unanswered') {
    return [{ ...base, code: 'policy-unanswered', params: { domain }, severity: 'open' }];
  }
  const params = { domain: policy.recordDomain };
  const stated: Finding = {
    ...base,
    code: policyCode(policy),
    params,
    severity: policySeverity(policy, rule),
  };
  const more: Finding[] = [];
  if (policy.recordDomain !== domain) {
    const inherited = { domain: policy.recordDomain, author: domain };
    more.push({ ...base, code: 'policy-inherited', params: inherited, severity: 'info' });
  }
  if (policy.tag === 'np') {
    const nameless = { domain: policy.recordDomain, author: domain };
    more.push({ ...base, code: 'policy-nonexistent', params: nameless, severity: 'info' });
  }
  if (policy.record.testing) more.push({ ...base, code: 'policy-testing', params, severity: 'info' });
  if (policy.flaw !== null) more.push({ ...base, code: 'policy-as-none', params, severity: 'warn' });
  return [stated, ...more, ...several, ...recordFaults(policy).map((fault) => ({ ...base, ...fault }))];
}

/** Names of the walk with more than one record: all of them are dropped there. */
function severalRecords({ dmarc }: Facts): readonly Finding[] {
  const names = dmarc?.walk.steps.filter(({ outcome }) => outcome === 'several') ?? [];
  return names.map(({ domain, dns }) => ({
    code: 'policy-several',
    params: { domain },
    severity: 'warn',
    step: 'policy',
    about: 'DMARC',
    provenance: [{ by: 'checked', result: null }],
    because: { fields: [], dns: [dns] },
  }));
}

/** What is passed over in a record that counts. */
function recordFaults({ record, recordDomain, flaw }: RecordFound): readonly Statement[] {
  const { obsoleteTags, badValues } = record;
  const domain = recordDomain;
  const bad = [...new Set(badValues.map(({ tag, value }) => (tag === '' ? value : tag)))].join(', ');
  const faults: Statement[] = [];
  if (bad !== '' && flaw === null) {
    faults.push({ code: 'policy-bad-value', params: { domain, tags: bad }, severity: 'warn' });
  }
  if (obsoleteTags.length > 0) {
    const params = { domain, tags: obsoleteTags.join(', ') };
    faults.push({ code: 'policy-obsolete', params, severity: 'info' });
  }
  return faults;
}

type RecordFound = Extract<PolicyFound, { kind: 'record' }>;

function policyCode({ policy }: RecordFound): 'policy-reject' | 'policy-quarantine' | 'policy-none' {
  return `policy-${policy}`;
}

function policySeverity({ applied }: RecordFound, rule: Rule): Severity {
  if (LEVEL_OF[rule] !== 'failed') return 'info';
  return applied === 'none' ? 'warn' : 'fail';
}

/** What the receiver did with a mail that failed: Gmail's `dis=` stands in a comment of its own, Microsoft's is `action=`. */
function actionFindings(facts: Facts): readonly Finding[] {
  const { dmarc } = facts.evidence;
  if (dmarc === null) return [];
  const reported = reportedDmarc(facts);
  if (reported === 'error') return [receiverError(dmarc)];
  if (reported !== 'fail') return [];
  const action = (
    /(?:^|\s)dis=(\w+)/i.exec(dmarc.comment ?? '')?.[1] ?? propertyOf(dmarc.properties, '', 'action')
  ).toLowerCase();
  const known = ACTIONS.get(action);
  if (known === undefined) return [];
  const isOverride = known === 'receiver-delivered' && !asksForNothing(facts, dmarc);
  const isByArc = /(?:^|\s)arc=pass(?:\s|$)/i.test(dmarc.comment ?? '');
  const code = !isOverride ? known : isByArc ? 'receiver-arc-override' : 'receiver-delivered-anyway';
  return [
    {
      code,
      params: {},
      severity: 'info',
      step: 'policy',
      about: null,
      provenance: [{ by: 'reported', result: action === 'none' ? 'dis=none' : action }],
      because: { fields: [dmarc.field], dns: [] },
    },
  ];
}

/** The policy as the receiver saw it, else as it is today; Gmail writes `p=NONE` into the comment. */
function asksForNothing({ dmarc }: Facts, { comment }: ReportedResult): boolean {
  const then = /(?:^|\s)p=(\w+)/i.exec(comment ?? '')?.[1]?.toLowerCase();
  const now = dmarc?.policy.kind === 'record' ? dmarc.policy.applied : null;
  return (then ?? now) === 'none';
}

/** A result that decides nothing: DNS failed for the receiver, or it could not use what it got. */
function receiverError({ result, field }: ReportedResult): Finding {
  return {
    code: 'receiver-error',
    params: { result },
    severity: 'info',
    step: 'alignment',
    about: 'DMARC',
    provenance: [{ by: 'reported', result }],
    because: { fields: [field], dns: [] },
  };
}

/** A map, not an object: the word comes from the mail and may be `constructor`. */
const ACTIONS = new Map<
  string,
  Extract<FindingCode, 'receiver-delivered' | 'receiver-quarantined' | 'receiver-rejected'>
>([
  ['none', 'receiver-delivered'],
  ['oreject', 'receiver-delivered'],
  ['quarantine', 'receiver-quarantined'],
  ['reject', 'receiver-rejected'],
]);
