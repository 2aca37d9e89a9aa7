/** One term of a record (RFC 7208 §5, §6.1): the limits that it counts for, and what it makes of the record. */
import { MAX_LOOKUPS, MAX_VOIDS } from './limits.ts';
import type { MacroString } from './macro.ts';
import { askFor, type LookupTest, matchesUnasked } from './mechanism.ts';
import type { Mechanism, Modifier, Qualifier } from './record.ts';
import { type Session, type Target, targetOf, withholding } from './session.ts';
import type { SpfReason, SpfRecordTrace, SpfResult, SpfTermOutcome, SpfTermTrace } from './trace.ts';

/** What the terms of a check have used up so far. */
export interface Budget {
  lookups: number;
  voids: number;
  /** Terms that were not asked: each may have found nothing, or ended its record. */
  withheld: number;
}

/** What a record comes to. */
export interface Evaluated {
  readonly trace: SpfRecordTrace;
  readonly explanation: string | null;
}

/** One check under way. `evaluate` judges the record of an `include` (`isIncluded`) or a `redirect`. */
export interface Run {
  readonly session: Session;
  readonly budget: Budget;
  readonly evaluate: (domain: string, isIncluded: boolean) => Promise<Evaluated>;
}

export interface Tried {
  readonly trace: Partial<SpfTermTrace> & Pick<SpfTermTrace, 'outcome'>;
  /** The results with which the record ends here, or may end; of several, which one is not known. */
  readonly ends: readonly SpfResult[];
  readonly goesOn: boolean;
  /** The words of a `redirect`'s target about a `fail`. */
  readonly explanation: string | null;
}

/** §4.6.2. */
const RESULT: Readonly<Record<Qualifier, SpfResult>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};

/** Tries a mechanism or follows a `redirect`. The terms of a check are tried one after another: they count. */
export async function tryTerm(
  term: Mechanism | Modifier,
  domain: string,
  isIncluded: boolean,
  run: Run,
): Promise<Tried> {
  if (term.kind === 'modifier') {
    return count(term.domain, domain, run, (target, base) => tryRedirect(target, base, isIncluded, run));
  }
  const { test } = term;
  const onMatch = RESULT[term.qualifier];
  switch (test.name) {
    case 'all':
    case 'ip4':
    case 'ip6':
      return matchesUnasked(test, run.session) ? tried('match', [onMatch]) : tried('no-match');
    case 'include':
      return count(test.domain, domain, run, (target, base) => tryInclude(target, base, onMatch, run));
    default:
      return count(test.domain, domain, run, (target, base) => tryLookup(test, target, base, onMatch, run));
  }
}

type Base = Pick<SpfTermTrace, 'lookup' | 'name' | 'dns'>;

/** §4.6.4: the term counts when it is reached, whatever comes of it. */
async function count(
  spec: MacroString | null,
  domain: string,
  { session, budget }: Run,
  go: (target: Target, base: Base) => Promise<Tried> | Tried,
): Promise<Tried> {
  const lookup = ++budget.lookups;
  if (lookup > MAX_LOOKUPS) return overLimit('too-many-lookups', budget, { lookup });
  const target = await targetOf(spec, domain, session);
  return go(target, { lookup, name: target.name, dns: target.dns });
}

/** `a`, `mx`, `ptr`, `exists` (§5.3–5.5, §5.7). */
async function tryLookup(
  test: LookupTest,
  target: Target,
  base: Base,
  onMatch: SpfResult,
  { session, budget }: Run,
): Promise<Tried> {
  if (target.kind === 'nowhere') return tried('no-match', [], base);
  if (target.kind === 'withheld') {
    budget.withheld++;
    // An `mx` may also break, by having too many exchanges.
    const ends = test.name === 'mx' ? ANYTHING : [onMatch, ...perhapsTooManyVoids(budget)];
    return tried('withheld', ends, { ...base, reason: withholding(session) });
  }
  const answered = await askFor(test, target.name, session);
  const { isVoid } = answered;
  const more = { ...base, isVoid, dns: [...base.dns, ...answered.dns] };
  if (answered.kind === 'match') return tried('match', [onMatch], more);
  if (answered.kind === 'dns-failed') return broken('temperror', answered.kind, more);
  if (answered.kind === 'too-many-mx') return broken('permerror', answered.kind, more);
  if (!isVoid) return tried('no-match', [], more);
  budget.voids++;
  if (budget.voids > MAX_VOIDS) return overLimit('too-many-voids', budget, more);
  return tried('no-match', perhapsTooManyVoids(budget), more);
}

/** Whether the terms that were not asked would make one void too many if they found nothing. */
function perhapsTooManyVoids({ voids, withheld }: Budget): readonly SpfResult[] {
  return withheld > 0 && voids + withheld > MAX_VOIDS ? ['permerror'] : [];
}

/** A match of a term that was not asked would have left less to count: then the limit may not have been reached. */
function overLimit(
  reason: 'too-many-lookups' | 'too-many-voids',
  { withheld }: Budget,
  more: Partial<SpfTermTrace>,
): Tried {
  return { ...broken('permerror', reason, more), ends: withheld > 0 ? ANYTHING : ['permerror'] };
}

/** Stands for every result: of a record that was not read anything may come. */
const ANYTHING: readonly SpfResult[] = ['pass', 'fail', 'permerror'];

/** §5.2: `pass` of the other record is a match; `fail`, `softfail` and `neutral` are none. */
async function tryInclude(target: Target, base: Base, onMatch: SpfResult, run: Run): Promise<Tried> {
  if (target.kind === 'nowhere') return broken('permerror', 'include-none', base);
  if (target.kind === 'withheld') return withheldRecord(base, run.session);
  const { trace } = await run.evaluate(target.name, true);
  const more = { ...base, record: trace };
  const { result, reason } = trace;
  switch (result) {
    case 'pass':
      return tried('match', [onMatch], more);
    case 'none':
      return broken('permerror', 'include-none', more);
    case 'temperror':
    case 'permerror':
      return broken(result, reason, more);
    case 'withheld':
      return tried('withheld', ANYTHING, { ...more, reason });
    default:
      return tried('no-match', [], more);
  }
}

/** §6.1: the other record's result is this one's; that there is none is an error. */
async function tryRedirect(target: Target, base: Base, isIncluded: boolean, run: Run): Promise<Tried> {
  if (target.kind === 'nowhere') return broken('permerror', 'redirect-none', base);
  if (target.kind === 'withheld') return { ...withheldRecord(base, run.session), goesOn: false };
  const { trace, explanation } = await run.evaluate(target.name, isIncluded);
  const { result, reason } = trace;
  const more = { ...base, record: trace, reason };
  switch (result) {
    case 'none':
      return broken('permerror', 'redirect-none', more);
    case 'temperror':
    case 'permerror':
      return broken(result, reason, more);
    case 'withheld':
      return { ...tried('withheld', ANYTHING, more), goesOn: false };
    default:
      return { ...tried('followed', [result], more), explanation };
  }
}

function withheldRecord(base: Base, session: Session): Tried {
  return tried('withheld', ANYTHING, { ...base, reason: withholding(session) });
}

function tried(
  outcome: SpfTermOutcome,
  ends: readonly SpfResult[] = [],
  more: Partial<SpfTermTrace> = {},
): Tried {
  const goesOn = outcome === 'no-match' || outcome === 'withheld';
  return { trace: { ...more, outcome }, ends, goesOn, explanation: null };
}

function broken(
  result: 'temperror' | 'permerror',
  reason: SpfReason | null,
  more: Partial<SpfTermTrace>,
): Tried {
  return tried('error', [result], { ...more, reason });
}
