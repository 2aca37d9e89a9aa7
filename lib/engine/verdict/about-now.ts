/** Then against now: whether the receiver's result would be the same today, and what the likely cause is where not. */
import { isPslAligned } from '../dmarc/psl-view.ts';
import type { Facts, SignatureFacts } from './facts.ts';
import type { Finding, Grounds, Rule, Statement } from './finding.ts';
import {
  alignmentOf,
  checkedSpf,
  isNoneByList,
  type Pass,
  reportedPasses,
  reportFor,
  signaturePasses,
} from './identifiers.ts';
import { checkedDmarc, type Reported, reportedDmarc } from './rule.ts';

/** Told whenever both are known, so that a change never passes in silence. */
export function thenAndNow(facts: Facts, rule: Rule): readonly Finding[] {
  if (facts.authors.kind !== 'one') return [];
  const then = reportedDmarc(facts);
  const now = checkedDmarc(facts);
  const statements =
    rule === 'worked-out-pass' || rule === 'worked-out-fail'
      ? [{ code: 'worked-out', params: {}, severity: 'info' } satisfies Statement]
      : now === null || then === 'absent' || then === 'error'
        ? []
        : compare(facts, facts.authors.author.domain, then, now);
  const because: Grounds = { fields: [], dns: facts.dmarc?.policy.dns ?? [] };
  return statements.map((statement) => ({
    ...statement,
    step: 'trust',
    about: 'DMARC',
    provenance: [{ by: 'checked', result: now }],
    because,
  }));
}

type Now = Exclude<ReturnType<typeof checkedDmarc>, null>;

const AGREES: Statement = { code: 'now-agrees', params: {}, severity: 'info' };
const OPEN: Statement = { code: 'now-open', params: {}, severity: 'open' };

function compare(
  facts: Facts,
  domain: string,
  then: Exclude<Reported, 'absent' | 'error'>,
  now: Now,
): readonly Statement[] {
  const isHeld = then === 'fail' && signaturePasses(facts).some(({ aligned }) => aligned === true);
  if (isHeld) return [{ code: 'holds-today', params: { domain }, severity: 'warn' }];
  if (then === now) return [AGREES];
  if (now === 'temperror') return [OPEN];
  if (then === 'none') {
    if (facts.dmarc?.policy.kind !== 'record') return [OPEN];
    const { recordDomain } = facts.dmarc.policy;
    return isNoneByList(facts)
      ? [{ code: 'now-walk-applies', params: { domain: recordDomain }, severity: 'info' }]
      : [{ code: 'published-since', params: { domain }, severity: 'info' }];
  }
  if (now === 'none') return [{ code: 'now-record-gone', params: { domain }, severity: 'info' }];
  const causes = then === 'pass' ? whyNotAnyMore(facts) : whyNow(facts);
  if (causes.length > 0) return causes;
  return [now === 'unknown' ? OPEN : { code: 'now-differs', params: { then, now }, severity: 'warn' }];
}

/** It passed on delivery: what became of each pass that counted. */
function whyNotAnyMore(facts: Facts): readonly Statement[] {
  const causes = facts.signatures.flatMap((signature) => {
    const passedThen = reportFor(facts, signature)?.result === 'pass';
    const counts = alignmentOf(facts, signature.claim.domain, 'dkim') !== false;
    return passedThen && counts ? (causeOf(signature) ?? []) : [];
  });
  const spf = checkedSpf(facts);
  const passedThen = facts.evidence.spf?.result === 'pass' && spf !== null;
  const isDefinite = passedThen && !['pass', 'temperror', 'withheld'].includes(spf.result);
  if (isDefinite && alignmentOf(facts, facts.reportedMailFrom, 'spf') === true) {
    causes.push({ code: 'now-spf-changed', params: { domain: spf.domain }, severity: 'info' });
  }
  const byOldRule = reportedPasses(facts).find(
    (passed) => passed.aligned === false && isAlignedByList(facts, passed),
  );
  if (byOldRule !== undefined) {
    causes.push({ code: 'now-only-psl', params: { domain: byOldRule.domain }, severity: 'info' });
  }
  return causes;
}

function causeOf({ claim, check, alterations }: SignatureFacts): Statement | null {
  const { domain, selector } = claim;
  switch (check?.reason) {
    case 'key-missing':
    case 'key-revoked':
      return { code: 'now-key-gone', params: { domain, selector }, severity: 'info' };
    case 'signature-mismatch':
      return alterations?.header.kind === 'other-key'
        ? { code: 'now-key-gone', params: { domain, selector }, severity: 'info' }
        : { code: 'now-body-changed', params: {}, severity: 'info' };
    case 'body-altered':
    case 'body-too-short':
      return { code: 'now-body-changed', params: {}, severity: 'info' };
    case 'body-absent':
    case 'body-not-original':
      return { code: 'now-not-checkable', params: {}, severity: 'info' };
    default:
      return null;
  }
}

/** It failed on delivery and passes now, by SPF: a signature that holds is told apart. */
function whyNow(facts: Facts): readonly Statement[] {
  const spf = checkedSpf(facts);
  if (spf?.result !== 'pass') return [];
  const { domain } = spf;
  if (facts.evidence.spf?.result !== 'pass') {
    return [{ code: 'now-spf-permits', params: { domain }, severity: 'warn' }];
  }
  return isAlignedByList(facts, { domain, method: 'spf' })
    ? []
    : [{ code: 'now-only-walk', params: { domain }, severity: 'info' }];
}

/** By the public suffix list; false where there is none. */
function isAlignedByList({ psl }: Facts, { domain, method }: Pick<Pass, 'domain' | 'method'>): boolean {
  return psl !== null && isPslAligned(domain, method, psl);
}
