/** A DNS question and what became of it. */

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'PTR' | 'TXT';

/**
 * The response code (RFC 1035 §4.1.1), or why there is none. `TIMEOUT`: no answer in time; `UNREACHABLE`: no
 * connection to any resolver; `OFFLINE`: this machine has no network; `MALFORMED`: an answer that cannot be read;
 * `TRUNCATED`: one that says it is not whole; `PORTAL`: a web page in place of an answer, as networks with a login
 * give; `HTTP`: any other status or content that is no DNS message.
 */
export type Rcode =
  | 'NOERROR'
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'FORMERR'
  | 'NOTIMP'
  | 'OTHER'
  | 'TIMEOUT'
  | 'UNREACHABLE'
  | 'OFFLINE'
  | 'MALFORMED'
  | 'TRUNCATED'
  | 'PORTAL'
  | 'HTTP';

export interface Answer {
  readonly name: string;
  readonly type: RecordType;
  readonly rcode: Rcode;
  /** Seconds; null where there is no answer. */
  readonly ttl: number | null;
  /** The resolver says that it validated the answer (RFC 4035 §3.2.3). */
  readonly authenticData: boolean;
  /** Who answered, such as `cloudflare-dns.com`; '' where nobody did. */
  readonly resolver: string;
  readonly cached: boolean;
  /** Where the answer stands, in lower case, if an alias (CNAME) led there; absent where none did. */
  readonly canonicalName?: string;
  /** TXT: strings joined without a space, one character an octet. MX: `10 host`. Others: their usual text. */
  readonly answers: readonly string[];
}

/** An answer without records, or none at all. */
export function withoutRecords(name: string, type: RecordType, rcode: Rcode, resolver = ''): Answer {
  return { name, type, rcode, ttl: null, authenticData: false, resolver, cached: false, answers: [] };
}

/** Whether the answer is one: records, or the certainty that there are none (RFC 2308). */
export function isDefinite({ rcode }: Pick<Answer, 'rcode'>): boolean {
  return rcode === 'NOERROR' || rcode === 'NXDOMAIN';
}
