/** The sentences about a domain's records: remarks, findings, what a record says. Codes map to keys by name alone. */
import type {
  DomainFinding,
  DomainFindingParams,
  Lint,
  LintParams,
  Rcode,
  RecordFact,
  RecordFactParams,
} from '../engine/index.ts';
import { rcodeSentence } from './rcode-sentence.ts';
import { keyOf, shownAddress, shownDomain, type Underscored } from './sentence.ts';
import type { MessageKey, MessageParams, Translate } from './translate.ts';
import { shortened } from './visible.ts';

/** The codes that have no message, or one with a placeholder that they lack: with any of them it does not compile. */
type Uncovered<Prefix extends string, Params> = {
  [C in keyof Params & string]: `${Prefix}_${Underscored<C>}` extends infer Key
    ? Key extends MessageKey
      ? [keyof MessageParams<Key>] extends [keyof Params[C]]
        ? never
        : C
      : C
    : never;
}[keyof Params & string];
type Missing =
  | Uncovered<'lint', LintParams>
  | Uncovered<'records', DomainFindingParams>
  | Uncovered<'records_fact', RecordFactParams>;
true satisfies [Missing] extends [never] ? true : Missing;

const DOMAIN_PARAMS = new Set(['domain', 'author', 'other', 'id', 'by']);

/** Parameters as they may be shown: domains both ways, addresses with their domain both ways, all else visible. */
function shown(t: Translate, params: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]: [string, string | number]) => {
      if (typeof value === 'number') return [name, String(value)];
      if (name === 'rcode') return [name, rcodeSentence(t, { rcode: value as Rcode, answers: [] })];
      if (name === 'address') return [name, shownAddress(value)];
      return [name, DOMAIN_PARAMS.has(name) ? shownDomain(t, value) : shortened(value)];
    }),
  );
}

/** Any sentence by a key that was put together from a code; the types above vouch for key and parameters. */
function say(t: Translate, key: MessageKey, params: object): string {
  return (t as (key: MessageKey, params: Readonly<Record<string, string>>) => string)(key, shown(t, params));
}

export function lintSentence(t: Translate, { code, params }: Lint): string {
  return say(t, keyOf('lint', code), params);
}

export function domainFindingSentence(t: Translate, { code, params }: DomainFinding): string {
  return say(t, keyOf('records', code), params);
}

export function factSentence(t: Translate, { code, params }: RecordFact): string {
  return say(t, keyOf('records_fact', code), params);
}
