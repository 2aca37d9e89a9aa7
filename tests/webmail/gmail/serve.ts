/** Gmail at its real host name: page, assets of the stand-in, sources of messages. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { StandInMail } from '../mailbox.ts';
import { shell } from './shell.ts';
import { type SourceFault, serveSource } from './source.ts';

const ASSETS: Readonly<Record<string, string>> = {
  '/mail/_/stand-in.js': 'text/javascript',
  '/mail/_/stand-in.css': 'text/css',
};

export function serveGmail(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  mails: readonly StandInMail[],
  faults: Readonly<Record<string, SourceFault>>,
): void {
  const type = ASSETS[url.pathname];
  const account = /^\/mail\/u\/(\d)\/(?:popout)?$/.exec(url.pathname)?.[1];
  if (type !== undefined) {
    const file = path.join(import.meta.dirname, path.basename(url.pathname));
    response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file));
  } else if (account === undefined) {
    response.writeHead(404).end();
  } else if (url.searchParams.get('view') === 'att') {
    const fault = faults[url.searchParams.get('th') ?? ''] ?? faults['*'];
    serveSource(request, response, url.searchParams, mails, fault);
  } else {
    const { headers, body } = shell(Number(account), mails);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(200).end(body);
  }
}
