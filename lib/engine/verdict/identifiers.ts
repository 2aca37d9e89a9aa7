/** What SPF and DKIM passed for, by the receiver's report and by our own check, and whether it is aligned. */
import { type ReportedResult, signingDomain } from '../authres/evidence.ts';
import { propertyOf } from '../authres/parse.ts';
import { isAligned } from '../dmarc/evaluate.ts';
import type { Facts, SignatureFacts } from './facts.ts';

/** True, false, or null where DNS has not said. An identical domain needs no DNS. */
export function alignmentOf(facts: Facts, domain: string, method: 'spf' | 'dkim'): boolean | null {
  if (facts.authors.kind !== 'one') return false;
  if (facts.dmarc !== null) return isAligned(domain, method, facts.dmarc);
  return domain === facts.authors.author.domain ? true : domain === '' ? false : null;
}

/** The receiver's result for a signature: by its `header.b`, else by domain and selector. */
export function reportFor(facts: Facts, { claim }: SignatureFacts): ReportedResult | null {
  const candidates = facts.evidence.dkim.filter((reported) => {
    const start = propertyOf(reported.properties, 'header', 'b');
    if (start !== '') return claim.signatureText !== '' && claim.signatureText.startsWith(start);
    const selector = propertyOf(reported.properties, 'header', 's');
    const sameSelector = selector === '' || selector.toLowerCase() === claim.selector;
    return sameSelector && signingDomain(reported).toLowerCase() === claim.domain;
  });
  return candidates[0] ?? null;
}

/** Reported DKIM results that belong to no signature of the message. */
export function reportsWithoutSignature(facts: Facts): readonly ReportedResult[] {
  const matched = new Set(facts.signatures.map((signature) => reportFor(facts, signature)));
  return facts.evidence.dkim.filter((reported) => !matched.has(reported) && signingDomain(reported) !== '');
}

export interface Pass {
  readonly domain: string;
  readonly aligned: boolean | null;
}

/** Signatures that pass here. */
export function checkedPasses(facts: Facts): readonly Pass[] {
  return facts.signatures.flatMap(({ check }) =>
    check?.result === 'pass'
      ? [{ domain: check.domain, aligned: alignmentOf(facts, check.domain, 'dkim') }]
      : [],
  );
}

/** What passed for the receiver. MAIL FROM only: a HELO result vouches for no domain in DMARC. */
export function reportedPasses(facts: Facts): readonly Pass[] {
  const { evidence, reportedMailFrom } = facts;
  const spf =
    evidence.spf?.result === 'pass' && reportedMailFrom !== ''
      ? [{ domain: reportedMailFrom, aligned: alignmentOf(facts, reportedMailFrom, 'spf') }]
      : [];
  const dkim = evidence.dkim.flatMap((reported, index) => {
    if (reported.result !== 'pass') return [];
    const domain = signerOf(facts, reported) ?? facts.reportedSigners[index] ?? '';
    return [{ domain, aligned: alignmentOf(facts, domain, 'dkim') }];
  });
  return [...spf, ...dkim];
}

/** `d=` of the signature that was reported on: receivers may write only `i=`, which can stand below it. */
function signerOf(facts: Facts, reported: ReportedResult): string | null {
  const signature = facts.signatures.find((candidate) => reportFor(facts, candidate) === reported);
  return signature?.claim.domain ?? null;
}

/** Whether anything that passed is the author domain's own. */
export function isVouched(passes: readonly Pass[]): boolean {
  return passes.some(({ aligned }) => aligned === true);
}
