/** Asks Gmail with the page's session, and tells its ways of refusing apart. */
import type { Problem } from '../../explain/problem.ts';

export type Fetch = typeof globalThis.fetch;

/** A response that is worth reading, or why there is none. Never rejects. */
export async function askGmail(
  url: string,
  credentials: RequestCredentials,
  fetch: Fetch,
): Promise<
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'problem'; readonly problem: Problem }
> {
  try {
    const response = await fetch(url, { credentials, cache: 'no-store' });
    if (response.status === 429) return { kind: 'problem', problem: 'throttled' };
    if (response.status === 401 || response.status === 403) return { kind: 'problem', problem: 'signed-out' };
    return response.ok ? { kind: 'response', response } : { kind: 'problem', problem: 'not-original' };
  } catch {
    return { kind: 'problem', problem: lostConnection() };
  }
}

/**
 * A redirect to the sign-in page or to Gmail's attachment host is refused by CORS and looks like a lost connection;
 * only the browser's own word about the network tells them apart.
 */
export function lostConnection(): Problem {
  return navigator.onLine ? 'redirected' : 'unreachable';
}
