/** The verbatim source of a Gmail message: the endpoint behind "Download original", asked with the page's session. */
import type { Problem } from '../../explain/problem.ts';
import type { SourceResult } from '../host.ts';

/** The account's path, `/mail/u/0/` or a delegated `/mail/b/<id>/u/0/`, cut from any page of it (pop-outs too). */
export function accountPath(pathname: string): string {
  return /^\/mail\/(?:b\/[^/]+\/)?u\/\d+\//.exec(pathname)?.[0] ?? '/mail/u/0/';
}

/** The address of the source of a message with that legacy id (16 hexadecimal digits). */
export function sourceUrl(origin: string, pathname: string, id: string): string {
  return `${origin}${accountPath(pathname)}?view=att&th=${id}&attid=0&disp=comp&safe=1&zw`;
}

/**
 * Fetches the source. `same-origin` sends the session's cookies and also tolerates the redirect to Gmail's attachment
 * host. Octets throughout: text would mangle them.
 */
export async function fetchSource(url: string, fetch: typeof globalThis.fetch): Promise<SourceResult> {
  let response: Response;
  let octets: Uint8Array<ArrayBuffer>;
  try {
    response = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
    octets = await ownOctets(response);
  } catch {
    // A redirect to the sign-in page is refused by CORS and looks like a lost connection; only the browser's own
    // word about the network tells them apart.
    return problem(navigator.onLine ? 'signed-out' : 'unreachable');
  }
  if (response.status === 429) return problem('throttled');
  if (response.status === 401 || response.status === 403) return problem('signed-out');
  if (!response.ok) return problem('not-original');
  if (octets.length === 0) return problem('empty');
  if (isHtml(octets))
    return problem(response.url.startsWith('https://accounts.google.com/') ? 'signed-out' : 'not-original');
  return { kind: 'source', octets, completeness: 'full', via: 'gmail' };
}

/** In Firefox the buffer belongs to the page, and even its constructor is out of reach; a copy is ours. */
async function ownOctets(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const theirs = new Uint8Array(await response.arrayBuffer());
  const octets = new Uint8Array(theirs.length);
  octets.set(theirs);
  return octets;
}

function problem(problem: Problem): SourceResult {
  return { kind: 'problem', problem };
}

/** Gmail answers a wrong id, a lost session or a consent page with 200 and HTML. */
function isHtml(octets: Uint8Array): boolean {
  const start = String.fromCharCode(...octets.subarray(0, 256));
  return /^[\s\xef\xbb\xbf]*<(?:!doctype|html)/i.test(start);
}
