/** The resolvers that may be chosen, by the address of their DNS over HTTPS service (RFC 8484). */

export interface KnownResolver {
  /** A name of a company or service, the same in every language. */
  readonly name: string;
  readonly url: string;
}

/** Unfiltered ones: a filter's answer would say nothing about the sender. */
export const KNOWN_RESOLVERS: readonly KnownResolver[] = [
  { name: 'Cloudflare', url: 'https://cloudflare-dns.com/dns-query' },
  { name: 'Google', url: 'https://dns.google/dns-query' },
  { name: 'Quad9', url: 'https://dns10.quad9.net/dns-query' },
  { name: 'IIJ', url: 'https://public.dns.iij.jp/dns-query' },
];

/** The address of a resolver as a reader may type it, or null where it is none. A `{?dns}` at the end is dropped. */
export function readResolverUrl(text: string): string | null {
  const plain = text.trim().replace(/\{\?dns\}$/, '');
  if (!URL.canParse(plain)) return null;
  const url = new URL(plain);
  const isPlain = url.username === '' && url.password === '' && url.hash === '';
  // A host permission is asked for by this name; `*` in it would mean all hosts.
  const isName = /^[a-z0-9.-]+$/.test(url.hostname);
  return url.protocol === 'https:' && isPlain && isName ? url.href : null;
}

/** The host permission that questions to a resolver need. Ports are no part of it. */
export function hostPattern(url: string): string {
  return `https://${new URL(url).hostname}/*`;
}
