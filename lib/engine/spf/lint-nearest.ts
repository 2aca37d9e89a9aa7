/** Mechanisms that were meant, by how their names look. */
import { isNear } from '../lint/words.ts';

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
