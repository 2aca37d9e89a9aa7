/** Remarks about `p=` and the type that `k=` gives it (RFC 6376 §3.6.1, RFC 8301 §3.2, RFC 8463 §4.2). */

import { MIN_RSA_BITS } from '../limits.ts';
import type { Edit } from '../lint/lint.ts';
import { decodeBase64 } from '../octets.ts';
import type { Say } from './lint-codes.ts';
import {
  ED25519_PREFIX_CHARACTERS,
  isWholeRsaKey,
  type Material,
  padded,
  readMaterial,
  rescuedKey,
} from './lint-material.ts';
import type { Tag } from './lint-tags.ts';
import { isBlank } from './lint-text.ts';

const KEY_RECORD = 'RFC 6376 §3.6.1';
const ED25519_KEY = 'RFC 8463 §4.2';
const RSA_LENGTH = 'RFC 8301 §3.2';

/** RFC 8301 §3.2: signers should use at least so many, and verifiers need not know more than the other. */
const RECOMMENDED_RSA_BITS = 2048;
const MAX_RSA_BITS = 4096;

const PEM = /^-{2,}BEGIN ([A-Z0-9 ]{1,40})-{2,}/;
const PEM_LINE = /-{2,}(?:BEGIN|END) [A-Z0-9 ]{1,40}-{2,}/g;

/** `text` has its strays blotted out; `key` is not empty. */
export function lintPublicKey(text: string, key: Tag, type: Tag | null, say: Say): void {
  const value = { start: key.valueStart, end: key.valueEnd };
  const pem = PEM.exec(key.value)?.[1];
  if (pem !== undefined) {
    if (pem.includes('PRIVATE')) say('key-private', {}, 'error', KEY_RECORD, value);
    else {
      const inner = key.value.replace(PEM_LINE, '').replace(/[ \t\r\n]+/g, '');
      const edit = isWholeRsaKey(inner) ? { ...value, text: padded(inner) } : null;
      say('key-pem', {}, 'error', KEY_RECORD, value, edit);
    }
    return;
  }
  const bad = firstBad(text, value.start, value.end);
  if (bad !== null) {
    const rescued = rescuedKey(key.value);
    const edit = rescued === null ? null : { ...value, text: rescued };
    const character = String.fromCodePoint(text.codePointAt(bad) ?? 0);
    const place = { start: bad, end: bad + character.length };
    say('key-broken-base64', { character }, 'error', KEY_RECORD, place, edit);
    return;
  }
  lintOctets(key, type, say);
}

function lintOctets(key: Tag, type: Tag | null, say: Say): void {
  const value = { start: key.valueStart, end: key.valueEnd };
  const compact = key.value.replace(/[ \t\r\n]+/g, '');
  const bare = compact.replace(/=+$/, '');
  const named = type === null || type.value === '' ? 'rsa' : type.value.toLowerCase();
  // One character too many is no octet: what stands before it may still tell what was meant.
  const isOdd = bare.length % 4 === 1;
  const octets = decodeBase64(isOdd ? bare.slice(0, -1) : bare) ?? new Uint8Array(0);
  const material = readMaterial(octets, named === 'ed25519');
  if (isOdd && material.kind !== 'cut') {
    say('key-base64-length', {}, 'error', KEY_RECORD, { start: value.end, end: value.end });
    return;
  }
  if (!isOdd && compact !== padded(bare) && material.kind !== 'cut') {
    const edit = { ...value, text: padded(bare) };
    say('key-padding', {}, 'warn', KEY_RECORD, { start: value.end, end: value.end }, edit);
  }
  lintType(key, type, named, material, say);
  lintMaterial(value, compact, named, material, say);
}

/** What `k=` says, against what `p=` holds. */
function lintType(key: Tag, type: Tag | null, named: string, material: Material, say: Say): void {
  const held = material.kind === 'rsa' ? 'rsa' : isEd25519(material) ? 'ed25519' : null;
  if (named === held) return;
  const place = type === null ? { start: key.start, end: key.start } : valuePlace(type);
  const edit = held === null ? null : typeEdit(type, held, place);
  if (named !== 'rsa' && named !== 'ed25519') {
    say('key-unknown-type', { type: named }, 'error', KEY_RECORD, place, edit);
  } else if (held !== null) {
    const section = held === 'ed25519' ? ED25519_KEY : KEY_RECORD;
    say('key-wrong-type', { type: named, held }, 'error', section, type === null ? key : place, edit);
  }
}

function typeEdit(type: Tag | null, held: string, place: { start: number; end: number }): Edit {
  return { ...place, text: type === null ? `k=${held}; ` : held };
}

function isEd25519({ kind }: Material): boolean {
  return kind === 'ed25519' || kind === 'wrapped';
}

function valuePlace({ valueStart, valueEnd }: Tag): { start: number; end: number } {
  return { start: valueStart, end: valueEnd };
}

function lintMaterial(
  value: { readonly start: number; readonly end: number },
  compact: string,
  named: string,
  material: Material,
  say: Say,
): void {
  switch (material.kind) {
    case 'rsa':
      lintBits(material.bits, value, say);
      return;
    case 'private':
      say('key-private', {}, 'error', KEY_RECORD, value);
      return;
    case 'cut': {
      const { octets, expected } = material;
      say('key-cut', { octets, expected }, 'error', KEY_RECORD, { start: value.end, end: value.end });
      return;
    }
    case 'wrapped': {
      const edit = { ...value, text: padded(compact.slice(ED25519_PREFIX_CHARACTERS)) };
      say('key-wrapped', {}, 'error', ED25519_KEY, value, edit);
      return;
    }
    case 'other':
      if (named === 'ed25519') {
        say('key-wrong-length', { octets: material.octets }, 'error', ED25519_KEY, value);
      } else say('key-not-a-key', {}, 'error', KEY_RECORD, value);
      return;
    case 'ed25519':
  }
}

function lintBits(bits: number, value: { readonly start: number; readonly end: number }, say: Say): void {
  if (bits < MIN_RSA_BITS) say('key-too-short', { bits }, 'error', RSA_LENGTH, value);
  else if (bits < RECOMMENDED_RSA_BITS) say('key-short', { bits }, 'warn', RSA_LENGTH, value);
  else if (bits > MAX_RSA_BITS) say('key-long', { bits }, 'warn', RSA_LENGTH, value);
}

/** The first character that base64 does not have, or padding that something follows (RFC 4648 §4); null for none. */
function firstBad(text: string, start: number, end: number): number | null {
  let padding: number | null = null;
  let count = 0;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (isBlank(character)) continue;
    if (character === '=') {
      padding ??= at;
      count++;
      // Two at most can end it.
      if (count > 2) return at;
    } else if (padding !== null) return padding;
    else if (!/^[A-Za-z0-9+/]$/.test(character)) return at;
  }
  return padding === start ? start : null;
}
