/** Verifies the chain of ARC sets (RFC 8617 §5.2). It says that the sets are intact, not that their sealers are honest. */
import type { Ledger } from '../dns/ledger.ts';
import { type ArcFlawReason, readArcSets } from './set.ts';
import {
  type ArcMessageReason,
  type ArcPorts,
  type ArcResult,
  type ArcSealReason,
  type ArcSetCheck,
  type ArcTask,
  verifySets,
} from './verify-set.ts';

export type ArcReason = ArcFlawReason | ArcSealReason | ArcMessageReason;

export interface ArcCheck {
  /** `none`: no hop sealed the message. */
  readonly result: 'none' | ArcResult;
  /** Null for `none` and a pass. */
  readonly reason: ArcReason | null;
  /** The set at which the chain broke; null where it holds, or where a field names no set. */
  readonly instance: number | null;
  /** Index of the field at which the chain broke, or null. */
  readonly field: number | null;
  /** The complete sets, by instance: 1 to N unless the chain is broken. */
  readonly sets: readonly ArcSetCheck[];
  /** The highest instance that any field names, of a complete set or not; 0 where there is none. */
  readonly highest: number;
  /**
   * For a pass: the oldest set from which on every message signature still holds, 0 where all of them do
   * (§5.2 step 5); else null.
   */
  readonly oldestPass: number | null;
}

/** Every key is asked for at once. Never rejects for anything that a mail or DNS holds. */
export async function verifyArc(task: ArcTask, ports: ArcPorts, ledger: Ledger): Promise<ArcCheck> {
  const { sets, highest, flaw } = readArcSets(task.message, ports);
  const checks = await verifySets(task, sets, ports, ledger);
  const end = (result: ArcCheck['result'], at: Partial<ArcCheck> = {}): ArcCheck => {
    const { reason = null, instance = null, field = null, oldestPass = null } = at;
    return { result, reason, instance, field, sets: checks, highest, oldestPass };
  };
  if (flaw !== null) return end('fail', flaw);
  const newest = checks.at(-1);
  if (newest === undefined) return end('none');
  const broken = breakOf(newest, checks);
  return broken === null ? end('pass', { oldestPass: oldestPass(checks) }) : end(broken.result, broken);
}

type Break = Pick<ArcCheck, 'result' | 'reason' | 'instance' | 'field'>;

/** §5.2 steps 4 and 6: the newest message signature, then the seals from the newest. What is certain counts first. */
function breakOf(newest: ArcSetCheck, checks: readonly ArcSetCheck[]): Break | null {
  const links: Break[] = [
    { ...newest.messageSignature, instance: newest.instance, field: newest.fields.messageSignature },
    ...checks
      .toReversed()
      .map(({ seal, instance, fields }): Break => ({ ...seal, instance, field: fields.seal })),
  ];
  for (const worst of ['fail', 'temperror', 'not-checkable']) {
    const found = links.find(({ result }) => result === worst);
    if (found !== undefined) {
      const { result, reason, instance, field } = found;
      return { result, reason, instance, field };
    }
  }
  return null;
}

function oldestPass(checks: readonly ArcSetCheck[]): number {
  const broken = checks.findLast(({ messageSignature }) => messageSignature.result !== 'pass');
  return broken === undefined ? 0 : broken.instance + 1;
}
