/** Remarks about a DKIM key record (RFC 6376 §3.6.1, RFC 8301, RFC 8463). */
import type { KeyPlace } from './key-place.ts';
import type { KeyLint, Say } from './lint-codes.ts';
import { lintPublicKey } from './lint-public-key.ts';
import { type Dialect, readTags, type Tag } from './lint-tags.ts';
import { BLOT, clean, trimmed } from './lint-text.ts';

export type { KeyLintParams } from './lint-codes.ts';

const KEY_RECORD = 'RFC 6376 §3.6.1';
const TAG_LIST = 'RFC 6376 §3.2';
const DNS_RECORD = 'RFC 6376 §3.6.2.2';

/** More is not said about one record: what is left is found once these are mended. */
const MAX_REMARKS = 60;

/** Records of other protocols, which stand here by mistake or by a wildcard. */
const OTHER_VERSION = /^v[ \t]*=[ \t]*(spf\d|spf2\.0|DMARC1|BIMI1|STSv1|TLSRPTv1)(?![A-Za-z0-9])/i;

/** A bare value that can only be a version: `DKIM1`. */
const BARE_VERSION = /^DKIM1?$/i;

const DIALECT: Dialect = {
  names: ['v', 'k', 'h', 's', 't', 'n', 'p', 'g'],
  freeTag: 'n',
  separators: ',:|',
  owner: (value) => (BARE_VERSION.test(value) ? 'v' : isKeyText(value) ? 'p' : null),
};

/** Base64 that is a key by itself begins as DER does, or with the line of its file. */
function isKeyText(value: string): boolean {
  return value.length > 50 && /^(?:MI[GHI]|MFw|MEgC|MCowBQ|-----BEGIN )/.test(value);
}

/** Goes through one record, read as UTF-8; `place` adds what DNS says about it. Total and linear. */
export function lintKey(text: string, place: KeyPlace | null = null): readonly KeyLint[] {
  const found: KeyLint[] = [];
  const say: Say = (code, params, severity, section, { start, end }, edit = null) => {
    found.push({ code, params, severity, start, end, section, edit } as KeyLint);
  };
  lintText(text, say, found);
  if (place !== null) lintPlace(text, place, say, found);
  return found.sort((one, other) => one.start - other.start || one.end - other.end).slice(0, MAX_REMARKS);
}

function lintText(text: string, say: Say, found: KeyLint[]): void {
  const whole = { start: 0, end: text.length };
  const { tags, faults, blotted } = readTags(text, DIALECT);
  const version = OTHER_VERSION.exec(blotted.replaceAll(BLOT, ' ').trimStart())?.[1];
  if (version !== undefined) {
    say('key-other-record', { version }, 'error', KEY_RECORD, whole);
    return;
  }
  if (!tags.some(({ name }) => DIALECT.names.includes(name) && name !== 'n')) {
    say('key-no-record', {}, 'error', KEY_RECORD, whole);
    return;
  }
  for (const { code, params, severity, start, end, edit } of faults) {
    found.push({ code: `key-${code}`, params, severity, start, end, section: TAG_LIST, edit } as KeyLint);
  }
  const named = new Map(tags.map((tag) => [tag.name, tag]));
  lintVersion(text, tags, say);
  lintWords(blotted, named, say);
  const key = named.get('p');
  if (key === undefined) {
    const { end } = trimmed(text, 0, text.length);
    say('key-missing-p', {}, 'error', KEY_RECORD, { start: end, end });
  } else if (key.value === '') say('key-revoked', {}, 'warn', KEY_RECORD, key);
  else lintPublicKey(blotted, key, named.get('k') ?? null, say);
}

/** `v=` may be left out; where it stands it stands first. */
function lintVersion(text: string, tags: readonly Tag[], say: Say): void {
  const index = tags.findIndex(({ name }) => name === 'v');
  const tag = tags[index];
  if (tag === undefined) return;
  const place = { start: tag.valueStart, end: tag.valueEnd };
  if (tag.value !== 'DKIM1') {
    // What begins as DKIM does was meant to be it; another version is somebody's own.
    const isMeant = /^"?DK?IM[ .-]?1?(?:\.0)?$/i.test(tag.value) || tag.value === '';
    const edit = isMeant ? { ...place, text: 'DKIM1' } : null;
    say('key-version', { version: tag.value }, 'error', KEY_RECORD, place, edit);
  } else if (index > 0) {
    const start = Math.min(...tags.map((one) => one.start));
    const front = text.slice(start, tag.start).trimEnd().replace(/;$/, '');
    const edit = { start, end: tag.end, text: `v=DKIM1; ${front}` };
    say('key-version-place', {}, 'error', KEY_RECORD, tag, edit);
  }
}

/** The tags that hold words: `h=`, `s=`, `t=`, and `g=` of the past. */
function lintWords(text: string, named: ReadonlyMap<string, Tag>, say: Say): void {
  for (const name of ['k', 'h', 's', 't']) {
    const tag = named.get(name);
    if (tag?.value === '') {
      say('key-empty-tag', { tag: name }, name === 't' ? 'warn' : 'error', KEY_RECORD, tag, tag.removal);
    }
  }
  lintHashes(text, named.get('h'), say);
  lintServices(named.get('s'), text, say);
  for (const flag of wordsOf(text, named.get('t'))) {
    if (flag.word === 'y') say('key-testing', {}, 'warn', KEY_RECORD, flag);
    else if (flag.word === 's') say('key-exact', {}, 'info', KEY_RECORD, flag);
    else say('key-flag-unknown', { flag: flag.word }, 'info', KEY_RECORD, flag);
  }
  const granularity = named.get('g');
  if (granularity !== undefined) {
    const isIdle = granularity.value === '' || granularity.value === '*';
    say('key-granularity', {}, 'info', TAG_LIST, granularity, isIdle ? granularity.removal : null);
  }
}

function lintHashes(text: string, tag: Tag | undefined, say: Say): void {
  const hashes = wordsOf(text, tag);
  const isSha1Alone = hashes.length > 0 && hashes.every(({ word }) => word === 'sha1');
  for (const hash of hashes) {
    const { start, end, word } = hash;
    if (word === 'sha256') continue;
    if (word === 'sha1') {
      if (!isSha1Alone) say('key-sha1', {}, 'info', 'RFC 8301 §3.1', hash);
      // Nothing signed with SHA-1 counts any more, so that SHA-256 can only gain.
      else say('key-sha1-only', {}, 'error', 'RFC 8301 §3.1', hash, { start, end, text: 'sha256' });
      continue;
    }
    const isMeant = /^(?:rsa-)?sha-?2(?:-?56)?$/.test(word) && !hashes.some((one) => one.word === 'sha256');
    const severity = hashes.some((one) => one.word === 'sha256') ? 'info' : 'error';
    const edit = isMeant ? { start, end, text: 'sha256' } : null;
    say('key-hash-unknown', { hash: word }, severity, KEY_RECORD, hash, edit);
  }
}

function lintServices(tag: Tag | undefined, text: string, say: Say): void {
  const services = wordsOf(text, tag);
  const [first] = services;
  if (tag === undefined || first === undefined) return;
  if (services.some(({ word }) => word === '*' || word === 'email')) return;
  const isMeant = services.length === 1 && /^e?-?mails?$/.test(first.word);
  const edit = isMeant ? { start: first.start, end: first.end, text: 'email' } : null;
  say('key-service', { service: tag.value }, 'error', KEY_RECORD, tag, edit);
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words between colons, in lower case, with their places; empty ones are left out. */
function wordsOf(text: string, tag: Tag | undefined): readonly Word[] {
  if (tag === undefined) return [];
  const words: Word[] = [];
  let from = tag.valueStart;
  for (const part of text.slice(tag.valueStart, tag.valueEnd).split(':')) {
    const word = clean(part).toLowerCase();
    if (word !== '') words.push({ word, ...trimmed(text, from, from + part.length) });
    from += part.length + 1;
  }
  return words;
}

/** What DNS adds: other records beside it, a wildcard, an alias. */
function lintPlace(text: string, place: KeyPlace, say: Say, found: readonly KeyLint[]): void {
  const whole = { start: 0, end: text.length };
  const { texts, domain, alias, isWildcard } = place;
  if (texts.length > 1) say('key-several-records', { count: texts.length }, 'error', DNS_RECORD, whole);
  if (alias !== null) say('key-alias', { domain: alias }, 'info', 'RFC 1034 §3.6.2', whole);
  if (isWildcard !== true) return;
  // A withdrawn key for every selector says that the domain has none: it harms nobody.
  const isRevoked = found.some(({ code }) => code === 'key-revoked');
  if (isRevoked) say('key-wildcard-revoked', { domain }, 'info', 'RFC 6376 §3.6.1', whole);
  else say('key-wildcard', { domain }, 'warn', 'RFC 6376 §3.6.2.1', whole);
}
