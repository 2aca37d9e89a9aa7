/** What can be said about a DKIM key record: every code with its parameters. */
import type { Edit, LintOf, LintSeverity } from '../lint/lint.ts';
import type { PrefixedFaults } from './lint-faults.ts';

type Empty = Record<never, never>;

export interface KeyLintParams extends PrefixedFaults<'key'> {
  'key-quotes': Empty;
  'key-escape': Empty;
  'key-invisible': { character: string };
  'key-separator': Empty;
  'key-extra-separator': Empty;
  'key-equals': { tag: string };
  'key-bare-value': { tag: string };
  'key-not-a-tag': { text: string };
  'key-tag-case': { tag: string; name: string };
  'key-unknown-tag': { tag: string };
  'key-repeated-tag': { tag: string };
  /** A record of another kind: what it gives as its version. */
  'key-other-record': { version: string };
  /** No tag of a key in it. */
  'key-no-record': Empty;
  'key-version': { version: string };
  'key-version-place': Empty;
  'key-missing-p': Empty;
  'key-revoked': Empty;
  'key-empty-tag': { tag: string };
  /** The characters of `p=`: the first that is none of base64. */
  'key-broken-base64': { character: string };
  'key-base64-length': Empty;
  'key-padding': Empty;
  /** A file in the place of what stands between its first and last line. */
  'key-pem': Empty;
  /** The half that signs: everybody can sign with it now. */
  'key-private': Empty;
  /** Octets that are there, and that there should be. */
  'key-cut': { octets: number; expected: number };
  'key-not-a-key': Empty;
  /** Ed25519 has 32 octets. */
  'key-wrong-length': { octets: number };
  /** An Ed25519 key with its algorithm in front. */
  'key-wrapped': Empty;
  'key-unknown-type': { type: string };
  'key-wrong-type': { type: string; held: string };
  'key-too-short': { bits: number };
  'key-short': { bits: number };
  'key-long': { bits: number };
  'key-sha1-only': Empty;
  'key-sha1': Empty;
  'key-hash-unknown': { hash: string };
  'key-service': { service: string };
  'key-testing': Empty;
  'key-exact': Empty;
  'key-flag-unknown': { flag: string };
  'key-granularity': Empty;
  'key-several-records': { count: number };
  'key-wildcard': { domain: string };
  /** The same of a withdrawn key: a way to say that there are none. */
  'key-wildcard-revoked': { domain: string };
  'key-alias': { domain: string };
}

export type KeyLint = LintOf<KeyLintParams>;

/** Adds a remark. */
export type Say = <C extends keyof KeyLintParams>(
  code: C,
  params: KeyLintParams[C],
  severity: LintSeverity,
  section: string,
  place: { readonly start: number; readonly end: number },
  edit?: Edit | null,
) => void;
