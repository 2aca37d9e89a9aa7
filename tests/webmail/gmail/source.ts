/** Gmail's "Download original": the octets of a message, and the ways in which Gmail answers something else. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HOSTS } from '../certificate.ts';
import type { StandInMail } from '../mailbox.ts';

/** How Gmail may fail, or what a message may turn out to be. */
export type SourceFault =
  | 'html'
  | 'nothing'
  | 'signed-out'
  | 'throttled'
  | 'server-error'
  | 'server-error-once'
  | 'dropped'
  | 'empty'
  | 'binary'
  | 'no-from'
  /** Gmail leads to its attachment host, which allows any origin, Gmail's with cookies, or none. */
  | 'elsewhere-any'
  | 'elsewhere-gmail'
  | 'elsewhere-none';

/** Answers `?view=att…`, by legacy id (`th`) or permanent id (`permmsgid`). */
export function serveSource(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  mails: readonly StandInMail[],
  fault: SourceFault | undefined,
): void {
  const mail = mails.find(({ id }) => id === query.get('th') || query.get('permmsgid') === permId(id));
  const isComplete =
    query.get('disp') === 'comp' &&
    query.get('attid') === '0' &&
    query.get('safe') === '1' &&
    query.has('zw');
  if (refuse(request, response, fault)) return;
  if (fault === 'html' || fault === 'nothing' || mail === undefined || !isComplete) {
    noSuchMessage(response);
  } else if (fault === 'server-error' || (fault === 'server-error-once' && !query.has('cacheCounter'))) {
    response.writeHead(500).end('Temporary error');
  } else if (fault?.startsWith('elsewhere')) {
    const location = `https://${HOSTS.attachments}/attachment/u/0/?view=att&th=${mail.id}`;
    // The redirect itself needs permission too.
    response.writeHead(302, { Location: location, ...corsOf(fault) }).end();
  } else {
    sendOctets(response, octetsFor(mail, fault));
  }
}

/** Gmail's attachment host: no session, only the address that Gmail gave. */
export function serveAttachment(
  response: ServerResponse,
  query: URLSearchParams,
  mails: readonly StandInMail[],
  fault: SourceFault | undefined,
): void {
  const mail = mails.find(({ id }) => id === query.get('th'));
  if (mail === undefined) response.writeHead(404).end();
  else sendOctets(response, mail.octets, corsOf(fault));
}

/** Whether the answer is given already: no session, too many requests, a broken connection. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  fault: SourceFault | undefined,
): boolean {
  const hasSession = (request.headers.cookie ?? '').includes('SESSION=stand-in');
  if (!hasSession || fault === 'signed-out') {
    response.writeHead(302, { Location: 'https://accounts.google.com/ServiceLogin' }).end();
  } else if (fault === 'dropped') {
    response.destroy();
  } else if (fault === 'throttled') {
    response.writeHead(429, { 'Retry-After': '60' }).end('Too many requests');
  } else {
    return false;
  }
  return true;
}

/** Gmail's answer to a wrong id: 200 all the same. */
export function noSuchMessage(response: ServerResponse): void {
  const page = '<!DOCTYPE html><html><body>The message you requested does not exist.</body></html>';
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}

/** The permanent id: the legacy id in decimal. */
export function permId(legacyId: string): string {
  return `msg-f:${BigInt(`0x${legacyId}`)}`;
}

function corsOf(fault: SourceFault | undefined): Record<string, string> {
  if (fault === 'elsewhere-any') return { 'Access-Control-Allow-Origin': '*' };
  if (fault !== 'elsewhere-gmail') return {};
  return {
    'Access-Control-Allow-Origin': `https://${HOSTS.gmail}`,
    'Access-Control-Allow-Credentials': 'true',
  };
}

function sendOctets(response: ServerResponse, octets: Uint8Array, more: Record<string, string> = {}): void {
  const headers = {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': 'attachment; filename="original.eml"',
    'Content-Length': octets.length,
  };
  response.writeHead(200, { ...headers, ...more }).end(octets);
}

function octetsFor(mail: StandInMail, fault: SourceFault | undefined): Uint8Array {
  switch (fault) {
    case 'empty':
      return new Uint8Array();
    case 'binary':
      return new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]);
    case 'no-from':
      return Buffer.from('Subject: nobody\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nHello\r\n');
    default:
      return mail.octets;
  }
}
