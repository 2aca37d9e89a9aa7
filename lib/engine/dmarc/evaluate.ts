/** DMARC of a message: alignment of what SPF and DKIM authenticated with the author domain (RFC 9989 §4.4, §5.3). */
import type { Ledger } from '../dns/ledger.ts';
import { isAtOrBelow } from '../dns/name.ts';
import { MAX_SIGNATURES } from '../limits.ts';
import { type Walk, walk } from './lookup.ts';
import { findPolicy, type PolicyFound } from './policy.ts';

export interface DmarcFacts {
  readonly authorDomain: string;
  readonly walk: Walk;
  readonly policy: PolicyFound;
  /** The organizational domain of each identifier that was looked at; null where DNS left it open. */
  readonly organizationalDomains: ReadonlyMap<string, string | null>;
}

/** As many as a message may bring: MAIL FROM as reported and as seen, and one for each signature that is tried. */
const MAX_IDENTIFIERS = MAX_SIGNATURES + 2;

/**
 * Everything DMARC needs of DNS, for the author domain and for each identifier (A-labels), in one go. The walks are
 * bounded, and so are the identifiers: what comes after `MAX_IDENTIFIERS` is left open.
 */
export async function lookUpDmarc(
  authorDomain: string,
  identifiers: readonly string[],
  ledger: Ledger,
): Promise<DmarcFacts> {
  const others = new Set(identifiers.filter((domain) => domain !== '' && domain !== authorDomain));
  const domains = [authorDomain, ...[...others].slice(0, MAX_IDENTIFIERS)];
  const walks = new Map(domains.map((domain) => [domain, walk(domain, ledger)]));
  const authorWalk = await (walks.get(authorDomain) ?? walk(authorDomain, ledger));
  const policy = await findPolicy(authorDomain, authorWalk, ledger);
  const organizationalDomains = new Map<string, string | null>();
  for (const [domain, walked] of walks) {
    organizationalDomains.set(domain, (await walked).organizationalDomain);
  }
  return { authorDomain, walk: authorWalk, policy, organizationalDomains };
}

/** Whether an identifier is aligned with the author domain; null where DNS leaves it open (§4.4). */
export function isAligned(identifier: string, method: 'spf' | 'dkim', facts: DmarcFacts): boolean | null {
  if (identifier === '') return false;
  if (identifier === facts.authorDomain) return true;
  const record = facts.policy.kind === 'none' ? null : facts.policy.record;
  if (method === 'spf' ? record?.strictSpf : record?.strictDkim) return false;
  const author = facts.organizationalDomains.get(facts.authorDomain) ?? null;
  // §4.10.2: an organizational domain is the name itself or one above it. Where DNS leaves it open, the last label is sure.
  if (!isAtOrBelow(identifier, author ?? lastLabel(facts.authorDomain))) return false;
  const other = facts.organizationalDomains.get(identifier) ?? null;
  return author === null || other === null ? null : author === other;
}

function lastLabel(domain: string): string {
  return domain.slice(domain.lastIndexOf('.') + 1);
}

export type DmarcResult = 'pass' | 'fail' | 'none' | 'temperror' | 'unknown';

/**
 * One aligned pass is enough. `unknown`: nothing aligned passed, but something could not be judged. `open` says
 * that an aligned identifier may yet pass (not judged, not checkable, DNS silent).
 */
export function dmarcResult(
  policy: PolicyFound,
  passes: readonly { readonly aligned: boolean | null }[],
  open: boolean,
): DmarcResult {
  const isAnyAligned = passes.some(({ aligned }) => aligned === true);
  // §5.3.5: which policy of a record applies is of no account where something aligned passes.
  if (policy.kind === 'unanswered') return policy.record !== null && isAnyAligned ? 'pass' : 'temperror';
  if (policy.kind === 'none') return 'none';
  if (isAnyAligned) return 'pass';
  return open || passes.some(({ aligned }) => aligned === null) ? 'unknown' : 'fail';
}
