/** The lengths of networks behind a slash (RFC 7208 §5.6). */

/** The first slash of the digits and slashes at the end; a name may hold slashes, but never ends in one. */
export function prefixStart(text: string, from: number): number {
  let start = text.length;
  while (start > from && /[\d/]/.test(text.charAt(start - 1))) start--;
  const slash = text.indexOf('/', start);
  return slash === -1 ? text.length : slash;
}

/** `[ "/" ip4-cidr-length ] [ "//" ip6-cidr-length ]` (§5.6); a single address where it is absent. */
export function readDualPrefix(text: string): { readonly prefix4: number; readonly prefix6: number } | null {
  const found = /^(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(text);
  if (found === null) return null;
  const prefix4 = readPrefix(found[1] ?? '32', 32);
  const prefix6 = readPrefix(found[2] ?? '128', 128);
  return prefix4 === null || prefix6 === null ? null : { prefix4, prefix6 };
}

/** A number of bits without leading zeros, null where it is none or too large. */
export function readPrefix(digits: string, most: number): number | null {
  const prefix = /^(?:0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : null;
  return prefix !== null && prefix <= most ? prefix : null;
}
