/** ARC: generated chains, by both engines (RFC 8617 §5.2). */
import { arc as theirArc } from 'mailauth/lib/arc/index.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import { type ArcCheck, verifyArc } from '../../lib/engine/arc/verify.ts';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import { splitMessage } from '../../lib/engine/message/split.ts';
import { platformPorts } from '../../lib/platform/ports.ts';
import { NOW } from '../fixtures/sample-source/sample.ts';
import { type ArcCase, arcCases, build, type Hop } from './arc-cases.ts';
import type { Compared, Differential, Explanation } from './differential.ts';
import { nodeResolver } from './node-resolver.ts';

type Theirs = Awaited<ReturnType<typeof theirArc>>;

interface Context {
  readonly ours: ArcCheck;
  readonly theirs: Theirs;
  readonly one: ArcCase;
}

async function compare(one: ArcCase): Promise<readonly Compared<Context>[]> {
  const { text, zone } = build(one);
  const octets = Buffer.from(text, 'latin1');
  const resolve = zoneResolver(readZone(zone));
  const split = splitMessage(new Uint8Array(octets));
  if (split.kind === 'no-message') throw new Error(`no message: ${split.why}`);
  const task = { message: split.message, completeness: 'full', judgedAt: NOW } as const;
  const ours = await verifyArc(
    task,
    platformPorts(resolve, () => NOW),
    openLedger(resolve),
  );
  const options = { resolver: nodeResolver(resolve), strict: true };
  const verified = await dkimVerify(octets, { ...options, curTime: new Date(NOW * 1000) });
  const theirs = await theirArc(verified.arc as Parameters<typeof theirArc>[0], options);
  return [{ ours: ours.result, theirs: theirs.status.result, context: { ours, theirs, one } }];
}

function signsFrom(hop: Hop | undefined): boolean {
  const written = hop?.messageEdits.find(([tag]) => tag === 'h')?.[1] ?? hop?.names.join(':') ?? '';
  return /from/i.test(written);
}

const EXPLANATIONS: readonly Explanation<Context>[] = [
  {
    name: 'an unanswered key leaves the chain open; that failures last binds the hop that seals next',
    section: 'RFC 8617 §5.2.1',
    fits: ({ ours, context: { one } }) => ours === 'temperror' && one.keys === 'one unanswered',
  },
  {
    name: 'what a key that only tests has made counts as unsigned',
    section: 'RFC 6376 §3.6.1 t=y',
    fits: ({ theirs, context: { ours } }) => ours.reason === 'testing-key' && theirs === 'pass',
  },
  {
    name: 'l= beyond the end of the body is an error',
    section: 'RFC 6376 §3.5 l=',
    fits: ({ theirs, context: { ours } }) => ours.reason === 'body-too-short' && theirs === 'pass',
  },
  {
    name: 'a seal with bh= is none',
    section: 'RFC 8617 §4.1.3',
    fits: ({ theirs, context: { ours } }) => ours.reason === 'seal-tag' && theirs === 'pass',
  },
  {
    name: 'a chain may hold without From; that a seal proves something asks for it',
    section: 'RFC 8617 §4.1.2, §5.2 step 4',
    fits: ({ ours, context: { one } }) => ours === 'pass' && !signsFrom(one.hops.at(-1)),
  },
  {
    name: 'of the message signatures only the newest has to be one',
    section: 'RFC 8617 §5.2 steps 4 and 5',
    fits: ({ ours, context: { one } }) =>
      ours === 'pass' && one.hops.slice(0, -1).some(({ messageEdits }) => messageEdits.length > 0),
  },
];

export const arc: Differential<ArcCase, Context> = {
  name: 'ARC',
  cases: arcCases,
  runs: 600,
  compare,
  explanations: EXPLANATIONS,
  results: ['none', 'pass', 'fail'],
  describe: (one) => `${JSON.stringify(one)}\n${JSON.stringify(build(one))}`,
};
