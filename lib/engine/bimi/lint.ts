/** Remarks about a BIMI record (draft-brand-indicators-for-message-identification §4.3). */
import type { PrefixedFaults } from '../dkim/lint-faults.ts';
import { type Dialect, readTags, type Tag } from '../dkim/lint-tags.ts';
import { BLOT, clean, trimmed } from '../dkim/lint-text.ts';
import { httpsPath } from '../dmarc/uri.ts';
import type { Edit, LintOf, LintSeverity } from '../lint/lint.ts';
import { parseBimiRecord } from './record.ts';

type Empty = Record<never, never>;

export interface BimiLintParams extends PrefixedFaults<'bimi'> {
  'bimi-quotes': Empty;
  'bimi-escape': Empty;
  'bimi-invisible': { character: string };
  'bimi-separator': Empty;
  'bimi-extra-separator': Empty;
  'bimi-equals': { tag: string };
  'bimi-bare-value': { tag: string };
  'bimi-not-a-tag': { text: string };
  'bimi-tag-case': { tag: string; name: string };
  'bimi-unknown-tag': { tag: string };
  'bimi-repeated-tag': { tag: string };
  /** A text of another kind. */
  'bimi-no-record': Empty;
  'bimi-version': { version: string };
  'bimi-no-version': Empty;
  'bimi-version-place': Empty;
  /** White space in front of the version. */
  'bimi-space-first': Empty;
  /** An empty `l=` without `a=`: the domain wants no logo. */
  'bimi-declines': Empty;
  'bimi-no-location': Empty;
  'bimi-location-list': Empty;
  'bimi-location-not-https': Empty;
  'bimi-location-not-svg': Empty;
  'bimi-evidence-not-https': Empty;
  'bimi-no-evidence': Empty;
  'bimi-avatar-unknown': { text: string };
  'bimi-local-part': { text: string };
}

export type BimiLint = LintOf<BimiLintParams>;

type Say = <C extends keyof BimiLintParams>(
  code: C,
  params: BimiLintParams[C],
  severity: LintSeverity,
  section: string,
  place: Place,
  edit?: Edit | null,
) => void;

interface Place {
  readonly start: number;
  readonly end: number;
}

const RECORD = 'BIMI draft §4.3';
const DECLINED = 'BIMI draft §4.3.1';
const IMAGE = 'BIMI draft §4.3.2';

/** More is not said about one record: what is left is found once these are mended. */
const MAX_REMARKS = 60;

/** Records of other protocols, which stand here by mistake or by a wildcard. */
const OTHER_VERSION = /^v[ \t]*=[ \t]*(?!BIMI)[A-Za-z]/i;

const DIALECT: Dialect = {
  names: ['v', 'l', 'a', 'avp', 'lps'],
  freeTag: null,
  // A colon may stand in an address.
  separators: ',|',
  owner: (value) => {
    if (/^BIMI1?$/i.test(value)) return 'v';
    const path = httpsPath(value);
    return path === null ? null : (SUFFIXES.find(([, suffix]) => suffix.test(path))?.[0] ?? null);
  },
};

/** What an address without its tag can only be. */
const SUFFIXES = [
  ['l', /\.svg$/i],
  ['a', /\.pem$/i],
] as const;

/** Goes through one record, read as UTF-8. Total and linear. */
export function lintBimi(text: string): readonly BimiLint[] {
  const found: BimiLint[] = [];
  const say: Say = (code, params, severity, section, { start, end }, edit = null) => {
    found.push({ code, params, severity, start, end, section, edit } as BimiLint);
  };
  const { tags, faults, blotted } = readTags(text, DIALECT);
  const named = new Map(tags.map((tag) => [tag.name, tag]));
  const isOther = OTHER_VERSION.test(blotted.replaceAll(BLOT, ' ').trimStart());
  if (isOther || !(named.has('v') || named.has('l'))) {
    say('bimi-no-record', {}, 'error', RECORD, { start: 0, end: text.length });
    return found;
  }
  for (const { code, params, severity, start, end, edit } of faults) {
    found.push({ code: `bimi-${code}`, params, severity, start, end, section: RECORD, edit } as BimiLint);
  }
  lintVersion(text, blotted, tags, say);
  lintLocation(text, named, say);
  lintPreferences(blotted, named, say);
  return found.sort((one, other) => one.start - other.start || one.end - other.end).slice(0, MAX_REMARKS);
}

/** `v=BIMI1` stands first, precisely so: nothing else makes a text a record. */
function lintVersion(text: string, blotted: string, tags: readonly Tag[], say: Say): void {
  const first = trimmed(blotted, 0, text.length).start;
  const index = tags.findIndex(({ name }) => name === 'v');
  const tag = tags[index];
  if (tag === undefined) {
    const edit = { start: first, end: first, text: 'v=BIMI1; ' };
    say('bimi-no-version', {}, 'error', RECORD, { start: first, end: first }, edit);
    return;
  }
  const place = { start: tag.valueStart, end: tag.valueEnd };
  if (tag.value !== 'BIMI1') {
    const isMeant = tag.value === '' || /^BIMI[ .-]?1?(?:\.0)?$/i.test(tag.value);
    const edit = isMeant ? { ...place, text: 'BIMI1' } : null;
    say('bimi-version', { version: tag.value }, 'error', RECORD, place, edit);
  } else if (index > 0) {
    const front = text.slice(first, tag.start).trimEnd().replace(/;$/, '');
    const edit = { start: first, end: tag.end, text: `v=BIMI1; ${front}` };
    say('bimi-version-place', {}, 'error', RECORD, tag, edit);
  }
  const space = /^[ \t\r\n]+/.exec(text)?.[0];
  if (space !== undefined) {
    const gap = { start: 0, end: space.length };
    say('bimi-space-first', {}, 'error', RECORD, gap, { ...gap, text: '' });
  }
}

/** Where logo and certificate are said to be. */
function lintLocation(text: string, named: ReadonlyMap<string, Tag>, say: Say): void {
  const [logo, evidence] = [named.get('l'), named.get('a')];
  const certificate = evidence?.value ?? '';
  if (logo?.value === '' && certificate === '') {
    say('bimi-declines', {}, 'info', DECLINED, logo);
    return;
  }
  if (logo === undefined || logo.value === '') {
    const { end } = trimmed(text, 0, text.length);
    say('bimi-no-location', {}, 'error', RECORD, logo ?? { start: end, end });
  } else lintLogo(logo, say);
  if (evidence === undefined || certificate === '') {
    // A record that has no logo has nothing to be certified.
    if (logo !== undefined) say('bimi-no-evidence', {}, 'info', RECORD, evidence ?? logo);
  } else if (httpsPath(certificate) === null) {
    say('bimi-evidence-not-https', {}, 'error', RECORD, valuePlace(evidence), httpsEdit(evidence));
  }
}

function lintLogo(logo: Tag, say: Say): void {
  const place = valuePlace(logo);
  const path = httpsPath(logo.value);
  if (path !== null) {
    const errors = parseBimiRecord(`v=BIMI1; l=${logo.value}`)?.errors ?? [];
    if (errors.includes('location-not-svg')) say('bimi-location-not-svg', {}, 'error', IMAGE, place);
    return;
  }
  const several = logo.value.split(',').map((one) => httpsPath(one.trim()));
  if (several.length > 1 && several.every((one) => one !== null)) {
    say('bimi-location-list', {}, 'error', RECORD, place);
  } else say('bimi-location-not-https', {}, 'error', RECORD, place, httpsEdit(logo));
}

/** An address with `https://` in the place of `http://` or of nothing; null where that makes none. */
function httpsEdit(tag: Tag): Edit | null {
  const [scheme = ''] = /^(?:https?:\/{0,2}|\/\/)/i.exec(tag.value) ?? [];
  const secure = `https://${tag.value.slice(scheme.length)}`;
  const path = httpsPath(secure);
  return path === null || path === '' ? null : { ...valuePlace(tag), text: secure };
}

/** `avp=` and `lps=`: what is none of theirs is ignored. */
function lintPreferences(text: string, named: ReadonlyMap<string, Tag>, say: Say): void {
  const avatar = named.get('avp');
  if (avatar !== undefined && avatar.value !== 'brand' && avatar.value !== 'personal') {
    const meant = avatar.value.toLowerCase();
    const isMeant = meant === 'brand' || meant === 'personal';
    const edit = isMeant ? { ...valuePlace(avatar), text: meant } : null;
    say('bimi-avatar-unknown', { text: avatar.value }, 'error', RECORD, valuePlace(avatar), edit);
  }
  const localParts = named.get('lps');
  if (localParts === undefined || localParts.value === '') return;
  let from = localParts.valueStart;
  for (const part of text.slice(localParts.valueStart, localParts.valueEnd).split(',')) {
    const word = clean(part);
    const place = trimmed(text, from, from + part.length);
    const warnings = parseBimiRecord(`v=BIMI1; l=; lps=${word}`)?.warnings ?? [];
    if (word === '' || warnings.length > 0) say('bimi-local-part', { text: word }, 'error', RECORD, place);
    from += part.length + 1;
  }
}

function valuePlace({ valueStart, valueEnd }: Tag): Place {
  return { start: valueStart, end: valueEnd };
}
