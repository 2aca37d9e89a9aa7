/** Every way in which a resolver fails, over real sockets: what it is called, and whether another hears of the name. */
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Http2Transport, http2Transport } from '../../../lib/cli/http2-transport.ts';
import { type Answer, isDefinite, type Ports } from '../../../lib/engine/index.ts';
import { type DohOptions, dohResolver } from '../../../lib/platform/doh.ts';
import { type DohFault, type FaultyDoh, startFaultyDoh } from '../../webmail/faulty-doh.ts';
import type { Certificate } from '../../webmail/named.ts';

const ZONE = {
  'bank.example': 'hello',
  'next-bank.example': 'beyond the alias',
  'next-next-bank.example': 'beyond two',
};
/** Short enough for a test, long enough for a machine with other things to do. */
const ATTEMPT_MS = 400;

let certificate: Certificate;
let transport: Http2Transport;
let first: FaultyDoh;
let second: FaultyDoh;

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2 as const, value: 'localhost' }] }],
  });
  certificate = { key, cert };
  transport = http2Transport({ ca: cert });
  [first, second] = await Promise.all([startFaultyDoh(certificate, ZONE), startFaultyDoh(certificate, ZONE)]);
});
afterAll(async () => {
  transport.close();
  await Promise.all([first.kill(), second.kill()]);
});
beforeEach(() => {
  for (const server of [first, second]) {
    server.fault = null;
    server.asked.length = 0;
  }
});

function resolverOf(servers: readonly FaultyDoh[], options: DohOptions = {}): Ports['resolve'] {
  return dohResolver(
    servers.map(({ url }) => url),
    transport.get,
    { attemptMs: ATTEMPT_MS, ...options },
  );
}

describe('an answer about the name', () => {
  it.each([
    { fault: 'nxdomain', rcode: 'NXDOMAIN', definite: true },
    { fault: 'nodata', rcode: 'NOERROR', definite: true },
    { fault: 'servfail', rcode: 'SERVFAIL', definite: false },
    { fault: 'notimp', rcode: 'NOTIMP', definite: false },
    { fault: 'rare-code', rcode: 'OTHER', definite: false },
  ] as const)(
    'is $rcode where a server says $fault, and nobody else is told',
    async ({ fault, rcode, definite }) => {
      first.fault = fault;
      const answer = await resolverOf([first, second])('bank.example', 'TXT');
      expect(answer).toMatchObject({ rcode, resolver: 'localhost', answers: [] });
      expect(isDefinite(answer)).toBe(definite);
      expect({ first: first.asked, second: second.asked }).toEqual({ first: ['bank.example'], second: [] });
    },
  );
});

describe('a failure of the resolver', () => {
  const table: readonly { fault: DohFault; rcode: Answer['rcode'] }[] = [
    { fault: 'refused', rcode: 'REFUSED' },
    { fault: 'silent', rcode: 'TIMEOUT' },
    { fault: 'truncated', rcode: 'TRUNCATED' },
    { fault: 'malformed', rcode: 'MALFORMED' },
    { fault: 'wrong-question', rcode: 'MALFORMED' },
    { fault: 'oversized', rcode: 'MALFORMED' },
    { fault: 'endless', rcode: 'MALFORMED' },
    { fault: 'portal', rcode: 'PORTAL' },
    { fault: 'portal-511', rcode: 'PORTAL' },
    { fault: 'portal-in-disguise', rcode: 'PORTAL' },
    { fault: 'redirect', rcode: 'PORTAL' },
    { fault: 'error-500', rcode: 'HTTP' },
    { fault: 'other-type', rcode: 'HTTP' },
    { fault: 'reset', rcode: 'UNREACHABLE' },
    { fault: 'cut-off', rcode: 'UNREACHABLE' },
  ];

  it.each(table)('is $rcode where a server is $fault and nobody else is there', async ({ fault, rcode }) => {
    first.fault = fault;
    const answer = await resolverOf([first])('bank.example', 'TXT');
    expect(answer).toMatchObject({ rcode, resolver: 'localhost', ttl: null, answers: [] });
    expect(isDefinite(answer)).toBe(false);
    expect(first.asked).toEqual(['bank.example']);
  });

  it.each(table)('lets the second be asked where the first is $fault', async ({ fault }) => {
    first.fault = fault;
    expect(await resolverOf([first, second])('bank.example', 'TXT')).toMatchObject({
      rcode: 'NOERROR',
      answers: ['hello'],
    });
    expect({ first: first.asked, second: second.asked }).toEqual({
      first: ['bank.example'],
      second: ['bank.example'],
    });
  });

  it('is what the last of them says where all fail', async () => {
    first.fault = 'silent';
    second.fault = 'portal';
    expect(await resolverOf([first, second])('bank.example', 'TXT')).toMatchObject({ rcode: 'PORTAL' });
  });

  it('of any kind ends the matter with the connection that it came over', async () => {
    for (const { fault } of table) {
      first.fault = fault;
      await resolverOf([first])('bank.example', 'TXT');
      first.fault = null;
      expect(await resolverOf([first])('bank.example', 'TXT')).toMatchObject({ answers: ['hello'] });
    }
  });
});

describe('a resolver killed in the middle', () => {
  it('costs what is under way nothing but the way to the second', async () => {
    const dying = await startFaultyDoh(certificate, ZONE);
    dying.fault = 'silent';
    const resolve = resolverOf([dying, second], { attemptMs: 4000 });
    const open = ['bank.example', 'next-bank.example', 'nowhere.example'].map((name) => resolve(name, 'TXT'));
    while (dying.asked.length < 3) await new Promise((next) => setTimeout(next, 5));
    await dying.kill();
    expect((await Promise.all(open)).map(({ rcode }) => rcode)).toEqual(['NOERROR', 'NOERROR', 'NXDOMAIN']);
    expect(second.asked).toHaveLength(3);
  });

  it('without a word costs one time limit, whatever is asked at once, and nothing later', async () => {
    const resolve = resolverOf([first, second]);
    expect((await resolve('bank.example', 'TXT')).rcode).toBe('NOERROR');
    first.fault = 'silent';
    first.asked.length = 0;
    const names = Array.from({ length: 12 }, (_, at) => `n${at}.bank.example`);
    const start = performance.now();
    const atOnce = await Promise.all(names.map((name) => resolve(name, 'TXT')));
    expect(atOnce.map(({ rcode }) => rcode)).toEqual(names.map(() => 'NXDOMAIN'));
    expect(performance.now() - start).toBeLessThan(2 * ATTEMPT_MS);
    expect(first.asked).toHaveLength(12);
    // One after another, as includes of SPF are.
    for (const name of names) expect((await resolve(`later.${name}`, 'TXT')).rcode).toBe('NXDOMAIN');
    expect(first.asked).toHaveLength(12);
  });
});

describe('an alias that leads out of what the server knows', () => {
  it('is followed, and the answers are one: valid and lasting as the weakest', async () => {
    first.fault = { 'bank.example': 'open-alias', 'next-bank.example': 'open-alias' };
    expect(await resolverOf([first])('bank.example', 'TXT')).toEqual({
      name: 'bank.example',
      type: 'TXT',
      rcode: 'NOERROR',
      // Of the aliases; the record has 300.
      ttl: 60,
      // The aliases were validated, the record was not.
      authenticData: false,
      resolver: 'localhost',
      cached: false,
      canonicalName: 'next-next-bank.example',
      answers: ['beyond two'],
    });
    expect(first.asked).toEqual(['bank.example', 'next-bank.example', 'next-next-bank.example']);
  });

  it('ends where its end is not there, or does not answer', async () => {
    first.fault = {
      'else.example': 'open-alias',
      'lost.example': 'open-alias',
      'next-lost.example': 'servfail',
    };
    const resolve = resolverOf([first]);
    expect(await resolve('else.example', 'TXT')).toMatchObject({
      rcode: 'NXDOMAIN',
      canonicalName: 'next-else.example',
      answers: [],
    });
    expect(await resolve('lost.example', 'TXT')).toMatchObject({
      rcode: 'SERVFAIL',
      canonicalName: 'next-lost.example',
      answers: [],
    });
  });

  it.each([
    { why: 'runs in a circle', fault: 'circle', questions: 2 },
    { why: 'has no end', fault: 'open-alias', questions: 9 },
  ] as const)('is a failure where it $why', async ({ fault, questions }) => {
    first.fault = fault;
    expect(await resolverOf([first])('bank.example', 'TXT')).toMatchObject({
      rcode: 'SERVFAIL',
      answers: [],
    });
    expect(first.asked).toHaveLength(questions);
  });

  it('is no matter where the alias itself is asked for', async () => {
    first.fault = 'open-alias';
    const answer = await resolverOf([first])('bank.example', 'CNAME');
    expect(answer).toMatchObject({ rcode: 'NOERROR', answers: ['next-bank.example'] });
    expect(answer).not.toHaveProperty('canonicalName');
    expect(first.asked).toEqual(['bank.example']);
  });
});
