/** The trace of a message (RFC 5321 §4.4), and the walk down to the border. */
import { parseReceived, type Received } from '../message/received.ts';
import type { Message } from '../message/split.ts';
import type { Border } from './evidence.ts';
import type { Profile } from './profile.ts';

/** The hops by the index of their field, from the top. */
export type Trace = ReadonlyMap<number, Received>;

/** Reads every Received field once. */
export function readTrace({ fields }: Message): Trace {
  return new Map(
    fields.flatMap(({ key, value }, field) =>
      key === 'received' ? [[field, parseReceived(value)] as const] : [],
    ),
  );
}

/**
 * Walks, never searches: only the receiver's own hops may stand above the border, and the first other hop is the
 * border or there is none. A search for the first fitting pair would believe a forged one wherever the true border
 * is missing.
 */
export function findBorder({ fields }: Message, trace: Trace, profile: Profile): Border | null {
  for (const [field, { key }] of fields.entries()) {
    const hop = trace.get(field);
    if (hop === undefined) {
      // What stands between the last internal hop and the border belongs to the receiver as well.
      if (!profile.mayStandAbove(key)) return null;
    } else if (!profile.isInternalHop(hop)) {
      return profile.isBorder(hop) ? toBorder(field, hop, profile.clientOf(hop)) : null;
    }
  }
  return null;
}

export function toBorder(field: number, { helo, date }: Received, address: string | null): Border {
  return { field, address, helo, date };
}
