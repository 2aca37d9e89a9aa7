// A DKIM signer (RFC 6376, RFC 8463) that shares no code with the engine, so that tests have a second opinion.
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

/** The fields that `h=` names, each name from the bottom up (RFC 6376 §5.4.2); a missing instance adds nothing. */
function signedFields(fields: readonly Field[], names: readonly string[]): Field[] {
  const left = [...fields].reverse();
  const taken: Field[] = [];
  for (const name of names) {
    const at = left.findIndex((field) => field.name === name.toLowerCase());
    if (at >= 0) taken.push(...left.splice(at, 1));
  }
  return taken;
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

function signature(data: string, key: KeyObject): string {
  const bytes = Buffer.from(data, 'latin1');
  // RFC 8463 §3: Ed25519 signs the SHA-256 digest of the header data, not the data.
  if (key.asymmetricKeyType === 'ed25519')
    return sign(null, createHash('sha256').update(bytes).digest(), key).toString('base64');
  return sign('sha256', bytes, key).toString('base64');
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
  const { fields } = split(octets(message));
  const data = [
    ...signedFields(fields, headers).map((field) => `${canonicalField(field.raw, header)}\r\n`),
    canonicalField(unsigned, header),
  ].join('');
  const lines = signature(data, key).match(/.{1,64}/g) ?? [];
  return `${unsigned}${lines.join('\r\n\t ')}`;
}

/** The text of the TXT record at `selector._domainkey.domain` for a key. */
export function keyRecord(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  // RFC 8463 §4.2: the bare 32 octets, which end the SubjectPublicKeyInfo.
  if (key.asymmetricKeyType === 'ed25519')
    return `v=DKIM1; k=ed25519; p=${der.subarray(-32).toString('base64')}`;
  return `v=DKIM1; k=rsa; p=${der.toString('base64')}`;
}
