/** What the engine asks of the world. Platform and terminal each supply these once. */
import type { Answer, RecordType } from './dns/answer.ts';

/** The part of WebCrypto's SubtleCrypto that the engine uses, in its shapes; `crypto.subtle` fits as it is. */
export interface WebCrypto {
  digest(algorithm: 'SHA-1' | 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  importKey(
    format: 'jwk',
    keyData: { kty: 'RSA'; n: string; e: string },
    algorithm: { name: 'RSASSA-PKCS1-v1_5'; hash: 'SHA-1' | 'SHA-256' },
    extractable: false,
    keyUsages: ['verify'],
  ): Promise<unknown>;
  verify(
    algorithm: 'RSASSA-PKCS1-v1_5',
    key: unknown,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

/** A domain in A-labels, lower case. `mapped` says that IDNA changed more than case and encoding. */
export interface AsciiDomain {
  readonly domain: string;
  readonly mapped: boolean;
}

export interface Ports {
  /** Asks one DNS question. Never rejects: what went wrong is in the answer's `rcode`. */
  resolve(name: string, type: RecordType): Promise<Answer>;
  readonly crypto: WebCrypto;
  /** Ed25519 (RFC 8032) over `message`; a malformed key or signature is `false`. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** Octets in a named charset as text, or null where the charset is unknown. */
  decodeCharset(charset: string, octets: Uint8Array): string | null;
  /** IDNA (UTS 46) label by label, or null where a label is no label. */
  toAscii(domain: string): AsciiDomain | null;
  /**
   * The organizational domain by the public suffix list (RFC 7489 §3.2), A-labels in and out; null where the name is
   * itself a public suffix or no name. Absent where there is no list.
   */
  publicSuffixOrganization?(name: string): string | null;
  /** The present, in seconds since 1970. */
  now(): number;
}
