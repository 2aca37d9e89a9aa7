/** Authentication-Results from the tests of five other parsers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type AuthResults, parseAuthResults } from '../../../lib/engine/authres/parse.ts';
import {
  type Deviations,
  difference,
  type Outcome,
  outcomeOf,
  type Suite,
  strayDeviations,
} from './suite.ts';

interface Case {
  readonly source: string;
  readonly value: string;
  readonly expect?: 'parses' | 'rejected';
  readonly expect_authserv?: string;
  readonly expect_results?: readonly (readonly [string, string])[];
}

const INSTANCE =
  'the instance of an ARC set is read apart (RFC 8617 §4.1.1); what is left names no known method';
const VERSION = 'the version of a method is passed over: we know each method in one version (RFC 8601 §2.6)';
const UNKNOWN = 'kept as a result that is unknown: it is no pass, and to drop it would read as "not judged"';
const NONE = '"none" beside results adds nothing, and takes nothing from them';
const EMPTY = 'receivers write empty values (header.from=;): kept as empty, never as a match';

const DEVIATIONS: Deviations = {
  'rejected "i="': INSTANCE,
  'rejected "i=5"': INSTANCE,
  'rejected "i=5; i=1"': INSTANCE,
  'rejected "authserv-id; abc/1.0=pass"': VERSION,
  'rejected "authserv-id; abc/def=pass"': VERSION,
  'rejected "authserv-id; abc="': UNKNOWN,
  'rejected "authserv-id; abc=."': UNKNOWN,
  'rejected "authserv-id; none; method=pass"': NONE,
  'rejected "authserv-id; method=pass; none"': NONE,
  'rejected "authserv-id; method=pass reason="': EMPTY,
  'rejected "authserv-id; method=pass reason=;"': EMPTY,
  'rejected "authserv-id; method=pass ptype.prop="': EMPTY,
  'rejected "authserv-id; method=pass ptype.prop=;"': EMPTY,
};

/** Strings without a stated expectation whose comments never close. */
const OPEN = /\(\(good \(comment \(another\)\) signature\(s\)\)/;

/** The suite holds ARC-Authentication-Results too; their instance goes before (RFC 8617 §4.1.1). */
function read({ value }: Case): AuthResults {
  return parseAuthResults(value.replace(/^\s*i=\d+\s*;/, ''));
}

function isOpen({ warnings }: AuthResults): boolean {
  return warnings.includes('unclosed-comment') || warnings.includes('unclosed-quote');
}

/** Every `method=result` outside comments and quotes has become a result, and there is an id or Microsoft’s form. */
function mustRead({ value }: Case, parsed: AuthResults): string | null {
  const plain = withoutComments(value).replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const segments = plain.replace(/^\s*i=\d+\s*;/, '').split(';');
  const methods = segments.flatMap(
    (segment) => /^\s*([a-z][\w.-]*)\s*(?:\/\s*\d+\s*)?=/i.exec(segment)?.[1] ?? [],
  );
  const found = parsed.results.map(({ method }) => method);
  if (isOpen(parsed)) return `unclosed: ${parsed.warnings.join(', ')}`;
  if (parsed.authservId === null && !/^\s*[a-z]+=/i.test(plain)) return 'no authserv-id';
  return difference(
    found,
    methods.map((method) => method.toLowerCase()),
  );
}

function withoutComments(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, ' ');
  return shorter === text ? text : withoutComments(shorter);
}

/** What may not be believed is warned of, or yields nothing. */
function mustRefuse(parsed: AuthResults): string | null {
  return parsed.warnings.length > 0 || parsed.results.length === 0 ? null : difference(parsed, 'a warning');
}

function mustEqual(
  { expect_authserv: id, expect_results: results = [] }: Case,
  parsed: AuthResults,
): string | null {
  const wanted = results.map(([method, result]) => [
    method === 'SenderID' ? 'sender-id' : method.toLowerCase(),
    result.toLowerCase(),
  ]);
  const found = parsed.results.map(({ method, result }) => [method, result]);
  return difference([parsed.authservId, found], [id, wanted]);
}

function judge(one: Case): Outcome {
  const parsed = read(one);
  const kind = one.expect ?? (one.expect_authserv === undefined ? 'given' : 'equals');
  const id = `${kind} ${JSON.stringify(one.value)}`;
  if (kind === 'equals') return outcomeOf(id, mustEqual(one, parsed));
  if (kind === 'rejected') return outcomeOf(id, mustRefuse(parsed), DEVIATIONS);
  return outcomeOf(id, OPEN.test(one.value) ? mustRefuse(parsed) : mustRead(one, parsed));
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const lines = readFileSync(path.join(folder, 'authres/parser-tests.jsonl'), 'utf8').trim().split('\n');
  const outcomes = lines.map((line) => judge(JSON.parse(line)));
  return [...outcomes, ...strayDeviations(DEVIATIONS, outcomes)];
}

export const authres: Suite = { name: 'authres', run };
