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

/**
 * Told whenever both are known, so that a change never passes in silence. Where DNS left something open and there is
 * nothing to compare for it, the reader is told whose word stands.
 */
export function thenAndNow(facts: Facts, rule: Rule, isLeftOpen: boolean): readonly Finding[] {
  if (facts.authors.kind !== 'one') return [];
  const then = reportedDmarc(facts);
  const now = facts.done ? checkedDmarc(facts) : null;
  const statements =
    rule === 'worked-out-pass' || rule === 'worked-out-fail'
      ? [{ code: 'worked-out', params: {}, severity: 'info' } satisfies Statement]
      : now === null || then === 'absent' || then === 'error'
        ? []
        : compare(facts, facts.authors.author.domain, then, now);
  const because: Grounds = { fields: [], dns: facts.dmarc?.policy.dns ?? [] };
  const standing: Statement = {
    code: 'now-unanswered',
    params: { receiver: facts.evidence.profile ?? '' },
    severity: 'open',
  };
  return statements.map((statement) => ({
    ...(isLeftOpen && statement === OPEN ? standing : statement),
    step: 'trust',
    about: 'DMARC',
    provenance: [{ by: 'checked', result: now }],
    because,
  }));
}

type Now = Exclude<ReturnType<typeof checkedDmarc>, null>;

const AGREES: Statement = { code: 'now-agrees', params: {}, severity: 'info' };
const OPEN: Statement = { code: 'now-open', params: {}, severity: 'open' };
const NOT_CHECKABLE: Statement = { code: 'now-not-checkable', params: {}, severity: 'info' };

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
  const before = then === 'pass' ? counted(facts) : [];
  if (now === 'unknown' || before.some(isHeldBack)) {
    return [before.some(isBodyMissing) ? NOT_CHECKABLE : OPEN];
  }
  const causes = then === 'pass' ? whyNotAnyMore(facts) : whyNow(facts);
  return causes.length > 0 ? causes : [{ code: 'now-differs', params: { then, now }, severity: 'warn' }];
}

/** The signatures that passed on delivery and may have counted. */
function counted(facts: Facts): readonly SignatureFacts[] {
  return facts.signatures.filter((signature) => {
    const passedThen = reportFor(facts, signature)?.result === 'pass';
    return passedThen && alignmentOf(facts, signature.claim.domain, 'dkim') !== false;
  });
}

function isBodyMissing({ check }: SignatureFacts): boolean {
  return check?.result === 'not-checkable';
}

/** It holds, and a rule stricter than the receiver's does not count it here: nothing need have changed. */
function isHeldBack({ check }: SignatureFacts): boolean {
  return check?.result === 'policy';
}

/** It passed on delivery: what became of each pass that counted. */
function whyNotAnyMore(facts: Facts): readonly Statement[] {
  const broken = counted(facts).flatMap((signature) => causeOf(signature) ?? []);
  // Two signatures under one key, or over one body, have one cause.
  const causes = [...new Map(broken.map((cause) => [JSON.stringify(cause), cause])).values()];
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
        : { code: 'now-body-changed', params: { domain }, severity: 'info' };
    case 'body-altered':
    case 'body-too-short':
      return { code: 'now-body-changed', params: { domain }, severity: 'info' };
    default:
      return null;
  }
}

/** It failed on delivery and passes now, by SPF: a signature that holds is told apart. */
function whyNow(facts: Facts): readonly Statement[] {
  const spf = checkedSpf(facts);
  if (spf?.result !== 'pass' || alignmentOf(facts, spf.domain, 'spf') !== true) return [];
  const { domain } = spf;
  if (facts.evidence.spf?.result !== 'pass') {
    return [{ code: 'now-spf-permits', params: { domain }, severity: 'warn' }];
  }
  return facts.psl === null || isAlignedByList(facts, { domain, method: 'spf' })
    ? []
    : [{ code: 'now-only-walk', params: { domain }, severity: 'info' }];
}

/** By the public suffix list; false where there is none. */
function isAlignedByList({ psl }: Facts, { domain, method }: Pick<Pass, 'domain' | 'method'>): boolean {
  return psl !== null && isPslAligned(domain, method, psl);
}
