/** Types of the one function that is used; the package brings none. */
declare module 'punycode/punycode.es6.js' {
  /** Domain with A-labels to U-labels (RFC 3492); throws a RangeError on a malformed label. */
  export function toUnicode(domain: string): string;
}
