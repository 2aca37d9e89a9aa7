import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import {
  MAX_TREE_QUESTIONS,
  MAX_TREE_RECORDS,
  type SpfTreeRecord,
  spfTree,
} from '../../../../lib/engine/spf/tree.ts';
import { portsOver, type Row, rows } from '../kit.ts';
import { grown } from './lint-kit.ts';
import type { Records } from './spf-kit.ts';

/** One line for each term, with what is worth saying of it; what it leads to is indented. */
function drawn(record: SpfTreeRecord, indent = ''): string[] {
  if (record.problem !== null) return [`${indent}${record.domain}: ${record.problem}`];
  return record.terms.flatMap(({ text, lookup, name, isVoid, isUnanswered, exchanges, record: below }) => {
    const more = [
      ...(lookup === null ? [] : [`#${lookup}`]),
      ...(name === null ? [] : [name]),
      ...(isVoid ? ['void'] : []),
      ...(isUnanswered ? ['unanswered'] : []),
      ...(exchanges === null ? [] : [`${exchanges} mx`]),
    ];
    const line = `${indent}${[text, ...more].join(' ')}`;
    return [line, ...(below === null ? [] : drawn(below, `${indent}  `))];
  });
}

describe('the tree of a domain (§4.6.4)', () => {
  it('counts every term that costs a lookup, in the order of evaluation', async () => {
    const { tree } = await grown({
      'bank.example': {
        TXT: ['v=spf1 redirect=end.example a include:one.example ip4:192.0.2.1 mx exp=why.example'],
        A: ['192.0.2.1'],
        MX: [
          [10, 'm1.example'],
          [20, 'm2.example'],
        ],
      },
      'one.example': 'v=spf1 include:two.example exists:%{i}.one.example ptr ~all a:late.example',
      'two.example': { TXT: ['v=spf1 a'], AAAA: ['2001:db8::1'] },
      'end.example': 'v=spf1 -all redirect=never.example',
    });
    expect(drawn(tree.root)).toEqual([
      'redirect=end.example #1 end.example',
      '  -all',
      '  redirect=never.example',
      'a #2 bank.example',
      'include:one.example #3 one.example',
      '  include:two.example #4 two.example',
      '    a #5 two.example',
      '  exists:%{i}.one.example #6',
      '  ptr #7 one.example',
      '  ~all',
      '  a:late.example',
      'ip4:192.0.2.1',
      'mx #8 bank.example 2 mx',
      'exp=why.example',
    ]);
    expect(tree).toMatchObject({ lookups: 8, voids: 0 });
  });

  it('knows the macros that the domain alone decides, and asks for no other', async () => {
    const { tree, asked } = await grown({
      'bank.example':
        'v=spf1 include:%{d}.one.example a:%{l}.bank.example a:%{ir}.%{d} mx:%{h} exists:%{p} -all',
      'bank.example.one.example': 'v=spf1 a:%{o}.%{d3}.two.example -all',
    });
    expect(drawn(tree.root)).toEqual([
      'include:%{d}.one.example #1 bank.example.one.example',
      '  a:%{o}.%{d3}.two.example #2 bank.example.example.one.example.two.example void',
      '  -all',
      'a:%{l}.bank.example #3',
      'a:%{ir}.%{d} #4',
      'mx:%{h} #5',
      'exists:%{p} #6',
      '-all',
    ]);
    const target = 'bank.example.example.one.example.two.example';
    expect(asked).toEqual([
      'bank.example TXT',
      'bank.example.one.example TXT',
      `${target} A`,
      `${target} AAAA`,
    ]);
  });

  it.each(
    rows<Row & { record: string; zone: Records; line: string; voids: number }>([
      {
        why: 'no such name',
        record: 'a:x.example',
        zone: {},
        line: 'a:x.example #1 x.example void',
        voids: 1,
      },
      {
        why: 'no address of either family',
        record: 'a:x.example',
        zone: { 'x.example': { TXT: ['x'] } },
        line: 'a:x.example #1 x.example void',
        voids: 1,
      },
      {
        why: 'an address of one',
        record: 'a:x.example',
        zone: { 'x.example': { AAAA: ['2001:db8::1'] } },
        line: 'a:x.example #1 x.example',
        voids: 0,
      },
      { why: 'no mail host', record: 'mx', zone: {}, line: 'mx #1 bank.example void 0 mx', voids: 1 },
      {
        why: 'exists asks for IPv4 only (§5.7)',
        record: 'exists:x.example',
        zone: { 'x.example': { AAAA: ['2001:db8::1'] } },
        line: 'exists:x.example #1 x.example void',
        voids: 1,
      },
      {
        why: 'no answer is no void',
        record: 'a:x.example',
        zone: { 'x.example': { RCODE: 'SERVFAIL' } },
        line: 'a:x.example #1 x.example unanswered',
        voids: 0,
      },
      {
        why: 'a name that DNS cannot hold is not asked for',
        record: 'a:x..example',
        zone: {},
        line: 'a:x..example #1 x..example',
        voids: 0,
      },
      {
        why: 'the root may have its dot, and letters are small',
        record: 'a:X.Example.',
        zone: { 'x.example': { A: ['192.0.2.1'] } },
        line: 'a:X.Example. #1 x.example',
        voids: 0,
      },
      {
        why: 'a name longer than DNS holds is nobody’s',
        record: `a:${'x.'.repeat(126)}example`,
        zone: {},
        line: `a:${'x.'.repeat(126)}example #1`,
        voids: 0,
      },
    ]),
  )('voids: %s', async (_, { record, zone, line, voids }) => {
    const { tree } = await grown({ 'bank.example': `v=spf1 ${record} -all`, ...zone });
    expect(drawn(tree.root)).toEqual([line, '-all']);
    expect(tree.voids).toBe(voids);
  });

  it('says why a record is not there', async () => {
    const { tree } = await grown({
      'bank.example':
        'v=spf1 include:gone.example include:none.example include:two.example include:dead.example include:x..example include:back.example -all',
      'none.example': { TXT: ['other'] },
      'two.example': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] },
      'dead.example': { RCODE: 'TIMEOUT' },
      'back.example': 'v=spf1 redirect=bank.example',
    });
    expect(drawn(tree.root)).toEqual([
      'include:gone.example #1 gone.example',
      '  gone.example: no-such-domain',
      'include:none.example #2 none.example',
      '  none.example: no-record',
      'include:two.example #3 two.example',
      '  two.example: several-records',
      'include:dead.example #4 dead.example unanswered',
      '  dead.example: record-unanswered',
      'include:x..example #5 x..example',
      '  x..example: bad-domain',
      'include:back.example #6 back.example',
      '  redirect=bank.example #7 bank.example',
      '    bank.example: loop',
      '-all',
    ]);
  });

  it('goes on behind a term that is wrong: its owner sees the rest', async () => {
    const { tree } = await grown({
      'bank.example': { TXT: ['v=spf1 bogus:x a -all'], A: ['192.0.2.1'] },
    });
    expect(drawn(tree.root)).toEqual(['bogus:x', 'a #1 bank.example', '-all']);
  });

  it('reads the text as UTF-8, and places by it', async () => {
    const { tree } = await grown({
      'bank.example': { TXT: [Buffer.from('v=spf1 x=ü a -all').toString('latin1')], A: ['192.0.2.1'] },
    });
    expect(tree.root.text).toBe('v=spf1 x=ü a -all');
    expect(tree.root.terms.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['x=ü', 7, 10],
      ['a', 11, 12],
      ['-all', 13, 17],
    ]);
  });

  it('has no terms where the domain has no record', async () => {
    const { tree } = await grown({});
    expect(tree).toEqual({
      root: { domain: 'bank.example', text: null, problem: 'no-such-domain', terms: [], dns: [0] },
      lookups: 0,
      voids: 0,
    });
  });

  it('points at its answers', async () => {
    const { tree, asked } = await grown({ 'bank.example': 'v=spf1 a:x.example include:y.example -all' });
    const [address, include] = tree.root.terms;
    expect(address?.dns.map((index) => asked[index])).toEqual(['x.example A', 'x.example AAAA']);
    expect(include?.dns).toEqual([]);
    expect(include?.record?.dns.map((index) => asked[index])).toEqual(['y.example TXT']);
  });
});

describe('the limits', () => {
  /** Every record leads to two more. */
  const wide = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [
      at === 0 ? 'bank.example' : `n${at}.example`,
      `v=spf1 include:n${2 * at + 1}.example include:n${2 * at + 2}.example -all`,
    ]),
  );

  it('hold for records, and what lies behind them is unread', async () => {
    const { tree, asked } = await grown(wide);
    expect(asked).toHaveLength(MAX_TREE_RECORDS);
    const all = JSON.stringify(tree);
    expect(all.split('"problem":"unread"').length - 1).toBe(MAX_TREE_RECORDS + 1);
    expect(tree.lookups).toBe(2 * MAX_TREE_RECORDS);
  });

  it('hold for questions', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `a:n${at}.example`).join(' ');
    const { tree, asked } = await grown({ 'bank.example': `v=spf1 ${names} include:z.example -all` });
    expect(asked).toHaveLength(MAX_TREE_QUESTIONS);
    expect(tree).toMatchObject({ lookups: 201, voids: (MAX_TREE_QUESTIONS - 2) / 2 });
  });

  it('cut in the same place whatever the order of the answers', async () => {
    const ports = portsOver(wide);
    const slowly = async (turnsOf: (name: string) => number): Promise<string> => {
      const ledger = openLedger(async (name, type) => {
        for (let turn = turnsOf(name); turn > 0; turn--) await Promise.resolve();
        return ports.resolve(name, type);
      });
      return drawn((await spfTree('bank.example', ledger)).root).join('\n');
    };
    expect(await slowly((name) => (name.length * 7) % 5)).toBe(
      await slowly((name) => (name === 'n1.example' ? 9 : 0)),
    );
  });

  it('asks at once what can be asked at once', async () => {
    const ports = portsOver({
      'bank.example': 'v=spf1 a:x.example include:one.example include:two.example -all',
      'one.example': 'v=spf1 a:y.example -all',
      'two.example': 'v=spf1 a:z.example -all',
    });
    let waiting: (() => void)[] = [];
    const rounds: string[][] = [];
    let round: string[] = [];
    const ledger = openLedger(async (name, type) => {
      round.push(`${name} ${type}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return ports.resolve(name, type);
    });
    const done = spfTree('bank.example', ledger);
    while (waiting.length > 0) {
      rounds.push(round);
      round = [];
      const answered = waiting;
      waiting = [];
      for (const answer of answered) answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    expect(rounds.map((questions) => questions.length)).toEqual([1, 4, 4]);
  });
});
