/** What the tags of a DMARC record may hold (RFC 9989 §4.7), and what a misspelt one was meant to be. */
import { distance } from '../lint/words.ts';

export type PolicyName = 'none' | 'quarantine' | 'reject';

export const POLICIES: readonly PolicyName[] = ['none', 'quarantine', 'reject'];

/** The values of the tags that have a closed list of them, in lower case. */
export const CLOSED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['p', POLICIES],
  ['sp', POLICIES],
  ['np', POLICIES],
  ['psd', ['y', 'n', 'u']],
  ['t', ['y', 'n']],
  ['adkim', ['r', 's']],
  ['aspf', ['r', 's']],
]);

export const OBSOLETE: readonly string[] = ['pct', 'rf', 'ri'];
export const KNOWN: ReadonlySet<string> = new Set(['v', 'fo', 'rua', 'ruf', ...CLOSED.keys(), ...OBSOLETE]);

/** Words that people write out, as the letter that stands for them. Never one that asks for less protection. */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map([
  ['adkim relaxed', 'r'],
  ['adkim strict', 's'],
  ['aspf relaxed', 'r'],
  ['aspf strict', 's'],
  ['t no', 'n'],
]);

/** The value that is meant, where only one is near; null where it may be any. */
export function meantValue(tag: string, written: string): string | null {
  const word = written.toLowerCase().replace(/^[^a-z]{1,8}|[^a-z]{1,8}$/g, '');
  const allowed = CLOSED.get(tag) ?? [];
  if (allowed.includes(word)) return word;
  if (allowed === POLICIES) {
    return onlyNear(word, POLICIES, (policy) => (policy === 'none' ? 1 : 2));
  }
  return WRITTEN_OUT.get(`${tag} ${word}`) ?? null;
}

/** Names that are no slip of the hand, but leave no doubt. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['policy', 'p'],
  ['pp', 'p'],
]);

/** The tag that is meant by an unknown name: one slip away, and one that may hold the value. */
export function meantTag(name: string, value: string): string | null {
  const other = OTHER_NAMES.get(name);
  if (other !== undefined) return mayHold(other, value) ? other : null;
  const known = [...KNOWN].filter((tag) => tag.length > 1 && mayHold(tag, value));
  const letters = name.replace(/[^a-z]/g, '');
  return known.includes(letters) ? letters : onlyNear(name, known, () => 1);
}

/** Whether a value makes sense for a tag, misspelt or not. */
export function mayHold(tag: string, value: string): boolean {
  if (tag === 'rua' || tag === 'ruf') return value.includes('@');
  if (tag === 'fo') return meantOptions(value) !== null;
  if (CLOSED.has(tag)) return meantValue(tag, value) !== null;
  return OBSOLETE.includes(tag);
}

/** `fo=` as the standard writes it; null where some option is none. `1` asks for all that `0` does. */
export function meantOptions(value: string): string | null {
  const options = new Set(
    value
      .toLowerCase()
      .split(/[:,;/ \t]/)
      .filter((option) => option !== ''),
  );
  if (options.size === 0 || [...options].some((option) => !/^[01ds]$/.test(option))) return null;
  if (options.has('1')) options.delete('0');
  return [...options].join(':');
}

const MAX_WORD = 16;

function onlyNear<T extends string>(
  word: string,
  candidates: readonly T[],
  within: (candidate: T) => number,
): T | null {
  if (word.length > MAX_WORD) return null;
  const [near, ...more] = candidates.filter((candidate) => distance(word, candidate) <= within(candidate));
  return more.length > 0 ? null : (near ?? null);
}
