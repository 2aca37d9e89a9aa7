/** Reads headers for badges; after a request to slow down nobody is asked for a minute. */
import type { MailHost, SourceResult } from './host.ts';

/** In milliseconds. */
const PAUSE_MS = 60_000;

/** `now` in milliseconds. */
export function headerReader(
  host: Pick<MailHost, 'header'>,
  now: () => number,
): (id: string) => Promise<SourceResult> {
  let pausedUntil = 0;
  return async (id) => {
    if (now() < pausedUntil) return { kind: 'problem', problem: 'throttled' };
    const header = await host.header(id);
    if (header.kind === 'problem' && header.problem === 'throttled') pausedUntil = now() + PAUSE_MS;
    return header;
  };
}
