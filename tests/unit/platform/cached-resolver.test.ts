/** The cache and its shelf: what outlives a worker, how much of it there may be, and what is asked anew. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../lib/engine/index.ts';
import {
  cachedResolver,
  type KeptAnswer,
  MAX_CHARACTERS,
  MAX_ENTRIES,
  type Shelf,
} from '../../../lib/platform/cached-resolver.ts';

/** A shelf in the open; what is written to it is there for the next worker. */
function shelfOf(found: readonly (readonly [string, KeptAnswer])[] = []) {
  const stored = new Map(found);
  const shelf: Shelf = {
    found: new Map(found),
    keep: (question, kept) => void stored.set(question, kept),
    drop(questions) {
      for (const question of questions) stored.delete(question);
    },
  };
  return { shelf, stored };
}

/** A resolver that numbers its answers, on a shelf. */
function worker(found: readonly (readonly [string, KeptAnswer])[] = [], now = 1000) {
  const world = { now, asked: [] as string[], over: {} as Partial<Answer> };
  const { shelf, stored } = shelfOf(found);
  const ask = async (name: string, type: Answer['type']): Promise<Answer> => {
    world.asked.push(`${name} ${type}`);
    const answers = [`answer ${world.asked.length}`];
    const rest = { rcode: 'NOERROR', ttl: 60, authenticData: false, resolver: 'r', cached: false } as const;
    return { name, type, ...rest, answers, ...world.over };
  };
  const resolve = cachedResolver(ask, () => world.now, shelf);
  return { world, stored, resolve };
}

describe('the worker after this one', () => {
  it('asks nothing again, and tells what is left of the TTL and that it is kept', async () => {
    const first = worker();
    const answer = await first.resolve('bank.example', 'TXT');
    expect(answer).toMatchObject({ cached: false, ttl: 60 });
    const second = worker([...first.stored], 1045);
    expect(await second.resolve('BANK.example', 'TXT')).toEqual({ ...answer, cached: true, ttl: 15 });
    expect(second.world.asked).toEqual([]);
  });

  it.each([
    { why: 'is over', now: 1060 },
    { why: 'cannot be told, since the clock was set back', now: 999 },
  ])('forgets an answer whose time $why, and asks', async ({ now }) => {
    const first = worker();
    await first.resolve('bank.example', 'TXT');
    const second = worker([...first.stored], now);
    expect([...second.stored]).toEqual([]);
    expect(await second.resolve('bank.example', 'TXT')).toMatchObject({ cached: false, ttl: 60 });
    expect([...second.stored.keys()]).toEqual(['bank.example TXT']);
  });

  it('is left no failure', async () => {
    const { world, resolve, stored } = worker();
    for (const rcode of ['SERVFAIL', 'TIMEOUT', 'OFFLINE', 'PORTAL', 'TRUNCATED'] as const) {
      world.over = { rcode };
      await resolve('bank.example', 'TXT');
    }
    expect(world.asked).toHaveLength(5);
    expect([...stored]).toEqual([]);
  });
});

describe('there are never more', () => {
  it('answers than the limit, here and on the shelf, and the oldest go first', async () => {
    const { world, resolve, stored } = worker();
    for (let index = 0; index <= MAX_ENTRIES; index++) await resolve(`n${index}.example`, 'TXT');
    expect(stored.size).toBe(MAX_ENTRIES);
    expect(stored.has('n0.example TXT')).toBe(false);
    expect(stored.has('n1.example TXT')).toBe(true);
    expect(await resolve('n1.example', 'TXT')).toMatchObject({ cached: true });
    expect(await resolve('n0.example', 'TXT')).toMatchObject({ cached: false });
    expect(world.asked).toHaveLength(MAX_ENTRIES + 2);
  });

  it('characters than the limit, keys and all', async () => {
    const { world, resolve, stored } = worker();
    world.over = { answers: ['x'.repeat(MAX_CHARACTERS / 4)] };
    for (const name of ['a', 'b', 'c', 'd', 'e']) await resolve(`${name}.example`, 'TXT');
    expect([...stored.keys()]).toEqual(['c.example TXT', 'd.example TXT', 'e.example TXT']);
    const length = JSON.stringify([...stored.values()].map(({ answer }) => answer)).length;
    expect(length).toBeLessThanOrEqual(MAX_CHARACTERS);
    // What takes the place of a large answer gives its room back.
    world.over = { answers: [] };
    await resolve('c.example', 'TXT', true);
    world.over = { answers: ['x'.repeat(MAX_CHARACTERS / 4)] };
    await resolve('f.example', 'TXT');
    expect([...stored.keys()].sort()).toEqual(['c', 'd', 'e', 'f'].map((name) => `${name}.example TXT`));
  });

  it('than the limits allow among what is found', async () => {
    const large = (name: string): KeptAnswer => ({
      at: 1000,
      answer: {
        name,
        type: 'TXT',
        rcode: 'NOERROR',
        ttl: 60,
        authenticData: false,
        resolver: 'r',
        cached: false,
        answers: ['x'.repeat(MAX_CHARACTERS / 2)],
      },
    });
    const { stored } = worker([
      ['a TXT', large('a')],
      ['b TXT', large('b')],
    ]);
    expect([...stored.keys()]).toEqual(['b TXT']);
  });

  it('than one answer that is too large by itself, which is given and not kept', async () => {
    const { world, resolve, stored } = worker();
    await resolve('small.example', 'TXT');
    world.over = { answers: ['x'.repeat(MAX_CHARACTERS)] };
    expect(await resolve('large.example', 'TXT')).toMatchObject({ rcode: 'NOERROR', cached: false });
    expect([...stored]).toEqual([]);
  });
});

describe('asked anew', () => {
  it('a question goes out whatever is known, and its answer takes the place of the old one', async () => {
    const { world, resolve, stored } = worker();
    await resolve('bank.example', 'TXT');
    world.now += 10;
    expect(await resolve('bank.example', 'TXT', true)).toMatchObject({
      answers: ['answer 2'],
      cached: false,
    });
    world.now += 10;
    expect(await resolve('bank.example', 'TXT')).toMatchObject({
      answers: ['answer 2'],
      cached: true,
      ttl: 50,
    });
    expect(stored.get('bank.example TXT')).toMatchObject({ at: 1010, answer: { answers: ['answer 2'] } });
  });

  it('a question that nobody answers takes nothing away', async () => {
    const { world, resolve } = worker();
    await resolve('bank.example', 'TXT');
    world.over = { rcode: 'TIMEOUT', answers: [] };
    expect(await resolve('bank.example', 'TXT', true)).toMatchObject({ rcode: 'TIMEOUT', cached: false });
    expect(await resolve('bank.example', 'TXT')).toMatchObject({ answers: ['answer 1'], cached: true });
  });

  it('a question that no longer has an answer for long is not answered by the old one', async () => {
    const { world, resolve } = worker();
    await resolve('bank.example', 'TXT');
    world.over = { ttl: 0 };
    await resolve('bank.example', 'TXT', true);
    expect(await resolve('bank.example', 'TXT')).toMatchObject({ answers: ['answer 3'] });
  });

  it('a question joins one that is under way', async () => {
    const { world, resolve } = worker();
    await Promise.all([resolve('bank.example', 'TXT'), resolve('bank.example', 'TXT', true)]);
    await Promise.all([resolve('shop.example', 'TXT', true), resolve('shop.example', 'TXT')]);
    expect(world.asked).toEqual(['bank.example TXT', 'shop.example TXT']);
  });
});
