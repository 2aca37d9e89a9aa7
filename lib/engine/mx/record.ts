/** One mail exchange of a domain (RFC 5321 §5.1, RFC 7505). */

export interface MxRecord {
  /** `10 mail.example`, as the answer gives it. */
  readonly text: string;
  readonly preference: number;
  /** In lower case without the root's dot; '' for the null MX (RFC 7505 §3), which names no host. */
  readonly host: string;
  /** Where the host stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** Reads one answer of type MX. Total: what has no preference in front is all host. */
export function readMx(text: string): MxRecord {
  const gap = text.indexOf(' ');
  const start = gap === -1 ? text.length : gap + 1;
  const preference = Number(gap === -1 ? text : text.slice(0, gap));
  return {
    text,
    preference: Number.isInteger(preference) ? preference : 0,
    host: text.slice(start).trim().toLowerCase().replace(/\.$/, ''),
    start,
    end: text.length,
  };
}
