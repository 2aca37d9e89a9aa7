/** SPF: generated senders, clients and records, by both engines (RFC 7208). */
import { spf as theirSpf } from 'mailauth/lib/spf/index.js';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import { checkHost } from '../../lib/engine/spf/evaluate.ts';
import type { SpfCheck } from '../../lib/engine/spf/trace.ts';
import { platformPorts } from '../../lib/platform/ports.ts';
import { NOW } from '../fixtures/sample-source/sample.ts';
import type { Compared, Differential, Explanation } from './differential.ts';
import { nodeResolver } from './node-resolver.ts';
import { resolverFor, type SpfCase, spfCases } from './spf-cases.ts';

type Theirs = Awaited<ReturnType<typeof theirSpf>>;

interface Context {
  readonly ours: SpfCheck;
  readonly theirs: Theirs;
  readonly one: SpfCase;
}

const RECEIVER = 'mx.receiver.example';

async function compare(one: SpfCase): Promise<readonly Compared<Context>[]> {
  const { ip, helo, mailFrom } = one;
  const resolve = resolverFor(one);
  const task = {
    ip,
    helo,
    mailFrom,
    identity: 'mailfrom',
    mayReveal: true,
    receiver: RECEIVER,
    now: NOW,
  } as const;
  const [ours, theirs] = await Promise.all([
    checkHost(
      task,
      platformPorts(resolve, () => NOW),
      openLedger(resolve),
    ),
    theirSpf({ ip, helo, sender: mailFrom, mta: RECEIVER, resolver: nodeResolver(resolve), strict: true }),
  ]);
  return [
    {
      ours: wordOf(ours.result, ours.explanation, ours),
      theirs: wordOf(theirs.status.result, theirs.explanation, {
        lookups: theirs.lookups?.count ?? 0,
        voids: theirs.lookups?.void ?? 0,
      }),
      context: { ours, theirs, one },
    },
  ];
}

/** The result, the words of the domain about a `fail`, and what it cost, unless it ended early. */
function wordOf(
  result: string,
  explanation: string | null | undefined,
  { lookups, voids }: { readonly lookups: number; readonly voids: number },
): string {
  const isCounted = result !== 'none' && !result.endsWith('error');
  const cost = isCounted ? `${lookups} lookups, ${voids} void` : '';
  return `${result} "${explanation ?? ''}" ${cost}`;
}

const EXPLANATIONS: readonly Explanation<Context>[] = [
  {
    name: 'domains are in lower case, in explanations too',
    section: 'RFC 7208 §7.3, RFC 4343 §3',
    fits: ({ ours, theirs }) => ours.toLowerCase() === theirs.toLowerCase(),
  },
  {
    name: 'the question for the name of a client belongs to the term that uses %{p}',
    section: 'RFC 7208 §4.6.4: terms are counted',
    fits: ({ context: { one } }) => /%\{p/i.test(JSON.stringify(one.records)),
  },
  {
    name: 'a term counts when it is reached, also where a local part beyond ASCII leaves nothing to ask',
    section: 'RFC 7208 §4.6.4, RFC 8616 §4',
    fits: ({ context: { ours, theirs, one } }) =>
      ours.result === theirs.status.result && /[^\x00-\x7f].*@/.test(one.mailFrom),
  },
  {
    name: 'more than ten exchanges are too many, also where one of the first ten matches',
    section: 'RFC 7208 §4.6.4',
    fits: ({ context: { ours } }) => ours.reason === 'too-many-mx',
  },
];

export const spf: Differential<SpfCase, Context> = {
  name: 'SPF',
  cases: spfCases,
  runs: 2500,
  compare,
  explanations: EXPLANATIONS,
  results: ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'],
  describe: (one) => JSON.stringify(one),
};
