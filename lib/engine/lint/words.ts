/** How near a word is to the one that was meant. */

/** How many letters are added, left out, changed or swapped with their neighbour. For short words. */
export function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      const isSame = one.charAt(at - 1) === other.charAt(to - 1);
      let least = Math.min(
        (last[to] ?? 0) + 1,
        (row[to - 1] ?? 0) + 1,
        (last[to - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap =
        one.charAt(at - 1) === other.charAt(to - 2) && one.charAt(at - 2) === other.charAt(to - 1);
      if (at > 1 && to > 1 && isSwap) least = Math.min(least, (before[to - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last.at(-1) ?? 0;
}

/** Whether one slip makes one word the other. `other` is short; a word much longer costs nothing. */
export function isNear(word: string, other: string): boolean {
  return Math.abs(word.length - other.length) <= 1 && distance(word, other) === 1;
}
