/** HTTPS from the terminal: what a resolver of the user’s own answers, and every way in which it may not. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { type AddressInfo, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { http2Transport } from '../../../lib/cli/http2-transport.ts';
import { dohResolver } from '../../../lib/platform/doh.ts';
import { zoneAnswerer } from '../../webmail/resolver.ts';
import { launch } from './launch.ts';

type Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

const folder = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-doh-'));
const authority = path.join(folder, 'cert.pem');
const answer = zoneAnswerer([{ '_dmarc.bank.example': 'v=DMARC1; p=reject' }]);
const MAIL = 'From: a@bank.example\r\nSubject: x\r\n\r\nHello\r\n';
const DNS = { 'content-type': 'application/dns-message' };

let server: Http2SecureServer;
let hole: Server;
let handle: Handler = () => {};
const asked: string[] = [];
const portOf = (listener: Http2SecureServer | Server): number => (listener.address() as AddressInfo).port;
const listen = (listener: Http2SecureServer | Server): Promise<void> =>
  new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2 as const, value: 'localhost' }] }],
  });
  writeFileSync(authority, cert);
  server = createSecureServer({ key, cert }, (request, response) => handle(request, response));
  // Accepts a connection and never says a word.
  hole = createServer(() => {});
  await Promise.all([listen(server), listen(hole)]);
  await launch(['--help']);
}, 60_000);

afterAll(() => {
  server.close();
  hole.close();
  rmSync(folder, { recursive: true, force: true });
});

const answering: Handler = (request, response) => {
  asked.push(request.url);
  const query = new URL(request.url, 'https://localhost').searchParams.get('dns') ?? '';
  void answer(Buffer.from(query, 'base64url')).then((found) => {
    response.writeHead(200, DNS);
    response.end(found?.response ?? new Uint8Array());
  });
};

const explain = (resolver: string) =>
  launch(['-', '--resolver', resolver, '--json'], {
    input: MAIL,
    environment: { NODE_EXTRA_CA_CERTS: authority },
  });

describe('a resolver of one’s own', () => {
  it('is asked over HTTP/2, and named as the one who answered', async () => {
    handle = answering;
    asked.length = 0;
    const { status, stdout } = await explain(`https://localhost:${portOf(server)}/dns-query`);
    const report = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(report.checked).toMatchObject({ state: 'done', dmarc: { policy: 'reject' } });
    // The walk asks for the domain and for what is above it (RFC 9989 §4.10); a policy that is kept may have a logo.
    expect(report.dns).toMatchObject([
      {
        name: '_dmarc.bank.example',
        rcode: 'NOERROR',
        resolver: 'localhost',
        answers: ['v=DMARC1; p=reject'],
      },
      { name: '_dmarc.example', rcode: 'NXDOMAIN', resolver: 'localhost', answers: [] },
      { name: 'default._bimi.bank.example', rcode: 'NXDOMAIN', resolver: 'localhost', answers: [] },
    ]);
    expect(asked).toHaveLength(3);
    for (const url of asked) expect(url).toMatch(/^\/dns-query\?dns=[A-Za-z0-9_-]+$/);
  });

  it('that nobody is behind leaves the verdict open, with status 0', async () => {
    const { status, stdout } = await explain('https://127.0.0.1:1/dns-query');
    const report = JSON.parse(stdout);
    expect({ status, level: report.level, state: report.checked.state }).toEqual({
      status: 0,
      level: 'unknown',
      state: 'partial',
    });
    expect(report.dns[0]).toMatchObject({ rcode: 'UNREACHABLE', answers: [] });
  });
});

describe('the transport of the terminal', () => {
  const ask = async (port: number): Promise<{ rcode: string; took: number }> => {
    const transport = http2Transport({ ca: readFileSync(authority, 'utf8') });
    const start = performance.now();
    const { rcode } = await dohResolver([`https://localhost:${port}/dns-query`], transport.get, {
      attemptMs: 300,
    })('_dmarc.bank.example', 'TXT');
    transport.close();
    return { rcode, took: performance.now() - start };
  };

  const cases: readonly { why: string; handle: Handler; rcode: string }[] = [
    { why: 'answers', handle: answering, rcode: 'NOERROR' },
    { why: 'never answers', handle: () => {}, rcode: 'TIMEOUT' },
    {
      why: 'begins an answer and never ends it',
      handle: (_, response) => {
        response.writeHead(200, DNS);
        response.write('ab');
      },
      rcode: 'TIMEOUT',
    },
    { why: 'refuses the request', handle: (_, response) => response.stream.close(8), rcode: 'UNREACHABLE' },
    {
      why: 'breaks the connection',
      handle: (_, response) => response.stream.session?.destroy(),
      rcode: 'UNREACHABLE',
    },
    {
      why: 'breaks off in the middle of an answer',
      handle: (_, response) => {
        response.writeHead(200, DNS);
        response.write('ab', () => response.stream.close(2));
      },
      rcode: 'UNREACHABLE',
    },
    {
      why: 'shows a page of its network',
      handle: (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<h1>Welcome</h1>');
      },
      rcode: 'PORTAL',
    },
    {
      why: 'is down',
      handle: (_, response) => {
        response.writeHead(503, DNS);
        response.end();
      },
      rcode: 'HTTP',
    },
    {
      why: 'answers nothing that is DNS',
      handle: (_, response) => {
        response.writeHead(200, DNS);
        response.end('garbage');
      },
      rcode: 'MALFORMED',
    },
  ];
  it.each(cases)('calls it $rcode when a server $why, and ends in time', async ({ handle: own, rcode }) => {
    handle = own;
    const outcome = await ask(portOf(server));
    expect(outcome.rcode).toBe(rcode);
    expect(outcome.took).toBeLessThan(1500);
  });

  it('gives up in time on one that accepts and keeps silent', async () => {
    const outcome = await ask(portOf(hole));
    expect(outcome.rcode).toBe('TIMEOUT');
    expect(outcome.took).toBeLessThan(1500);
  });
});
