/** Gmail at its real host name: page, assets of the stand-in, sources of messages. */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { StandInMail } from '../mailbox.ts';
import { SESSION_KEY, shell } from './shell.ts';
import { serveShownOriginal } from './shown-original.ts';
import { type SourceFault, serveSource } from './source.ts';

const CLIENT = path.join(import.meta.dirname, 'client');
const ASSETS: ReadonlyMap<string, Buffer> = new Map(
  readdirSync(CLIENT).map((name) => [`/mail/_/${name}`, readFileSync(path.join(CLIENT, name))]),
);

/** Answers one request to Gmail's host. */
export function serveGmail(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  mails: readonly StandInMail[],
  faults: Readonly<Record<string, SourceFault>>,
): void {
  const asset = ASSETS.get(url.pathname);
  const account = /^\/mail\/u\/(\d)\/(?:popout)?$/.exec(url.pathname)?.[1];
  if (asset !== undefined) {
    const type = url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.writeHead(200, { 'Content-Type': type }).end(asset);
  } else if (account === undefined) {
    response.writeHead(404).end();
  } else if (url.searchParams.get('view') === 'att') {
    const fault = faults[url.searchParams.get('th') ?? ''] ?? faults['*'];
    serveSource(request, response, url.searchParams, mails, fault);
  } else if (url.searchParams.get('view') === 'om') {
    const shown = url.searchParams.get('permmsgid')?.replace('msg-f:', '') ?? '';
    const id = /^\d+$/.test(shown) ? BigInt(shown).toString(16) : '';
    const fault = faults[id] ?? faults['*'];
    serveShownOriginal(request, response, url.searchParams, mails, fault, SESSION_KEY);
  } else {
    const { headers, body } = shell(Number(account), mails);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(200).end(body);
  }
}
