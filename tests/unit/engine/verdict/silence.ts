/** Resolvers that do not answer, for tests of what is left open then. */
import type { Answer, Ports, Rcode } from '../../../../lib/engine/index.ts';
import { portsOver } from '../kit.ts';
import type { Looked } from './verdict-kit.ts';

/** Every question ends so. */
export function silence(rcode: Rcode): Ports['resolve'] {
  const base = { ttl: null, authenticData: false, resolver: '', cached: false, answers: [] } as const;
  return async (name, type): Promise<Answer> => ({ name, type, rcode, ...base });
}

/** A zone in which some names are met with a silence of some kind. */
export function silentAt(zone: NonNullable<Looked['zone']>, silent: Readonly<Record<string, Rcode>>): Looked {
  const { resolve } = portsOver(zone);
  const mixed: Ports['resolve'] = (name, type) => {
    const rcode = silent[name];
    return rcode === undefined ? resolve(name, type) : silence(rcode)(name, type);
  };
  return { zone, ports: { resolve: mixed } };
}
