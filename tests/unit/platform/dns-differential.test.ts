/** DNS messages that another codec wrote, of every kind that we ask for, read by ours; and ours read there. */
import { decode, encode } from '@leichtgewicht/dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordType } from '../../../lib/engine/index.ts';
import { decodeResponse } from '../../../lib/platform/dns-message.ts';
import { queryFor } from './query.ts';

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
        const [opt, ...others] = decode(queryFor(asked, type)).additionals ?? [];
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
    const octets = queryFor(longest, 'TXT');
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
          canonicalName: null,
          isOpen: false,
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
            canonicalName: hops.at(-1),
            isOpen: false,
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
