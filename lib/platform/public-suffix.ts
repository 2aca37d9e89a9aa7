/** The public suffix list, for the view of RFC 7489. Heavy: for the worker and the terminal, not for pages. */
import { getDomain } from 'tldts';

/**
 * The organizational domain of a name in A-labels, or null where the name is itself a public suffix or no name. The
 * private part of the list counts: two customers of one hoster are two organizations.
 */
export function publicSuffixOrganization(name: string): string | null {
  // The library forgives a dot at the front; no name has an empty label.
  return name.split('.').includes('') ? null : getDomain(name, { allowPrivateDomains: true });
}
