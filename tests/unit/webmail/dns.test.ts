/** A real name server behind the stand-ins says what our own answerer says, and is real: skipped where it is not here. */
import { decode, encode, type Packet } from '@leichtgewicht/dns-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNamed } from '../../scripts/browsers.ts';
import { HOSTS, makeCertificate } from '../../webmail/certificate.ts';
import { type Dns, startDns } from '../../webmail/dns.ts';
import { dohClient } from '../../webmail/doh-client.ts';
import { loadMailbox } from '../../webmail/mailbox.ts';
import { startNamed } from '../../webmail/named.ts';
import { type AnswerQuery, zoneAnswerer } from '../../webmail/resolver.ts';
import { mergeZones } from '../../webmail/zone-file.ts';

const executable = findNamed();
const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'] as const;
const mailbox = (await loadMailbox()).map(({ zone }) => zone);
/** What no mail's zone has. */
const ODDITIES = {
  'odd.example': {
    TXT: ['say "a\\b"; é\u0000\u007f\n', ['two', '', 'three'], 'x'.repeat(3000), ''],
    A: ['192.0.2.1'],
  },
  'null-mx.example': { MX: [[0, '.']] },
  'empty.example': {},
  'a b;(\\"@$.example': 'a name of odd letters',
  'alias.example': { CNAME: 'second-alias.example' },
  'second-alias.example': { CNAME: 'odd.example' },
  'to-delegated.example': { CNAME: 'in.delegated.example' },
  'dangling.example': { CNAME: 'nowhere.test' },
  'circle.example': { CNAME: 'circle.example' },
  'delegated.example': { NS: ['ns.delegated.example', 'ns.odd.example'], TXT: ['apex'] },
  'ns.delegated.example': { A: ['192.0.2.53'] },
  'in.delegated.example': 'below a cut',
  'a.b.lonely.test': { NS: ['ns.odd.example'] },
  'broken.example': { RCODE: 'SERVFAIL' },
  'to-broken.example': { CNAME: 'broken.example' },
  'silent.only.test': { RCODE: 'TIMEOUT' },
  '1.2.0.192.in-addr.arpa': { PTR: ['host.bank.example'] },
  '1.0.0.10.in-addr.arpa': { PTR: ['private.example'] },
};
const zones = [...mailbox, ODDITIES];
const zone = mergeZones(zones);

type Response = Packet & { readonly rcode: string };

async function ask(answer: AnswerQuery, name: string, type: string): Promise<Response | null> {
  const query = { type: 'query', id: 0, flags: 1 << 8, questions: [{ name, type, class: 'IN' }] };
  const found = await answer(encode(query as Parameters<typeof encode>[0]));
  if (found === null) throw new Error(`no question: ${name} ${type}`);
  expect(found.name).toBe(name);
  return found.response === null ? null : (decode(found.response) as Response);
}

/** As a reader of records sees it: their order is nobody's promise. */
function essence(response: Response | null): unknown {
  if (response === null) return null;
  const records = (response.answers ?? []).map(({ name, type, ...rest }) => {
    const { data } = rest as { data: unknown };
    const joined = type === 'TXT' ? Buffer.concat(data as Buffer[]).toString('latin1') : JSON.stringify(data);
    return `${name.toLowerCase()} ${type} ${joined}`;
  });
  return { rcode: response.rcode, records: records.sort() };
}

describe.skipIf(executable === null)('named', () => {
  let dns: Dns;
  const own = zoneAnswerer(zones);

  beforeAll(async () => {
    dns = await startDns(zones, await makeCertificate());
  });
  afterAll(() => dns.end());

  const names = [...zone.keys()];
  const above = names.map((name) => name.slice(name.indexOf('.') + 1));
  const beside = names.map((name) => `nowhere.${name}`);
  it.each(TYPES)('answers as we do for every name, those above and those beside it: %s', async (type) => {
    const asked = [...new Set([...names, ...above, ...beside])];
    expect(asked.length).toBeGreaterThan(names.length);
    for (const name of asked) {
      const [theirs, ours] = await Promise.all([ask(dns.answer, name, type), ask(own, name, type)]);
      expect({ name, ...(essence(theirs) as object) }).toEqual({ name, ...(essence(ours) as object) });
    }
  });

  it.each([
    { name: 'nowhere.bank.example', rcode: 'NXDOMAIN', authority: '.' },
    { name: 'empty.example', rcode: 'NOERROR', authority: '.' },
    { name: 'example', rcode: 'NOERROR', authority: '.' },
    { name: 'nowhere.delegated.example', rcode: 'NXDOMAIN', authority: 'delegated.example' },
  ])('says by whose authority $name has no text, which we never do', async ({ name, rcode, authority }) => {
    const response = await ask(dns.answer, name, 'TXT');
    expect(response?.rcode).toBe(rcode);
    expect(response?.authorities).toMatchObject([{ name: authority, type: 'SOA' }]);
    expect((await ask(own, name, 'TXT'))?.authorities).toEqual([]);
  });

  it('gives the strings of a text as the zone splits them', async () => {
    const response = await ask(dns.answer, 'odd.example', 'TXT');
    const lengths = response?.answers?.map(
      (answer) => answer.type === 'TXT' && (answer.data as Buffer[]).map(({ length }) => length),
    );
    expect(lengths).toContainEqual([3, 0, 5]);
    expect(lengths).toContainEqual([...new Array(11).fill(255), 195]);
  });

  it('is not asked what it cannot be told to say', async () => {
    expect(await ask(dns.answer, 'silent.only.test', 'TXT')).toBeNull();
    expect((await ask(dns.answer, 'to-broken.example', 'TXT'))?.rcode).toBe('SERVFAIL');
    expect(await dns.answer(Buffer.from('garbage'))).toBeNull();
  });
});

describe.skipIf(executable === null)('named that ends', () => {
  it('leaves the answers to us, those to questions that are open too', async () => {
    const dns = await startDns([{ 'a.example': 'x' }], await makeCertificate());
    expect(dns.by).toBe('named');
    const open = Array.from({ length: 20 }, () => ask(dns.answer, 'a.example', 'TXT'));
    await dns.end();
    expect(dns.by).toBe('own');
    for (const response of [...(await Promise.all(open)), await ask(dns.answer, 'a.example', 'TXT')]) {
      expect(response?.rcode).toBe('NOERROR');
      expect(response?.answers).toHaveLength(1);
    }
    const { port } = dns;
    const client = dohClient(port ?? 0, { ca: '', servername: HOSTS.cloudflare });
    await expect(client.ask(new Uint8Array(12))).rejects.toThrow('ECONNREFUSED');
  });
});

describe.skipIf(executable === null)('named that does not start', () => {
  it.each([
    {
      why: 'the zone is none',
      text: '. SOA ns. host. 1 2 3 4 5\n. NS ns.\nns. A 192.0.2.1\na.example. TXT "x\n',
      says: 'unbalanced quotes',
    },
    {
      why: 'the certificate is none',
      text: '',
      cert: 'no certificate',
      says: 'cert.pem',
    },
  ])('tells why: $why', async ({ text, says, cert }) => {
    const certificate = await makeCertificate();
    const start = startNamed(executable ?? '', [{ origin: '', text }], {
      ...certificate,
      ...(cert && { cert }),
    });
    await expect(start).rejects.toThrow(says);
  });

  it('is told where it is no program', async () => {
    const start = startNamed('/nowhere/named', [], await makeCertificate());
    await expect(start).rejects.toThrow(/\/nowhere\/named/);
    await expect(start).rejects.toThrow('ENOENT');
  });
});
