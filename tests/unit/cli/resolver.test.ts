/** `--resolver`: DNS over HTTPS over HTTP/2, against a server on loopback. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLES } from '../../kit/samples.ts';
import { zoneAnswerer } from '../../webmail/resolver.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);
const [sample] = SAMPLES;
if (sample === undefined) throw new Error('there are no samples');

const folder = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-http2-'));
const authority = path.join(folder, 'ca.pem');
let server: Http2SecureServer;
let mode: 'answer' | 'error' | 'drop' = 'answer';
const seen: { version: string; accept: unknown }[] = [];

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  writeFileSync(authority, cert);
  const answer = zoneAnswerer([sample.zone as Record<string, unknown>]);
  // HTTP/2 alone, as some resolvers have it.
  server = createSecureServer({ key, cert, allowHTTP1: false }, async (request, response) => {
    seen.push({ version: request.httpVersion, accept: request.headers.accept });
    const query = new URL(request.url, 'https://localhost').searchParams.get('dns') ?? '';
    const found = await answer(Buffer.from(query, 'base64url'));
    if (mode === 'drop') request.stream.close();
    else if (mode === 'error' || found?.response == null) response.writeHead(503).end();
    else response.writeHead(200, { 'content-type': 'application/dns-message' }).end(found.response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function explain() {
  const { port } = server.address() as AddressInfo;
  const message = path.join(ROOT, 'tests/fixtures/samples', sample?.name ?? '', 'message.eml');
  const args = [message, '--resolver', `https://localhost:${port}/dns-query`, '--json'];
  const { stdout } = await run(process.execPath, [path.join(ROOT, 'lib/cli/launch.mjs'), ...args], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
  });
  return JSON.parse(stdout);
}

describe('a resolver that is named', () => {
  it('answers over HTTP/2', async () => {
    mode = 'answer';
    const report = await explain();
    expect(report).toMatchObject({ level: 'authenticated', checked: { state: 'done' } });
    expect(new Set(report.dns.map(({ resolver }: { resolver: string }) => resolver))).toEqual(
      new Set(['localhost']),
    );
    expect(seen[0]).toEqual({ version: '2.0', accept: 'application/dns-message' });
  });

  it.each([
    { fault: 'error', rcode: 'HTTP' },
    { fault: 'drop', rcode: 'UNREACHABLE' },
  ] as const)('that fails by $fault is told as $rcode', async ({ fault, rcode }) => {
    mode = fault;
    const report = await explain();
    expect(report).toMatchObject({ level: 'unknown', checked: { state: 'partial' } });
    expect(report.dns[0].rcode).toBe(rcode);
  });
});
