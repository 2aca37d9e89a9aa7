/** Gmail's "Show original" page: the header as received, the body escaped, cut, and without attachments' data. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StandInMail } from '../mailbox.ts';
import { noSuchMessage, permId, refuse, type SourceFault } from './source.ts';

/** Gmail cuts long bodies here. */
const MAX_BODY = 20_000;

/** Answers `?view=om…`: wants the session's key and the id in decimal. */
export function serveShownOriginal(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  mails: readonly StandInMail[],
  fault: SourceFault | undefined,
  sessionKey: string,
): void {
  const mail = mails.find(({ id }) => query.get('permmsgid') === permId(id));
  if (refuse(request, response, fault)) return;
  if (fault === 'nothing' || mail === undefined || query.get('ik') !== sessionKey) {
    noSuchMessage(response);
    return;
  }
  const text = Buffer.from(mail.octets).toString('utf8').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const shown = end === -1 ? text : text.slice(0, end + MAX_BODY);
  const body = `<!DOCTYPE html><html lang="en"><head><title>Original Message</title></head><body>
<div class="top-area"><table><tr><th>SPF:</th><td>see below</td></tr></table></div>
<div class="bottom-area"><div class="raw_message"><pre class="raw_message_text" id="raw_message_text">${escaped(shown)}</pre></div></div>
</body></html>`;
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
