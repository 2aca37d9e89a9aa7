/** DMARC: policy discovery and alignment over generated zones, by both engines (RFC 9989 §4.10, §5.3). */
import fc from 'fast-check';
import { dmarc as theirDmarc } from 'mailauth/lib/dmarc/index.js';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import { type DmarcFacts, dmarcResult, isAligned, lookUpDmarc } from '../../lib/engine/dmarc/evaluate.ts';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import type { Compared, Differential, Explanation } from './differential.ts';
import { nodeResolver } from './node-resolver.ts';

type Entry = Readonly<Record<string, unknown>>;

interface DmarcCase {
  readonly author: string;
  /** Domains that passed SPF: one or none. */
  readonly spf: readonly string[];
  /** Domains that passed DKIM. */
  readonly dkim: readonly string[];
  readonly zone: Readonly<Record<string, Entry>>;
}

type Theirs = Exclude<Awaited<ReturnType<typeof theirDmarc>>, false>;

interface Context {
  readonly theirs: Theirs;
  readonly one: DmarcCase;
}

async function compare(one: DmarcCase): Promise<readonly Compared<Context>[]> {
  const { author, spf, dkim, zone } = one;
  const resolve = zoneResolver(readZone(zone));
  const facts = await lookUpDmarc(author, [...spf, ...dkim], openLedger(resolve));
  const aligned = (method: 'spf' | 'dkim', domains: readonly string[]): readonly Identifier[] =>
    domains.map((domain) => ({ domain, aligned: isAligned(domain, method, facts) }));
  const identifiers = [aligned('spf', spf), aligned('dkim', dkim)] as const;
  const theirs = await theirDmarc({
    headerFrom: [`someone@${author}`],
    fromFields: 1,
    spfDomains: [...spf],
    dkimDomains: dkim.map((domain) => ({ id: domain, domain })),
    resolver: nodeResolver(resolve),
    strict: true,
  });
  if (theirs === false) throw new Error('no author domain');
  return [{ ours: wordOf(facts, identifiers), theirs: theirWordOf(theirs), context: { theirs, one } }];
}

interface Identifier {
  readonly domain: string;
  readonly aligned: boolean | null;
}

/** The result, then the policy as asked of receivers, where its record stands, and which identifiers are aligned. */
function wordOf(
  { policy, organizationalDomains, authorDomain }: DmarcFacts,
  [spf, dkim]: readonly [spf: readonly Identifier[], dkim: readonly Identifier[]],
): string {
  const result = dmarcResult(policy, [...spf, ...dkim], false);
  // What an unanswered question leaves open is a temperror in their words (RFC 9989 §5.3.6).
  const word = result === 'unknown' ? 'temperror' : result;
  if (policy.kind === 'unanswered') return word;
  const organization = organizationalDomains.get(authorDomain) ?? authorDomain;
  if (policy.kind === 'none') return `${word} of ${organization}`;
  const [sender, signer] = [spf, dkim].map((list) => list.find(({ aligned }) => aligned === true)?.domain);
  return `${word} of ${organization}: ${policy.applied} by ${policy.recordDomain}, ${sender} and ${signer}`;
}

function theirWordOf({ status, domain, policy, policyDomain, alignment }: Theirs): string {
  if (status.result === 'temperror' && policyDomain === undefined) return status.result;
  if (policyDomain === undefined) return `${status.result} of ${domain}`;
  const [sender, signer] = [alignment?.spf.result, alignment?.dkim.result];
  return `${status.result} of ${domain}: ${policy} by ${policyDomain}, ${sender} and ${signer}`;
}

/** Whether a record of the zone looks like that. */
function holds({ zone }: DmarcCase, pattern: RegExp): boolean {
  return Object.values(zone).some(({ TXT }) => Array.isArray(TXT) && TXT.some((text) => pattern.test(text)));
}

const EXPLANATIONS: readonly Explanation<Context>[] = [
  {
    name: 'of a repeated tag the first counts; the record stays one',
    section: 'RFC 9989 §4.8: later errors are ignored',
    fits: ({ context: { one } }) => holds(one, /;\s*p=.*;\s*p=/),
  },
  {
    name: 'nothing may stand before the version',
    section: 'RFC 9989 §4.7, §4.8',
    fits: ({ context: { one } }) => holds(one, /^ /),
  },
  {
    name: 'the names of tags have no case',
    section: 'RFC 9989 §4.8, RFC 5234 §2.3',
    fits: ({ context: { one } }) => holds(one, /ADKIM/),
  },
];

/** Ten labels, so that a walk has to leave some out. */
const DEEP = 'a.b.c.d.e.f.g.shop.corp.example';

/** DEEP, everything above it, and names beside. */
const NAMES = [
  ...DEEP.split('.').map((_, count, labels) => labels.slice(count).join('.')),
  'mail.shop.corp.example',
  'news.corp.example',
  'x.news.corp.example',
  'other.example',
  'mail.other.example',
  'elsewhere.test',
];

const policies = fc.constantFrom('none', 'quarantine', 'reject');
const optionalTag = fc.oneof(
  fc.tuple(fc.constantFrom('sp', 'np', 'sp', 'np'), policies).map(([tag, policy]) => `${tag}=${policy}`),
  fc.constantFrom(
    't=y',
    'adkim=s',
    'aspf=s',
    'psd=y',
    'psd=n',
    'psd=u',
    'rua=mailto:a@corp.example',
    'fo=1',
    'pct=10',
    'unknown=1',
  ),
  fc.constantFrom('sp=nothing', 'np=', 'ADKIM=S', 'psd=Y', 'stray', 't = y'),
);

const good = fc
  .tuple(
    policies,
    fc.uniqueArray(optionalTag, {
      maxLength: 3,
      selector: (tag) => tag.slice(0, tag.search(/[ =]|$/)).toLowerCase(),
    }),
  )
  .map(([policy, tags]) => `v=DMARC1; ${[`p=${policy}`, ...tags].join('; ')}`);

const odd = fc.constantFrom(
  'v=DMARC1',
  'v=DMARC1;',
  'v=DMARC1; p=all',
  'v=DMARC1; rua=mailto:a@corp.example',
  'v=DMARC1; p=all; rua=mailto:a@corp.example',
  'v=DMARC1; psd=y',
  'v=DMARC1; sp=reject; rua=nonsense',
  ' v = DMARC1 ; p = reject ; ',
  'v=DMARC1;p=REJECT;sp=None',
  'v=dmarc1; p=reject',
  'V=DMARC1; p=quarantine',
  'v=DMARC1x; p=reject',
  'p=reject; v=DMARC1',
  'v=DMARC1; p=none; p=reject',
  'v=spf1 -all',
);

const entry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 16, arbitrary: good.map((text) => ({ TXT: [text] })) },
  { weight: 5, arbitrary: odd.map((text) => ({ TXT: [text] })) },
  { weight: 2, arbitrary: fc.tuple(good, good).map((texts) => ({ TXT: texts })) },
  { weight: 2, arbitrary: good.map((text) => ({ TXT: ['verification=1', text] })) },
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constantFrom({ RCODE: 'SERVFAIL' }, { RCODE: 'TIMEOUT' }) },
);

/** What stands at the names themselves: only whether they exist matters. */
const existence: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ A: ['192.0.2.1'] }) },
  { weight: 1, arbitrary: fc.constantFrom<Entry>({}, { CNAME: 'gone.test' }, { RCODE: 'SERVFAIL' }) },
);

const anyName = fc.constantFrom(...NAMES);

/** A name, everything above it, and now and then another: most questions of a walk find something. */
function around(name: string): fc.Arbitrary<string> {
  const above = name.split('.').map((_, count, labels) => labels.slice(count).join('.'));
  const [own = name] = above;
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(own) },
    { weight: 5, arbitrary: fc.constantFrom(...above) },
    { weight: 2, arbitrary: anyName },
  );
}

const cases: fc.Arbitrary<DmarcCase> = anyName.chain((author) => {
  const near = around(author);
  const owned = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<[string, T][]> =>
    fc.uniqueArray(fc.tuple(near, arbitrary), { maxLength, selector: ([owner]) => owner });
  return fc.record({
    author: fc.constant(author),
    spf: fc.array(near, { maxLength: 1 }),
    dkim: fc.array(near, { maxLength: 2 }),
    zone: fc
      .tuple(owned(entry, 6), owned(existence, 3))
      .map(([records, others]) =>
        Object.fromEntries([...records.map(([owner, record]) => [`_dmarc.${owner}`, record]), ...others]),
      ),
  });
});

export const dmarc: Differential<DmarcCase, Context> = {
  name: 'DMARC',
  cases,
  runs: 2500,
  compare,
  explanations: EXPLANATIONS,
  results: ['pass', 'fail', 'none', 'temperror'],
  describe: (one) => JSON.stringify(one),
};
