import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import { checkHost } from '../../lib/engine/spf/evaluate.ts';
import { MAX_LOOKUPS, MAX_VOIDS } from '../../lib/engine/spf/limits.ts';
import { endsAsDomain, expand, type MacroValues, parseMacro } from '../../lib/engine/spf/macro.ts';
import { firstFault, inOrder, parseSpfRecord } from '../../lib/engine/spf/record.ts';
import type { SpfCheck, SpfTask } from '../../lib/engine/spf/trace.ts';
import { portsOver } from '../unit/engine/kit.ts';
import { textFor } from './arbitraries.ts';

const RECORD_WORDS = [
  'v=spf1',
  ' ',
  '+',
  '-',
  '~',
  '?',
  ...['all', 'a', 'mx', 'ptr', 'include', 'exists', 'ip4', 'ip6', 'redirect', 'exp', 'moo'],
  ':',
  '=',
  '/',
  '//',
  '.',
  '24',
  '192.0.2.1',
  '2001:db8::1',
  'a.example',
  '%',
  '%{',
  '}',
  '%{d2r-}',
  '%{l}',
  '%%',
  '\t',
];
const MACRO_WORDS = [
  '%',
  '{',
  '}',
  '%{',
  '%%',
  '%_',
  '%-',
  's',
  'L',
  'd',
  'r',
  't',
  '0',
  '2',
  '99',
  '-',
  '+/',
  '.',
  'a',
  ' ',
];

function valuesOf(value: string): MacroValues {
  return {
    s: value,
    l: value,
    o: value,
    d: value,
    i: value,
    p: value,
    v: value,
    h: value,
    c: value,
    r: value,
    t: value,
  };
}

describe('reading a record', { timeout: 20_000 }, () => {
  it('never throws, and every term and every fault keeps its place', () => {
    fc.assert(
      fc.property(textFor(RECORD_WORDS), (rest) => {
        const record = `v=spf1 ${rest}`;
        const terms = parseSpfRecord(record);
        const isPlaced = terms.every((term) => {
          const { text, start, end } = term;
          const inside =
            term.kind !== 'fault' ||
            (start <= term.at.start && term.at.start <= term.at.end && term.at.end <= end);
          return record.slice(start, end) === text && inside;
        });
        expect(isPlaced).toBe(true);
        expect(terms.map(({ text }) => text)).toEqual(
          record
            .slice(6)
            .split(' ')
            .filter((text) => text !== ''),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a term as it is when another is put before it, unless it is a modifier that stood already', () => {
    fc.assert(
      fc.property(textFor(RECORD_WORDS), (rest) => {
        const plain = parseSpfRecord(`v=spf1 ${rest}`).map(({ kind, text }) => ({ kind, text }));
        const [, ...shifted] = parseSpfRecord(`v=spf1 a ${rest}`).map(({ kind, text }) => ({ kind, text }));
        expect(shifted).toEqual(plain);
      }),
    );
  });
});

describe('reading and expanding a macro string', () => {
  it('never throws, whatever stands there and whatever the values are', () => {
    const value = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(
        textFor(MACRO_WORDS),
        value,
        fc.constantFrom('domain', 'explanation'),
        (text, held, use) => {
          const parsed = parseMacro(text, use);
          if (parsed.kind === 'error') {
            expect(parsed.end).toBeGreaterThan(parsed.start);
            expect(parsed.end).toBeLessThanOrEqual(text.length);
            return;
          }
          endsAsDomain(parsed.macro);
          expand(parsed.macro, valuesOf(held));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves a string without a percent sign as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab.-_/=+,~') }), (text) => {
        const parsed = parseMacro(text, 'domain');
        expect(parsed.kind === 'macro' && expand(parsed.macro, valuesOf('x'))).toBe(text);
      }),
    );
  });
});

describe('50 kB of one thing', { timeout: 20_000 }, () => {
  const SIZE = 50_000;
  const PIECES = [
    ...RECORD_WORDS,
    ...MACRO_WORDS,
    'a ',
    'a:',
    'a/1',
    'x=1 ',
    'redirect=a.example ',
    '%{d}',
    '%{d9',
    '%{d....',
    '1/',
    '/1',
    '1.1.1.1.',
    '::',
  ];
  it.each(PIECES)('is read in time: %j', (piece) => {
    const text = piece.repeat(SIZE / piece.length);
    for (const record of [
      `v=spf1 ${text}`,
      `v=spf1 a:${text}`,
      `v=spf1 ip4:${text}`,
      `v=spf1 ip6:${text}x`,
      `v=spf1 x=${text}`,
    ]) {
      const terms = parseSpfRecord(record);
      inOrder(terms);
      firstFault(terms);
    }
    const parsed = parseMacro(text, 'explanation');
    if (parsed.kind === 'macro') expand(parsed.macro, valuesOf('a.b'));
    const long = parseMacro('%{L2r-}', 'domain');
    if (long.kind === 'macro') expand(long.macro, valuesOf(text));
  });

  it('is evaluated in time, also where it leads to itself', async () => {
    // Some 32 kB, read again by each redirect; no TXT record has more than 64 kB.
    const zone = {
      'bank.example': `v=spf1 ${'x=1 ip4:198.51.100.1 '.repeat(1500)}redirect=bank.example`,
    };
    const { result } = await check({ zone, task: TASK, prefetch: true });
    expect(result).toBe('permerror');
  });
});

const TASK: SpfTask = {
  ip: '192.0.2.25',
  helo: 'n1.example',
  mailFrom: 'jane@bank.example',
  identity: 'mailfrom',
  mayReveal: true,
  now: 0,
};

type Records = Readonly<Record<string, unknown>>;

interface Setting {
  readonly zone: Records;
  readonly task: SpfTask;
  readonly prefetch: boolean;
  /** Turns that an answer takes, by the length of the question: answers come in another order than questions. */
  readonly turns?: number;
}

/** A check whose answers are named by their questions, since their order in the ledger is not the same. */
async function check({ zone, task, prefetch, turns = 0 }: Setting): Promise<SpfCheck> {
  const ports = portsOver(zone);
  let asked = 0;
  const ledger = openLedger(async (name, type) => {
    const delay = turns === 0 ? 0 : (++asked * 7 + name.length * 3) % turns;
    for (let turn = 0; turn < delay; turn++) await Promise.resolve();
    return ports.resolve(name, type);
  });
  const found = await checkHost(task, ports, ledger, { prefetch });
  const named = JSON.stringify(found, (key, value: unknown) =>
    key === 'dns' && Array.isArray(value)
      ? value.map((index: number) => {
          const answer = ledger.answers()[index];
          return `${answer?.name.toLowerCase()} ${answer?.type}`;
        })
      : value,
  );
  return JSON.parse(named);
}

const NAMES = ['bank.example', 'n1.example', 'n2.example', 'n3.example', 'n4.example', 'n5.example'];
const name = fc.constantFrom(...NAMES);
/** What may stand for a domain: names, and macros that make some, or none. */
const target = fc.oneof(
  { weight: 6, arbitrary: name },
  fc.constantFrom('gone.example', '%{d}', 'n1.%{d1}', '%{p}', '%{h}', 'a..example', '%{ir}.x.example'),
);
/** The same, and the local part's names. */
const personal = fc.oneof(
  { weight: 3, arbitrary: target },
  fc.constantFrom('%{l}.example', '%{S}.x.example'),
);

function recordOf(domain: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const mechanism = fc.oneof(
    fc
      .tuple(fc.constantFrom('include:', 'a:', 'mx:', 'exists:', 'ptr:'), domain)
      .map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom('include:', 'a:'), name).map((parts) => parts.join('')),
    fc.constantFrom('a', 'mx', 'a/24', 'mx/24', 'ip4:198.51.100.0/24'),
    fc.constantFrom('all', 'ip4:192.0.2.0/24', 'ip6:::/0', 'ptr'),
  );
  const directive = fc.tuple(fc.constantFrom('', '-', '~', '?'), mechanism).map((parts) => parts.join(''));
  const tail = fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    domain.map((one) => ` redirect=${one}`),
    fc.constantFrom(' -all', ' ~all exp=n5.example', ' exp=%{l}.example -all', ' moo'),
  );
  return fc
    .tuple(fc.array(directive, { maxLength: 5 }), tail)
    .map(([directives, end]) => `v=spf1 ${directives.join(' ')}${end}`);
}

const addresses = fc.constantFrom<readonly string[]>(
  [],
  ['192.0.2.25'],
  ['192.0.2.1'],
  ['198.51.100.1', '203.0.113.1'],
);

function entryOf(domain: fc.Arbitrary<string>): fc.Arbitrary<Records> {
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        TXT: fc.oneof(
          { weight: 8, arbitrary: recordOf(domain).map((record) => [record]) },
          fc.constantFrom<string[]>([], ['other'], ['v=spf1', 'v=spf1']),
        ),
        A: addresses,
        MX: fc.oneof(
          {
            weight: 6,
            arbitrary: fc.array(fc.tuple(fc.constant(10), fc.oneof(name, fc.constant('gone.example'))), {
              maxLength: 3,
            }),
          },
          fc.constantFrom<[number, string][]>(
            [[0, '.']],
            NAMES.flatMap((one): [number, string][] => [
              [1, one],
              [2, one],
            ]),
          ),
        ),
      }),
    },
    fc.constantFrom<Records>({ RCODE: 'SERVFAIL' }, { RCODE: 'TIMEOUT' }, { RCODE: 'NXDOMAIN' }),
  );
}

function zoneOf(domain: fc.Arbitrary<string>): fc.Arbitrary<Records> {
  const entries = Object.fromEntries(NAMES.map((one) => [one, entryOf(domain)]));
  const own = recordOf(domain).map((record) => ({
    TXT: [record],
    A: ['198.51.100.1'],
    MX: [[1, 'n1.example']],
  }));
  const reverse = fc.array(fc.constantFrom(...NAMES, 'x.n1.example'), { maxLength: 12 });
  return fc
    .record({ ...entries, 'bank.example': own, '25.2.0.192.in-addr.arpa': reverse.map((PTR) => ({ PTR })) })
    .map((zone): Records => zone);
}

const RUNS = { numRuns: 400 };

describe('an evaluation', () => {
  it('comes to the same whether or not it is asked ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        zoneOf(personal),
        fc.boolean(),
        fc.integer({ min: 0, max: 40 }),
        async (zone, mayReveal, turns) => {
          const task = { ...TASK, mayReveal };
          const alone = await check({ zone, task, prefetch: false });
          expect(await check({ zone, task, prefetch: true, turns })).toEqual(alone);
        },
      ),
      RUNS,
    );
  }, 60_000);

  it('keeps the limits, and says why there is no result', async () => {
    await fc.assert(
      fc.asyncProperty(zoneOf(personal), async (zone) => {
        const { result, reason, lookups, voids } = await check({ zone, task: TASK, prefetch: false });
        expect(lookups).toBeLessThanOrEqual(MAX_LOOKUPS + 1);
        expect(voids).toBeLessThanOrEqual(MAX_VOIDS + 1);
        if (lookups > MAX_LOOKUPS || voids > MAX_VOIDS) expect(result).toBe('permerror');
        expect(reason === null).toBe(['pass', 'fail', 'softfail', 'neutral'].includes(result));
      }),
      RUNS,
    );
  }, 60_000);

  it('withholds a result wherever the withheld names could change it', async () => {
    // What a name made from the local part may hold: an address, none, or nothing at all.
    const held = fc.record({ A: addresses }, { noNullPrototype: true });
    const secret = fc.record({ 'jane.example': held, 'jane%40bank.example.x.example': held });
    await fc.assert(
      fc.asyncProperty(zoneOf(personal), secret, async (zone, names) => {
        const quiet = await check({ zone, task: { ...TASK, mayReveal: false }, prefetch: false });
        fc.pre(quiet.result !== 'withheld');
        const open = await check({ zone: { ...zone, ...names }, task: TASK, prefetch: false });
        expect(quiet.result).toBe(open.result);
      }),
      RUNS,
    );
  }, 60_000);

  it('never asks for a name made from the local part without consent', async () => {
    await fc.assert(
      fc.asyncProperty(zoneOf(personal), fc.boolean(), async (zone, prefetch) => {
        const ports = portsOver(zone);
        const asked: string[] = [];
        const ledger = openLedger((one, type) => {
          asked.push(one);
          return ports.resolve(one, type);
        });
        await checkHost({ ...TASK, mayReveal: false }, ports, ledger, { prefetch });
        expect(asked.filter((one) => one.includes('jane'))).toEqual([]);
      }),
      RUNS,
    );
  }, 60_000);
});
