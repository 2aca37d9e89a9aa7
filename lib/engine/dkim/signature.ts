/** A DKIM-Signature field, and what the signatures of ARC share with it (RFC 6376 §3.5, RFC 8463, RFC 8616). */
import { isAtOrBelow } from '../dns/name.ts';
import { decodeBase64, decodeUtf8, trimWsp } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { parseTagList } from './tag-list.ts';

export type Algorithm = 'rsa-sha256' | 'rsa-sha1' | 'ed25519-sha256';
export type Canonicalization = 'simple' | 'relaxed';

/** What a DKIM-Signature and both signatures of an ARC set have: the name of a key, and what the key made. */
export interface KeySignature {
  readonly algorithm: Algorithm;
  /** `d=` in A-labels, lower case. */
  readonly domain: string;
  /** `s=` in A-labels, lower case. */
  readonly selector: string;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The value of `b=` without white space, as written. */
  readonly signatureText: string;
  /** `t=`, seconds since 1970, or null. */
  readonly created: number | null;
}

/** A signature over a message: header fields by name, and a body. */
export interface MessageSignature extends KeySignature {
  readonly headerCanonicalization: Canonicalization;
  readonly bodyCanonicalization: Canonicalization;
  /** `h=`, lower case, in order, repetitions kept. */
  readonly signedHeaders: readonly string[];
  readonly bodyHash: Uint8Array<ArrayBuffer>;
  /** `l=` in octets, or null. */
  readonly bodyLength: number | null;
  /** `x=`, seconds since 1970, or null. */
  readonly expires: number | null;
}

/** A DKIM-Signature. */
export interface Signature extends MessageSignature {
  /** `i=`, or `@d` where it is absent; as written. */
  readonly identity: string;
  /** The domain of `identity` in A-labels. */
  readonly identityDomain: string;
}

/** Why tags make no signature, whichever field they stand in. */
export type TagError =
  | 'syntax'
  | 'duplicate-tag'
  | 'missing-tag'
  | 'algorithm'
  | 'canonicalization'
  | 'domain'
  | 'query-method'
  | 'encoding'
  | 'number'
  | 'expires-before-created';

/** Why a field is no usable signature; each makes it permerror (§6.1.1). */
export type SignatureError = TagError | 'version' | 'identity-not-in-domain' | 'from-not-signed';

/** Tags read as a signature of some kind. */
export type Parsed<Kind, Problem> =
  | { readonly kind: 'signature'; readonly signature: Kind }
  | {
      readonly kind: 'error';
      readonly error: Problem;
      /** What could be read of `d=` and `s=` all the same, '' where nothing. */
      readonly domain: string;
      readonly selector: string;
    };

export type ParsedSignature = Parsed<Signature, SignatureError>;

type Tags = ReadonlyMap<string, string>;

const ALGORITHMS: readonly string[] = ['rsa-sha256', 'rsa-sha1', 'ed25519-sha256'] satisfies Algorithm[];

/** Reads the raw field (a binary string with its name). Total. */
export function parseSignature(raw: string, ports: Pick<Ports, 'toAscii'>): ParsedSignature {
  const list = parseTagList(decodeUtf8(raw.slice(raw.indexOf(':') + 1)));
  if (list.kind === 'error') return { kind: 'error', error: list.error, domain: '', selector: '' };
  const { tags } = list;
  const parsed = readMessageSignature(tags, ports);
  const { domain, selector } = parsed.kind === 'error' ? parsed : parsed.signature;
  const error = (code: SignatureError): ParsedSignature => ({ kind: 'error', error: code, domain, selector });

  if (!tags.has('v')) return error('missing-tag');
  if (tags.get('v') !== '1') return error('version');
  if (parsed.kind === 'error') return parsed;
  const { signature } = parsed;

  const identity = tags.get('i') ?? `@${domain}`;
  const identityDomain = ports.toAscii(identity.slice(identity.lastIndexOf('@') + 1))?.domain ?? '';
  if (!identity.includes('@') || !isAtOrBelow(identityDomain, domain)) return error('identity-not-in-domain');
  if (!signature.signedHeaders.includes('from')) return error('from-not-signed');
  if (signature.signedHeaders.includes('')) return error('syntax');
  return { kind: 'signature', signature: { ...signature, identity, identityDomain } };
}

/** Reads the tags that a DKIM-Signature shares with an ARC-Message-Signature (RFC 8617 §4.1.2). */
export function readMessageSignature(
  tags: Tags,
  ports: Pick<Ports, 'toAscii'>,
): Parsed<MessageSignature, TagError> {
  const parsed = readKeySignature(tags, ports);
  if (parsed.kind === 'error') return parsed;
  const { domain, selector, created } = parsed.signature;
  const error = (code: TagError): Parsed<MessageSignature, TagError> => {
    return { kind: 'error', error: code, domain, selector };
  };
  const hash = tags.get('bh');
  const names = tags.get('h');
  if (hash === undefined || names === undefined) return error('missing-tag');
  const canonicalization = parseCanonicalization(tags.get('c') ?? 'simple/simple');
  if (canonicalization === null) return error('canonicalization');
  const methods = (tags.get('q') ?? 'dns/txt').split(':').map(trimWsp);
  if (!methods.includes('dns/txt')) return error('query-method');
  const bodyHash = decodeBase64(hash);
  if (bodyHash === null) return error('encoding');
  const [bodyLength, expires] = [readNumber(tags.get('l')), readNumber(tags.get('x'))];
  if (bodyLength === undefined || expires === undefined) return error('number');
  if (created !== null && expires !== null && expires <= created) return error('expires-before-created');
  const signedHeaders = names.split(':').map((name) => trimWsp(name).toLowerCase());
  const { algorithm, signature, signatureText } = parsed.signature;
  const { headerCanonicalization, bodyCanonicalization } = canonicalization;
  return {
    kind: 'signature',
    signature: {
      algorithm,
      domain,
      selector,
      signature,
      signatureText,
      created,
      headerCanonicalization,
      bodyCanonicalization,
      signedHeaders,
      bodyHash,
      bodyLength,
      expires,
    },
  };
}

/** Reads the tags that all three signatures share. */
export function readKeySignature(tags: Tags, ports: Pick<Ports, 'toAscii'>): Parsed<KeySignature, TagError> {
  const tag = (name: string): string => tags.get(name) ?? '';
  const domain = ports.toAscii(tag('d'))?.domain ?? '';
  const selector = ports.toAscii(tag('s'))?.domain ?? '';
  const error = (code: TagError): Parsed<KeySignature, TagError> => {
    return { kind: 'error', error: code, domain, selector };
  };
  if (['a', 'b', 'd', 's'].some((name) => !tags.has(name))) return error('missing-tag');
  const algorithm = tag('a').toLowerCase();
  if (!isAlgorithm(algorithm)) return error('algorithm');
  if (domain === '' || selector === '') return error('domain');
  const signature = decodeBase64(tag('b'));
  if (signature === null || signature.length === 0) return error('encoding');
  const created = readNumber(tags.get('t'));
  if (created === undefined) return error('number');
  const signatureText = tag('b').replace(/\s/g, '');
  return {
    kind: 'signature',
    signature: { algorithm, domain, selector, signature, signatureText, created },
  };
}

function isAlgorithm(text: string): text is Algorithm {
  return ALGORITHMS.includes(text);
}

function parseCanonicalization(
  text: string,
): Pick<Signature, 'headerCanonicalization' | 'bodyCanonicalization'> | null {
  const match = /^(simple|relaxed)(?:\/(simple|relaxed))?$/i.exec(text);
  if (match === null) return null;
  return {
    headerCanonicalization: match[1]?.toLowerCase() === 'relaxed' ? 'relaxed' : 'simple',
    bodyCanonicalization: match[2]?.toLowerCase() === 'relaxed' ? 'relaxed' : 'simple',
  };
}

/** Null where the tag is absent, undefined where it is no number of at most 15 digits (exact in a double). */
function readNumber(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
