/** Keeps answers as long as DNS allows, and lets identical questions share one. */
import { type Answer, isDefinite, type Ports } from '../engine/index.ts';

/** Enough for a day of reading; the oldest go first. */
const MAX_ENTRIES = 2000;
/** A resolver's TTL is believed up to a day (RFC 8767 §4 caps at seven). */
const MAX_TTL = 86_400;
/** For a negative answer whose authority says nothing. */
const DEFAULT_TTL = 60;

interface Entry {
  readonly answer: Answer;
  readonly until: number;
}

/** `now` is in seconds. Failures are never kept. The cache lives as long as the worker does. */
export function cachedResolver(resolve: Ports['resolve'], now: Ports['now']): Ports['resolve'] {
  const entries = new Map<string, Entry>();
  const open = new Map<string, Promise<Answer>>();

  const keep = (key: string, answer: Answer): void => {
    if (!isDefinite(answer)) return;
    entries.delete(key);
    entries.set(key, { answer, until: now() + Math.min(answer.ttl ?? DEFAULT_TTL, MAX_TTL) });
    const [oldest] = entries.keys();
    if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
  };

  return async (name, type) => {
    const key = `${name.toLowerCase()} ${type}`;
    const entry = entries.get(key);
    if (entry !== undefined && entry.until > now()) {
      return { ...entry.answer, ttl: Math.ceil(entry.until - now()), cached: true };
    }
    const pending =
      open.get(key) ??
      resolve(name, type).finally(() => {
        open.delete(key);
      });
    open.set(key, pending);
    const answer = await pending;
    keep(key, answer);
    return answer;
  };
}
