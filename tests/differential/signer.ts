/** A signer for generated messages that shares no code with either engine (RFC 6376 §3.4, §3.7). Text is binary strings. */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { keys } from '../fixtures/sample-source/sample.ts';

export type Form = 'simple' | 'relaxed';
export type Hash = 'sha1' | 'sha256';

/** Few keys for all cases. The short ones are never published: which they are makes no difference. */
export const PAIRS = {
  rsa2048: keys.rsaA,
  other2048: keys.rsaB,
  rsa1024: keys.rsa1024,
  rsa1023: generateKeyPairSync('rsa', { modulusLength: 1023 }).privateKey,
  rsa512: generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey,
  ed25519: keys.ed25519,
};

export type KeyName = keyof typeof PAIRS;

/** A field with its value in the named form, with its line end. */
export function fieldIn(form: Form, raw: string): string {
  if (form === 'simple') return `${raw}\r\n`;
  const [name = '', ...rest] = raw.split(':');
  const value = rest
    .join(':')
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ');
  return `${name.toLowerCase().replace(/[ \t]+$/, '')}:${value.replace(/^ | $/g, '')}\r\n`;
}

export function bodyIn(form: Form, body: string): string {
  const lines = body.split('\r\n');
  const kept =
    form === 'simple' ? lines : lines.map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (kept.at(-1) === '') kept.pop();
  if (kept.length === 0) return form === 'simple' ? '\r\n' : '';
  return `${kept.join('\r\n')}\r\n`;
}

/** The fields that `h=` names, in the named form, each name from the bottom up (§5.4.2). */
export function signedFields(fields: readonly string[], tags: Tags, form: Form): string {
  const names = tags.find(([tag]) => tag === 'h')?.[1].split(':') ?? [];
  const left = fields.toReversed();
  const taken = names.flatMap((name) => {
    const at = left.findIndex((raw) => nameOf(raw) === name.trim().toLowerCase());
    return at === -1 ? [] : left.splice(at, 1);
  });
  return taken.map((raw) => fieldIn(form, raw)).join('');
}

export function nameOf(raw: string): string {
  return raw.slice(0, raw.indexOf(':')).trim().toLowerCase();
}

export function digest(hash: Hash, text: string): string {
  return createHash(hash).update(text, 'latin1').digest('base64');
}

/** `b=` in base64. */
export function signText(key: KeyName, hash: Hash, text: string): string {
  const octets = Buffer.from(text, 'latin1');
  if (key === 'ed25519') {
    // RFC 8463 §3: Ed25519 signs the digest.
    return sign(null, createHash('sha256').update(octets).digest(), PAIRS[key]).toString('base64');
  }
  return sign(hash, octets, PAIRS[key]).toString('base64');
}

/** `p=` in base64; `bare` is RSAPublicKey instead of SubjectPublicKeyInfo. */
export function publicKey(key: KeyName, bare = false): string {
  return known(PAIRS[key], bare);
}

const exported = new Map<string, string>();

function known(pair: KeyObject, bare: boolean): string {
  const isShort = pair.asymmetricKeyType === 'ed25519';
  const name = `${bare} ${Object.values(PAIRS).indexOf(pair)}`;
  const found = exported.get(name);
  if (found !== undefined) return found;
  const der = createPublicKey(pair).export({ type: bare && !isShort ? 'pkcs1' : 'spki', format: 'der' });
  // RFC 8463 §4.2: the bare 32 octets, which end the SubjectPublicKeyInfo.
  const text = (isShort ? der.subarray(-32) : der).toString('base64');
  exported.set(name, text);
  return text;
}

/** How a tag list is written. */
export interface Layout {
  readonly separator: string;
  readonly equals: string;
  /** Stands between pieces of a long value. */
  readonly fold: string;
  readonly last: string;
}

export const PLAIN: Layout = { separator: '; ', equals: '=', fold: '', last: '' };

export type Tags = readonly (readonly [name: string, value: string])[];

/** Stands for the value of `b=` until it is known. */
const UNSIGNED = '\0';

/**
 * The field with its signature: `data` is signed first, then the field itself without the value of `b=`, the white
 * space around it and its line end (§3.7).
 */
export function signedField(
  name: string,
  tags: Tags,
  { separator, equals, fold, last }: Layout,
  form: Form,
  data: string,
  key: KeyName,
  hash: Hash,
): string {
  const list = tags.map(([tag, value]) => `${tag}${equals}${tag === 'b' ? UNSIGNED : value}`);
  const text = `${name}: ${list.join(separator)}${last}`;
  const emptied = text.replace(/[ \t\r\n]*\0[ \t\r\n]*/, '');
  const signature = signText(key, hash, data + fieldIn(form, emptied).slice(0, -2));
  return text.replace(UNSIGNED, (signature.match(/.{1,60}/g) ?? []).join(fold));
}
