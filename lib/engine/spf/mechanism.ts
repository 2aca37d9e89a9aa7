/** One mechanism against the client (RFC 7208 §5), without the limits: what it asks, and what the answer says. */
import { type Answered, askAddress, askExists, askMx, askPtr } from './lookup.ts';
import { isWithin } from './network.ts';
import type { Test } from './record.ts';
import type { Session } from './session.ts';

/** The tests that look up something other than a record. */
export type LookupTest = Extract<Test, { readonly name: 'a' | 'mx' | 'ptr' | 'exists' }>;

/** Whether the test holds without asking anybody (§5.1, §5.6); false also where it would have to ask. */
export function matchesUnasked(test: Test, { client }: Pick<Session, 'client'>): boolean {
  switch (test.name) {
    case 'all':
      return true;
    // A network of the other family holds nobody.
    case 'ip4':
    case 'ip6':
      return isWithin(client, test.network, test.prefix);
    default:
      return false;
  }
}

/** Asks what the test needs for a name. Nothing is counted: the same may be asked ahead. */
export function askFor(test: LookupTest, name: string, { client, ledger }: Session): Promise<Answered> {
  switch (test.name) {
    case 'a':
      return askAddress(name, test, client, ledger);
    case 'mx':
      return askMx(name, test, client, ledger);
    case 'exists':
      return askExists(name, ledger);
    case 'ptr':
      return askPtr(name, client, ledger);
  }
}
