/** Findings about DMARC: what counts of that which passed, what the author domain asks, and then against now. */
import type { PolicyFound } from '../dmarc/policy.ts';
import { actionFindings, receiverErrors } from './about-receiver.ts';
import type { Facts } from './facts.ts';
import {
  type Finding,
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
    ...receiverErrors(facts),
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
      return { code: 'dmarc-fail', severity: rule === 'reported-fail-holds-today' ? 'warn' : 'fail' };
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
  const { code, severity } = resultCode(facts, rule);
  return {
    code,
    params: { domain },
    severity,
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
    return [{ ...base, code, params: { domain: dropped.domain }, severity: 'warn' }, ...several];
  }
  if (policy.kind === 'unanswered') {
    const provenance = [{ by: 'unchecked', result: null }] as const;
    return [{ ...base, provenance, code: 'policy-unanswered', params: { domain }, severity: 'open' }];
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
  if (LEVEL_OF[rule] !== 'failed' || rule === 'reported-fail-holds-today') return 'info';
  return applied === 'none' ? 'warn' : 'fail';
}
