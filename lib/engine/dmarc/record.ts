/** A DMARC policy record (RFC 9989 §4.7, §4.8). */
import { trimWsp } from '../octets.ts';
import { readReportUri } from './uri.ts';

export type Policy = 'none' | 'quarantine' | 'reject';

/**
 * Why a part of a record is passed over; the default takes its place, or nothing does (§4.8). `unknown-value`: not
 * one that the tag may have. `not-a-uri`: an entry of `rua=` or `ruf=`. `repeated-tag`: the first one counts.
 * `not-a-tag`: no name or no equals sign.
 */
export type BadValueReason = 'unknown-value' | 'not-a-uri' | 'repeated-tag' | 'not-a-tag';

export interface BadValue {
  /** In lower case; '' where it is no tag. */
  readonly tag: string;
  /** As written: the value, the entry of the list, or the whole that is no tag. */
  readonly value: string;
  readonly because: BadValueReason;
}

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
  /** `pct=` of RFC 7489, which RFC 9989 does not know; null where it is absent or no percentage. */
  readonly percentage: number | null;
  /** Tags of RFC 7489 that say nothing any more (Appendix C), in the order of the record. */
  readonly obsoleteTags: readonly string[];
  /** Tags that nobody defines; they are ignored. */
  readonly unknownTags: readonly string[];
  /** Entries of `rua=` and `ruf=` with a size limit, as written; the limit is ignored. */
  readonly obsoleteSizes: readonly string[];
  readonly badValues: readonly BadValue[];
}

const VERSION = /^[Vv][ \t]*=[ \t]*DMARC1[ \t]*$/;
const TAG_NAME = /^[A-Za-z]+$/;

/** Maps, not objects: the names come from DNS and may be `constructor`. The values are in lower case. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['p', ['none', 'quarantine', 'reject']],
  ['sp', ['none', 'quarantine', 'reject']],
  ['np', ['none', 'quarantine', 'reject']],
  ['psd', ['y', 'n', 'u']],
  ['t', ['y', 'n']],
  ['adkim', ['r', 's']],
  ['aspf', ['r', 's']],
]);
const URI_LISTS: readonly string[] = ['rua', 'ruf'];
const OBSOLETE: readonly string[] = ['pct', 'rf', 'ri'];
const KNOWN: readonly string[] = ['v', 'fo', ...VALUES.keys(), ...URI_LISTS, ...OBSOLETE];

/** Reads one TXT record; null where it is no DMARC record: `v=DMARC1` must stand first, the value in this case (§4.7). */
export function parseDmarcRecord(text: string): DmarcRecord | null {
  const [version, ...specs] = text.split(';');
  if (!VERSION.test(version ?? '')) return null;
  const { tags, strays } = readTags(specs);
  const value = (name: string): string => tags.get(name)?.toLowerCase() ?? '';
  const psd = value('psd');
  const names = [...tags.keys()];
  return {
    text,
    p: toPolicy(value('p')),
    sp: toPolicy(value('sp')),
    np: toPolicy(value('np')),
    psd: psd === 'y' || psd === 'n' ? psd : 'u',
    testing: value('t') === 'y',
    strictDkim: value('adkim') === 's',
    strictSpf: value('aspf') === 's',
    hasReportAddress: entriesOf(tags.get('rua')).some((entry) => readReportUri(entry) !== null),
    percentage: toPercentage(value('pct')),
    obsoleteTags: names.filter((name) => OBSOLETE.includes(name)),
    unknownTags: names.filter((name) => !KNOWN.includes(name)),
    obsoleteSizes: URI_LISTS.flatMap((name) => entriesOf(tags.get(name))).filter(
      (entry) => readReportUri(entry)?.hasSize === true,
    ),
    badValues: [...[...tags].flatMap(([tag, written]) => badValuesOf(tag, written)), ...strays],
  };
}

interface Tags {
  /** Names in lower case: the literals of the grammar have no case (RFC 5234 §2.3). */
  readonly tags: ReadonlyMap<string, string>;
  readonly strays: readonly BadValue[];
}

function readTags(specs: readonly string[]): Tags {
  const tags = new Map([['v', 'DMARC1']]);
  const strays: BadValue[] = [];
  for (const spec of specs.map(trimWsp)) {
    if (spec === '') continue;
    const equals = spec.indexOf('=');
    const name = trimWsp(spec.slice(0, Math.max(0, equals))).toLowerCase();
    const value = trimWsp(spec.slice(equals + 1));
    if (!TAG_NAME.test(name)) strays.push({ tag: '', value: spec, because: 'not-a-tag' });
    // RFC 6376 §3.2 calls such a list invalid, §4.8 has every later error ignored: the second is the error.
    else if (tags.has(name)) strays.push({ tag: name, value, because: 'repeated-tag' });
    else tags.set(name, value);
  }
  return { tags, strays };
}

function badValuesOf(tag: string, value: string): readonly BadValue[] {
  if (URI_LISTS.includes(tag)) {
    const entries = entriesOf(value).filter((entry) => readReportUri(entry) === null);
    return entries.map((entry) => ({ tag, value: entry, because: 'not-a-uri' }));
  }
  const allowed = VALUES.get(tag);
  const isBad = tag === 'fo' ? !isFailureOptions(value) : allowed?.includes(value.toLowerCase()) === false;
  return isBad ? [{ tag, value, because: 'unknown-value' }] : [];
}

/** `dmarc-fo`: each of `0`, `1`, `d` and `s` at most once, and not both of the digits. */
function isFailureOptions(value: string): boolean {
  const options = value.toLowerCase().split(':').map(trimWsp);
  const distinct = new Set(options);
  if (distinct.size < options.length || (distinct.has('0') && distinct.has('1'))) return false;
  return options.every((option) => ['0', '1', 'd', 's'].includes(option));
}

function entriesOf(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(',').map(trimWsp);
}

function toPolicy(value: string): Policy | null {
  return value === 'none' || value === 'quarantine' || value === 'reject' ? value : null;
}

function toPercentage(value: string): number | null {
  return /^\d{1,3}$/.test(value) && Number(value) <= 100 ? Number(value) : null;
}
