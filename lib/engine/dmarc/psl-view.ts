/**
 * The same mail by the older rule (RFC 7489), which many receivers still follow: the record of the author domain or
 * else of the organizational domain that the public suffix list names, and nothing between or above.
 */
import type { Ledger } from '../dns/ledger.ts';
import type { Ports } from '../ports.ts';
import { type DmarcFacts, type DmarcResult, dmarcResult, isAligned } from './evaluate.ts';
import { askStep } from './lookup.ts';
import { type PolicyFound, settlePolicy } from './policy.ts';

export interface PslView {
  readonly authorDomain: string;
  /** Never `np`, and never one step down: RFC 7489 knows neither. */
  readonly policy: PolicyFound;
  /** The share of failing mail that the policy is asked for, 0 to 100 (§6.3 `pct`). */
  readonly percentage: number;
  /** Of the author domain and each identifier; a name without one on the list stands for itself. */
  readonly organizationalDomains: ReadonlyMap<string, string>;
}

/**
 * Looks up what RFC 7489 would, by names that the tree walk of the author domain asks for as well. Null where there
 * is no public suffix list. Domains are A-labels.
 */
export async function pslView(
  authorDomain: string,
  identifiers: readonly string[],
  ports: Pick<Ports, 'publicSuffixOrganization'>,
  ledger: Ledger,
): Promise<PslView | null> {
  if (ports.publicSuffixOrganization === undefined) return null;
  const organizationalDomains = new Map<string, string>();
  for (const domain of [authorDomain, ...identifiers]) {
    organizationalDomains.set(domain, ports.publicSuffixOrganization(domain) ?? domain);
  }
  const organization = organizationalDomains.get(authorDomain) ?? authorDomain;
  const policy = await discover(authorDomain, organization, ledger);
  const percentage = policy.kind === 'record' ? (policy.record.percentage ?? 100) : 100;
  return { authorDomain, policy, percentage, organizationalDomains };
}

/** §6.6.3: the second question only where the first finds no record; several records end it. */
async function discover(author: string, organization: string, ledger: Ledger): Promise<PolicyFound> {
  const own = await askStep(author, ledger);
  const goesOn = own.outcome === 'none' && organization !== author;
  const last = goesOn ? await askStep(organization, ledger) : own;
  const dns = goesOn ? [own.dns, last.dns] : [own.dns];
  if (last.outcome === 'unanswered') return { kind: 'unanswered', record: null, dns: [last.dns] };
  if (last.record === null) return { kind: 'none', dropped: null, dns };
  const tag = goesOn && last.record.sp !== null ? 'sp' : 'p';
  return settlePolicy('rfc7489', last, last.record, tag);
}

/** Whether an identifier is aligned with the author domain by the list (RFC 7489 §3.1). */
export function isPslAligned(identifier: string, method: 'spf' | 'dkim', view: PslView): boolean {
  const { authorDomain, policy, organizationalDomains } = view;
  if (identifier === '') return false;
  if (identifier === authorDomain) return true;
  if (policy.kind === 'record' && (method === 'spf' ? policy.record.strictSpf : policy.record.strictDkim)) {
    return false;
  }
  return organizationalDomains.get(identifier) === organizationalDomains.get(authorDomain);
}

/** Something that passed, and may count. */
export interface Passed {
  readonly method: 'spf' | 'dkim';
  readonly domain: string;
}

/**
 * How the two rules differ about a mail, the weightiest difference first: whether DMARC applies at all, whether the
 * mail passes, what is asked for where it fails, and where that stands. `open`: DNS leaves one of them undecided.
 */
export type PslDifference =
  | 'same'
  | 'open'
  | 'only-psl-applies'
  | 'only-walk-applies'
  | 'only-psl-passes'
  | 'only-walk-passes'
  | 'other-policy'
  | 'other-record';

export interface PslComparison {
  readonly difference: PslDifference;
  readonly psl: DmarcResult;
  readonly walk: DmarcResult;
}

/** Compares the two views of a mail of which all of `passes` passed, and nothing else. */
export function comparePsl(walk: DmarcFacts, view: PslView, passes: readonly Passed[]): PslComparison {
  const byWalk = passes.map(({ domain, method }) => ({ aligned: isAligned(domain, method, walk) }));
  const byList = passes.map(({ domain, method }) => ({ aligned: isPslAligned(domain, method, view) }));
  const results = {
    walk: dmarcResult(walk.policy, byWalk, false),
    psl: dmarcResult(view.policy, byList, false),
  };
  return { difference: differenceOf(walk.policy, view, results), ...results };
}

function differenceOf(
  walk: PolicyFound,
  { policy: psl, percentage }: PslView,
  results: { readonly walk: DmarcResult; readonly psl: DmarcResult },
): PslDifference {
  if (walk.kind === 'unanswered' || psl.kind === 'unanswered') return 'open';
  if (walk.kind === 'none' || psl.kind === 'none') {
    if (walk.kind === psl.kind) return 'same';
    return walk.kind === 'none' ? 'only-psl-applies' : 'only-walk-applies';
  }
  if (results.walk === 'unknown') return 'open';
  if (results.walk !== results.psl) return results.psl === 'pass' ? 'only-psl-passes' : 'only-walk-passes';
  const isSampled = percentage < 100 && psl.policy !== 'none';
  if (walk.applied !== psl.applied || isSampled) return 'other-policy';
  return walk.recordDomain === psl.recordDomain ? 'same' : 'other-record';
}
