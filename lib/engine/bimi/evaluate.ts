/**
 * BIMI of a message: the logo its author domain publishes, and what keeps a mail program from showing it
 * (draft-brand-indicators-for-message-identification §7). Links are told, never followed.
 */
import type { DmarcFacts, DmarcResult } from '../dmarc/evaluate.ts';
import type { DmarcRecord } from '../dmarc/record.ts';
import type { BimiAnswer } from './lookup.ts';
import type { BimiRecord, BimiRecordError } from './record.ts';

/** The weightiest first. `no-evidence` is one only for mail programs that ask for a certificate. */
export type BimiObstacle =
  | 'several-authors'
  | 'dmarc-not-passed'
  | 'dmarc-open'
  | 'policy-unanswered'
  | 'policy-not-enforced'
  | 'subdomain-policy-not-enforced'
  | 'policy-sampled'
  | 'policy-testing'
  | 'several-records'
  | BimiRecordError
  | 'no-evidence';

export type BimiCheck =
  | { readonly kind: 'none'; readonly dns: readonly number[] }
  | { readonly kind: 'unanswered'; readonly dns: readonly number[] }
  | {
      readonly kind: 'declined';
      readonly domain: string;
      readonly selector: string;
      readonly dns: readonly number[];
    }
  | {
      readonly kind: 'record';
      /** The domain at whose `_bimi` the record stands. */
      readonly domain: string;
      readonly selector: string;
      /** Addresses as published, to be shown as text; null where the record has none. */
      readonly location: string | null;
      readonly evidence: string | null;
      readonly avatar: 'brand' | 'personal';
      readonly localParts: readonly string[];
      /** Empty where nothing is known to be in the way. */
      readonly obstacles: readonly BimiObstacle[];
      readonly dns: readonly number[];
    };

export interface BimiTask {
  readonly dmarc: DmarcFacts;
  readonly result: DmarcResult;
  /** One From field with one address in it (§7.1 step 1). */
  readonly hasOneAuthor: boolean;
}

/** Judges what `lookUpBimi` found. */
export function evaluateBimi(answer: BimiAnswer, task: BimiTask): BimiCheck {
  if (answer.kind !== 'found') return answer;
  const { domain, selector, record, dns } = answer;
  if (record?.declines === true) return { kind: 'declined', domain, selector, dns };
  return {
    kind: 'record',
    domain,
    selector,
    location: record?.location ?? null,
    evidence: record?.evidence ?? null,
    avatar: record?.avatar ?? 'brand',
    localParts: record?.localParts ?? [],
    obstacles: [...messageObstacles(task), ...policyObstacles(task.dmarc), ...recordObstacles(record)],
    dns,
  };
}

/** §7.2 step 9, §7.3; a record that cannot be read is not said to lack anything. */
function recordObstacles(record: BimiRecord | null): readonly BimiObstacle[] {
  if (record === null) return ['several-records'];
  const { errors, evidence } = record;
  const isUnreadable = errors.includes('syntax') || errors.includes('repeated-tag');
  return isUnreadable || evidence !== null ? errors : [...errors, 'no-evidence'];
}

/** §7.1 steps 1 to 6. */
function messageObstacles({ result, hasOneAuthor }: BimiTask): readonly BimiObstacle[] {
  const obstacles: BimiObstacle[] = hasOneAuthor ? [] : ['several-authors'];
  if (result === 'fail' || result === 'none') obstacles.push('dmarc-not-passed');
  if (result === 'unknown' || result === 'temperror') obstacles.push('dmarc-open');
  return obstacles;
}

/** §7.1 steps 7 to 9: the policy in force, the author domain's own record and its organization's must all enforce. */
function policyObstacles({ policy, walk }: DmarcFacts): readonly BimiObstacle[] {
  if (policy.kind === 'unanswered') return ['policy-unanswered'];
  if (policy.kind === 'none') return ['policy-not-enforced'];
  const organization = walk.steps.find(({ domain }) => domain === walk.organizationalDomain)?.record;
  const records = organization == null ? [policy.record] : [policy.record, organization];
  const obstacles: BimiObstacle[] = walk.organizationalDomain === null ? ['policy-unanswered'] : [];
  const some = (holds: (record: DmarcRecord) => boolean): boolean => records.some(holds);
  // `t=y` on quarantine comes to none, and is told as the test that it is.
  if (policy.policy === 'none' || some(({ p }) => p === null || p === 'none')) {
    obstacles.push('policy-not-enforced');
  }
  if (some(({ sp }) => sp === 'none')) obstacles.push('subdomain-policy-not-enforced');
  if (some(({ p, percentage }) => p === 'quarantine' && percentage !== null && percentage < 100)) {
    obstacles.push('policy-sampled');
  }
  if (some(({ testing }) => testing)) obstacles.push('policy-testing');
  return obstacles;
}
