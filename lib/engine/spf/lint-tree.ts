/** What a record leads to: limits, voids, records that are missing or broken (RFC 7208 §4.6.4, §5.2, §6.1). */
import { MAX_LOOKUPS, MAX_MX_HOSTS, MAX_VOIDS } from './limits.ts';
import type { SpfLint } from './lint.ts';
import { type Place, remark, type Said } from './lint-remark.ts';
import { firstFault, type Mechanism, parseSpfRecord } from './record.ts';
import type { SpfTree, SpfTreeTerm } from './tree.ts';

/** Every remark stands at the term of the domain's own record that leads there: that is what its owner can change. */
export function lintTree(tree: SpfTree): readonly SpfLint[] {
  const walk: Walk = { tree, voids: 0, found: [], known: new Set() };
  for (const term of tree.root.terms) visit(term, term, isPassing(term), walk);
  return walk.found;
}

interface Walk {
  readonly tree: SpfTree;
  /** Terms so far that found nothing. */
  voids: number;
  readonly found: SpfLint[];
  /** What has been said already, by place, code and name: a tree may come to one record by several ways. */
  readonly known: Set<string>;
}

/** `isPassed`: a pass of the term's record passes the whole. */
function visit(term: SpfTreeTerm, place: Place, isPassed: boolean, walk: Walk): void {
  const { text, lookup, name, exchanges, record } = term;
  const { lookups } = walk.tree;
  if (lookup === MAX_LOOKUPS + 1) {
    const said = { code: 'spf-too-many-lookups', params: { count: lookups, term: text } } as const;
    add(remark(said, 'error', place, '§4.6.4'), walk);
  }
  if (name === null) return;
  const params = { term: text, domain: name };
  if (term.isVoid) addVoid(params, place, walk);
  if (exchanges !== null && exchanges > MAX_MX_HOSTS) {
    const said = { code: 'spf-too-many-mx', params: { domain: name, count: exchanges } } as const;
    add(remark(said, 'error', place, '§4.6.4'), walk);
  }
  if (record === null) {
    const said = { code: 'spf-unanswered', params } as const;
    if (term.isUnanswered) add(remark(said, 'info', place, '§5'), walk);
    return;
  }
  const isInclude = !/^redirect=/i.test(text);
  const reference = problemOf(params, record.problem, isInclude);
  if (reference !== null) add(reference(place), walk);
  if (record.text === null) return;
  const terms = parseSpfRecord(record.text);
  if (firstFault(terms) !== null) {
    const said = { code: 'spf-include-broken', params } as const;
    add(remark(said, 'error', place, isInclude ? '§5.2' : '§6.1'), walk);
  }
  const all = terms.find((one): one is Mechanism => one.kind === 'mechanism' && one.test.name === 'all');
  if (isPassed && all?.qualifier === '+') {
    add(remark({ code: 'spf-include-pass-all', params }, 'warn', place, '§5.2'), walk);
  }
  for (const below of record.terms) visit(below, place, isPassed && isPassing(below), walk);
}

function add(lint: SpfLint, { found, known }: Walk): void {
  const key = JSON.stringify([lint.start, lint.code, lint.params]);
  if (!known.has(key)) found.push(lint);
  known.add(key);
}

/** A void is nothing but untidy until there are too many: then each of them is to blame. */
function addVoid(params: { readonly term: string; readonly domain: string }, place: Place, walk: Walk): void {
  const { voids } = walk.tree;
  walk.voids++;
  const severity = voids > MAX_VOIDS ? 'error' : 'info';
  add(remark({ code: 'spf-void', params }, severity, place, '§4.6.4'), walk);
  if (walk.voids === MAX_VOIDS + 1) {
    const said = { code: 'spf-too-many-voids', params: { count: voids } } as const;
    add(remark(said, 'error', place, '§4.6.4'), walk);
  }
}

type Reference = (place: Place) => SpfLint;

function problemOf(
  params: { readonly term: string; readonly domain: string },
  problem: NonNullable<SpfTreeTerm['record']>['problem'],
  isInclude: boolean,
): Reference | null {
  const error =
    (said: Said, section = isInclude ? '§5.2' : '§6.1'): Reference =>
    (place) =>
      remark(said, 'error', place, section);
  switch (problem) {
    case 'bad-domain':
    case 'no-such-domain':
    case 'no-record':
      return error({ code: 'spf-include-missing', params });
    case 'several-records':
      return error({ code: 'spf-include-several', params }, '§4.5');
    case 'loop':
      return error({ code: 'spf-loop', params }, '§4.6.4');
    case 'record-unanswered':
      return (place) => remark({ code: 'spf-include-unanswered', params }, 'info', place, '§5.2');
    case 'unread':
    case null:
      return null;
  }
}

function isPassing({ text }: SpfTreeTerm): boolean {
  return !/^[-~?]/.test(text);
}
