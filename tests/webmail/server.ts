/** All stand-ins behind one loopback port: Gmail, its sign-in page and the two preset resolvers, told apart by host. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { HOSTS, makeCertificate } from './certificate.ts';
import { startDns } from './dns.ts';
import { serveGmail } from './gmail/serve.ts';
import { type SourceFault, serveAttachment } from './gmail/source.ts';
import type { StandInMail } from './mailbox.ts';
import { connectProxy } from './proxy.ts';
import { type ResolverFault, serveResolver } from './resolver.ts';

/** A request as it came in, whoever sent it. */
export interface LoggedRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** For a DNS question: the name. */
  question: string | null;
}

/** What goes wrong; tests set and clear it. */
export interface Faults {
  /** By message id, `*` for every message. */
  source: Record<string, SourceFault>;
  /** By resolver host. */
  dns: Record<string, ResolverFault>;
  /** How long a resolver thinks, in milliseconds. */
  dnsDelay: number;
}

/** All is well; copy it before changing it. */
export const NO_FAULTS: Faults = { source: {}, dns: {}, dnsDelay: 0 };

/** The running stand-ins. */
export interface StandIn {
  readonly port: number;
  /** A CONNECT proxy that leads every host to `port`. */
  readonly proxyPort: number;
  /** A proxy that leads the first resolver to named, where it is there, and every other host to `port`. */
  readonly directProxyPort: number;
  /** Who answers the questions to both resolvers now: a real name server or ourselves. */
  readonly dns: 'named' | 'own';
  /** Where named was started; null where there is none. */
  readonly namedPort: number | null;
  readonly mails: readonly StandInMail[];
  readonly requests: LoggedRequest[];
  /** Those that a page or an extension sent to a host that nobody plays. */
  readonly unexpected: LoggedRequest[];
  faults: Faults;
  /** Ends named as a crash would; the stand-in's own answers take its place. */
  endNamed(): Promise<void>;
  close(): Promise<void>;
}

/** Starts on ports of the system's choosing, on loopback only. */
export async function startStandIn(mails: readonly StandInMail[]): Promise<StandIn> {
  const requests: LoggedRequest[] = [];
  const unexpected: LoggedRequest[] = [];
  const certificate = await makeCertificate();
  const dns = await startDns(
    mails.map(({ zone }) => zone),
    certificate,
  );

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const host = (request.headers.host ?? '').split(':')[0] ?? '';
    const { method = '', url: path = '/', headers } = request;
    const logged: LoggedRequest = { host, method, path, headers, question: null };
    requests.push(logged);
    const url = new URL(path, `https://${host}`);
    switch (host) {
      case HOSTS.gmail:
        serveGmail(request, response, url, mails, standIn.faults.source);
        break;
      case HOSTS.accounts:
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><h1>Sign in</h1>');
        break;
      case HOSTS.cloudflare:
      case HOSTS.google:
        void serveResolver(response, url, dns.answer, {
          fault: () => standIn.faults.dns[host],
          delay: standIn.faults.dnsDelay,
          onQuestion: (name) => {
            logged.question = name;
          },
        });
        break;
      case HOSTS.attachments:
        serveAttachment(response, url.searchParams, mails, standIn.faults.source['*']);
        break;
      default:
        if (!isErrandOfBrowser(headers)) unexpected.push(logged);
        response.writeHead(404).end();
    }
  };

  const server = createServer(certificate, serve);
  const proxy = connectProxy(() => portOf(server));
  const directProxy = connectProxy((host) =>
    host === HOSTS.cloudflare ? (dns.port ?? portOf(server)) : portOf(server),
  );
  await Promise.all([server, proxy, directProxy].map(listen));
  const standIn: StandIn = {
    port: portOf(server),
    proxyPort: portOf(proxy),
    directProxyPort: portOf(directProxy),
    get dns() {
      return dns.by;
    },
    namedPort: dns.port,
    mails,
    requests,
    unexpected,
    faults: structuredClone(NO_FAULTS),
    endNamed: dns.end,
    async close() {
      const servers = [server, proxy, directProxy];
      for (const each of servers) each.closeAllConnections();
      await Promise.all([dns.end(), ...servers.map((each) => new Promise((resolve) => each.close(resolve)))]);
    },
  };
  return standIn;
}

/**
 * Updates and the like, which a browser fetches on its own account: no fetch metadata in Firefox, that of no page in
 * Chromium. Whatever a page or an extension sends looks different.
 */
function isErrandOfBrowser(headers: IncomingMessage['headers']): boolean {
  const mode = headers['sec-fetch-mode'];
  if (mode === undefined) return headers.upgrade === undefined;
  return mode === 'no-cors' && headers['sec-fetch-site'] === 'none';
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
