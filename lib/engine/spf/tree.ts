/**
 * The records that a domain's SPF leads to, without a client: every term is taken as if nothing before it had matched,
 * which is the most that a check can cost (RFC 7208 §4.6.4).
 */
import { isDefinite } from '../dns/answer.ts';
import type { Asked, Ledger } from '../dns/ledger.ts';
import { isAskable } from '../dns/name.ts';
import { decodeUtf8 } from '../octets.ts';
import { findRecord } from './lookup.ts';
import { expand, type MacroString, type MacroValues, uses } from './macro.ts';
import { inOrder, type Mechanism, type Modifier, recordReader, type Term } from './record.ts';

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
  /** How many mail hosts an `mx` leads to; null for any other term, and where the answer is missing. */
  readonly exchanges: number | null;
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

/** Records read. Ten lookups are allowed; a tree four times as large is shown whole, and a larger one is cut. */
export const MAX_TREE_RECORDS = 40;
/** Questions asked, records included: a record may hold thousands of names. */
export const MAX_TREE_QUESTIONS = 100;

/**
 * The tree of a domain (A-labels, lower case). Records are asked for level by level, each level at once, so that the
 * limits cut in the same place however fast the answers come. Nothing is asked that would need a client or a sender.
 */
export async function spfTree(domain: string, ledger: Ledger): Promise<SpfTree> {
  const search: Search = {
    origin: domain,
    ledger,
    read: recordReader(),
    records: MAX_TREE_RECORDS,
    questions: MAX_TREE_QUESTIONS,
  };
  const root = draftOf(domain, []);
  for (let level: readonly RecordDraft[] = [root]; level.length > 0; ) {
    await Promise.all(level.map((draft) => fill(draft, search)));
    level = level.flatMap((draft) => readTerms(draft, search));
  }
  const count = { lookups: 0, voids: 0 };
  return { root: await settled(root, count), ...count };
}

interface Search {
  /** The domain that the tree belongs to. */
  readonly origin: string;
  readonly ledger: Ledger;
  readonly read: (text: string) => readonly Term[];
  /** What is left of the limits. */
  records: number;
  questions: number;
}

interface RecordDraft {
  readonly domain: string;
  /** The domains whose records lead here. */
  readonly above: readonly string[];
  text: string | null;
  problem: SpfTreeRecord['problem'];
  dns: readonly number[];
  terms: readonly TermDraft[];
}

interface TermDraft {
  readonly term: Term;
  readonly isCounted: boolean;
  readonly name: string | null;
  readonly asked: Promise<readonly Asked[]>;
  readonly record: RecordDraft | null;
}

function draftOf(domain: string, above: readonly string[]): RecordDraft {
  return { domain, above, text: null, problem: null, dns: [], terms: [] };
}

async function fill(draft: RecordDraft, search: Search): Promise<void> {
  if (draft.above.includes(draft.domain)) {
    draft.problem = 'loop';
    return;
  }
  if (search.records === 0 || search.questions === 0) {
    draft.problem = 'unread';
    return;
  }
  search.records--;
  search.questions--;
  const found = await findRecord(draft.domain, search.ledger);
  draft.dns = found.dns;
  if (found.kind === 'record') draft.text = decodeUtf8(found.text);
  else draft.problem = found.kind;
}

/** Asks for what the terms name; the records that they lead to are the next level. */
function readTerms(draft: RecordDraft, search: Search): readonly RecordDraft[] {
  if (draft.text === null) return [];
  const terms = search.read(draft.text);
  const reached = reachedTerms(terms);
  draft.terms = terms.map((term) =>
    isCostly(term) && reached.has(term)
      ? askedTerm(term, draft, search)
      : { term, isCounted: false, name: null, asked: Promise.resolve([]), record: null },
  );
  return draft.terms.flatMap(({ record }) => (record === null ? [] : [record]));
}

/** §5.1: behind an `all` no term is reached. */
function reachedTerms(terms: readonly Term[]): ReadonlySet<Term> {
  const order = inOrder(terms);
  const all = order.findIndex((term) => term.kind === 'mechanism' && term.test.name === 'all');
  return new Set(all === -1 ? order : order.slice(0, all));
}

/** A term that costs a lookup. `exp` costs none. */
type Costly = Mechanism | Modifier;

function isCostly(term: Term): term is Costly {
  if (term.kind === 'modifier') return term.name === 'redirect';
  return term.kind === 'mechanism' && !['all', 'ip4', 'ip6'].includes(term.test.name);
}

function askedTerm(term: Costly, { domain, above }: RecordDraft, search: Search): TermDraft {
  const name = nameOf(term, domain, search.origin);
  const isReference = term.kind === 'modifier' || term.test.name === 'include';
  const record = isReference && name !== null ? draftOf(name, [...above, domain]) : null;
  return { term, isCounted: true, name, asked: Promise.all(questionsOf(term, name, search)), record };
}

/** What DNS can hold (RFC 1035 §2.3.4). A longer name is shortened (§7.3); none is known that needs it. */
const LONGEST_NAME = 253;

/** The name that a term speaks of, where the domain alone decides. */
function nameOf(term: Costly, domain: string, origin: string): string | null {
  const spec = specOf(term);
  if (spec === null) return domain;
  if (uses(spec, ['s', 'l', 'i', 'p', 'v', 'h', 'c', 'r', 't'])) return null;
  const name = expand(spec, { ...NOTHING, d: domain, o: origin }).toLowerCase();
  if (name.length > LONGEST_NAME) return null;
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

function specOf(term: Costly): MacroString | null {
  if (term.kind === 'modifier') return term.domain;
  return 'domain' in term.test ? term.test.domain : null;
}

/** Macros that are not expanded here. */
const NOTHING: MacroValues = { s: '', l: '', o: '', d: '', i: '', p: '', v: '', h: '', c: '', r: '', t: '' };

/** The questions of a term that looks up something other than a record, within what is left of the limit. */
function questionsOf(term: Costly, name: string | null, search: Search): readonly Promise<Asked>[] {
  if (term.kind === 'modifier' || name === null || !isAskable(name)) return [];
  const types = QUESTIONS[term.test.name] ?? [];
  if (types.length > search.questions) return [];
  search.questions -= types.length;
  return types.map((type) => search.ledger.ask(name, type));
}

/** `exists` asks for IPv4 only (§5.7); `ptr` asks for the client's names. */
const QUESTIONS: Readonly<Partial<Record<string, readonly ('A' | 'AAAA' | 'MX')[]>>> = {
  a: ['A', 'AAAA'],
  mx: ['MX'],
  exists: ['A'],
};

interface Count {
  lookups: number;
  voids: number;
}

/** Numbers the terms in their order once every answer is in. */
async function settled(draft: RecordDraft, count: Count): Promise<SpfTreeRecord> {
  const { domain, text, problem, dns } = draft;
  const terms: SpfTreeTerm[] = [];
  for (const term of draft.terms) terms.push(await settledTerm(term, count));
  return { domain, text, problem, terms, dns };
}

async function settledTerm(draft: TermDraft, count: Count): Promise<SpfTreeTerm> {
  const { text, start, end } = draft.term;
  const lookup = draft.isCounted ? ++count.lookups : null;
  const asked = await draft.asked;
  const isAnswered = asked.every(({ answer }) => isDefinite(answer));
  const found = asked.reduce((sum, { answer }) => sum + answer.answers.length, 0);
  const isVoid = asked.length > 0 && isAnswered && found === 0;
  if (isVoid) count.voids++;
  const record = draft.record === null ? null : await settled(draft.record, count);
  return {
    text,
    start,
    end,
    lookup,
    name: draft.name,
    isVoid,
    isUnanswered: !isAnswered || record?.problem === 'record-unanswered',
    exchanges: isAnswered && asked[0]?.answer.type === 'MX' ? found : null,
    dns: asked.map(({ index }) => index),
    record,
  };
}
