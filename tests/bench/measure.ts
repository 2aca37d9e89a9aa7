/** Times of things that are done in turns, so that what slows the machine slows them all alike. */

export interface Contender {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** The median time of each in milliseconds, by its name. Each round does every one `batch` times. */
export async function medians(
  contenders: readonly Contender[],
  { warmUp, rounds, batch }: { readonly warmUp: number; readonly rounds: number; readonly batch: number },
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    // Nobody always comes first.
    const turn = Math.abs(round) % contenders.length;
    for (const { name, run } of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      const start = performance.now();
      for (let time = 0; time < batch; time++) await run();
      if (round >= 0) times.get(name)?.push((performance.now() - start) / batch);
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

/** Of an even number the mean of the two in the middle; not a number where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
