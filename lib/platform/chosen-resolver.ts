/** The resolver of the worker: the ones that the reader chose and allowed, behind one cache. */
import type { Answer, Ports } from '../engine/index.ts';
import type { AnswerStore } from './answer-store.ts';
import { browser } from './browser.ts';
import { type CachedResolver, cachedResolver, questionOf } from './cached-resolver.ts';
import { dohResolver, type Transport } from './doh.ts';
import { hostPattern } from './resolvers.ts';
import { readSettings } from './settings.ts';

const OF_INTEREST = ['resolver', 'secondResolver', 'cleared'];

export interface ChosenResolver {
  readonly resolve: Ports['resolve'];
  /** For one check that is to ask anew: each question goes out once, whatever is known, and its answer is kept. */
  anew(): Ports['resolve'];
}

export interface ResolverOptions {
  readonly transport: Transport;
  readonly now: Ports['now'];
  /** Where answers outlive the worker; null to keep them in its memory alone. */
  readonly store: AnswerStore | null;
}

/** A change of resolvers, and "clear stored results", begin an empty cache. */
export function chosenResolver({ transport, now, store }: ResolverOptions): ChosenResolver {
  let current: Promise<CachedResolver> | null = null;
  let left = new AbortController();
  const renew = (): void => {
    left.abort();
    current = null;
  };
  const begin = async ({ signal }: AbortController): Promise<CachedResolver> => {
    const { urls, owner } = await whomToAsk();
    const shelf = (await store?.open(owner, signal)) ?? null;
    const isOnline = (): boolean => navigator.onLine;
    return cachedResolver(dohResolver(urls, transport, { isOnline, now }), now, shelf);
  };
  // At once, not once the settings are read again: no further question goes to a resolver that was left, and what it
  // answers yet is kept nowhere.
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local' || !OF_INTEREST.some((name) => name in changes)) return;
    renew();
    store?.empty();
  });
  browser.permissions.onRemoved.addListener(renew);
  browser.permissions.onAdded.addListener(renew);

  const ask = async (name: string, type: Answer['type'], anew: boolean): Promise<Answer> => {
    if (current === null) {
      left = new AbortController();
      const begun = begin(left);
      current = begun;
      // Settings that could not be read are read again at the next question.
      begun.catch(() => {
        if (current === begun) renew();
      });
    }
    return (await current)(name, type, anew);
  };
  return {
    resolve: (name, type) => ask(name, type, false),
    anew() {
      const asked = new Map<string, Promise<Answer>>();
      return (name, type) => {
        const question = questionOf(name, type);
        const answer = asked.get(question) ?? ask(name, type, true);
        asked.set(question, answer);
        return answer;
      };
    },
  };
}

/**
 * Without its host permission a resolver is not asked at all: Firefox would add an Origin to each question that tells
 * this installation apart. Answers of one `owner` are not given to another.
 */
async function whomToAsk(): Promise<{ readonly urls: readonly string[]; readonly owner: string }> {
  const { resolver, secondResolver, cleared } = await readSettings();
  const wanted = [...new Set([resolver, secondResolver])].filter((url) => url !== null);
  const allowed = await Promise.all(
    wanted.map((url) => browser.permissions.contains({ origins: [hostPattern(url)] })),
  );
  const urls = wanted.filter((_, index) => allowed[index]);
  return { urls, owner: JSON.stringify([urls, cleared]) };
}
