/** What mailauth's tests look at, in our words; what is only mailauth's own interface is named with its reason. */
import type { DmarcFacts, DmarcResult } from '../../../lib/engine/dmarc/evaluate.ts';

/** What our functions make of one call. */
export interface Seen {
  readonly author: string;
  readonly facts: DmarcFacts;
  readonly result: DmarcResult;
  /** The organizational domain of the first aligned identifier. */
  readonly aligned: { readonly spf: string | undefined; readonly dkim: string | undefined };
  readonly queries: readonly string[];
}

const HISTORIC = 'pct and ri are historic in RFC 9989 (§A.6) and not kept';
const UNUSED = 'the record keeps the tags that decide; fo, rua, ruf and unknown ones stand in its text';
const WORDING = 'the wording of mailauth’s own result';
const LENGTH = 'l= is told by the DKIM check, not by DMARC';
const CALLS = 'which questions mailauth asks; a walk asks for the names above as well (§4.10)';

const INAPPLICABLE: readonly [RegExp, string][] = [
  [/\bpct$|\bri$/, HISTORIC],
  [/^result\.(?:fo|rua|ruf|tagonly|false)$/, UNUSED],
  [/^result\.(?:info|error)$|\.comment$/, WORDING],
  [/\.underSized$/, LENGTH],
  [/^resolver\.calls/, CALLS],
];

/** Why an expectation is not about DMARC, or null where it is. */
export function inapplicable(expr: string, op: string): string | null {
  if (op === 'to.not.have.property') return null;
  return INAPPLICABLE.find(([pattern]) => pattern.test(expr))?.[1] ?? null;
}

/** The value that our functions give for an expression; `null` seen: no single author domain. */
export function foundFor(expression: string, seen: Seen | null): unknown {
  const path = expression.replace(/^(?:result|aligned|unaligned|relaxed|strict)\.?/, '');
  if (seen === null) return path === '' ? false : undefined;
  const { facts, aligned } = seen;
  const policy = facts.policy.kind === 'record' ? facts.policy : null;
  switch (path) {
    case '':
      return policy === null ? false : { ...policy, ...policy.record };
    case 'status.result':
      return seen.result;
    case 'status.header.from':
      return seen.author;
    case 'status.header.d':
      return policy?.recordDomain;
    case 'domain':
      return facts.organizationalDomains.get(seen.author);
    case 'policy':
      return policy?.applied;
    case 'p':
      return policy?.record.p;
    case 'sp':
      return policy?.record.sp;
    case 'v':
      return policy === null ? undefined : 'DMARC1';
    case 'adkim':
      return policy?.record.strictDkim === true ? 's' : 'r';
    case 'aspf':
      return policy?.record.strictSpf === true ? 's' : 'r';
    case 'rr':
      return policy?.record.text;
    case 'isOrgRecord':
      return policy?.recordDomain !== seen.author;
    case 'alignment.dkim.strict':
      return policy?.record.strictDkim;
    case 'alignment.spf.strict':
      return policy?.record.strictSpf;
    case 'alignment.dkim.result':
      return aligned.dkim;
    case 'alignment.spf.result':
      return aligned.spf;
    case 'dmarcQueries':
      return seen.queries;
    case 'err.code':
      return facts.policy.kind === 'unanswered' ? 'ETIMEOUT' : undefined;
    default:
      throw new Error(`nothing is known about ${expression}`);
  }
}
