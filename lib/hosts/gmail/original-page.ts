/**
 * The last resort in Gmail: the page behind "Show original". It shows the header as received, but escapes and may cut
 * the body, so what comes of it is never the original.
 */
import type { SourceResult } from '../host.ts';
import { askGmail, type Fetch, lostConnection } from './answer.ts';
import { MESSAGE_BODY } from './selectors.ts';
import { accountPath } from './source.ts';

/** Gmail's key of the session, which that page wants; it stands in the page's own scripts or in a link. */
export function sessionKey(page: Document): string | null {
  for (const script of page.scripts) {
    const text = script.textContent ?? '';
    const found = /\bGM_ID_KEY\s*=\s*['"]([0-9a-f]{6,20})['"]/.exec(text);
    if (found?.[1] !== undefined) return found[1];
  }
  for (const link of page.querySelectorAll<HTMLAnchorElement>('a[href*="ik="]')) {
    // A body's links are the sender's.
    if (link.closest(MESSAGE_BODY) !== null || !URL.canParse(link.href)) continue;
    const key = new URL(link.href).searchParams.get('ik');
    if (key !== null && /^[0-9a-f]{6,20}$/.test(key)) return key;
  }
  return null;
}

/** The page wants the id in decimal, the document holds it in hexadecimal. */
export function originalPageUrl(origin: string, pathname: string, id: string, key: string): string {
  return `${origin}${accountPath(pathname)}?ik=${key}&view=om&permmsgid=msg-f:${BigInt(`0x${id}`)}`;
}

/** Fetches the page and takes the message out of it. Never rejects. */
export async function fetchOriginalPage(url: string, fetch: Fetch): Promise<SourceResult> {
  const answer = await askGmail(url, 'same-origin', fetch);
  if (answer.kind === 'problem') return answer;
  try {
    const text = rawMessage(await answer.response.text());
    if (text === null) return { kind: 'problem', problem: 'not-original' };
    // Every line end as it is on the wire; the page's own are the browser's.
    const octets = new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n'));
    return { kind: 'source', octets, completeness: 'reencoded', via: 'gmail-page' };
  } catch {
    return { kind: 'problem', problem: lostConnection() };
  }
}

/** The text of the element that holds the message, or null where the page has none. */
export function rawMessage(html: string): string | null {
  const name = html.search(/\braw_message_text\b/);
  const tag = html.lastIndexOf('<', name);
  const from = html.indexOf('>', name) + 1;
  if (name === -1 || from === 0 || !/^<pre\s/.test(html.slice(tag, tag + 5))) return null;
  const end = html.indexOf('</pre>', from);
  const text = unescaped(html.slice(from, end === -1 ? html.length : end)).replace(/^\r?\n/, '');
  return /^(?:From |[!-9;-~]+[ \t]*:)/.test(text) ? text : null;
}

/** `&amp;` comes last: what it stands for may look like another entity. */
function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');
}
