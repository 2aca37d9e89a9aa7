/** Our DNS codec against one that is not ours. */
import { decode, encode } from '@leichtgewicht/dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordType } from '../../../lib/engine/index.ts';
import { decodeResponse, encodeQuery } from '../../../lib/platform/dns-message.ts';
import { queryFor } from './query.ts';

const TYPES: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'];
const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
type Packet = Parameters<typeof encode>[0];

const RESPONSE = (1 << 15) | (1 << 8) | (1 << 7);
const question = { name: 'bank.example', type: 'TXT', class: 'IN' } as const;

function response(more: object, flags = 0): Uint8Array {
  return encode({
    type: 'response',
    id: 0,
    flags: RESPONSE | flags,
    questions: [question],
    ...more,
  } as unknown as Packet);
}

describe('a query', () => {
  it('is read by another codec as the question that was asked', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(...TYPES), (asked, type) => {
        const octets = queryFor(asked, type);
        const packet = decode(octets);
        expect(packet.questions).toEqual([{ name: asked, type, class: 'IN' }]);
        expect(packet.id).toBe(0);
        // RFC 8467 §4.1: the length tells nothing about the name but its block.
        expect(octets.length % 128).toBe(0);
      }),
    );
  });

  it('withholds the client’s network and asks for AD', () => {
    const { flag_ad: ad, flag_rd: rd, additionals = [] } = decode(queryFor('bank.example', 'TXT'));
    expect({ ad, rd }).toEqual({ ad: true, rd: true });
    const options = JSON.stringify(additionals);
    expect(options).toContain('"CLIENT_SUBNET"');
    expect(options).toContain('"PADDING"');
  });
});

describe('a name that no question holds', () => {
  it.each([
    { why: 'an empty label', asked: 'a..example' },
    { why: 'a label of 64 octets', asked: `${'a'.repeat(64)}.example` },
    { why: 'more than 253 octets', asked: `${'a.'.repeat(126)}aa` },
    { why: 'a character that is no octet', asked: 'b\u0101nk.example' },
    { why: 'what would escape the next character', asked: 'a\\.b.example' },
  ])('is one with $why', ({ asked }) => {
    expect(encodeQuery(asked, 'TXT')).toBeNull();
  });

  it('is none with odd octets, and the response to it is known again', () => {
    const query = queryFor('a b\xff.Example', 'TXT');
    const octets = Uint8Array.from(query);
    octets[2] = 0x81;
    expect(decodeResponse(octets, 'a b\xff.example', 'TXT')).toMatchObject({ rcode: 'NOERROR', answers: [] });
    expect(decodeResponse(octets, 'ab\xff.example', 'TXT')).toBeNull();
  });
});

describe('a response', () => {
  it('gives the strings of a TXT record joined without a space, octet by octet', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 255 }), { minLength: 1, maxLength: 5 }),
        (chunks) => {
          const answers = [
            {
              name: 'bank.example',
              type: 'TXT',
              class: 'IN',
              ttl: 60,
              data: chunks.map((c) => Buffer.from(c)),
            },
          ];
          const read = decodeResponse(response({ answers }), 'BANK.example', 'TXT');
          expect(read?.answers).toEqual([Buffer.concat(chunks).toString('latin1')]);
          expect(read?.ttl).toBe(60);
        },
      ),
    );
  });

  it.each([
    { type: 'A', data: '192.0.2.1', want: '192.0.2.1' },
    { type: 'AAAA', data: '2001:db8::1', want: '2001:db8:0:0:0:0:0:1' },
    { type: 'MX', data: { preference: 10, exchange: 'mx.bank.example' }, want: '10 mx.bank.example' },
    { type: 'NS', data: 'ns.bank.example', want: 'ns.bank.example' },
    { type: 'PTR', data: 'host.bank.example', want: 'host.bank.example' },
    { type: 'CNAME', data: 'other.example', want: 'other.example' },
  ] as const)('gives $type as $want', ({ type, data, want }) => {
    const packet = {
      type: 'response',
      flags: RESPONSE,
      questions: [{ ...question, type }],
      answers: [{ name: 'bank.example', type, class: 'IN', ttl: 5, data }],
    };
    expect(decodeResponse(encode(packet as unknown as Packet), 'bank.example', type)?.answers).toEqual([
      want,
    ]);
  });

  it('follows aliases and lives as long as the shortest link', () => {
    const answers = [
      { name: 'bank.example', type: 'CNAME', class: 'IN', ttl: 30, data: 'records.example' },
      { name: 'records.example', type: 'TXT', class: 'IN', ttl: 900, data: 'v=DMARC1' },
      { name: 'stranger.example', type: 'TXT', class: 'IN', ttl: 1, data: 'not asked for' },
    ];
    expect(decodeResponse(response({ answers }), 'bank.example', 'TXT')).toMatchObject({
      answers: ['v=DMARC1'],
      ttl: 30,
      canonicalName: 'records.example',
      isOpen: false,
    });
  });

  const alias = { name: 'bank.example', type: 'CNAME', class: 'IN', ttl: 30, data: 'records.example' };
  const soa = {
    mname: 'ns.example',
    rname: 'a.example',
    serial: 1,
    refresh: 1,
    retry: 1,
    expire: 1,
    minimum: 9,
  };
  const authorities = [{ name: 'example', type: 'SOA', class: 'IN', ttl: 600, data: soa }];
  it.each([
    { why: 'tells nothing about the alias’s end is open', more: {}, flags: 0, isOpen: true, ttl: 30 },
    { why: 'tells that nothing is there is not', more: { authorities }, flags: 0, isOpen: false, ttl: 9 },
    { why: 'tells that there is no such name is not', more: {}, flags: 3, isOpen: false, ttl: null },
    { why: 'is a failure is not', more: {}, flags: 2, isOpen: false, ttl: null },
  ])('that $why', ({ more, flags, isOpen, ttl }) => {
    expect(
      decodeResponse(response({ answers: [alias], ...more }, flags), 'bank.example', 'TXT'),
    ).toMatchObject({
      canonicalName: 'records.example',
      answers: [],
      isOpen,
      ttl,
    });
  });

  it('is a failure when aliases run in a circle', () => {
    const answers = [
      { name: 'bank.example', type: 'CNAME', class: 'IN', ttl: 30, data: 'a.example' },
      { name: 'a.example', type: 'CNAME', class: 'IN', ttl: 30, data: 'bank.example' },
    ];
    expect(decodeResponse(response({ answers }), 'bank.example', 'TXT')).toMatchObject({
      rcode: 'SERVFAIL',
      canonicalName: null,
      isOpen: false,
      answers: [],
    });
  });

  it.each([
    { why: 'follows as many aliases as name servers do', count: 16, answers: ['found'] },
    { why: 'gives up on more', count: 17, answers: [] },
  ])('$why', ({ count, answers }) => {
    const chain = Array.from({ length: count }, (_, at) => ({
      name: at === 0 ? 'bank.example' : `a${at}.example`,
      type: 'CNAME',
      class: 'IN',
      ttl: 30,
      data: `a${at + 1}.example`,
    }));
    const end = { name: `a${count}.example`, type: 'TXT', class: 'IN', ttl: 30, data: 'found' };
    expect(decodeResponse(response({ answers: [...chain, end] }), 'bank.example', 'TXT')?.answers).toEqual(
      answers,
    );
  });

  it('of another class than the internet’s is no answer', () => {
    const answers = [{ name: 'bank.example', type: 'TXT', class: 'CH', ttl: 30, data: 'chaos' }];
    expect(decodeResponse(response({ answers }), 'bank.example', 'TXT')?.answers).toEqual([]);
  });

  it('whose code goes on in OPT is none of those that we know (RFC 6891 §6.1.3)', () => {
    const opt = { name: '.', type: 'OPT', udpPayloadSize: 1232, ednsVersion: 0, flags: 0, options: [] };
    const read = (extendedRcode: number) =>
      decodeResponse(response({ additionals: [{ ...opt, extendedRcode }] }), 'bank.example', 'TXT')?.rcode;
    expect(read(0)).toBe('NOERROR');
    expect(read(1)).toBe('OTHER');
    expect(read(255)).toBe('OTHER');
  });

  it('that is cut short says so, and nothing in it is read', () => {
    const answers = [{ name: 'bank.example', type: 'TXT', class: 'IN', ttl: 30, data: 'v=spf1 -all' }];
    const whole = response({ answers }, 1 << 9);
    for (const octets of [whole, whole.subarray(0, whole.length - 3)]) {
      expect(decodeResponse(octets, 'bank.example', 'TXT')).toMatchObject({
        rcode: 'TRUNCATED',
        answers: [],
      });
    }
    expect(decodeResponse(whole, 'other.example', 'TXT')).toBeNull();
  });

  it('that is negative lives by its SOA (RFC 2308 §5)', () => {
    const soa = {
      mname: 'ns.example',
      rname: 'root.example',
      serial: 1,
      refresh: 1,
      retry: 1,
      expire: 1,
      minimum: 120,
    };
    const authorities = [{ name: 'example', type: 'SOA', class: 'IN', ttl: 600, data: soa }];
    expect(decodeResponse(response({ authorities }, 3), 'bank.example', 'TXT')).toEqual({
      rcode: 'NXDOMAIN',
      authenticData: false,
      ttl: 120,
      canonicalName: null,
      isOpen: false,
      answers: [],
    });
  });

  it.each([
    { flags: 0, rcode: 'NOERROR' },
    { flags: 2, rcode: 'SERVFAIL' },
    { flags: 3, rcode: 'NXDOMAIN' },
    { flags: 5, rcode: 'REFUSED' },
    { flags: 9, rcode: 'OTHER' },
  ])('with code $flags is $rcode', ({ flags, rcode }) => {
    expect(decodeResponse(response({}, flags), 'bank.example', 'TXT')?.rcode).toBe(rcode);
  });

  it('keeps what the resolver says of DNSSEC', () => {
    expect(decodeResponse(response({}, 1 << 5), 'bank.example', 'TXT')?.authenticData).toBe(true);
  });

  it.each([
    { why: 'answers another name', octets: response({}), name: 'other.example' },
    { why: 'is a query', octets: queryFor('bank.example', 'TXT'), name: 'bank.example' },
    { why: 'is cut short', octets: response({}).subarray(0, 20), name: 'bank.example' },
    { why: 'points at itself', octets: pointerLoop(), name: 'bank.example' },
    { why: 'is empty', octets: new Uint8Array(), name: 'bank.example' },
  ])('that $why is refused', ({ octets, name: asked }) => {
    expect(decodeResponse(octets, asked, 'TXT')).toBeNull();
  });

  it('of any octets is refused or read, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...TYPES), (octets, type) => {
        decodeResponse(octets, 'bank.example', type);
        decodeResponse(Uint8Array.of(0, 0, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0, ...octets), 'bank.example', type);
      }),
    );
  });
});

function pointerLoop(): Uint8Array {
  return Uint8Array.of(0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 16, 0, 1);
}
