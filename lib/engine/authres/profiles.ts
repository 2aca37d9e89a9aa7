/** Which receivers are tried. */
import type { Basis, Receiver } from './evidence.ts';
import { GMAIL } from './gmail.ts';
import { MICROSOFT } from './microsoft.ts';
import { bareProfile, KNOWN_PROFILES, profileNamed } from './named.ts';
import type { Profile } from './profile.ts';

/**
 * The receivers to try, in this order. Where nobody says which one took the mail, the servers of one's own come
 * last: of them only the id is known, so that any trace would fit them.
 */
export function profilesFor({ id, trusted = [] }: Receiver): readonly Profile[] {
  switch (id) {
    case 'detect':
      return [
        GMAIL,
        MICROSOFT,
        ...KNOWN_PROFILES,
        ...trusted.filter(({ ranges }) => ranges.length === 0).map((server) => bareProfile(server.id)),
      ];
    case 'gmail':
      return [GMAIL];
    case 'outlook':
      return [MICROSOFT];
    default:
      return [profileNamed(id)];
  }
}

/** A receiver that nobody named and that is known by its way of writing alone is never more than what a file says. */
export function basisOf({ id, basis }: Receiver, profile: Profile): Basis {
  return id !== 'detect' || profile === GMAIL || profile === MICROSOFT ? basis : 'file';
}
