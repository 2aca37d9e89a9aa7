/** Gmail's "Download original": the octets of a message, and the ways in which Gmail answers something else. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StandInMail } from '../mailbox.ts';

/** How Gmail may fail, or what a message may turn out to be. */
export type SourceFault =
  | 'html'
  | 'signed-out'
  | 'throttled'
  | 'server-error'
  | 'dropped'
  | 'empty'
  | 'binary'
  | 'no-from';

/** Answers `?view=att…`, by legacy id (`th`) or permanent id (`permmsgid`). */
export function serveSource(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  mails: readonly StandInMail[],
  fault: SourceFault | undefined,
): void {
  const mail = mails.find(({ id }) => id === query.get('th') || query.get('permmsgid') === permId(id));
  const hasSession = (request.headers.cookie ?? '').includes('SESSION=stand-in');
  const isComplete =
    query.get('disp') === 'comp' &&
    query.get('attid') === '0' &&
    query.get('safe') === '1' &&
    query.has('zw');
  if (!hasSession || fault === 'signed-out') {
    response.writeHead(302, { Location: 'https://accounts.google.com/ServiceLogin' }).end();
  } else if (fault === 'html' || mail === undefined || !isComplete) {
    const page = '<!DOCTYPE html><html><body>The message you requested does not exist.</body></html>';
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  } else if (fault === 'dropped') {
    response.destroy();
  } else if (fault === 'throttled') {
    response.writeHead(429, { 'Retry-After': '60' }).end('Too many requests');
  } else if (fault === 'server-error') {
    response.writeHead(500).end('Temporary error');
  } else {
    const headers = {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': 'attachment; filename="original.eml"',
    };
    response.writeHead(200, headers).end(octetsFor(mail, fault));
  }
}

/** The permanent id: the legacy id in decimal. */
function permId(legacyId: string): string {
  return `msg-f:${BigInt(`0x${legacyId}`)}`;
}

function octetsFor(mail: StandInMail, fault: 'empty' | 'binary' | 'no-from' | undefined): Uint8Array {
  switch (fault) {
    case 'empty':
      return new Uint8Array();
    case 'binary':
      return new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]);
    case 'no-from':
      return Buffer.from('Subject: nobody\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nHello\r\n');
    case undefined:
      return mail.octets;
  }
}
