/** A BIMI assertion record and the header field that selects one (draft-brand-indicators-for-message-identification §4, §5). */
import { parseTagList } from '../dkim/tag-list.ts';
import { httpsPath } from '../dmarc/uri.ts';
import { trimWsp } from '../octets.ts';

/** Why nobody may show the logo; a record with a syntax error is not to be mended (§4.3). */
export type BimiRecordError =
  | 'syntax'
  | 'repeated-tag'
  | 'location-missing'
  | 'location-not-https'
  | 'location-not-svg'
  | 'evidence-not-https';

/** What is ignored, and leaves the rest as it is. */
export type BimiWarning = 'avatar-unknown' | 'local-parts-unknown';

export interface BimiRecord {
  readonly text: string;
  /** `l=` as written: where the logo is said to be. Never fetched; null where it is absent or empty. */
  readonly location: string | null;
  /** `a=` as written: where a mark certificate is said to be. Never fetched; null where it is absent or empty. */
  readonly evidence: string | null;
  /** An empty `l=` without evidence: the domain wants no logo (§4.3.1). */
  readonly declines: boolean;
  /** `avp=`: what is to be shown where the sender also has a picture of its own. */
  readonly avatar: 'brand' | 'personal';
  /** `lps=`: local parts with a record of their own, in lower case. None is asked for: DNS need not learn the sender. */
  readonly localParts: readonly string[];
  readonly errors: readonly BimiRecordError[];
  readonly warnings: readonly BimiWarning[];
}

const VERSION = /^v[ \t]*=[ \t]*BIMI1[ \t]*(?:;|$)/;
const LOCAL_PART = /^[a-z0-9-]{1,63}$/;

/** Image formats that are not SVG: a location that ends so is an error for good (§4.3.2). */
const OTHER_IMAGE = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico|tiff?|heic|pdf)$/i;

/** Reads one TXT record; null where it is none of BIMI: `v=BIMI1` must stand first, precisely so. Total. */
export function parseBimiRecord(text: string): BimiRecord | null {
  if (!VERSION.test(text)) return null;
  const list = parseTagList(text);
  const tags: ReadonlyMap<string, string> = list.kind === 'tags' ? list.tags : new Map();
  const location = tags.get('l');
  const evidence = tags.get('a') ?? '';
  const avatar = tags.get('avp') ?? 'brand';
  const localParts = listOf(tags.get('lps') ?? '');
  const declines = location === '' && evidence === '';
  const addressErrors: readonly BimiRecordError[] = [
    ...(declines ? [] : locationErrors(location ?? '')),
    ...(evidence === '' || httpsPath(evidence) !== null ? [] : (['evidence-not-https'] as const)),
  ];
  return {
    text,
    location: location === undefined || location === '' ? null : location,
    evidence: evidence === '' ? null : evidence,
    declines,
    avatar: avatar === 'personal' ? 'personal' : 'brand',
    localParts: localParts.filter((part) => LOCAL_PART.test(part)),
    errors:
      list.kind === 'tags' ? addressErrors : [list.error === 'duplicate-tag' ? 'repeated-tag' : 'syntax'],
    warnings: [
      ...(avatar === 'brand' || avatar === 'personal' ? [] : (['avatar-unknown'] as const)),
      ...(localParts.every((part) => LOCAL_PART.test(part)) ? [] : (['local-parts-unknown'] as const)),
    ],
  };
}

function locationErrors(location: string): readonly BimiRecordError[] {
  if (location === '') return ['location-missing'];
  const path = httpsPath(location);
  if (path === null) return ['location-not-https'];
  return OTHER_IMAGE.test(path) ? ['location-not-svg'] : [];
}

function listOf(value: string): readonly string[] {
  return value === '' ? [] : value.split(',').map((part) => trimWsp(part).toLowerCase());
}

const SUB_DOMAIN = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/**
 * The selector of a BIMI-Selector field value (§5.1), in lower case; null where it is none. It counts only where an
 * aligned signature that passes covers the field (§5.5): the caller's business.
 */
export function readBimiSelector(value: string): string | null {
  if (!VERSION.test(trimWsp(value))) return null;
  const list = parseTagList(value);
  const selector = list.kind === 'tags' ? (list.tags.get('s') ?? '') : '';
  return selector.split('.').every((label) => SUB_DOMAIN.test(label)) ? selector.toLowerCase() : null;
}
