/**
 * The records that a domain's SPF leads to, without a client: every term is taken as if nothing before it had matched,
 * which is the most that a check can cost (RFC 7208 §4.6.4).
 */

/** A record of the tree, or why there is none. */
export interface SpfTreeRecord {
  readonly domain: string;
  /** Null where there is no record, or more than one. */
  readonly text: string | null;
  /** `loop`: the record is being read already, further up. `unread`: the limits end the search before it. */
  readonly problem:
    | null
    | 'bad-domain'
    | 'no-such-domain'
    | 'no-record'
    | 'several-records'
    | 'record-unanswered'
    | 'loop'
    | 'unread';
  readonly terms: readonly SpfTreeTerm[];
  /** Indexes in the ledger. */
  readonly dns: readonly number[];
}

export interface SpfTreeTerm {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Its place among the terms that cost a lookup, from 1 in the order of evaluation; null where it costs none. */
  readonly lookup: number | null;
  /** The name that it speaks of; null where it has none, or where a macro decides. */
  readonly name: string | null;
  /** A lookup that finds nothing, in either address family. */
  readonly isVoid: boolean;
  /** The question was not answered. */
  readonly isUnanswered: boolean;
  readonly dns: readonly number[];
  /** What an `include` or `redirect` leads to. */
  readonly record: SpfTreeRecord | null;
}

export interface SpfTree {
  readonly root: SpfTreeRecord;
  /** Terms that cost a lookup, in the whole tree. */
  readonly lookups: number;
  readonly voids: number;
}
