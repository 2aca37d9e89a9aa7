/** Findings about BIMI: whether the author domain publishes a logo, and why a mail program may not show it. */
import { type BimiCheck, evaluateBimi } from '../bimi/evaluate.ts';
import type { DmarcResult } from '../dmarc/evaluate.ts';
import type { Facts } from './facts.ts';
import { type Finding, LEVEL_OF, type Level, type Rule } from './finding.ts';

const RESULT_OF: Readonly<Record<Level, DmarcResult>> = {
  authenticated: 'pass',
  failed: 'fail',
  unprotected: 'none',
  unknown: 'unknown',
};

/** What there is to say about the logo; null while it is awaited, and where there is no one author domain. */
export function logoOf({ bimi, dmarc, authors }: Facts, rule: Rule): BimiCheck | null {
  if (bimi === null || dmarc === null || authors.kind !== 'one' || rule === 'pending') return null;
  const hasOneAuthor = authors.mailboxes === 1;
  return evaluateBimi(bimi, { dmarc, result: RESULT_OF[LEVEL_OF[rule]], hasOneAuthor });
}

/** `isLeftOpen`: more than the logo is, which then goes without saying. */
export function bimiFindings(facts: Facts, rule: Rule, isLeftOpen: boolean): readonly Finding[] {
  const logo = logoOf(facts, rule);
  if (logo === null || logo.kind === 'none') return [];
  const base = {
    step: 'policy',
    about: 'BIMI',
    severity: 'info',
    provenance: [{ by: 'checked', result: null }],
    because: { fields: [], dns: logo.dns },
  } as const;
  if (logo.kind === 'unanswered') {
    const domain = facts.dmarc?.authorDomain ?? '';
    return isLeftOpen ? [] : [{ ...base, code: 'bimi-unanswered', params: { domain } }];
  }
  const { domain } = logo;
  if (logo.kind === 'declined') return [{ ...base, code: 'bimi-declined', params: { domain } }];
  const [obstacle] = logo.obstacles;
  const shown: Finding =
    obstacle === undefined
      ? { ...base, code: 'bimi-shown', params: { domain } }
      : { ...base, code: 'bimi-hidden', params: { domain, why: `bimi-${obstacle}` } };
  const { evidence } = logo;
  return evidence === null
    ? [shown]
    : [shown, { ...base, code: 'bimi-evidence', params: { location: evidence } }];
}
