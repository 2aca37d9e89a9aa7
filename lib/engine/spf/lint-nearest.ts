/** Words that were meant, by how they look. */

/** `mx` and `a` are left out: a name of one or two letters is near to anything. */
const MECHANISMS = ['include', 'ip4', 'ip6', 'exists', 'all', 'ptr'];

/** The mechanisms that a name may stand for, the likeliest first. */
export function nearMechanisms(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const known = ALIASES.get(lower);
  if (known !== undefined) return known;
  return MECHANISMS.filter((one) => isNear(lower, one));
}

const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ip', ['ip4', 'ip6']],
  ['ipv4', ['ip4']],
  ['ipv6', ['ip6']],
  ['inc', ['include']],
  ['incl', ['include']],
  ['al', ['all']],
]);

/** Whether one slip makes one word the other: a letter wrong, missing or too many, or two in the wrong order. */
export function isNear(word: string, other: string): boolean {
  if (word === other) return false;
  let start = 0;
  while (start < word.length && word.charAt(start) === other.charAt(start)) start++;
  const [rest, otherRest] = [word.slice(start), other.slice(start)];
  if (rest.length !== otherRest.length) {
    return rest.length > otherRest.length ? rest.slice(1) === otherRest : rest === otherRest.slice(1);
  }
  const isSwapped = rest.charAt(0) === otherRest.charAt(1) && rest.charAt(1) === otherRest.charAt(0);
  return rest.slice(1) === otherRest.slice(1) || (isSwapped && rest.slice(2) === otherRest.slice(2));
}
