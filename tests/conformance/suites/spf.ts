/** The openspf suite for RFC 7208: a policy, a client, and the results that are allowed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { openLedger } from '../../../lib/engine/dns/ledger.ts';
import type { Ports, Rcode } from '../../../lib/engine/index.ts';
import { checkHost } from '../../../lib/engine/spf/evaluate.ts';
import { toAscii } from '../../../lib/platform/idna.ts';
import { difference, type Outcome, outcomeOf, type Suite } from './suite.ts';

interface Case {
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
  /** `DEFAULT`: the checker's own words, which we leave to others. */
  readonly explanation?: string;
}

type Value = string | readonly (string | number)[];
type Entry = 'TIMEOUT' | Readonly<Record<string, Value>>;
type Zone = ReadonlyMap<string, readonly Entry[]>;

interface Scenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, Case>>;
  readonly zonedata: Readonly<Record<string, readonly Entry[]>>;
}

const MAX_CHAIN = 8;

/** The suite's zones: `SPF` stands for `TXT` where no `TXT` does, a bare `TIMEOUT` for every type not listed. */
function resolver(zonedata: Scenario['zonedata']): Ports['resolve'] {
  const zone: Zone = new Map(
    Object.entries(zonedata).map(([name, entries]) => [name.toLowerCase(), entries]),
  );
  return async (name, type) => {
    const answer = (rcode: Rcode, answers: readonly string[] = []) =>
      ({
        name,
        type,
        rcode,
        ttl: null,
        authenticData: false,
        resolver: 'suite',
        cached: false,
        answers,
      }) as const;
    let target = name.toLowerCase();
    for (let step = 0; step < MAX_CHAIN; step++) {
      const entries = zone.get(target);
      if (entries === undefined) return answer('NXDOMAIN');
      const alias = valuesOf(entries, 'CNAME')[0];
      if (typeof alias === 'string') {
        target = alias.toLowerCase().replace(/\.$/, '');
        continue;
      }
      const hasText = valuesOf(entries, 'TXT').length > 0;
      const values = valuesOf(entries, type === 'TXT' && !hasText ? 'SPF' : type).filter(
        (value) => value !== 'NONE',
      );
      if (values.length === 0 && entries.includes('TIMEOUT')) return answer('TIMEOUT');
      return answer(
        'NOERROR',
        values.map((value) => textOf(value, type)),
      );
    }
    return answer('SERVFAIL');
  };
}

function valuesOf(entries: readonly Entry[], type: string): readonly Value[] {
  return entries.flatMap((entry) => {
    const value = entry === 'TIMEOUT' ? undefined : entry[type];
    return value === undefined ? [] : [value];
  });
}

/** The strings of one TXT record are joined; an exchange follows its preference. */
function textOf(value: Value, type: string): string {
  if (typeof value === 'string') return value;
  return value.join(type === 'MX' ? ' ' : '');
}

async function problemOf(
  { helo, host, mailfrom, result, explanation }: Case,
  zonedata: Scenario['zonedata'],
) {
  const found = await checkHost(
    { ip: host, helo, mailFrom: mailfrom, identity: 'mailfrom', mayReveal: true, now: 0 },
    { toAscii },
    openLedger(resolver(zonedata)),
  );
  const allowed = [result].flat();
  if (!allowed.includes(found.result)) {
    return `${found.result} (${found.reason}), expected ${allowed.join(' or ')}`;
  }
  return explanation === undefined ? null : difference(found.explanation ?? 'DEFAULT', explanation);
}

async function run(folder: string): Promise<readonly Outcome[]> {
  // Some records hold octets above 127, which no UTF-8 text could give back.
  const text = readFileSync(path.join(folder, 'spf/rfc7208-tests.yml'), 'latin1');
  const outcomes: Outcome[] = [];
  for (const document of parseAllDocuments(text)) {
    const { description, tests, zonedata }: Scenario = document.toJS();
    for (const [id, one] of Object.entries(tests)) {
      outcomes.push(outcomeOf(`${description}: ${id}`, await problemOf(one, zonedata)));
    }
  }
  return outcomes;
}

export const spf: Suite = { name: 'spf', run };
