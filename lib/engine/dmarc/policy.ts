/** The policy that applies to an author domain (RFC 9989 §4.10.1). */
import type { Ledger } from '../dns/ledger.ts';
import type { Walk, WalkStep } from './lookup.ts';
import type { DmarcRecord, Policy } from './record.ts';

export type PolicyTag = 'p' | 'sp' | 'np';

/** Why the policies of a record do not count: with a report address it is `none`, without one there is no DMARC. */
export type PolicyFlaw = 'missing-p' | 'invalid-p' | 'invalid-sp' | 'invalid-np';

/** A record that was found and leads to no DMARC all the same. */
export interface DroppedRecord {
  readonly domain: string;
  readonly record: DmarcRecord;
  readonly flaw: PolicyFlaw;
  /** RFC 9989 is at odds with itself: §4.7 reads a missing `p` as `none`, §4.10.1 asks for a report address besides. */
  readonly contested: boolean;
}

export type PolicyFound =
  | {
      readonly kind: 'record';
      readonly record: DmarcRecord;
      /** The domain at whose `_dmarc` the record stands. */
      readonly recordDomain: string;
      /** As written, before `t=y`. */
      readonly policy: Policy;
      /** The tag whose value applies; null where `p=none` follows from a report address alone. */
      readonly tag: PolicyTag | null;
      /** Why no tag applies; null where one does. */
      readonly flaw: PolicyFlaw | null;
      /** As asked of receivers: one step down where the owner tests. */
      readonly applied: Policy;
      readonly dns: readonly number[];
    }
  | { readonly kind: 'none'; readonly dropped: DroppedRecord | null; readonly dns: readonly number[] }
  | {
      readonly kind: 'unanswered';
      /** The record, where only the question is open which of its policies applies. */
      readonly record: DmarcRecord | null;
      readonly dns: readonly number[];
    };

/** Which rules read a record: those of today, or those of before, which know neither `np` nor `t`. */
export type Edition = 'rfc9989' | 'rfc7489';

const ONE_STEP_DOWN: Readonly<Record<Policy, Policy>> = {
  reject: 'quarantine',
  quarantine: 'none',
  none: 'none',
};

/** Takes the record of the author domain, else of its organizational domain, else of the public suffix above. */
export async function findPolicy(authorDomain: string, walk: Walk, ledger: Ledger): Promise<PolicyFound> {
  const own = walk.steps.find(({ domain }) => domain === authorDomain);
  if (own?.record) return settlePolicy('rfc9989', own, own.record, 'p');
  if (walk.organizationalDomain === null) {
    const unanswered = walk.steps.filter(({ outcome }) => outcome === 'unanswered');
    return { kind: 'unanswered', record: null, dns: unanswered.map(({ dns }) => dns) };
  }
  const above =
    walk.steps.find(({ domain, record }) => record !== null && domain === walk.organizationalDomain) ??
    walk.steps.find(({ record }) => record?.psd === 'y');
  if (above?.record == null) {
    return { kind: 'none', dropped: null, dns: walk.steps.map(({ dns }) => dns) };
  }
  const { record } = above;
  const tag = record.sp === null ? 'p' : 'sp';
  // §4.7: `np` speaks for names that do not exist; only where it says something else is it worth asking.
  if (record.np === null || record.np === record[tag] || flawOf('rfc9989', record) !== null) {
    return settlePolicy('rfc9989', above, record, tag);
  }
  const { answer, index } = await ledger.ask(authorDomain, EXISTENCE);
  if (answer.rcode === 'NXDOMAIN') return settlePolicy('rfc9989', above, record, 'np', [index]);
  if (answer.rcode === 'NOERROR') return settlePolicy('rfc9989', above, record, tag, [index]);
  return { kind: 'unanswered', record, dns: [index] };
}

/**
 * §3.2.13: records of any type make a name exist. An alias is asked for because no resolver follows that question:
 * its NXDOMAIN is about this name, and never about the target of an alias (RFC 6604 §3).
 */
const EXISTENCE = 'CNAME';

/** What a record asks for by one of its tags, which it must have unless a flaw makes it silent. */
export function settlePolicy(
  edition: Edition,
  { domain, dns: index }: WalkStep,
  record: DmarcRecord,
  tag: PolicyTag,
  more: readonly number[] = [],
): PolicyFound {
  const dns = [index, ...more];
  const flaw = flawOf(edition, record);
  if (flaw !== null && !record.hasReportAddress) {
    const contested = edition === 'rfc9989' && flaw === 'missing-p';
    return { kind: 'none', dropped: { domain, record, flaw, contested }, dns };
  }
  const policy = flaw === null ? (record[tag] ?? 'none') : 'none';
  return {
    kind: 'record',
    record,
    recordDomain: domain,
    policy,
    tag: flaw === null ? tag : null,
    flaw,
    applied: edition === 'rfc9989' && record.testing ? ONE_STEP_DOWN[policy] : policy,
    dns,
  };
}

/** §4.10.1, RFC 7489 §6.6.3 step 6: one policy that cannot be read silences them all. */
function flawOf(edition: Edition, { p, badValues }: DmarcRecord): PolicyFlaw | null {
  const isInvalid = (tag: PolicyTag): boolean =>
    badValues.some((bad) => bad.tag === tag && bad.because === 'unknown-value');
  if (p === null) return isInvalid('p') ? 'invalid-p' : 'missing-p';
  if (isInvalid('sp')) return 'invalid-sp';
  return edition === 'rfc9989' && isInvalid('np') ? 'invalid-np' : null;
}
