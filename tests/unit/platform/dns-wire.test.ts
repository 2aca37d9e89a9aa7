/** DNS messages octet by octet: compressed names, and every way of being broken. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordType } from '../../../lib/engine/index.ts';
import { decodeResponse } from '../../../lib/platform/dns-message.ts';

const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'] as const satisfies readonly RecordType[];

/** `\x04bank\x07example\x00` at offset 12. */
const BANK = [4, ...Buffer.from('bank'), 7, ...Buffer.from('example'), 0];
const AT_BANK = [0xc0, 12];
const AT_EXAMPLE = [0xc0, 17];
const two = (value: number): number[] => [value >> 8, value & 0xff];

/** A response by hand: the question for `bank.example`, then answers as octets. */
function byHand(type: number, answers: readonly (readonly number[])[], flags = 0x8180): Uint8Array {
  const header = [0, 0, ...two(flags), 0, 1, ...two(answers.length), 0, 0, 0, 0];
  return Uint8Array.of(...header, ...BANK, ...two(type), 0, 1, ...answers.flat());
}

function record(
  owner: readonly number[],
  type: number,
  data: readonly number[],
  length = data.length,
): number[] {
  return [...owner, ...two(type), 0, 1, 0, 0, 0, 60, ...two(length), ...data];
}

describe('compressed names (RFC 1035 §4.1.4)', () => {
  it.each([
    {
      why: 'an owner that is a pointer',
      type: 'TXT',
      octets: byHand(16, [record(AT_BANK, 16, [2, 104, 105])]),
      want: ['hi'],
    },
    {
      why: 'a label before a pointer',
      type: 'MX',
      octets: byHand(15, [record(AT_BANK, 15, [0, 10, 2, 109, 120, ...AT_EXAMPLE])]),
      want: ['10 mx.example'],
    },
    {
      why: 'a pointer to a name that ends in a pointer',
      type: 'NS',
      octets: byHand(2, [record(AT_BANK, 2, [2, 110, 115, ...AT_BANK]), record(AT_BANK, 2, [0xc0, 42])]),
      want: ['ns.bank.example', 'ns.bank.example'],
    },
    {
      why: 'upper case, which is no other name',
      type: 'TXT',
      octets: byHand(16, [record([4, ...Buffer.from('BANK'), ...AT_EXAMPLE], 16, [2, 104, 105])]),
      want: ['hi'],
    },
  ] as const)('are read: $why', ({ type, octets, want }) => {
    expect(decodeResponse(octets, 'bank.example', type)?.answers).toEqual(want);
  });

  const loops = [
    { why: 'itself', data: [0xc0, 42] },
    { why: 'a place ahead', data: [0xc0, 60] },
    { why: 'beyond the end', data: [0xff, 0xff] },
    { why: 'a label that leads back to it', data: [1, 97, 0xc0, 42] },
  ];
  it.each(loops)('that point at $why are refused', ({ data }) => {
    expect(decodeResponse(byHand(2, [record(AT_BANK, 2, data)]), 'bank.example', 'NS')).toBeNull();
  });

  it.each([0x40, 0x80])('with a label of the unassigned kind %i are refused', (kind) => {
    expect(decodeResponse(byHand(2, [record(AT_BANK, 2, [kind, 97, 0])]), 'bank.example', 'NS')).toBeNull();
  });
});

describe('a name from the wire (RFC 1035 §5.1)', () => {
  const label = (...octets: number[]): number[] => [octets.length, ...octets];
  it.each([
    { why: 'a dot inside a label', octets: [...label(97, 46, 98), 0], want: 'a\\.b' },
    { why: 'the same as two labels', octets: [...label(97), ...label(98), 0], want: 'a.b' },
    { why: 'a backslash', octets: [...label(97, 92), 0], want: 'a\\\\' },
    { why: 'white space and controls', octets: [...label(32, 10, 0, 127), 0], want: '\\032\\010\\000\\127' },
    {
      why: 'octets beyond ASCII, which have no case',
      octets: [...label(0xc0, 0xe0, 255), 0],
      want: '\\192\\224\\255',
    },
    { why: 'upper case', octets: [...label(65, 90), 0], want: 'az' },
    { why: 'the root', octets: [0], want: '.' },
  ])('is text without a doubt: $why', ({ octets, want }) => {
    expect(decodeResponse(byHand(12, [record(AT_BANK, 12, octets)]), 'bank.example', 'PTR')?.answers).toEqual(
      [want],
    );
  });

  it('never leads an alias to another name than it says', () => {
    // `records.example` in one label, and a record at `records` below `example`.
    const alias = record(AT_BANK, 5, [...label(...Buffer.from('records.example')), 0]);
    const elsewhere = record([...label(...Buffer.from('records')), ...AT_EXAMPLE], 16, [2, 104, 105]);
    expect(decodeResponse(byHand(16, [alias, elsewhere]), 'bank.example', 'TXT')).toMatchObject({
      canonicalName: 'records\\.example',
      answers: [],
    });
  });

  it('of 255 octets is read, and a longer one refused', () => {
    const long = (last: number): number[] => [
      ...Array.from({ length: 3 }, () => label(...new Array<number>(63).fill(97))).flat(),
      ...label(...new Array<number>(last).fill(97)),
      0,
    ];
    const read = (last: number) =>
      decodeResponse(byHand(12, [record(AT_BANK, 12, long(last))]), 'bank.example', 'PTR')?.answers[0]
        ?.length;
    expect(read(61)).toBe(253);
    expect(read(62)).toBeUndefined();
  });

  it('through more pointers than a name has labels is refused, whatever the work', () => {
    // Each pointer leads to the one before; the first to the name itself.
    const pointers = (count: number): number[] =>
      Array.from({ length: count }, (_, at) =>
        at === 0 ? AT_BANK : [0xc0 | ((40 + at * 2) >> 8), (40 + at * 2) & 0xff],
      ).flat();
    // At 42 stand the pointers, as the data of a record of no known type.
    const message = (count: number): Uint8Array =>
      byHand(12, [record(AT_BANK, 99, pointers(count)), record(AT_BANK, 12, pointers(count).slice(-2))]);
    expect(decodeResponse(message(100), 'bank.example', 'PTR')?.answers).toEqual(['bank.example']);
    expect(decodeResponse(message(130), 'bank.example', 'PTR')).toBeNull();
  });
});

describe('a TTL', () => {
  it.each([
    { octets: [0, 0, 0, 60], ttl: 60, why: 'is in seconds' },
    { octets: [0x7f, 0xff, 0xff, 0xff], ttl: 0x7fffffff, why: 'has 31 bits' },
    { octets: [0x80, 0, 0, 60], ttl: 0, why: 'with the topmost bit set counts as zero (RFC 2181 §8)' },
  ])('$why', ({ octets, ttl }) => {
    const message = byHand(16, [record(AT_BANK, 16, [2, 104, 105])]);
    message.set(octets, 12 + BANK.length + 4 + AT_BANK.length + 4);
    expect(decodeResponse(message, 'bank.example', 'TXT')).toMatchObject({ answers: ['hi'], ttl });
  });
});

describe('a broken response is refused', () => {
  const whole = byHand(16, [record(AT_BANK, 16, [2, 104, 105])]);

  it('wherever it is cut', () => {
    expect(decodeResponse(whole, 'bank.example', 'TXT')?.answers).toEqual(['hi']);
    for (let length = 0; length < whole.length; length++) {
      expect(decodeResponse(whole.subarray(0, length), 'bank.example', 'TXT')).toBeNull();
    }
  });

  it.each([
    {
      why: 'a string longer than its record',
      type: 'TXT',
      octets: byHand(16, [record(AT_BANK, 16, [3, 104, 105], 3), record(AT_BANK, 16, [0])]),
    },
    {
      why: 'an address of three octets',
      type: 'A',
      octets: byHand(1, [record(AT_BANK, 1, [192, 0, 2]), record(AT_BANK, 1, [192, 0, 2, 1])]),
    },
    {
      why: 'an address of five octets',
      type: 'A',
      octets: byHand(1, [record(AT_BANK, 1, [192, 0, 2, 1, 1])]),
    },
    { why: 'octets behind a name', type: 'NS', octets: byHand(2, [record(AT_BANK, 2, [...AT_BANK, 0])]) },
    {
      why: 'a record of another type that is longer than the message',
      type: 'TXT',
      octets: byHand(16, [record(AT_BANK, 46, [1, 2], 9)]),
    },
    { why: 'fewer records than it counts', type: 'TXT', octets: byHand(16, [[], []]) },
    { why: 'no QR bit', type: 'TXT', octets: byHand(16, [], 0x0180) },
    { why: 'another type in its question', type: 'TXT', octets: byHand(1, []) },
  ] as const)('with $why', ({ type, octets }) => {
    expect(decodeResponse(octets, 'bank.example', type)).toBeNull();
  });

  it.each([
    { why: 'another class in its question', at: 12 + BANK.length + 3, octet: 3 },
    { why: 'two questions', at: 5, octet: 2 },
    { why: 'no question', at: 5, octet: 0 },
  ])('with $why', ({ at, octet: changed }) => {
    const spoilt = Uint8Array.from(whole);
    spoilt[at] = changed;
    expect(decodeResponse(spoilt, 'bank.example', 'TXT')).toBeNull();
  });

  it('or read, with any octet changed, and never throws', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.constantFrom(...TYPES), (at, changed, type) => {
        const spoilt = Uint8Array.from(whole);
        spoilt[at] = changed;
        const read = decodeResponse(spoilt, 'bank.example', type);
        if (read !== null) expect(read.answers.every((answer) => typeof answer === 'string')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
