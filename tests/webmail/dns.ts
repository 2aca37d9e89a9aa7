/** Who answers the questions behind the resolvers' addresses: a real name server where there is one, else ourselves. */
import { findNamed } from '../scripts/browsers.ts';
import { type Certificate, type Named, startNamed } from './named.ts';
import { type AnswerQuery, zoneAnswerer } from './resolver.ts';
import { isUntellable, mergeZones, zoneFiles } from './zone-file.ts';

/** The answers for some zones. */
export interface Dns {
  /** Who gives them now. */
  readonly by: 'named' | 'own';
  /** Where named was started; null where there is none. */
  readonly port: number | null;
  readonly answer: AnswerQuery;
  /** Ends named, if it is there, in the midst of its work; from now on the answers are our own. */
  end(): Promise<void>;
}

/** Rejects where named is there and does not start. */
export async function startDns(
  zones: readonly Readonly<Record<string, unknown>>[],
  certificate: Certificate,
): Promise<Dns> {
  const ownAnswer = zoneAnswerer(zones);
  const zone = mergeZones(zones);
  const executable = findNamed();
  let named: Named | null =
    executable === null ? null : await startNamed(executable, zoneFiles(zone), certificate);

  return {
    port: named?.port ?? null,
    get by() {
      return named === null ? 'own' : 'named';
    },
    async answer(query) {
      const own = await ownAnswer(query);
      if (own === null || named === null || isUntellable(zone, own.name)) return own;
      try {
        return { name: own.name, response: await named.ask(query) };
      } catch (error) {
        // Ended on purpose while the question was open; any other end is nothing to hide.
        if (named === null) return own;
        throw error;
      }
    },
    async end() {
      const ended = named;
      named = null;
      await ended?.close();
    },
  };
}
