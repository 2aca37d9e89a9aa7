/** The policy that applies to an author domain (RFC 9989 §4.10.1). */
import type { Ledger } from '../dns/ledger.ts';
import type { Walk, WalkStep } from './lookup.ts';
import type { DmarcRecord, Policy } from './record.ts';

export type PolicyTag = 'p' | 'sp' | 'np';

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
      /** As asked of receivers: one step down where the owner tests. */
      readonly applied: Policy;
      readonly dns: readonly number[];
    }
  | { readonly kind: 'none'; readonly dns: readonly number[] }
  | { readonly kind: 'unanswered'; readonly dns: readonly number[] };

const ONE_STEP_DOWN: Readonly<Record<Policy, Policy>> = {
  reject: 'quarantine',
  quarantine: 'none',
  none: 'none',
};

/** Takes the record of the author domain, else of its organizational domain, else of the public suffix above. */
export async function findPolicy(authorDomain: string, walk: Walk, ledger: Ledger): Promise<PolicyFound> {
  const own = walk.steps.find(({ domain }) => domain === authorDomain);
  if (own?.record) return withRecord(own, own.record, own.record.p, 'p');
  const everyStep = walk.steps.map(({ dns }) => dns);
  if (walk.organizationalDomain === null) {
    const unanswered = walk.steps.filter(({ outcome }) => outcome === 'unanswered');
    return { kind: 'unanswered', dns: unanswered.map(({ dns }) => dns) };
  }
  const above =
    walk.steps.find(({ domain, record }) => record !== null && domain === walk.organizationalDomain) ??
    walk.steps.find(({ record }) => record?.psd === 'y');
  if (above?.record == null) return { kind: 'none', dns: everyStep };
  const { record } = above;
  // §4.8: `np` speaks for names that do not exist; only then is it worth asking.
  if (record.np !== null && record.np !== (record.sp ?? record.p)) {
    const { answer, index } = await ledger.ask(authorDomain, 'A');
    if (answer.rcode === 'NXDOMAIN') return withRecord(above, record, record.np, 'np', [index]);
    if (answer.rcode !== 'NOERROR') return { kind: 'unanswered', dns: [index] };
  }
  return record.sp === null
    ? withRecord(above, record, record.p, 'p')
    : withRecord(above, record, record.sp, 'sp');
}

/** Without a valid policy a valid report address makes it `none`; without either there is no DMARC. */
function withRecord(
  step: WalkStep,
  record: DmarcRecord,
  value: Policy | null,
  tag: PolicyTag,
  more: readonly number[] = [],
): PolicyFound {
  const dns = [step.dns, ...more];
  if (value === null && !record.hasReportAddress) return { kind: 'none', dns };
  const policy = value ?? 'none';
  const applied = record.testing ? ONE_STEP_DOWN[policy] : policy;
  return {
    kind: 'record',
    record,
    recordDomain: step.domain,
    policy,
    tag: value === null ? null : tag,
    applied,
    dns,
  };
}
