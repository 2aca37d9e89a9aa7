/** A message and the zone of its keys, made from a description of its signatures. Text is binary strings. */
import {
  bodyIn,
  digest,
  type Form,
  type Hash,
  type KeyName,
  type Layout,
  publicKey,
  signedField,
  signedFields,
  type Tags,
} from './signer.ts';

export interface SignatureSpec {
  readonly key: KeyName;
  readonly hash: Hash;
  /** As written in `d=`, and as DNS knows it. */
  readonly domain: readonly [written: string, name: string];
  readonly forms: readonly [Form, Form];
  readonly writtenForms: string | null;
  readonly names: readonly string[];
  readonly colon: string;
  /** Octets of the canonical body left out (or, below zero, too many); null for no `l=`. */
  readonly unsignedTail: number | null;
  /** Tags to add or change; null takes one away. */
  readonly edits: readonly (readonly [tag: string, value: string | null])[];
  readonly layout: Layout;
  /** Whether `b=` stands before the other tags. */
  readonly early: boolean;
  readonly record: KeyRecordSpec;
}

export interface KeyRecordSpec {
  readonly kind: 'published' | 'missing' | 'empty' | 'SERVFAIL' | 'TIMEOUT';
  /** Tags before `p=`; `%` stands for the type of the key. */
  readonly tags: string;
  readonly p: 'own' | 'bare' | 'spaced' | 'another' | 'revoked' | 'garbage' | 'not-base64';
  /** Records beside it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Change {
  readonly name: string;
  readonly apply: (fields: readonly string[], body: string) => readonly [readonly string[], string];
}

export interface DkimCase {
  readonly fields: readonly string[];
  readonly body: string;
  readonly lineEnd: 'crlf' | 'lf' | 'mixed';
  readonly signatures: readonly SignatureSpec[];
  readonly change: Change;
}

export interface Built {
  readonly text: string;
  readonly zone: Readonly<Record<string, unknown>>;
}

/** Signs from the last signature to the first, so that the first stands on top. */
export function build({ fields, body, lineEnd, signatures, change }: DkimCase): Built {
  let signed = fields;
  const zone: Record<string, unknown> = {};
  for (const [index, spec] of signatures.entries()) {
    const selector = `s${index}`;
    signed = [signatureField(signed, body, selector, spec), ...signed];
    const entry = zoneEntry(spec);
    if (entry !== null) zone[`${selector}._domainkey.${spec.domain[1]}`] = entry;
  }
  const [sent, content] = change.apply(signed, body);
  const text = `${sent.join('\r\n')}\r\n\r\n${content}`;
  if (lineEnd === 'lf') return { text: text.replaceAll('\r\n', '\n'), zone };
  // One bare line feed, in the body.
  return { text: lineEnd === 'mixed' ? text.replace(/\r\n(?=[^\r\n]*$)/, '\n') : text, zone };
}

function signatureField(
  fields: readonly string[],
  body: string,
  selector: string,
  spec: SignatureSpec,
): string {
  const { key, hash, domain, forms, writtenForms, names, colon, unsignedTail, edits, layout, early } = spec;
  const content = bodyIn(forms[1], body);
  const length = unsignedTail === null ? null : Math.max(0, content.length - unsignedTail);
  const algorithm = `${key === 'ed25519' ? 'ed25519' : 'rsa'}-${hash}`;
  const tags = new Map<string, string | null>([
    ['v', '1'],
    ...(early ? ([['b', '']] as const) : []),
    ['a', algorithm],
    ['c', writtenForms],
    ['d', domain[0]],
    ['s', selector],
    ['l', length === null ? null : `${length}`],
    ['h', names.join(colon)],
    ['bh', digest(key === 'ed25519' ? 'sha256' : hash, content.slice(0, length ?? content.length))],
    ['b', ''],
    ...edits,
  ]);
  const list: Tags = [...tags].flatMap(([tag, value]) => (value === null ? [] : [[tag, value] as const]));
  const data = signedFields(fields, list, forms[0]);
  return signedField('DKIM-Signature', list, layout, forms[0], data, key, hash);
}

function zoneEntry({ key, record }: SignatureSpec): unknown {
  const { kind, tags, p, before, after } = record;
  if (kind === 'missing') return null;
  if (kind === 'empty') return {};
  if (kind !== 'published') return { RCODE: kind };
  const own = publicKey(key, p === 'bare');
  const value = {
    own,
    bare: own,
    spaced: (own.match(/.{1,40}/g) ?? []).join(' '),
    another: publicKey(key === 'ed25519' ? 'ed25519' : key === 'rsa2048' ? 'other2048' : 'rsa2048'),
    revoked: '',
    garbage: 'AAECAwQFBgc=',
    'not-base64': 'this is no key',
  }[p];
  const type = key === 'ed25519' ? 'ed25519' : 'rsa';
  return { TXT: [...before, `${tags.replaceAll('%', type)}p=${value}`, ...after] };
}

/** What reads best in a failed test: the message and the zone. */
export function tell(one: DkimCase): string {
  const { text, zone } = build(one);
  return `${JSON.stringify(text)}\nafter: ${one.change.name}\n${JSON.stringify(zone)}`;
}
