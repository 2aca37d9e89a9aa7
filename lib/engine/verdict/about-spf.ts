/** Findings about SPF: as the receiver reported it; it is not evaluated here. */
import { propertyOf } from '../authres/parse.ts';
import type { Facts } from './facts.ts';
import type { Finding, Provenance, Statement } from './finding.ts';
import { alignmentOf, checkedPasses, isVouched } from './identifiers.ts';

const UNCHECKED: Provenance = { by: 'unchecked', result: null };

export function spfFindings(facts: Facts): readonly Finding[] {
  if (facts.authors.kind === 'none') return [];
  const { spf } = facts.evidence;
  const provenance: readonly Provenance[] = [
    spf === null ? { by: 'unknown', result: null } : { by: 'reported', result: spf.result },
    UNCHECKED,
  ];
  const because = { fields: spf === null ? [] : [spf.field], dns: [] };
  return [{ ...statementOf(facts), step: 'check', about: 'SPF', provenance, because }];
}

function statementOf(facts: Facts): Statement {
  const { spf } = facts.evidence;
  if (spf === null) return { code: 'spf-not-reported', params: {}, severity: 'open' };
  // A null sender has no domain of its own; what was judged then is the HELO name.
  const domain = facts.reportedMailFrom || propertyOf(spf.properties, 'smtp', 'helo');
  switch (spf.result) {
    case 'pass':
      return passStatement(facts);
    case 'fail':
    case 'softfail':
      // Beside an aligned signature that holds, a foreign server is what forwarding looks like.
      return isVouched(checkedPasses(facts))
        ? { code: 'spf-fail-signed', params: { domain }, severity: 'info' }
        : { code: 'spf-fail', params: { domain }, severity: 'warn' };
    case 'neutral':
      return { code: 'spf-neutral', params: { domain }, severity: 'info' };
    case 'none':
      return { code: 'spf-none', params: { domain }, severity: 'info' };
    default:
      return { code: 'spf-error', params: { domain }, severity: 'open' };
  }
}

function passStatement(facts: Facts): Statement {
  const { authors, reportedMailFrom: domain, evidence } = facts;
  if (domain === '') return { code: 'spf-helo-only', params: {}, severity: 'info' };
  if (authors.kind !== 'one') return { code: 'spf-permitted', params: { domain }, severity: 'info' };
  const author = authors.author.domain;
  switch (alignmentOf(facts, domain, 'spf')) {
    case true:
      // In a file the border can be made up, and SPF with it: nothing to be green about.
      return {
        code: 'spf-aligned',
        params: { domain },
        severity: evidence.basis === 'mailbox' ? 'pass' : 'info',
      };
    case false:
      return { code: 'spf-unaligned', params: { domain, author }, severity: 'info' };
    case null:
      return { code: 'spf-alignment-open', params: { domain, author }, severity: 'open' };
  }
}
