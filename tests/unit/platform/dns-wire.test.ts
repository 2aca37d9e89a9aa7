/** DNS messages as resolvers send them: names compressed, records of every kind, and octets that are broken. */
import { decode, encode } from '@leichtgewicht/dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordType } from '../../../lib/engine/index.ts';
import { decodeResponse, encodeQuery } from '../../../lib/platform/dns-message.ts';

type Packet = Parameters<typeof encode>[0];

const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'] as const satisfies readonly RecordType[];
const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
const octet = fc.nat(255);

/** A record's data in the other codec's form, and its text in ours. */
const DATA: Readonly<Record<RecordType, fc.Arbitrary<{ data: unknown; text: string }>>> = {
  A: fc
    .tuple(octet, octet, octet, octet)
    .map((octets) => ({ data: octets.join('.'), text: octets.join('.') })),
  AAAA: fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 8, maxLength: 8 }).map((groups) => {
    const text = groups.map((group) => group.toString(16)).join(':');
    return { data: text, text };
  }),
  CNAME: name.map((target) => ({ data: target, text: target })),
  NS: name.map((target) => ({ data: target, text: target })),
  PTR: name.map((target) => ({ data: target, text: target })),
  MX: fc.tuple(fc.nat(65535), name).map(([preference, exchange]) => ({
    data: { preference, exchange },
    text: `${preference} ${exchange}`,
  })),
  TXT: fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 3 }).map((strings) => ({
    data: strings.map((string) => Buffer.from(string)),
    text: Buffer.concat(strings).toString('latin1'),
  })),
};

const RESPONSE = (1 << 15) | (1 << 8) | (1 << 7);

function respond(asked: string, type: string, more: object): Uint8Array {
  const questions = [{ name: asked, type, class: 'IN' }];
  return encode({ type: 'response', id: 0, flags: RESPONSE, questions, ...more } as unknown as Packet);
}

describe('a query', () => {
  it('carries a client subnet of no bits, so that authoritative servers learn nothing of the reader', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(...TYPES), (asked, type) => {
        const [opt, ...others] = decode(encodeQuery(asked, type)).additionals ?? [];
        expect(others).toEqual([]);
        expect(opt).toMatchObject({ name: '.', type: 'OPT', udpPayloadSize: 1232, extendedRcode: 0 });
        const options = (opt as unknown as { options: { type: string; sourcePrefixLength?: number }[] })
          .options;
        expect(options.map((option) => option.type)).toEqual(['CLIENT_SUBNET', 'PADDING']);
        expect(options[0]?.sourcePrefixLength).toBe(0);
      }),
    );
  });

  it('for a longest name still fits its block', () => {
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    const octets = encodeQuery(longest, 'TXT');
    expect(decode(octets).questions?.[0]?.name).toBe(longest);
    expect(octets.length % 128).toBe(0);
  });
});

describe('a response written by another codec', () => {
  it.each(TYPES)('gives the %s records that it holds, in their order', (type) => {
    fc.assert(
      fc.property(name, fc.array(DATA[type], { maxLength: 4 }), fc.nat(86_400), (asked, records, ttl) => {
        const answers = records.map(({ data }) => ({ name: asked, type, class: 'IN', ttl, data }));
        expect(decodeResponse(respond(asked, type, { answers }), asked, type)).toEqual({
          rcode: 'NOERROR',
          authenticData: false,
          ttl: records.length === 0 ? null : ttl,
          answers: records.map(({ text }) => text),
        });
      }),
    );
  });

  it('is followed through any chain of aliases, in whatever order the records stand', () => {
    const chain = fc.uniqueArray(name, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        chain,
        fc.boolean(),
        fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
        (hops, backwards, ttls) => {
          const aliases = hops.slice(1).map((data, index) => {
            return { name: hops[index], type: 'CNAME', class: 'IN', ttl: ttls[index], data };
          });
          const record = {
            name: hops.at(-1),
            type: 'TXT',
            class: 'IN',
            ttl: ttls[hops.length - 1],
            data: 'found',
          };
          const answers = backwards ? [record, ...aliases.reverse()] : [...aliases, record];
          const asked = hops[0] ?? '';
          expect(decodeResponse(respond(asked, 'TXT', { answers }), asked, 'TXT')).toMatchObject({
            answers: ['found'],
            ttl: Math.min(...ttls.slice(0, hops.length)),
          });
        },
      ),
    );
  });

  it.each([
    { own: 600, minimum: 120, ttl: 120, why: 'the minimum where it is less' },
    { own: 30, minimum: 120, ttl: 30, why: 'its own TTL where that is less' },
  ])('that is negative lives as long as the SOA says: $why', ({ own, minimum, ttl }) => {
    const data = {
      mname: 'ns.example',
      rname: 'root.example',
      serial: 1,
      refresh: 1,
      retry: 1,
      expire: 1,
      minimum,
    };
    const authorities = [{ name: 'example', type: 'SOA', class: 'IN', ttl: own, data }];
    expect(
      decodeResponse(respond('bank.example', 'TXT', { authorities }), 'bank.example', 'TXT'),
    ).toMatchObject({
      rcode: 'NOERROR',
      ttl,
      answers: [],
    });
  });

  it('skips records that nobody asked for, RRSIG and types to come', () => {
    const answers = [
      { name: 'bank.example', type: 'UNKNOWN_65280', class: 'IN', ttl: 1, data: Buffer.from([1, 2, 3]) },
      { name: 'bank.example', type: 'TXT', class: 'IN', ttl: 60, data: 'hello' },
    ];
    expect(decodeResponse(respond('bank.example', 'TXT', { answers }), 'bank.example', 'TXT')).toMatchObject({
      answers: ['hello'],
      ttl: 60,
    });
  });
});

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
    { why: 'the TC bit', type: 'TXT', octets: byHand(16, [], 0x8380) },
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
      fc.property(fc.nat(whole.length - 1), octet, fc.constantFrom(...TYPES), (at, changed, type) => {
        const spoilt = Uint8Array.from(whole);
        spoilt[at] = changed;
        const read = decodeResponse(spoilt, 'bank.example', type);
        if (read !== null) expect(read.answers.every((answer) => typeof answer === 'string')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
