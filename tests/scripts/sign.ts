// Signers for DKIM (RFC 6376, RFC 8463) and ARC (RFC 8617) that share no code with the engine: a second opinion.
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';

export type Canonicalization = 'relaxed' | 'simple';

interface SignOptions {
  readonly key: KeyObject;
  /** `d=` */
  readonly domain: string;
  /** `s=` */
  readonly selector: string;
  /** `h=`, in this order; a name that stands twice signs the next instance above, or its absence (over-signing). */
  readonly headers: readonly string[];
  readonly header?: Canonicalization;
  readonly body?: Canonicalization;
  /** `t=`, Unix seconds */
  readonly time?: number;
  /** `x=`, Unix seconds */
  readonly expires?: number;
  /** `l=`, octets of the canonical body */
  readonly length?: number;
  /** `i=` */
  readonly identity?: string;
}

interface Field {
  readonly name: string;
  /** The field as it stands, without its last CRLF. */
  readonly raw: string;
}

const WIDTH = 78;
const RESULTS = 'arc-authentication-results';

/** Octets as a string of the same length, so that string functions work on bytes. */
function octets(message: string | Uint8Array): string {
  return (typeof message === 'string' ? Buffer.from(message, 'utf8') : Buffer.from(message)).toString(
    'latin1',
  );
}

function split(message: string): { fields: Field[]; body: string } {
  const end = message.indexOf('\r\n\r\n');
  const head = end < 0 ? message.replace(/\r\n$/, '') : message.slice(0, end);
  const fields = head
    .split(/\r\n(?![\t ])/)
    .map((raw) => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }));
  return { fields, body: end < 0 ? '' : message.slice(end + 4) };
}

function canonicalField(raw: string, mode: Canonicalization): string {
  if (mode === 'simple') return raw;
  const colon = raw.indexOf(':');
  const name = raw.slice(0, colon).trim().toLowerCase();
  const value = raw
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[\t ]+/g, ' ')
    // Not trim(): the octet A0, which ends many a UTF-8 letter, is no white space here.
    .replace(/^ | $/g, '');
  return `${name}:${value}`;
}

function canonicalBody(body: string, mode: Canonicalization): string {
  const lines = body.split('\r\n');
  const reduced =
    mode === 'simple' ? lines : lines.map((line) => line.replace(/[\t ]+/g, ' ').replace(/ $/, ''));
  while (reduced.at(-1) === '') reduced.pop();
  // An empty body is one CRLF under simple and nothing at all under relaxed (RFC 6376 §3.4.3, §3.4.4).
  if (reduced.length === 0) return mode === 'simple' ? '\r\n' : '';
  return `${reduced.join('\r\n')}\r\n`;
}

/** `bh=`: the SHA-256 of the canonical body, in base64. */
export function bodyHash(message: string | Uint8Array, mode: Canonicalization, length?: number): string {
  const body = canonicalBody(split(octets(message)).body, mode);
  return createHash('sha256')
    .update(body.slice(0, length ?? body.length), 'latin1')
    .digest('base64');
}

/** What a signature takes in of the fields that `h=` names; a missing instance adds nothing (RFC 6376 §5.4.2). */
function signedHeader(fields: readonly Field[], names: readonly string[], mode: Canonicalization): string {
  // Each name takes its instances from the bottom up.
  const left = [...fields].reverse();
  const taken = names.flatMap((name) => {
    const at = left.findIndex((field) => field.name === name.toLowerCase());
    return at >= 0 ? left.splice(at, 1) : [];
  });
  return taken.map(({ raw }) => `${canonicalField(raw, mode)}\r\n`).join('');
}

/** Tags on folded lines; `h=` may break after a colon, and the empty `b=` begins a line of its own. */
function fold(tags: readonly string[], headers: readonly string[], hash: string): string {
  const words = [
    ...tags.map((tag) => ` ${tag};`),
    ...headers.map((name, i) => `${i === 0 ? ' h=' : ''}${name}${i === headers.length - 1 ? ';' : ':'}`),
    ` bh=${hash};`,
  ];
  let text = 'DKIM-Signature:';
  let column = text.length;
  for (const word of words) {
    if (column + word.length > WIDTH) {
      text += `\r\n\t${word.trimStart()}`;
      column = 8 + word.trimStart().length;
    } else {
      text += word;
      column += word.length;
    }
  }
  return `${text}\r\n\tb=`;
}

/** Where a signature is to stand: after the `b=` that has no value yet. */
const EMPTY_B = /[;\s]b=(?=;|$)/;

/** The field with its empty `b=` filled in: it signs `before`, then the field itself. `lines` breaks the base64. */
function signField(
  field: string,
  before: string,
  key: KeyObject,
  mode: Canonicalization,
  lines: (base64: string) => string,
): string {
  const bytes = Buffer.from(before + canonicalField(octets(field), mode), 'latin1');
  // RFC 8463 §3: Ed25519 signs the SHA-256 digest of the header data, not the data.
  const made =
    key.asymmetricKeyType === 'ed25519'
      ? sign(null, createHash('sha256').update(bytes).digest(), key)
      : sign('sha256', bytes, key);
  return field.replace(EMPTY_B, (tag) => tag + lines(made.toString('base64')));
}

/** The DKIM-Signature field for a message with CRLF line ends, folded, without its last CRLF. */
export function dkimSignature(message: string | Uint8Array, options: SignOptions): string {
  const { key, headers, header = 'relaxed', body = 'relaxed', length } = options;
  const optional: readonly [string, string | number | undefined][] = [
    ['i', options.identity],
    ['t', options.time],
    ['x', options.expires],
    ['l', length],
  ];
  const tags = [
    'v=1',
    `a=${key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa'}-sha256`,
    `c=${header}/${body}`,
    `d=${options.domain}`,
    `s=${options.selector}`,
    ...optional.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
  ];
  const unsigned = fold(tags, headers, bodyHash(message, body, length));
  const before = signedHeader(split(octets(message)).fields, headers, header);
  const lines = (base64: string) => (base64.match(/.{1,64}/g) ?? []).join('\r\n\t ');
  return signField(unsigned, before, key, header, lines);
}

/** The fields of an ARC set without their line ends, the two signatures with an empty `b=`. */
interface UnsignedSet {
  readonly seal: string;
  readonly messageSignature: string;
  readonly results: string;
}

/**
 * The set signed for a message (RFC 8617 §5.1), its fields from the top: seal, message signature, results. `h=` and
 * `cv=` count as they are written, and the sets that the message has are sealed as they stand, right or wrong.
 */
export function arcSet(
  message: string | Uint8Array,
  { seal, messageSignature, results }: UnsignedSet,
  key: KeyObject,
  lines: (base64: string) => string = (base64) => base64,
): readonly [seal: string, messageSignature: string, results: string] {
  const names = /[;\s]h=([^;]*)/.exec(messageSignature)?.[1]?.replace(/\s/g, '').split(':') ?? [];
  const { fields } = split(octets(message));
  // The message signature may name the results, which stand above the message by now (§4.1.2).
  const header = signedHeader([{ name: RESULTS, raw: octets(results) }, ...fields], names, 'relaxed');
  const signed = signField(messageSignature, header, key, 'relaxed', lines);
  const earlier = /[;\s]cv=fail\b/.test(seal) ? [] : setsOf(fields);
  const chain = [...earlier, octets(results), octets(signed)];
  const below = chain.map((raw) => `${canonicalField(raw, 'relaxed')}\r\n`).join('');
  return [signField(seal, below, key, 'relaxed', lines), signed, results];
}

/** The fields of all sets in the order in which a seal takes them in (RFC 8617 §5.1.1). */
function setsOf(fields: readonly Field[]): readonly string[] {
  const order = [RESULTS, 'arc-message-signature', 'arc-seal'];
  const place = ({ name, raw }: Field) =>
    Number(/[:;\s]i=(\d+)/.exec(raw)?.[1]) * order.length + order.indexOf(name);
  return fields
    .filter(({ name }) => order.includes(name))
    .sort((one, other) => place(one) - place(other))
    .map(({ raw }) => raw);
}

/** The text of the TXT record at `selector._domainkey.domain` for a key. */
export function keyRecord(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  // RFC 8463 §4.2: the bare 32 octets, which end the SubjectPublicKeyInfo.
  if (key.asymmetricKeyType === 'ed25519')
    return `v=DKIM1; k=ed25519; p=${der.subarray(-32).toString('base64')}`;
  return `v=DKIM1; k=rsa; p=${der.toString('base64')}`;
}
