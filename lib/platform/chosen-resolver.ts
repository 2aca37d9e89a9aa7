/** The resolver of the worker: the ones that the reader chose and allowed, behind one cache. */
import type { Ports } from '../engine/index.ts';
import { browser } from './browser.ts';
import { cachedResolver } from './cached-resolver.ts';
import { dohResolver, type Transport } from './doh.ts';
import { hostPattern } from './resolvers.ts';
import { readSettings } from './settings.ts';

const OF_INTEREST = ['resolver', 'secondResolver', 'cleared'];

/** A change of resolvers, and "clear stored results", begin an empty cache. */
export function chosenResolver(transport: Transport, now: Ports['now']): Ports['resolve'] {
  let current: Promise<Ports['resolve']> | null = null;
  const renew = (): void => {
    current = null;
  };
  // At once, not once the settings are read again: no further question goes to a resolver that was left.
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && OF_INTEREST.some((name) => name in changes)) renew();
  });
  browser.permissions.onRemoved.addListener(renew);
  browser.permissions.onAdded.addListener(renew);
  return async (name, type) => {
    current ??= allowedResolvers().then((urls) => cachedResolver(dohResolver(urls, transport), now));
    // Settings that could not be read are read again at the next question.
    current.catch(renew);
    return (await current)(name, type);
  };
}

/**
 * Without its host permission a resolver is not asked at all: Firefox would add an Origin to each question that tells
 * this installation apart.
 */
async function allowedResolvers(): Promise<readonly string[]> {
  const { resolver, secondResolver } = await readSettings();
  const wanted = [...new Set([resolver, secondResolver])].filter((url) => url !== null);
  const allowed = await Promise.all(
    wanted.map((url) => browser.permissions.contains({ origins: [hostPattern(url)] })),
  );
  return wanted.filter((_, index) => allowed[index]);
}
