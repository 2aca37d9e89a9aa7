/** The worked examples of RFC 9989 §4.10, B.1 and B.4. */
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import { type DmarcFacts, isAligned, lookUpDmarc } from '../../../lib/engine/dmarc/evaluate.ts';
import { walk, walkNames } from '../../../lib/engine/dmarc/lookup.ts';
import { openLedger } from '../../../lib/engine/dns/ledger.ts';
import { difference, type Outcome, outcomeOf, readJson, type Suite } from './suite.ts';

interface Example {
  readonly id: string;
  /** A walk of its own; the others judge a mail of `author`. */
  readonly domain?: string;
  readonly author?: string;
  readonly spf?: { readonly domain: string };
  readonly dkim?: readonly { readonly d: string }[];
  readonly zone: Readonly<Record<string, string>>;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** The example's zone with strict alignment asked for, or as it is. */
function ledgerOver(zone: Example['zone'], strict: boolean) {
  const records = Object.entries(zone).map(([name, text]) => [
    name,
    strict ? `${text}; adkim=s; aspf=s` : text,
  ]);
  return openLedger(zoneResolver(readZone(Object.fromEntries(records))));
}

async function found(example: Example): Promise<Readonly<Record<string, unknown>>> {
  const { domain, author, spf, dkim = [], zone } = example;
  if (domain !== undefined)
    return { org: (await walk(domain, ledgerOver(zone, false))).organizationalDomain };
  if (author === undefined) return {};
  const signer = dkim[0]?.d;
  const identifiers = [spf?.domain, signer].filter((name) => name !== undefined);
  const [relaxed, strict] = await Promise.all(
    [false, true].map((asked) => lookUpDmarc(author, identifiers, ledgerOver(zone, asked))),
  );
  if (relaxed === undefined || strict === undefined) return {};
  const aligned = (name: string | undefined, method: 'spf' | 'dkim', facts: DmarcFacts) =>
    name === undefined ? undefined : isAligned(name, method, facts);
  const org = (name: string | undefined) =>
    name === undefined ? undefined : relaxed.organizationalDomains.get(name);
  const queries = walkNames(author).map((name) => `_dmarc.${name}`);
  return {
    queries,
    queries_author: queries,
    spf_aligned_relaxed: aligned(spf?.domain, 'spf', relaxed),
    spf_aligned_strict: aligned(spf?.domain, 'spf', strict),
    dkim_aligned_relaxed: aligned(signer, 'dkim', relaxed),
    dkim_aligned_strict: aligned(signer, 'dkim', strict),
    org_author: org(author),
    org_spf: org(spf?.domain),
    org_dkim: org(signer),
    policy_domain: relaxed.policy.kind === 'record' ? relaxed.policy.recordDomain : undefined,
  };
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const example of readJson<Example[]>(folder, 'dmarc/rfc9989-examples.json')) {
    const all = await found(example);
    const asked = Object.keys(example.expect).map((name) => [name, all[name]]);
    outcomes.push(outcomeOf(example.id, difference(asked, Object.entries(example.expect))));
  }
  return outcomes;
}

export const rfc9989: Suite = { name: 'dmarc-rfc9989', run };
