/** Test zones as master files: every type and form of a zone, and what no name server can be told. */
import { describe, expect, it } from 'vitest';
import { isUntellable, mergeZones, zoneFiles } from '../../webmail/zone-file.ts';

const HEAD = [
  '$TTL 300',
  '. SOA ns.invalid. host.invalid. 1 3600 600 86400 120',
  '. NS ns.invalid.',
  'ns.invalid. A 127.0.0.1',
];
const linesOf = (zone: unknown): readonly string[] => {
  const [root, ...others] = zoneFiles(mergeZones([zone]));
  expect(others).toEqual([]);
  const lines = root?.text.split('\n') ?? [];
  expect(lines.slice(0, HEAD.length)).toEqual(HEAD);
  expect(lines.at(-1)).toBe('');
  return lines.slice(HEAD.length, -1);
};

describe('a master file has', () => {
  it.each([
    { what: 'the root alone for an empty zone', zone: {}, lines: [] },
    {
      what: 'a text',
      zone: { '_dmarc.bank.example': 'v=DMARC1; p=reject' },
      lines: ['_dmarc.bank.example. TXT "v=DMARC1; p=reject"'],
    },
    {
      what: 'texts in their order, the strings as the zone splits them',
      zone: { 'bank.example': { TXT: ['one', ['two', '', 'three']] } },
      lines: ['bank.example. TXT "one"', 'bank.example. TXT "two" "" "three"'],
    },
    {
      what: 'a long text in strings of 255 octets',
      zone: { 'k.example': 'x'.repeat(511) },
      lines: [`k.example. TXT "${'x'.repeat(255)}" "${'x'.repeat(255)}" "x"`],
    },
    {
      what: 'a string that is too long split, the others left alone',
      zone: { 'k.example': { TXT: [['a', 'x'.repeat(256)]] } },
      lines: [`k.example. TXT "a" "${'x'.repeat(255)}" "x"`],
    },
    {
      what: 'an empty text, however it is written',
      zone: { 'a.example': '', 'b.example': { TXT: [[]] } },
      lines: ['a.example. TXT ""', 'b.example. TXT ""'],
    },
    {
      what: 'quotes, backslashes and whatever is not printable as numbers',
      zone: { 'a.example': 'say "a\\b"; é\u0000\u007f\n' },
      lines: ['a.example. TXT "say \\034a\\092b\\034; \\233\\000\\127\\010"'],
    },
    {
      what: 'addresses',
      zone: { 'a.example': { A: ['192.0.2.1', '192.0.2.2'], AAAA: ['2001:db8::1'] } },
      lines: ['a.example. A 192.0.2.1', 'a.example. A 192.0.2.2', 'a.example. AAAA 2001:db8::1'],
    },
    {
      what: 'mail exchangers, with or without the dot, and none (RFC 7505)',
      zone: {
        'a.example': {
          MX: [
            [10, 'mx.a.example'],
            [20, 'mx.b.example.'],
          ],
        },
        'b.example': { MX: [[0, '.']] },
      },
      lines: ['a.example. MX 10 mx.a.example.', 'a.example. MX 20 mx.b.example.', 'b.example. MX 0 .'],
    },
    {
      what: 'a name for an address',
      zone: { '1.2.0.192.in-addr.arpa': { PTR: ['host.example'] } },
      lines: ['1.2.0.192.in-addr.arpa. PTR host.example.'],
    },
    {
      what: 'an alias, and nothing beside it',
      zone: { 'a.example': { CNAME: 'B.Example.', TXT: ['never seen'], NS: ['ns.example'] } },
      lines: ['a.example. CNAME B.Example.'],
    },
    {
      what: 'names in lower case, without a second dot',
      zone: { '_DMARC.Bank.Example.': 'x' },
      lines: ['_dmarc.bank.example. TXT "x"'],
    },
    {
      what: 'names with characters that mean something in the file',
      zone: { 'a b;(\\"@$é.example': 'x' },
      lines: ['a\\032b\\059\\040\\092\\034\\064\\036\\195\\169.example. TXT "x"'],
    },
    {
      what: 'a name without records, so that it is there',
      zone: { 'a.example': {}, 'b.example': { TXT: [], NS: [] } },
      lines: ['a.example. TYPE65280 \\# 0', 'b.example. TYPE65280 \\# 0'],
    },
    {
      what: 'no record of a name with an RCODE, which is there for those above it',
      zone: { 'a.b.example': { RCODE: 'SERVFAIL', TXT: ['never seen'], NS: ['ns.example'] } },
      lines: ['a.b.example. TYPE65280 \\# 0'],
    },
    {
      what: 'no name that DNS cannot hold',
      zone: {
        [`${'a'.repeat(64)}.example`]: 'x',
        'a..example': 'x',
        [`${'a.'.repeat(124)}example`]: 'x',
        [`${'é'.repeat(32)}.example`]: 'x',
      },
      lines: [],
    },
    {
      what: 'the longest names that it can',
      zone: { [`${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`]: 'x' },
      lines: [`${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}. TXT "x"`],
    },
  ])('$what', ({ zone, lines }) => {
    expect(linesOf(zone)).toEqual(lines);
  });
});

describe('a name with NS', () => {
  const zone = {
    'bank.example': { NS: ['ns1.bank.example', 'ns.other.example'], TXT: ['apex'] },
    'ns1.bank.example': { A: ['192.0.2.53'] },
    'deep.sub.bank.example': { NS: ['ns.other.example.'] },
    'x.deep.sub.bank.example': 'below',
    'other.example': 'beside',
    'notbank.example': 'not below',
  };

  it('is a zone of its own, to which the one above leads', () => {
    const [root, bank, deep, ...others] = zoneFiles(mergeZones([zone])).map(({ origin, text }) => ({
      origin,
      lines: text.trimEnd().split('\n'),
    }));
    expect(others).toEqual([]);
    expect(root).toEqual({
      origin: '',
      lines: [
        ...HEAD,
        'bank.example. NS ns1.bank.example.',
        'bank.example. NS ns.other.example.',
        'other.example. TXT "beside"',
        'notbank.example. TXT "not below"',
      ],
    });
    expect(bank).toEqual({
      origin: 'bank.example',
      lines: [
        '$TTL 300',
        'bank.example. SOA ns1.bank.example. host.invalid. 1 3600 600 86400 120',
        'deep.sub.bank.example. NS ns.other.example.',
        'bank.example. NS ns1.bank.example.',
        'bank.example. NS ns.other.example.',
        'bank.example. TXT "apex"',
        'ns1.bank.example. A 192.0.2.53',
      ],
    });
    expect(deep).toEqual({
      origin: 'deep.sub.bank.example',
      lines: [
        '$TTL 300',
        'deep.sub.bank.example. SOA ns.other.example. host.invalid. 1 3600 600 86400 120',
        'deep.sub.bank.example. NS ns.other.example.',
        'x.deep.sub.bank.example. TXT "below"',
      ],
    });
  });

  it('at the root takes the place of our own server', () => {
    const [root] = zoneFiles(
      mergeZones([{ '.': { NS: ['a.root.example'] }, 'a.root.example': { A: ['192.0.2.1'] } }]),
    );
    expect(root?.text).toBe(
      [
        '$TTL 300',
        '. SOA a.root.example. host.invalid. 1 3600 600 86400 120',
        '. NS a.root.example.',
        'a.root.example. A 192.0.2.1',
        '',
      ].join('\n'),
    );
  });
});

describe('of several zones', () => {
  it('the first that holds a name counts, in whatever case', () => {
    const zone = mergeZones([{ 'A.example': 'first' }, { 'a.example.': 'second', 'b.example': 'other' }]);
    expect([...zone]).toEqual([
      ['a.example', { TXT: ['first'] }],
      ['b.example', { TXT: ['other'] }],
    ]);
  });

  it('one of another form is refused', () => {
    expect(() => mergeZones([{}, { a: { SOA: [] } }])).toThrow('a: unknown type SOA');
  });
});

describe('no name server can be told to answer', () => {
  const zone = mergeZones([
    {
      'silent.example': { RCODE: 'TIMEOUT' },
      'gone.example': { RCODE: 'NXDOMAIN' },
      'to-silent.example': { CNAME: 'To-To-Silent.example.' },
      'to-to-silent.example': { CNAME: 'silent.example' },
      'circle.example': { CNAME: 'circle.example' },
      'dangling.example': { CNAME: 'nowhere.example' },
      'plain.example': 'x',
    },
  ]);

  it.each([
    { name: 'silent.example', untellable: true, why: 'has an RCODE' },
    { name: 'SILENT.example.', untellable: true, why: 'has one, however the name is written' },
    { name: 'gone.example', untellable: true, why: 'has one that is an answer' },
    { name: 'to-silent.example', untellable: true, why: 'leads to one' },
    { name: 'circle.example', untellable: true, why: 'leads nowhere but to itself' },
    { name: 'dangling.example', untellable: false, why: 'leads to a name that is not there' },
    { name: 'plain.example', untellable: false, why: 'has records' },
    { name: 'below.silent.example', untellable: false, why: 'stands below one with an RCODE' },
    { name: 'constructor', untellable: false, why: 'only an object has' },
  ])('$name, which $why: $untellable', ({ name, untellable }) => {
    expect(isUntellable(zone, name)).toBe(untellable);
  });
});
