/** DKIM: every signature of generated messages, by both engines (RFC 6376, RFC 8301, RFC 8463). */
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import { type DkimCheck, verifyDkim } from '../../lib/engine/dkim/verify.ts';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import { splitMessage } from '../../lib/engine/message/split.ts';
import { platformPorts } from '../../lib/platform/ports.ts';
import { NOW } from '../fixtures/sample-source/sample.ts';
import type { Compared, Differential, Explanation } from './differential.ts';
import { dkimCases } from './dkim-cases.ts';
import { build, type DkimCase, type SignatureSpec, tell } from './dkim-mail.ts';
import { nodeResolver } from './node-resolver.ts';

type Theirs = Awaited<ReturnType<typeof dkimVerify>>['results'][number];

interface Context {
  readonly ours: DkimCheck;
  readonly theirs: Theirs;
  readonly spec: SignatureSpec;
  readonly one: DkimCase;
}

async function compare(one: DkimCase): Promise<readonly Compared<Context>[]> {
  const { text, zone } = build(one);
  const octets = Buffer.from(text, 'latin1');
  const resolve = zoneResolver(readZone(zone));
  const split = splitMessage(new Uint8Array(octets));
  if (split.kind === 'no-message') throw new Error(`no message: ${split.why}`);
  const task = { message: split.message, completeness: 'full', judgedAt: NOW } as const;
  const verifications = verifyDkim(
    task,
    platformPorts(resolve, () => NOW),
    openLedger(resolve),
  );
  const checks = await Promise.all(verifications.map(({ check }) => check));
  const { results } = await dkimVerify(octets, {
    resolver: nodeResolver(resolve),
    curTime: new Date(NOW * 1000),
    strict: true,
  });
  if (checks.length !== results.length) throw new Error(`${checks.length} and ${results.length} signatures`);
  return results.map((theirs, at) => {
    const [ours, spec] = [checks[at], one.signatures.toReversed()[at]];
    if (ours === undefined || spec === undefined) throw new Error('a signature without a description');
    return { ours: ours.result, theirs: wordOf(theirs), context: { ours, theirs, spec, one } };
  });
}

/**
 * Their result in our words. They say `neutral` for what cannot be evaluated, which RFC 8601 §2.7.1 calls permerror,
 * and tell what is no pass for us beside a `pass`: a testing key, a body that goes on behind `l=`.
 */
function wordOf({ status }: Theirs): string {
  const { result, comment, testing, underSized } = status;
  if (result === 'neutral') return comment === 'expired' ? 'policy' : 'permerror';
  if (result === 'fail' && testing === true) return 'policy';
  return result === 'pass' && (testing === true || underSized !== undefined) ? 'policy' : result;
}

/** The order of the checks decides the word where several things are wrong. */
const EXPLANATIONS: readonly Explanation<Context>[] = [
  {
    name: 'several records at one name are all tried, not the first alone',
    section: 'RFC 6376 §6.1.2 step 4',
    fits: ({ context: { spec } }) => spec.record.before.length + spec.record.after.length > 0,
  },
  {
    name: 'a bare line feed among CRLFs is hashed as it came',
    section: 'RFC 5322 §2.3, RFC 6376 §3.4.3',
    fits: ({ context: { one } }) => one.lineEnd === 'mixed',
  },
  {
    name: 'l= beyond the end of the body is an error',
    section: 'RFC 6376 §3.5 l=',
    fits: ({ context: { ours } }) => ours.reason === 'body-too-short',
  },
  {
    name: 'a From above the signed one is what the reader sees',
    section: 'RFC 6376 §8.15',
    fits: ({ theirs, context: { ours } }) => ours.reason === 'from-added' && theirs === 'pass',
  },
  {
    name: 'the local part of i= is read as written',
    section: 'RFC 6376 §3.5 i=, §6.1.1',
    fits: ({ context: { spec } }) => spec.edits.some(([tag, value]) => tag === 'i' && value?.includes('=40')),
  },
  {
    name: 'the key comes before the body hash',
    section: 'RFC 6376 §6.1.2, §6.1.3',
    fits: ({ context: { ours, theirs } }) =>
      theirs.status.comment === 'body hash did not verify' && ours.dns !== null && ours.result !== 'pass',
  },
  {
    name: 'a weak key or algorithm matters only where the signature would hold',
    section: 'RFC 8301 §3.1, §3.2: permanently failed',
    fits: ({ context: { ours, theirs } }) =>
      theirs.status.policy !== undefined && ['fail', 'permerror', 'temperror'].includes(ours.result),
  },
];

export const dkim: Differential<DkimCase, Context> = {
  name: 'DKIM',
  cases: dkimCases,
  runs: 1000,
  compare,
  explanations: EXPLANATIONS,
  results: ['pass', 'fail', 'policy', 'permerror', 'temperror'],
  describe: tell,
};
