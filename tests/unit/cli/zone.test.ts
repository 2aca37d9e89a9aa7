/** DNS out of a file. */
import { describe, expect, it } from 'vitest';
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';

const ZONE = {
  'bank.example': {
    A: ['192.0.2.1'],
    MX: [[10, 'MX.bank.example.']],
    TXT: ['v=spf1 -all', ['v=sp', 'lit']],
    NS: ['ns.example'],
  },
  '_DMARC.Bank.Example.': 'v=DMARC1; p=reject',
  'empty.example': {},
  'no-text.example': { TXT: [] },
  'alias.example': { CNAME: 'Bank.example.' },
  'second.alias.example': { CNAME: 'alias.example' },
  'dangling.example': { CNAME: 'nowhere.test' },
  'circle.example': { CNAME: 'circle.example' },
  'null-mx.example': { MX: [[0, '.']] },
  'deep.below.example': { AAAA: ['2001:db8::1'] },
  'silent.example': { RCODE: 'TIMEOUT' },
  'broken.example': { RCODE: 'SERVFAIL' },
  'to-broken.example': { CNAME: 'broken.example' },
  '1.2.0.192.in-addr.arpa': { PTR: ['host.bank.example'] },
};
const resolve = zoneResolver(readZone(ZONE));

describe('a zone answers', () => {
  it.each([
    { name: 'bank.example', type: 'A', rcode: 'NOERROR', answers: ['192.0.2.1'], why: 'an address' },
    {
      name: 'BANK.example',
      type: 'A',
      rcode: 'NOERROR',
      answers: ['192.0.2.1'],
      why: 'in any case of the name',
    },
    {
      name: 'bank.example',
      type: 'MX',
      rcode: 'NOERROR',
      answers: ['10 mx.bank.example'],
      why: 'a mail exchanger with its preference, as from the wire',
    },
    {
      name: 'null-mx.example',
      type: 'MX',
      rcode: 'NOERROR',
      answers: ['0 .'],
      why: 'that there is none (RFC 7505)',
    },
    {
      name: 'bank.example',
      type: 'TXT',
      rcode: 'NOERROR',
      answers: ['v=spf1 -all', 'v=split'],
      why: 'texts, their chunks joined',
    },
    {
      name: 'bank.example',
      type: 'AAAA',
      rcode: 'NOERROR',
      answers: [],
      why: 'no record of a type that it lacks',
    },
    {
      name: '_dmarc.bank.example',
      type: 'TXT',
      rcode: 'NOERROR',
      answers: ['v=DMARC1; p=reject'],
      why: 'a short form, whatever its case and dot',
    },
    {
      name: 'empty.example',
      type: 'TXT',
      rcode: 'NOERROR',
      answers: [],
      why: 'no record for an empty entry',
    },
    {
      name: 'no-text.example',
      type: 'TXT',
      rcode: 'NOERROR',
      answers: [],
      why: 'no record for an empty list',
    },
    {
      name: 'nowhere.example',
      type: 'TXT',
      rcode: 'NXDOMAIN',
      answers: [],
      why: 'no name where there is none',
    },
    {
      name: 'below.example',
      type: 'TXT',
      rcode: 'NOERROR',
      answers: [],
      why: 'a name that others stand below (RFC 8020)',
    },
    { name: 'elow.example', type: 'TXT', rcode: 'NXDOMAIN', answers: [], why: 'but not half a label' },
    {
      name: 'alias.example',
      type: 'A',
      rcode: 'NOERROR',
      answers: ['192.0.2.1'],
      canonicalName: 'bank.example',
      why: 'through an alias',
    },
    {
      name: 'second.alias.example',
      type: 'A',
      rcode: 'NOERROR',
      answers: ['192.0.2.1'],
      canonicalName: 'bank.example',
      why: 'through two',
    },
    {
      name: 'alias.example',
      type: 'CNAME',
      rcode: 'NOERROR',
      answers: ['bank.example'],
      why: 'the alias itself',
    },
    {
      name: 'bank.example',
      type: 'CNAME',
      rcode: 'NOERROR',
      answers: [],
      why: 'no alias where there is none',
    },
    {
      name: 'dangling.example',
      type: 'A',
      rcode: 'NXDOMAIN',
      answers: [],
      canonicalName: 'nowhere.test',
      why: 'no name behind an alias that leads nowhere',
    },
    { name: 'circle.example', type: 'A', rcode: 'SERVFAIL', answers: [], why: 'a failure for a circle' },
    { name: 'silent.example', type: 'TXT', rcode: 'TIMEOUT', answers: [], why: 'silence' },
    {
      name: 'broken.example',
      type: 'CNAME',
      rcode: 'SERVFAIL',
      answers: [],
      why: 'a failure for every type',
    },
    {
      name: 'to-broken.example',
      type: 'TXT',
      rcode: 'SERVFAIL',
      answers: [],
      canonicalName: 'broken.example',
      why: 'a failure through an alias',
    },
    {
      name: '1.2.0.192.in-addr.arpa',
      type: 'PTR',
      rcode: 'NOERROR',
      answers: ['host.bank.example'],
      why: 'a name for an address',
    },
    {
      name: 'constructor',
      type: 'TXT',
      rcode: 'NXDOMAIN',
      answers: [],
      why: 'no name that only an object has',
    },
  ] as const)('$why: $name $type', async ({ name, type, rcode, answers, ...row }) => {
    expect(await resolve(name, type)).toEqual({
      name,
      type,
      rcode,
      answers,
      ...('canonicalName' in row ? { canonicalName: row.canonicalName } : {}),
      ttl: rcode === 'NOERROR' ? 300 : null,
      authenticData: false,
      resolver: 'zone file',
      cached: false,
    });
  });
});

describe('a zone is refused', () => {
  it.each([
    { zone: null, says: 'not an object of names' },
    { zone: [], says: 'not an object of names' },
    { zone: 'x', says: 'not an object of names' },
    { zone: { a: null }, says: 'a: not an object of types' },
    { zone: { a: [] }, says: 'a: not an object of types' },
    { zone: { a: 1 }, says: 'a: not an object of types' },
    { zone: { a: { txt: ['x'] } }, says: 'a: unknown type txt' },
    { zone: { a: { SOA: [] } }, says: 'a: unknown type SOA' },
    { zone: { a: { TXT: 'x' } }, says: 'a: TXT has another form' },
    { zone: { a: { TXT: [1] } }, says: 'a: TXT has another form' },
    { zone: { a: { TXT: [['x', 1]] } }, says: 'a: TXT has another form' },
    { zone: { a: { A: [['192.0.2.1']] } }, says: 'a: A has another form' },
    { zone: { a: { MX: ['10 mx'] } }, says: 'a: MX has another form' },
    { zone: { a: { MX: [['10', 'mx']] } }, says: 'a: MX has another form' },
    { zone: { a: { CNAME: ['b'] } }, says: 'a: CNAME has another form' },
    { zone: { a: { RCODE: 'NOERROR' } }, says: 'a: RCODE has another form' },
    { zone: { a: { RCODE: 3 } }, says: 'a: RCODE has another form' },
  ])('that is $zone', ({ zone, says }) => {
    expect(() => readZone(zone)).toThrow(says);
  });

  it('never, where it is empty', async () => {
    expect(await zoneResolver(readZone({}))('bank.example', 'TXT')).toMatchObject({ rcode: 'NXDOMAIN' });
  });
});
