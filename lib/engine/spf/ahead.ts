/**
 * Asks ahead what the evaluation will or may ask, so that it waits for the longest chain of questions instead of for
 * their sum. Nothing is decided here: the ledger joins a question that is asked twice, and the evaluation reads the
 * answers in its own order.
 */
import { MAX_LOOKUPS } from './limits.ts';
import { findRecord } from './lookup.ts';
import { type MacroString, uses } from './macro.ts';
import { askFor, matchesUnasked } from './mechanism.ts';
import { firstFault, inOrder } from './record.ts';
import { type Session, targetNow } from './session.ts';

/** Starts asking for a domain: no more terms than one evaluation may have. What is returned stops it. */
export function askAhead(domain: string, session: Session): () => void {
  let left = MAX_LOOKUPS;

  const askRecord = async (name: string): Promise<void> => {
    const found = await findRecord(name, session.ledger);
    const terms = found.kind === 'record' ? session.read(found.text) : [];
    // A record that is wrong is not evaluated, and what stands behind a match is not reached.
    if (firstFault(terms) !== null) return;
    for (const term of inOrder(terms)) {
      if (term.kind === 'modifier') {
        withName(term.domain, name, askRecord);
        continue;
      }
      const { test } = term;
      if (matchesUnasked(test, session)) return;
      switch (test.name) {
        case 'all':
        case 'ip4':
        case 'ip6':
          break;
        case 'include':
          withName(test.domain, name, askRecord);
          break;
        default:
          withName(test.domain, name, (target) => askFor(test, target, session));
      }
    }
  };

  const withName = (
    spec: MacroString | null,
    domain: string,
    ask: (target: string) => Promise<unknown>,
  ): void => {
    if (left-- <= 0) return;
    // The client's own names are many questions for a value that hardly any record uses.
    if (spec !== null && uses(spec, ['p'])) return;
    const target = targetNow(spec, domain, session);
    if (target.kind === 'name') void ask(target.name);
  };

  void askRecord(domain);
  return () => {
    left = 0;
  };
}
