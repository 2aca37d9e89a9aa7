/** The verbatim source of a Gmail message: the endpoint behind "Download original", asked with the page's session. */
import { MAX_HEADER_OCTETS, MAX_MESSAGE_OCTETS } from '../../engine/index.ts';
import type { Problem } from '../../explain/problem.ts';
import type { Route } from '../../explain/report.ts';
import type { Progress, SourceResult } from '../host.ts';
import { askGmail, type Fetch, lostConnection } from './answer.ts';
import { readOctets } from './octets.ts';

/** The account's path, `/mail/u/0/` or a delegated `/mail/b/<id>/u/0/`, cut from any page of it (pop-outs too). */
export function accountPath(pathname: string): string {
  return /^\/mail\/(?:b\/[^/]+\/)?u\/\d+\//.exec(pathname)?.[0] ?? '/mail/u/0/';
}

/** The address of the source of a message with that legacy id (16 hexadecimal digits). */
export function sourceUrl(origin: string, pathname: string, id: string): string {
  return `${origin}${accountPath(pathname)}?view=att&th=${id}&attid=0&disp=comp&safe=1&zw`;
}

/** One way to ask. `same-origin` sends the session's cookies and tolerates a redirect that allows any origin. */
export interface Attempt {
  readonly url: string;
  readonly credentials: RequestCredentials;
  readonly via: Route;
}

/** Fetches the source. Octets throughout: text would mangle them. What is too large is read for its header only. */
export async function fetchSource(
  { url, credentials, via }: Attempt,
  fetch: Fetch,
  progress: Progress = () => {},
): Promise<SourceResult> {
  const answer = await askGmail(url, credentials, fetch);
  if (answer.kind === 'problem') return answer;
  try {
    const length = lengthOf(answer.response.headers);
    const { octets, cut } = await readOctets(answer.response, MAX_MESSAGE_OCTETS, (done) =>
      progress(done, length),
    );
    if (cut) {
      const header = octets.slice(0, MAX_HEADER_OCTETS);
      return { kind: 'source', octets: header, completeness: 'headers', via };
    }
    const wrong = refusalOf(octets, answer.response);
    return wrong === null ? { kind: 'source', octets, completeness: 'full', via } : problem(wrong);
  } catch {
    return problem(lostConnection());
  }
}

/** Of an encoded answer it is the length on the wire, which says nothing about the message. */
function lengthOf(headers: Headers): number | null {
  return headers.has('content-encoding') ? null : Number(headers.get('content-length')) || null;
}

/** Fetches no more than the header block, and lets go of the connection there. */
export async function fetchHeader({ url, credentials, via }: Attempt, fetch: Fetch): Promise<SourceResult> {
  const answer = await askGmail(url, credentials, fetch);
  if (answer.kind === 'problem') return answer;
  try {
    const { octets } = await readOctets(answer.response, MAX_HEADER_OCTETS, () => {}, true);
    const wrong = refusalOf(octets, answer.response);
    return wrong === null ? { kind: 'source', octets, completeness: 'headers', via } : problem(wrong);
  } catch {
    return problem(lostConnection());
  }
}

function problem(problem: Problem): SourceResult {
  return { kind: 'problem', problem };
}

/** Gmail answers a wrong id, a lost session or a consent page with 200 and HTML. */
function refusalOf(octets: Uint8Array, response: Response): Problem | null {
  if (octets.length === 0) return 'empty';
  const start = String.fromCharCode(...octets.subarray(0, 256));
  if (!/^[\s\xef\xbb\xbf]*<(?:!doctype|html)/i.test(start)) return null;
  return response.url.startsWith('https://accounts.google.com/') ? 'signed-out' : 'not-original';
}
