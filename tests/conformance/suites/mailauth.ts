/** DMARC cases of mailauth: its two calls mapped onto our functions, expectation by expectation. */
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import { type DmarcFacts, dmarcResult, isAligned, lookUpDmarc } from '../../../lib/engine/dmarc/evaluate.ts';
import { walkNames } from '../../../lib/engine/dmarc/lookup.ts';
import { openLedger } from '../../../lib/engine/dns/ledger.ts';
import { parseAddressList } from '../../../lib/engine/message/address.ts';
import { foundFor, inapplicable, type Seen } from './mailauth-expressions.ts';
import {
  type Deviations,
  difference,
  type Outcome,
  outcomeOf,
  readJson,
  type Suite,
  strayDeviations,
} from './suite.ts';

type Identifier = string | { readonly domain: string };

interface Call {
  readonly fn: 'verifyDmarc' | 'getDmarcRecord';
  readonly input: {
    readonly headerFrom?: string | readonly string[];
    readonly domain?: string;
    readonly dkimDomains?: readonly Identifier[];
    readonly spfDomains?: readonly Identifier[];
  };
  readonly dns: readonly {
    readonly name: string;
    readonly answer?: readonly (readonly string[])[];
    readonly error?: string;
  }[];
}

interface Expectation {
  readonly expr: string;
  readonly op: string;
  readonly arg: string;
}

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly zones: readonly Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>[];
  readonly calls: readonly Call[];
  readonly expect: readonly Expectation[];
}

const FILES = ['dmarc-verify-test', 'get-dmarc-record-test', 'rfc9989-compliance-test'];

const DEVIATIONS: Deviations = {
  'rfc9989-compliance-test: does not inherit the org policy when the author domain publishes multiple records (§4.10 step 2)':
    'RFC 9989 §4.10 step 2: several records at one name are dropped, and the walk goes on',
};

const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  'dmarc-verify-test: Should return false for headerFrom array with multiple elements':
    'mailauth stops at several addresses; RFC 9989 §5.3.1 counts domains, and these have one',
};

const ERRORS: Readonly<Record<string, object | null>> = {
  ENOTFOUND: null,
  ENODATA: {},
  ETIMEOUT: { RCODE: 'TIMEOUT' },
};

/** The case's own zone where it has one, else the answers that were recorded. */
function zoneOf({ zones }: Case, { dns }: Call, index: number): Record<string, unknown> {
  const zone = zones[index] ?? zones[0];
  if (zone !== undefined) {
    return Object.fromEntries(
      Object.entries(zone).map(([name, { MX, ...types }]) => [
        name,
        MX === undefined ? types : { ...types, MX: [[1, 'mx.example']] },
      ]),
    );
  }
  return Object.fromEntries(
    dns.flatMap(({ name, answer, error }) => {
      const entry = error === undefined ? { TXT: answer ?? [] } : ERRORS[error];
      if (entry === undefined) throw new Error(`unknown error ${error}`);
      return entry === null ? [] : [[name, entry]];
    }),
  );
}

function domainsOf(list: readonly Identifier[] = []): readonly string[] {
  return list.map((item) => (typeof item === 'string' ? item : item.domain));
}

/** The author domains of the header that is given, a bare domain included. */
function authorsOf({ headerFrom, domain }: Call['input']): readonly string[] {
  if (domain !== undefined) return [domain];
  const given = typeof headerFrom === 'string' ? [headerFrom] : (headerFrom ?? []);
  const domains = given.flatMap((one) =>
    one.includes('@') ? parseAddressList(one).mailboxes.map((mailbox) => mailbox.domain) : [one],
  );
  return [...new Set(domains)];
}

async function see(one: Case, call: Call, index: number): Promise<Seen | null> {
  const [author, ...others] = authorsOf(call.input);
  if (author === undefined || others.length > 0) return null;
  const spf = domainsOf(call.input.spfDomains);
  const dkim = domainsOf(call.input.dkimDomains);
  const ledger = openLedger(zoneResolver(readZone(zoneOf(one, call, index))));
  const facts = await lookUpDmarc(author, [...spf, ...dkim], ledger);
  const passes = [
    ...spf.map((domain) => ({ aligned: isAligned(domain, 'spf', facts) })),
    ...dkim.map((domain) => ({ aligned: isAligned(domain, 'dkim', facts) })),
  ];
  return {
    author,
    facts,
    result: dmarcResult(facts.policy, passes, false),
    aligned: { spf: alignedOrganization(spf, 'spf', facts), dkim: alignedOrganization(dkim, 'dkim', facts) },
    queries: walkNames(author).map((name) => `_dmarc.${name}`),
  };
}

function alignedOrganization(
  domains: readonly string[],
  method: 'spf' | 'dkim',
  facts: DmarcFacts,
): string | undefined {
  const first = domains.find((domain) => isAligned(domain, method, facts) === true);
  return first === undefined ? undefined : (facts.organizationalDomains.get(first) ?? undefined);
}

/** The calls that an expression speaks of: mailauth's tests name their results. */
function seenBy(expr: string, seen: readonly (Seen | null)[]): readonly (Seen | null)[] {
  if (/^(?:aligned|relaxed)\b/.test(expr)) return seen.slice(0, 1);
  if (/^(?:unaligned|strict)\b/.test(expr)) return seen.slice(1, 2);
  return seen;
}

function literal(arg: string): unknown {
  if (arg.startsWith('[')) return [...arg.matchAll(/'([^']*)'/g)].map(([, text]) => text);
  const text = /^'(.*)'$/s.exec(arg)?.[1];
  return text ?? (arg === '' ? undefined : Number(arg));
}

function check({ op, arg }: Expectation, value: unknown): string | null {
  switch (op) {
    case 'to.equal':
    case 'to.deep.equal':
      return difference(value, literal(arg));
    case 'to.be.true':
      return difference(value, true);
    case 'to.be.false':
      return difference(value, false);
    case 'to.be.undefined':
    case 'to.not.be.ok':
      return difference(value ?? null, null);
    case 'to.contain':
      return String(value).includes(String(literal(arg))) ? null : `${value} without ${arg}`;
    case 'to.be.an':
      return typeof value === literal(arg) ? null : `${typeof value}, expected ${arg}`;
    case 'to.not.have.property':
      return Object.hasOwn(Object(value), String(literal(arg))) ? `has ${arg}` : null;
    default:
      return `unknown comparison ${op}`;
  }
}

async function judge(file: string, one: Case): Promise<Outcome> {
  const id = `${file}: ${one.name}`;
  const reason = NOT_APPLICABLE[id];
  if (reason !== undefined) return { id, status: 'not-applicable', detail: reason };
  const applicable = one.expect.filter(({ expr, op }) => inapplicable(expr, op) === null);
  if (applicable.length === 0) {
    const reasons = new Set(one.expect.map(({ expr, op }) => inapplicable(expr, op)));
    return { id, status: 'not-applicable', detail: [...reasons].join('; ') };
  }
  const seen = await Promise.all(one.calls.map((call, index) => see(one, call, index)));
  const problems = applicable.flatMap((expectation) =>
    seenBy(expectation.expr, seen)
      .map((each) => check(expectation, foundFor(expectation.expr, each)))
      .filter((problem) => problem !== null)
      .map((problem) => `${expectation.expr}: ${problem}`),
  );
  return outcomeOf(id, problems[0] ?? null, DEVIATIONS);
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of FILES) {
    for (const one of readJson<Case[]>(folder, `dmarc/${file}.json`)) outcomes.push(await judge(file, one));
  }
  return [...outcomes, ...strayDeviations(DEVIATIONS, outcomes)];
}

export const mailauth: Suite = { name: 'dmarc-mailauth', run };
