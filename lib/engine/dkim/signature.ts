/** A DKIM-Signature field (RFC 6376 §3.5, RFC 8463, RFC 8616). */
import { isAtOrBelow } from '../dns/name.ts';
import { decodeBase64, decodeUtf8, trimWsp } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { parseTagList } from './tag-list.ts';

export type Algorithm = 'rsa-sha256' | 'rsa-sha1' | 'ed25519-sha256';
export type Canonicalization = 'simple' | 'relaxed';

export interface Signature {
  readonly algorithm: Algorithm;
  readonly headerCanonicalization: Canonicalization;
  readonly bodyCanonicalization: Canonicalization;
  /** `d=` in A-labels, lower case. */
  readonly domain: string;
  /** `s=` in A-labels, lower case. */
  readonly selector: string;
  /** `i=`, or `@d` where it is absent; as written. */
  readonly identity: string;
  /** The domain of `identity` in A-labels. */
  readonly identityDomain: string;
  /** `h=`, lower case, in order, repetitions kept. */
  readonly signedHeaders: readonly string[];
  readonly bodyHash: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The value of `b=` without white space, as written. */
  readonly signatureText: string;
  /** `l=` in octets, or null. */
  readonly bodyLength: number | null;
  /** `t=`, seconds since 1970, or null. */
  readonly created: number | null;
  /** `x=`, seconds since 1970, or null. */
  readonly expires: number | null;
}

/** Why a field is no usable signature; each makes it permerror (§6.1.1). */
export type SignatureError =
  | 'syntax'
  | 'duplicate-tag'
  | 'missing-tag'
  | 'version'
  | 'algorithm'
  | 'canonicalization'
  | 'domain'
  | 'identity-not-in-domain'
  | 'from-not-signed'
  | 'query-method'
  | 'encoding'
  | 'number'
  | 'expires-before-created';

export type ParsedSignature =
  | { readonly kind: 'signature'; readonly signature: Signature }
  | {
      readonly kind: 'error';
      readonly error: SignatureError;
      /** What could be read of `d=` and `s=` all the same, '' where nothing. */
      readonly domain: string;
      readonly selector: string;
    };

const REQUIRED = ['v', 'a', 'b', 'bh', 'd', 'h', 's'];
const ALGORITHMS: readonly string[] = ['rsa-sha256', 'rsa-sha1', 'ed25519-sha256'] satisfies Algorithm[];

/** Reads the raw field (a binary string with its name). Total. */
export function parseSignature(raw: string, ports: Pick<Ports, 'toAscii'>): ParsedSignature {
  const list = parseTagList(decodeUtf8(raw.slice(raw.indexOf(':') + 1)));
  if (list.kind === 'error') return { kind: 'error', error: list.error, domain: '', selector: '' };
  const tag = (name: string): string => list.tags.get(name) ?? '';
  const domain = ports.toAscii(tag('d'))?.domain ?? '';
  const selector = ports.toAscii(tag('s'))?.domain ?? '';
  const error = (code: SignatureError): ParsedSignature => ({ kind: 'error', error: code, domain, selector });

  if (REQUIRED.some((name) => !list.tags.has(name))) return error('missing-tag');
  if (tag('v') !== '1') return error('version');
  const algorithm = tag('a').toLowerCase();
  if (!isAlgorithm(algorithm)) return error('algorithm');
  const canonicalization = parseCanonicalization(list.tags.get('c') ?? 'simple/simple');
  if (canonicalization === null) return error('canonicalization');
  if (domain === '' || selector === '') return error('domain');

  const identity = list.tags.get('i') ?? `@${domain}`;
  const identityDomain = ports.toAscii(identity.slice(identity.lastIndexOf('@') + 1))?.domain ?? '';
  if (!identity.includes('@') || !isAtOrBelow(identityDomain, domain)) return error('identity-not-in-domain');

  const signedHeaders = tag('h')
    .split(':')
    .map((name) => trimWsp(name).toLowerCase());
  if (!signedHeaders.includes('from')) return error('from-not-signed');
  if (signedHeaders.includes('')) return error('syntax');
  const methods = (list.tags.get('q') ?? 'dns/txt').split(':').map(trimWsp);
  if (!methods.includes('dns/txt')) return error('query-method');

  const bodyHash = decodeBase64(tag('bh'));
  const signature = decodeBase64(tag('b'));
  if (bodyHash === null || signature === null || signature.length === 0) return error('encoding');
  const [bodyLength, created, expires] = ['l', 't', 'x'].map((name) => readNumber(list.tags.get(name)));
  if (bodyLength === undefined || created === undefined || expires === undefined) return error('number');
  if (created !== null && expires !== null && expires <= created) return error('expires-before-created');

  return {
    kind: 'signature',
    signature: {
      algorithm,
      ...canonicalization,
      domain,
      selector,
      identity,
      identityDomain,
      signedHeaders,
      bodyHash,
      signature,
      signatureText: tag('b').replace(/\s/g, ''),
      bodyLength,
      created,
      expires,
    },
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
