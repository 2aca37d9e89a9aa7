/** How long one has to wait for DNS: the longest chain of questions of which each was named by an earlier answer. */

export interface Asked {
  readonly name: string;
  readonly type: string;
  readonly answers: readonly string[];
}

/**
 * The longest chain, first question first. `asked` is in the order of asking, by somebody who asks one question at a
 * time and none without need. What no answer names was known from the start.
 */
export function longestChain(asked: readonly Asked[]): readonly Asked[] {
  const chains: (readonly Asked[])[] = [];
  for (const [at, question] of asked.entries()) {
    const before = asked
      .slice(0, at)
      .map((earlier, index) => (leadsTo(earlier, question) ? (chains[index] ?? []) : []));
    chains.push([...longest(before), question]);
  }
  return longest(chains);
}

function longest(chains: readonly (readonly Asked[])[]): readonly Asked[] {
  return chains.reduce((best, chain) => (chain.length > best.length ? chain : best), []);
}

/** An answer names its own domain by a bare `a` or `mx` (RFC 7208 §5.3, §5.4), any other as a word. */
function leadsTo(earlier: Asked, { name, type }: Asked): boolean {
  const words = earlier.answers.flatMap((text) => text.toLowerCase().split(/[\s:=]+/));
  if (earlier.name === name) {
    const term = type === 'MX' ? 'mx' : 'a';
    return earlier.type === 'TXT' && type !== 'TXT' && words.some((word) => bare(word) === term);
  }
  return words.some((word) => bare(word) === name);
}

/** A word without qualifier, prefix length and the root's dot. */
function bare(word: string): string {
  return word
    .replace(/^[-+~?]/, '')
    .replace(/\/.*$/, '')
    .replace(/\.$/, '');
}
