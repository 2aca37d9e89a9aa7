/** A question as octets, for a name that can be asked for. */
import type { RecordType } from '../../../lib/engine/index.ts';
import { encodeQuery } from '../../../lib/platform/dns-message.ts';

export function queryFor(name: string, type: RecordType): Uint8Array {
  const query = encodeQuery(name, type);
  if (query === null) throw new Error(`no question can be asked for ${name}`);
  return query;
}
