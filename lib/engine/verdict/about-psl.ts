/** Findings about the older rule (RFC 7489, public suffix list) where it leads to something else than today's. */

import type { PolicyFound } from '../dmarc/policy.ts';
import { comparePsl } from '../dmarc/psl-view.ts';
import type { Facts } from './facts.ts';
import type { Finding, Statement } from './finding.ts';
import { passesOf } from './identifiers.ts';

/** Many receivers still go by it, and then the same mail may fare otherwise with them. */
export function pslFindings(facts: Facts): readonly Finding[] {
  const statement = statementOf(facts);
  if (statement === null) return [];
  const dns = [...(facts.dmarc?.policy.dns ?? []), ...(facts.psl?.policy.dns ?? [])];
  return [
    {
      ...statement,
      step: 'trust',
      about: 'DMARC',
      provenance: [{ by: 'checked', result: null }],
      because: { fields: [], dns: [...new Set(dns)] },
    },
  ];
}

function statementOf(facts: Facts): Statement | null {
  const { dmarc, psl, done } = facts;
  // Before all is known a pass may be missing that both rules count.
  if (dmarc === null || psl === null || !done) return null;
  const compared = comparePsl(dmarc, psl, passesOf(facts));
  switch (compared.difference) {
    case 'same':
    case 'open':
      return null;
    case 'only-psl-applies':
    case 'only-walk-applies':
    case 'only-psl-passes':
    case 'only-walk-passes': {
      const params = { psl: compared.psl, walk: compared.walk };
      return { code: 'psl-differs', params, severity: 'warn' };
    }
    case 'other-policy': {
      const share = psl.percentage < 100 ? ` (pct=${psl.percentage})` : '';
      const params = { psl: `${policyOf(psl.policy)}${share}`, walk: policyOf(dmarc.policy) };
      return { code: 'psl-policy', params, severity: 'info' };
    }
    case 'other-record': {
      const params = { psl: recordDomainOf(psl.policy), walk: recordDomainOf(dmarc.policy) };
      return { code: 'psl-record', params, severity: 'info' };
    }
  }
}

function policyOf(policy: PolicyFound): string {
  return policy.kind === 'record' ? policy.applied : '';
}

function recordDomainOf(policy: PolicyFound): string {
  return policy.kind === 'record' ? policy.recordDomain : '';
}
