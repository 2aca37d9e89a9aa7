/** Types of the two functions that are used; the package brings none. */
declare module 'punycode/punycode.es6.js' {
  /** Domain with A-labels to U-labels (RFC 3492); throws a RangeError on a malformed label. */
  export function toUnicode(domain: string): string;
  /** Domain with U-labels to A-labels (RFC 3492); nothing is mapped. */
  export function toASCII(domain: string): string;
}
