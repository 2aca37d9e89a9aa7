/** Our resolver and our transport against a real name server, by DNS over HTTPS; skipped where it is not here. */
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Http2Transport, http2Transport } from '../../../lib/cli/http2-transport.ts';
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import type { Ports } from '../../../lib/engine/index.ts';
import { dohResolver } from '../../../lib/platform/doh.ts';
import { findNamed } from '../../scripts/browsers.ts';
import { type Named, startNamed } from '../../webmail/named.ts';
import { mergeZones, NEGATIVE_TTL, zoneFiles } from '../../webmail/zone-file.ts';

const executable = findNamed();
/** Every octet that there is. */
const OCTETS = String.fromCharCode(...Array.from({ length: 256 }, (_, octet) => octet));
const LONG = OCTETS.repeat(12).slice(0, 3000);
const ZONE = {
  'bank.example': {
    A: ['192.0.2.1'],
    AAAA: ['2001:db8::1'],
    MX: [
      [10, 'mx.bank.example'],
      [20, 'mx.else.example'],
    ],
    TXT: ['v=spf1 -all'],
  },
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
  's1._domainkey.bank.example': { TXT: [['v=DKIM1; ', '', 'p=', 'AAAA']] },
  'long.example': LONG,
  'alias.example': { CNAME: 'second.example' },
  'second.example': { CNAME: 'bank.example' },
  'dangling.example': { CNAME: 'nowhere.test' },
  'elsewhere.example': { CNAME: 'own.example' },
  'lost.example': { CNAME: 'nowhere.own.example' },
  'spare.example': { CNAME: 'ns.own.example' },
  'empty.example': {},
  'null-mx.example': { MX: [[0, '.']] },
  'own.example': { NS: ['ns.own.example', 'ns.else.example'] },
  'ns.own.example': { A: ['192.0.2.53'] },
  '1.2.0.192.in-addr.arpa': { PTR: ['host.bank.example'] },
};

describe.skipIf(executable === null)('a real name server', () => {
  let named: Named;
  let transport: Http2Transport;
  let resolve: Ports['resolve'];

  beforeAll(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'named' }], {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'cloudflare-dns.com' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    });
    named = await startNamed(executable ?? '', zoneFiles(mergeZones([ZONE])), { key, cert });
    transport = http2Transport({ ca: cert });
    resolve = dohResolver([`https://127.0.0.1:${named.port}/dns-query`], transport.get);
  });
  afterAll(async () => {
    transport.close();
    await named.close();
  });

  it.each([
    { name: '_dmarc.bank.example', type: 'TXT', answers: ['v=DMARC1; p=reject'], why: 'a text' },
    { name: '_DMARC.Bank.Example', type: 'TXT', answers: ['v=DMARC1; p=reject'], why: 'one in any case' },
    {
      name: 's1._domainkey.bank.example',
      type: 'TXT',
      answers: ['v=DKIM1; p=AAAA'],
      why: 'the strings of a text as one',
    },
    { name: 'long.example', type: 'TXT', answers: [LONG], why: 'a text of 3000 octets, each octet as it is' },
    { name: 'bank.example', type: 'A', answers: ['192.0.2.1'], why: 'an address' },
    { name: 'bank.example', type: 'AAAA', answers: ['2001:db8:0:0:0:0:0:1'], why: 'one of IPv6' },
    {
      name: 'bank.example',
      type: 'MX',
      answers: ['10 mx.bank.example', '20 mx.else.example'],
      why: 'mail exchangers',
    },
    { name: 'null-mx.example', type: 'MX', answers: ['0 .'], why: 'that there is none (RFC 7505)' },
    { name: 'own.example', type: 'NS', answers: ['ns.else.example', 'ns.own.example'], why: 'name servers' },
    {
      name: '1.2.0.192.in-addr.arpa',
      type: 'PTR',
      answers: ['host.bank.example'],
      why: 'a name for an address',
    },
    {
      name: 'alias.example',
      type: 'TXT',
      answers: ['v=spf1 -all'],
      canonicalName: 'bank.example',
      why: 'what two aliases lead to',
    },
    {
      name: 'elsewhere.example',
      type: 'NS',
      answers: ['ns.else.example', 'ns.own.example'],
      canonicalName: 'own.example',
      why: 'what an alias into another zone leads to',
    },
    { name: 'alias.example', type: 'CNAME', answers: ['second.example'], why: 'the alias itself' },
  ] as const)('gives $why: $name $type', async ({ name, type, answers, ...row }) => {
    const answer = await resolve(name, type);
    expect({ ...answer, answers: [...answer.answers].sort() }).toEqual({
      name,
      type,
      rcode: 'NOERROR',
      ttl: 300,
      // Nobody signed the test zones.
      authenticData: false,
      resolver: '127.0.0.1',
      cached: false,
      ...('canonicalName' in row ? { canonicalName: row.canonicalName } : {}),
      answers,
    });
  });

  it.each([
    { name: 'null-mx.example', type: 'MX', why: 'the null MX (RFC 7505)' },
    { name: 'bank.example', type: 'MX', why: 'mail exchangers' },
    { name: 'alias.example', type: 'MX', why: 'where an alias leads' },
    { name: 'own.example', type: 'NS', why: 'name servers' },
    { name: '1.2.0.192.in-addr.arpa', type: 'PTR', why: 'a name for an address' },
    { name: 'alias.example', type: 'CNAME', why: 'an alias' },
  ] as const)('says of $why what a zone file says', async ({ name, type }) => {
    const [wire, file] = await Promise.all(
      [resolve, zoneResolver(readZone(ZONE))].map((ask) => ask(name, type)),
    );
    expect({ ...wire, answers: [...(wire?.answers ?? [])].sort(), resolver: '' }).toEqual({
      ...file,
      answers: [...(file?.answers ?? [])].sort(),
      resolver: '',
    });
  });

  it.each([
    { name: 'nowhere.example', rcode: 'NXDOMAIN', why: 'a name that is not there' },
    { name: 'below.bank.example', rcode: 'NXDOMAIN', why: 'a name below one that is' },
    { name: 'dangling.example', rcode: 'NXDOMAIN', why: 'an alias that leads nowhere' },
    { name: 'lost.example', rcode: 'NXDOMAIN', why: 'one that leads to nowhere in another zone' },
    { name: 'spare.example', rcode: 'NOERROR', why: 'one that leads to a name with other records' },
    { name: 'empty.example', rcode: 'NOERROR', why: 'a name without records' },
    { name: '_domainkey.bank.example', rcode: 'NOERROR', why: 'a name that others stand below (RFC 8020)' },
    { name: '1.2.0.192.in-addr.arpa', rcode: 'NOERROR', why: 'a name with other records' },
  ] as const)('says $rcode for $why, and how long that holds (RFC 2308)', async ({ name, rcode }) => {
    expect(await resolve(name, 'TXT')).toMatchObject({ rcode, ttl: NEGATIVE_TTL, answers: [] });
  });

  it('answers many questions at once, each with its own', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `nowhere-${index}.example`);
    const answers = await Promise.all(names.map((name) => resolve(name, 'TXT')));
    expect(answers.map(({ name, rcode }) => `${name} ${rcode}`)).toEqual(
      names.map((name) => `${name} NXDOMAIN`),
    );
  });

  it('answers nothing at another path', async () => {
    const elsewhere = dohResolver([`https://127.0.0.1:${named.port}/elsewhere`], transport.get);
    expect(await elsewhere('bank.example', 'TXT')).toMatchObject({ rcode: 'HTTP', answers: [] });
  });

  it('is not trusted without its certificate', async () => {
    const distrustful = http2Transport();
    const resolver = dohResolver([`https://127.0.0.1:${named.port}/dns-query`], distrustful.get);
    expect(await resolver('bank.example', 'TXT')).toMatchObject({ rcode: 'UNREACHABLE' });
    distrustful.close();
  });
});
