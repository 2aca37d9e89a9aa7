/** What SPF and DKIM passed for, by the receiver's report and by our own check, and whether it is aligned. */
import { type ReportedResult, signingDomain } from '../authres/evidence.ts';
import { propertyOf } from '../authres/parse.ts';
import { isAligned } from '../dmarc/evaluate.ts';
import type { SpfCheck } from '../spf/trace.ts';
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
  readonly method: 'spf' | 'dkim';
  readonly domain: string;
  readonly aligned: boolean | null;
}

function pass(facts: Facts, method: Pass['method'], domain: string): Pass {
  return { method, domain, aligned: alignmentOf(facts, domain, method) };
}

/** What passes here: signatures over original octets, and SPF where the border is the receiver's word. */
export function checkedPasses(facts: Facts): readonly Pass[] {
  const spf = countedSpf(facts);
  const server = spf?.result === 'pass' ? [pass(facts, 'spf', spf.domain)] : [];
  return [...server, ...signaturePasses(facts)];
}

/** Signatures that pass here. They hold wherever the message lies, which the sending server's address does not. */
export function signaturePasses(facts: Facts): readonly Pass[] {
  return facts.signatures.flatMap(({ check }) =>
    check?.result === 'pass' ? [pass(facts, 'dkim', check.domain)] : [],
  );
}

/** Our own SPF result in MAIL FROM; null while it is awaited, and where nothing could be asked. */
export function checkedSpf({ spf }: Facts): SpfCheck | null {
  return spf.kind === 'judgeable' ? spf.mailFrom : null;
}

/** The same where it counts: the border and MAIL FROM of a file can be made up. */
export function countedSpf(facts: Facts): SpfCheck | null {
  return facts.reader === 'mailbox' ? checkedSpf(facts) : null;
}

/** Whether everything that might yet have passed was judged: only then is the lack of a pass a fail. */
export function isAllJudged(facts: Facts): boolean {
  const spf = countedSpf(facts);
  const isSpfJudged = spf !== null && spf.result !== 'temperror' && spf.result !== 'withheld';
  return isSpfJudged && !facts.signatures.some(isUnjudged);
}

/** A signature that nobody judged here, or that holds for a part of the body: its lack of a pass is no fail. */
export function isUnjudged({ check }: SignatureFacts): boolean {
  if (check === null || check.result === 'temperror' || check.result === 'not-checkable') return true;
  return check.reason === 'too-many-signatures' || check.reason === 'unsigned-tail';
}

/** What passed for the receiver. SPF by MAIL FROM only; for the null sender that is the HELO name (RFC 7208 §2.4). */
export function reportedPasses(facts: Facts): readonly Pass[] {
  const { evidence, reportedMailFrom } = facts;
  const spf =
    evidence.spf?.result === 'pass' && reportedMailFrom !== '' ? [pass(facts, 'spf', reportedMailFrom)] : [];
  const dkim = evidence.dkim.flatMap((reported, index) => {
    if (reported.result !== 'pass') return [];
    const domain = signerOf(facts, reported) ?? facts.reportedSigners[index] ?? '';
    return [pass(facts, 'dkim', domain)];
  });
  return [...spf, ...dkim];
}

/** `d=` of the signature that was reported on: receivers may write only `i=`, which can stand below it. */
function signerOf(facts: Facts, reported: ReportedResult): string | null {
  const signature = facts.signatures.find((candidate) => reportFor(facts, candidate) === reported);
  return signature?.claim.domain ?? null;
}

/** Everything that passed, for the receiver or here. */
export function passesOf(facts: Facts): readonly Pass[] {
  return [...checkedPasses(facts), ...reportedPasses(facts)];
}

/** By the public suffix list there is no record for this name (RFC 7489 §6.6.3); false where there is no list. */
export function isNoneByList({ psl }: Facts): boolean {
  return psl?.policy.kind === 'none';
}

/** Whether anything that passed is the author domain's own. */
export function isVouched(passes: readonly Pass[]): boolean {
  return passes.some(({ aligned }) => aligned === true);
}
