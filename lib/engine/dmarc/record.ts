/** A DMARC policy record (RFC 9989 §4.7, §4.8). */
import { trimWsp } from '../octets.ts';

export type Policy = 'none' | 'quarantine' | 'reject';

export interface DmarcRecord {
  readonly text: string;
  /** Null where the tag is absent or its value is none of the three. */
  readonly p: Policy | null;
  readonly sp: Policy | null;
  readonly np: Policy | null;
  readonly psd: 'y' | 'n' | 'u';
  /** `t=y`: the owner tests, and asks for the policy one step down. */
  readonly testing: boolean;
  readonly strictDkim: boolean;
  readonly strictSpf: boolean;
  /** A valid `rua=` makes a record without a valid policy count as `p=none` (§4.10.1). */
  readonly hasReportAddress: boolean;
}

/** Reads one TXT record; null where it is no DMARC record: `v=DMARC1` must stand first, the value in this case (§4.7). */
export function parseDmarcRecord(text: string): DmarcRecord | null {
  const [version, ...specs] = text.split(';');
  if (!/^[Vv][ \t]*=[ \t]*DMARC1[ \t]*$/.test(version ?? '')) return null;
  const tags = new Map<string, string>();
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    const name = trimWsp(spec.slice(0, Math.max(0, equals))).toLowerCase();
    // A tag that stands twice: the first counts, as for unknown tags nothing else is said.
    if (name !== '' && !tags.has(name)) tags.set(name, trimWsp(spec.slice(equals + 1)));
  }
  const flag = (name: string): string => tags.get(name)?.toLowerCase() ?? '';
  const psd = flag('psd');
  return {
    text,
    p: toPolicy(flag('p')),
    sp: toPolicy(flag('sp')),
    np: toPolicy(flag('np')),
    psd: psd === 'y' || psd === 'n' ? psd : 'u',
    testing: flag('t') === 'y',
    strictDkim: flag('adkim') === 's',
    strictSpf: flag('aspf') === 's',
    hasReportAddress: /(?:^|,)\s*mailto:[^\s,@]+@[^\s,@]+/i.test(tags.get('rua') ?? ''),
  };
}

function toPolicy(value: string): Policy | null {
  return value === 'none' || value === 'quarantine' || value === 'reject' ? value : null;
}
