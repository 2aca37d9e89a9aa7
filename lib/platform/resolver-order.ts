/** Which resolver is asked first: the preferred one, unless it has just failed and another is there. */
import type { Ports, Rcode } from '../engine/index.ts';

/** How long a resolver that failed is asked last, in seconds. */
export const REST_SECONDS = 30;

/**
 * Failures of the resolver or of the way to it, which the next question would meet too. The others (a refusal, an
 * answer that is cut short or unreadable) may come from the one name that was asked for.
 */
const LASTING: ReadonlySet<Rcode> = new Set(['TIMEOUT', 'UNREACHABLE', 'HTTP', 'PORTAL']);

export interface ResolverOrder {
  /** All of them: first those that do not rest, each group in the order of preference. */
  inOrder(): readonly string[];
  /** What came of asking one. An answer ends its rest. */
  note(url: string, rcode: Rcode): void;
}

/** `now` is in seconds. */
export function resolverOrder(urls: readonly string[], now: Ports['now']): ResolverOrder {
  const failedAt = new Map<string, number>();

  const rests = (url: string): boolean => {
    const since = now() - (failedAt.get(url) ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back tells nothing.
    return since >= 0 && since < REST_SECONDS;
  };

  return {
    inOrder() {
      const resting = new Set(urls.filter(rests));
      return [...urls.filter((url) => !resting.has(url)), ...resting];
    },
    note(url, rcode) {
      if (LASTING.has(rcode)) failedAt.set(url, now());
      else failedAt.delete(url);
    },
  };
}
