/** A real name server (BIND 9's named) for test zones, by DNS over HTTPS on a loopback port of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { decode, encode } from '@leichtgewicht/dns-packet';
import { HOSTS } from './certificate.ts';
import { dohClient } from './doh-client.ts';
import type { ZoneFile } from './zone-file.ts';

/** What a server shows of itself. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A running name server. */
export interface Named {
  readonly port: number;
  /** Its octets for a query's. */
  ask(query: Uint8Array): Promise<Uint8Array>;
  /** Ends it at once, as a crash would: nothing of it is to be kept. */
  close(): Promise<void>;
}

const START_MS = 10_000;
/** How many of its own words go into an error. */
const MAX_LINES = 12;
/** AppArmor ties this profile to the place of the program, and lets it read its system's folders only. */
const APPARMOR_PROFILE = '/etc/apparmor.d/usr.sbin.named';

/** Starts `executable` as a child of this process, as whoever runs it; resolves when it answers for every zone. */
export async function startNamed(
  executable: string,
  zones: readonly ZoneFile[],
  certificate: Certificate,
): Promise<Named> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-named-'));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    return await startIn(folder, forget, executable, zones, certificate);
  } catch (error) {
    forget();
    throw error;
  }
}

async function startIn(
  folder: string,
  forget: () => void,
  executable: string,
  zones: readonly ZoneFile[],
  certificate: Certificate,
): Promise<Named> {
  const port = await freePort();
  const config = writeConfig(folder, port, zones, certificate);
  // -g: in the foreground, its words to us and not to the system's log. One thread is plenty.
  const child = spawn(runnable(executable, folder), ['-g', '-n', '1', '-c', config], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const client = dohClient(port, { ca: certificate.cert, servername: HOSTS.cloudflare });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  // Whatever ends this process must not leave it behind.
  const onExit = (): void => {
    kill();
    forget();
  };
  process.once('exit', onExit);
  const named: Named = {
    port,
    ask: client.ask,
    async close() {
      client.close();
      process.off('exit', onExit);
      const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
      if (isRunning) await Promise.all([once(child, 'exit'), kill()]);
      forget();
    },
  };
  const said = listenTo(child);
  try {
    await untilRunning(child, said);
    for (const { origin } of zones) await expectAuthority(named, origin);
    return named;
  } catch (error) {
    await named.close();
    const lines = said().trim().split('\n').slice(-MAX_LINES);
    throw new Error(`${executable} does not answer: ${String(error)}\n${lines.join('\n')}`, { cause: error });
  }
}

/** Everything that it needs into one folder; where its configuration stands there. */
function writeConfig(
  folder: string,
  port: number,
  zones: readonly ZoneFile[],
  { key, cert }: Certificate,
): string {
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  write('key.pem', key);
  write('cert.pem', cert);
  const statements = zones.map(({ origin, text }, index) => {
    write(`${index}.zone`, text);
    return `zone "${origin}." { type primary; file "${index}.zone"; };`;
  });
  return write(
    'named.conf',
    `tls own { key-file "key.pem"; cert-file "cert.pem"; };
http own { endpoints { "/dns-query"; }; };
controls { };
options {
  directory "${folder}";
  pid-file none;
  session-keyfile none;
  lock-file none;
  listen-on port ${port} tls own http own { 127.0.0.1; };
  listen-on-v6 { none; };
  // Without it no alias is followed from one zone into another. The root is here too: nobody else is ever asked.
  recursion yes;
  max-cache-size 8m;
  // The reverse of addresses that are nobody's is the mails' as well.
  empty-zones-enable no;
  dnssec-validation no;
  notify no;
  // The records are the mails', whatever anyone thinks of them.
  check-names primary ignore;
  check-integrity no;
  check-mx ignore;
  check-mx-cname ignore;
  check-spf ignore;
  rrset-order { order none; };
};
${statements.join('\n')}
`,
  );
}

/** A port that nobody had a moment ago: named cannot be told to choose one and say which. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

/** Under a profile that forbids it our folder, named runs as a copy that the profile does not know. */
function runnable(executable: string, folder: string): string {
  if (!existsSync(APPARMOR_PROFILE)) return executable;
  const copy = path.join(folder, 'named');
  copyFileSync(executable, copy);
  return copy;
}

function listenTo(child: ChildProcess): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return () => said;
}

/** Until it says that it runs. Zones that it refused do not keep it from saying so. */
function untilRunning(child: ChildProcess, said: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`not running after ${START_MS} ms`)), START_MS);
    const end = (settle: () => void): void => {
      clearTimeout(limit);
      settle();
    };
    child.once('error', (error) => end(() => reject(error)));
    // Not `exit`: what it said last may still be on its way then.
    child.once('close', (code) => end(() => reject(new Error(`it ended with ${code}`))));
    child.stderr?.on('data', () => {
      if (/ running\n/.test(said())) end(resolve);
    });
  });
}

/** A zone that was refused, or a port that was taken after all, shows here. */
async function expectAuthority(named: Named, origin: string): Promise<void> {
  const query = encode({ type: 'query', id: 0, questions: [{ name: origin || '.', type: 'SOA' }] });
  const { rcode, answers } = decode(await named.ask(query)) as ReturnType<typeof decode> & { rcode: string };
  if (answers?.[0]?.type !== 'SOA') throw new Error(`it says ${rcode} about the zone "${origin}."`);
}
