/** Where a key stands in DNS: alone or not, by an alias, or only because a wildcard answers for every name (RFC 6376 §3.6.2). */
import { type Answer, isDefinite } from '../dns/answer.ts';
import type { Asked, Ledger } from '../dns/ledger.ts';
import { decodeUtf8 } from '../octets.ts';

/** A selector that nobody has: what answers for it answers for every selector. */
export const IMPROBABLE_SELECTOR = 'mailvouch-asks-whether-every-selector-answers';

export interface KeyPlace {
  readonly selector: string;
  /** A-labels. */
  readonly domain: string;
  /** `selector._domainkey.domain`. */
  readonly name: string;
  readonly state: 'found' | 'missing' | 'unanswered';
  /** The records, read as UTF-8. */
  readonly texts: readonly string[];
  /** The name that an alias leads to; null where none does. It may lead to nothing: then the key is missing. */
  readonly alias: string | null;
  /** Whether every other selector gives the same answer; null where that question was not answered. */
  readonly isWildcard: boolean | null;
  /** Whether anything stands at or below `_domainkey`: if not, no selector has a key. Null where that was not answered. */
  readonly hasDomainKeys: boolean | null;
  /** Indexes in the ledger: the key, the improbable selector, `_domainkey`. */
  readonly dns: readonly [number, number, number];
}

/** Asks for a key, and at once what the answer is worth. Domain in A-labels. */
export async function lookUpKeyPlace(selector: string, domain: string, ledger: Ledger): Promise<KeyPlace> {
  const keys = `_domainkey.${domain}`;
  const name = `${selector}.${keys}`;
  const asked: readonly [Asked, Asked, Asked] = await Promise.all([
    ledger.ask(name, 'TXT'),
    ledger.ask(`${IMPROBABLE_SELECTOR}.${keys}`, 'TXT'),
    ledger.ask(keys, 'TXT'),
  ]);
  const [own, improbable, above] = asked;
  const { answer } = own;
  const isFound = isDefinite(answer) && answer.answers.length > 0;
  const alias = answer.canonicalName ?? null;
  return {
    selector,
    domain,
    name,
    state: isFound ? 'found' : isDefinite(answer) ? 'missing' : 'unanswered',
    texts: isFound ? answer.answers.map(decodeUtf8) : [],
    alias: alias === name.toLowerCase() ? null : alias,
    isWildcard: isFound ? sameAnswer(answer, improbable.answer) : false,
    hasDomainKeys: isFound || exists(above.answer),
    dns: [own.index, improbable.index, above.index],
  };
}

/** Several records come in any order. */
function sameAnswer(one: Answer, other: Answer): boolean | null {
  if (!isDefinite(other)) return null;
  const [texts, others] = [[...one.answers].sort(), [...other.answers].sort()];
  return texts.length === others.length && texts.every((text, at) => text === others[at]);
}

/** RFC 8020 §2: a name without records exists where something stands below it. */
function exists(above: Answer): boolean | null {
  return isDefinite(above) ? above.rcode === 'NOERROR' : null;
}
