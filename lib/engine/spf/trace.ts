/** What a check says and how it came to it: the records, their terms and what became of each. Plain data. */
import type { SpfSyntaxError } from './record.ts';

/** RFC 7208 §2.6. */
export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror';

/** Why a term was not asked: its name would carry the sender's local part, which may not be shown or is not known. */
export type WithheldReason = 'sender-withheld' | 'local-part-unknown';

export type SpfReason =
  | SpfSyntaxError
  | WithheldReason
  | 'bad-address'
  | 'bad-domain'
  | 'no-such-domain'
  | 'no-record'
  | 'record-unanswered'
  | 'several-records'
  | 'too-many-lookups'
  | 'too-many-voids'
  | 'too-many-mx'
  | 'include-none'
  | 'redirect-none'
  | 'dns-failed';

export type SpfIdentity = 'mailfrom' | 'helo';

export interface SpfTask {
  /** The client's address, as `parseAddress` writes it. IPv4-mapped IPv6 counts as IPv4 (§5). */
  readonly ip: string;
  readonly helo: string;
  /**
   * `local@domain`; '' is the null sender, which stands for `postmaster@helo` (§2.4). `domain` alone says that the
   * local part is not known; `@domain`, that it is empty, which also means `postmaster` (§4.3).
   */
  readonly mailFrom: string;
  readonly identity: SpfIdentity;
  /** Whether names made from the sender's local part may be asked (macros `l` and `s`). */
  readonly mayReveal: boolean;
  /** The host that received the mail, for `%{r}` in an explanation. */
  readonly receiver?: string;
  /** Seconds since 1970, for `%{t}` in an explanation. */
  readonly now: number;
}

export interface SpfCheck {
  /** `withheld`: a term that was not asked would decide. */
  readonly result: SpfResult | 'withheld';
  /** Why there is no answer about the client, of the innermost record that failed; null for the other results. */
  readonly reason: SpfReason | null;
  readonly identity: SpfIdentity;
  /** The domain that was checked, A-labels in lower case; '' where there was none to check. */
  readonly domain: string;
  /** The client's address in normal form. */
  readonly ip: string;
  /** The domain's own words about a `fail` (§6.2), expanded, US-ASCII; null where it has none that can be had. */
  readonly explanation: string | null;
  /** Terms that cost a lookup, and those of them that found nothing (§4.6.4); with the one that went over. */
  readonly lookups: number;
  readonly voids: number;
  /** Null where no record was asked for. */
  readonly trace: SpfRecordTrace | null;
}

export interface SpfRecordTrace {
  readonly domain: string;
  /** Null where there is no record, or more than one. */
  readonly text: string | null;
  readonly result: SpfResult | 'withheld';
  readonly reason: SpfReason | null;
  /** Index of the record's answer in the ledger; empty for a name that DNS cannot hold. */
  readonly dns: readonly number[];
  readonly terms: readonly SpfTermTrace[];
}

/**
 * `followed`: a `redirect` or `exp` that was used. `not-reached`: something before it decided. `ignored`: it has no
 * say here, such as an unknown modifier, `redirect` beside `all`, or an `exp` without a usable text.
 */
export type SpfTermOutcome =
  | 'match'
  | 'no-match'
  | 'followed'
  | 'error'
  | 'withheld'
  | 'not-reached'
  | 'ignored';

export interface SpfTermTrace {
  readonly text: string;
  /** Where the term stands in the record's text. */
  readonly start: number;
  readonly end: number;
  readonly outcome: SpfTermOutcome;
  /** Why it broke or was withheld; for an `include` or `redirect`, the reason of the innermost record. */
  readonly reason: SpfReason | null;
  /** The part of the term that is wrong, where its syntax is: offsets into the record's text. */
  readonly fault: { readonly start: number; readonly end: number } | null;
  /** The name that the term speaks of, macros expanded, in lower case; null where it has none or was not reached. */
  readonly name: string | null;
  /** Its place among the terms that cost a lookup, from 1 in the order of evaluation; the eleventh breaks. */
  readonly lookup: number | null;
  /** A lookup that found nothing (§4.6.4). */
  readonly isVoid: boolean;
  /** Indexes in the ledger of the answers that it rests on. */
  readonly dns: readonly number[];
  /** What an `include` or `redirect` led to. */
  readonly record: SpfRecordTrace | null;
}

/** One step on the way to a result. */
export interface SpfStep {
  readonly domain: string;
  readonly term: SpfTermTrace;
}

/**
 * The terms that led to the result, from the domain's own record inwards: the one that matched or broke, through
 * each `include` and `redirect`. For `withheld`, to the first term that was not asked. Empty where no term decided.
 */
export function decidingSteps(trace: SpfRecordTrace | null): readonly SpfStep[] {
  const steps: SpfStep[] = [];
  for (let record = trace; record !== null; ) {
    const { domain, terms, result } = record;
    const term: SpfTermTrace | undefined = terms.find((one) => decides(one, result));
    if (term !== undefined) steps.push({ domain, term });
    record = term?.record ?? null;
  }
  return steps;
}

function decides({ outcome, text }: SpfTermTrace, result: SpfRecordTrace['result']): boolean {
  if (result === 'withheld') return outcome === 'withheld';
  // An `exp` follows from the result and does not lead to it.
  const isExplanation = /^exp=/i.test(text);
  return outcome === 'match' || outcome === 'error' || (outcome === 'followed' && !isExplanation);
}
