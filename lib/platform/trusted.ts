/** Whose word counts, by the page that asks and by what the reader said in the settings. */
import { parseTrustedServers, type Receiver } from '../engine/index.ts';
import type { Client } from './client.ts';
import { readSettings } from './settings.ts';

export interface Consent {
  readonly receiver: Receiver;
  /** Whether DNS may be asked for names that hold the sender's address. */
  readonly mayReveal: boolean;
}

/**
 * The receiver of the page, with the servers that the settings name. A file is believed as one's own mailbox only
 * where the reader says that a server of the settings took it in: anybody can send a file with its name in it.
 */
export async function whomToBelieve(
  { receiver, isWebmail }: Client,
  receivedBy: string | null,
): Promise<Consent> {
  const { trustedServers, mayReveal } = await readSettings();
  const trusted = parseTrustedServers(trustedServers).servers;
  const isOwn = !isWebmail && trusted.some(({ id, ranges }) => id === receivedBy && ranges.length === 0);
  const named: Receiver = isOwn && receivedBy !== null ? { id: receivedBy, basis: 'mailbox' } : receiver;
  return { receiver: { ...named, trusted }, mayReveal };
}
