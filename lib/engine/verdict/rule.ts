/**
 * Which level follows: the first row that fits decides. R is the DMARC result that a believed receiver reported, C is
 * our own. C never changes silently what R decides; where they disagree, that is a finding.
 */
import type { ReportedResult } from '../authres/evidence.ts';
import { type DmarcResult, dmarcResult } from '../dmarc/evaluate.ts';
import type { Facts } from './facts.ts';
import type { Rule } from './finding.ts';
import {
  checkedPasses,
  countedSpf,
  isAllJudged,
  isUnjudged,
  isVouched,
  reportedPasses,
  reportFor,
  signaturePasses,
} from './identifiers.ts';

/** R: `error` is a result that decides nothing, `absent` no result at all. */
export type Reported = 'pass' | 'fail' | 'none' | 'error' | 'absent';

/** R, where the receiver is believed; a file or a missing receiver gives `absent`. */
export function reportedDmarc({ evidence }: Facts): Reported {
  if (evidence.basis !== 'mailbox') return 'absent';
  switch (evidence.dmarc?.result) {
    case undefined:
      return evidence.absentDmarcMeansNone ? 'none' : 'absent';
    case 'pass':
      return 'pass';
    case 'fail':
      return 'fail';
    case 'none':
    case 'bestguesspass':
      return 'none';
    default:
      return 'error';
  }
}

/** C: a fail only where SPF and every signature were judged. */
export function checkedDmarc(facts: Facts): DmarcResult | null {
  if (facts.dmarc === null || !isAnswered(facts)) return null;
  return dmarcResult(facts.dmarc.policy, checkedPasses(facts), !isAllJudged(facts));
}

/** Everything that decides C has been answered, well or badly. */
function isAnswered({ signatures, spf }: Facts): boolean {
  const isSpfAnswered = spf.kind === 'not-judgeable' || spf.mailFrom !== null;
  return isSpfAnswered && signatures.every(({ check }) => check !== null);
}

/** Row 6: the receiver judged SPF and DKIM but not DMARC; what follows from its results and today's record. */
function workedOutDmarc(facts: Facts): DmarcResult | null {
  const { evidence, dmarc } = facts;
  // SPF that was judged for HELO alone, or for a server of the recipient's own, says nothing of MAIL FROM.
  const isOfGateway = facts.spf.kind === 'not-judgeable' && facts.spf.why === 'gateway';
  if (evidence.basis !== 'mailbox' || dmarc === null || evidence.spf === null) return null;
  if (facts.reportedMailFrom === '' || isOfGateway) return null;
  const isError = ({ result }: ReportedResult): boolean => /^(?:temp|perm)error$/.test(result);
  const undecided =
    [evidence.spf, ...evidence.dkim].some(isError) ||
    facts.signatures.some((signature) => isUnjudged(signature) && reportFor(facts, signature) === null);
  return dmarcResult(dmarc.policy, [...reportedPasses(facts), ...checkedPasses(facts)], undecided);
}

/** The rule that decides the level of these facts. */
export function decide(facts: Facts): Rule {
  const { authors } = facts;
  if (authors.kind === 'none')
    return authors.why === 'mapped-domain' ? 'author-lookalike' : 'author-unusable';
  const reported = reportedDmarc(facts);
  if (authors.kind === 'several') return reported === 'fail' ? 'authors-several-failed' : 'authors-several';
  switch (reported) {
    case 'pass':
      return 'reported-pass';
    case 'fail':
      return isVouched(signaturePasses(facts)) ? 'reported-fail-holds-today' : 'reported-fail';
    case 'none':
      return isVouched([...reportedPasses(facts), ...checkedPasses(facts)])
        ? 'reported-none-vouched'
        : 'reported-none';
    case 'error':
    case 'absent':
      return decideAlone(facts);
  }
}

function decideAlone(facts: Facts): Rule {
  const checked = checkedDmarc(facts);
  if (checked === null) return 'pending';
  if (checked === 'pass') return 'checked-pass';
  if (checked === 'none') return isVouched(checkedPasses(facts)) ? 'checked-none-vouched' : 'checked-none';
  const workedOut = workedOutDmarc(facts);
  if (workedOut === 'pass') return 'worked-out-pass';
  if (workedOut === 'fail') return 'worked-out-fail';
  if (checked === 'fail') return 'checked-fail';
  const isUnanswered =
    checked === 'temperror' ||
    countedSpf(facts)?.result === 'temperror' ||
    facts.signatures.some(({ check }) => check?.result === 'temperror');
  return isUnanswered ? 'unanswered' : 'undetermined';
}
