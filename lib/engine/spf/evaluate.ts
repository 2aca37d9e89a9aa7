/** check_host() of RFC 7208 §4: whether a client may use a domain, term by term. */
import type { Ledger } from '../dns/ledger.ts';
import type { Ports } from '../ports.ts';
import { askAhead } from './ahead.ts';
import { explain } from './explanation.ts';
import { MAX_SENDER } from './limits.ts';
import { findRecord } from './lookup.ts';
import { readClient } from './network.ts';
import {
  firstFault,
  inOrder,
  type Mechanism,
  type Modifier,
  modifierOf,
  recordReader,
  type Term,
} from './record.ts';
import { type Sender, type Session, withholding } from './session.ts';
import { type Budget, type Evaluated, type Run, type Tried, tryTerm } from './term.ts';
import type { SpfCheck, SpfRecordTrace, SpfResult, SpfTask, SpfTermTrace } from './trace.ts';

/**
 * Judges a client by the SPF record of the sender's domain. Total; every question goes through the ledger.
 * `prefetch` asks ahead what may be needed: the answer is the same, only sooner.
 */
export async function checkHost(
  task: SpfTask,
  ports: Pick<Ports, 'toAscii'>,
  ledger: Ledger,
  { prefetch = true }: { readonly prefetch?: boolean } = {},
): Promise<SpfCheck> {
  const sender = readSender(task, ports);
  const client = readClient(task.ip);
  const { identity } = task;
  if (client === null || sender === null) {
    const reason = client === null ? 'bad-address' : 'bad-domain';
    const who = { identity, domain: sender?.domain ?? '', ip: client?.text ?? task.ip };
    return { ...who, result: 'none', reason, explanation: null, lookups: 0, voids: 0, trace: null };
  }
  const { domain } = sender;

  const { helo, receiver = 'unknown', now, mayReveal } = task;
  const read = recordReader();
  const session: Session = { client, sender, helo: clip(helo), receiver, now, mayReveal, ledger, read };
  const budget: Budget = { lookups: 0, voids: 0, withheld: 0 };
  const run: Run = {
    session,
    budget,
    evaluate: (domain, isIncluded) => evaluateDomain(domain, isIncluded, run),
  };
  const stop = prefetch ? askAhead(domain, session) : () => {};
  const { trace, explanation } = await run.evaluate(domain, false);
  stop();
  const { result, reason } = trace;
  const { lookups, voids } = budget;
  return { identity, domain, ip: client.text, result, reason, explanation, lookups, voids, trace };
}

/** The identity that is checked (§2.3, §2.4, §4.3); null where its domain is none. */
function readSender({ identity, mailFrom, helo }: SpfTask, ports: Pick<Ports, 'toAscii'>): Sender | null {
  const isOwn = identity === 'mailfrom' && mailFrom !== '';
  const address = isOwn ? mailFrom : `postmaster@${helo}`;
  const at = address.lastIndexOf('@');
  const domain = ports.toAscii(address.slice(at + 1))?.domain ?? '';
  if (!domain.includes('.')) return null;
  const local = at === -1 || at > MAX_SENDER ? null : address.slice(0, at) || 'postmaster';
  return { local, domain, isPersonal: isOwn };
}

/** RFC 5321 §4.5.3.1: longer names do not occur, and every macro would repeat them. */
function clip(helo: string): string {
  return helo.length > MAX_SENDER ? '' : helo;
}

async function evaluateDomain(domain: string, isIncluded: boolean, run: Run): Promise<Evaluated> {
  const found = await findRecord(domain, run.session.ledger);
  if (found.kind === 'record')
    return evaluateRecord({ domain, text: found.text, dns: found.dns }, isIncluded, run);
  const { kind: reason, dns } = found;
  const result = NO_RECORD[reason];
  const trace: SpfRecordTrace = { domain, text: null, result, reason, dns, terms: [] };
  return { trace, explanation: null };
}

/** §4.3–4.5. */
const NO_RECORD = {
  'bad-domain': 'none',
  'no-such-domain': 'none',
  'no-record': 'none',
  'several-records': 'permerror',
  'record-unanswered': 'temperror',
} as const;

/** A record that was found. */
type Found = Pick<SpfRecordTrace, 'domain' | 'dns'> & { readonly text: string };

async function evaluateRecord(found: Found, isIncluded: boolean, run: Run): Promise<Evaluated> {
  const terms = run.session.read(found.text);
  // §4.6: an error anywhere spoils the record, whatever stands before it.
  const fault = firstFault(terms);
  if (fault === null) return evaluateTerms(found, terms, isIncluded, run);
  const { error: reason } = fault;
  const traces = terms.map((term) =>
    traceOf(term, term === fault ? { outcome: 'error', reason, fault: fault.at } : {}),
  );
  const trace: SpfRecordTrace = { ...found, result: 'permerror', reason, terms: traces };
  return { trace, explanation: null };
}

async function evaluateTerms(
  found: Found,
  terms: readonly Term[],
  isIncluded: boolean,
  run: Run,
): Promise<Evaluated> {
  const { domain, text, dns } = found;
  const order: ReadonlySet<Mechanism | Modifier> = new Set(inOrder(terms));
  const tries = new Map<Term, Partial<SpfTermTrace>>();
  const possible = new Set<SpfResult>();
  let last = UNDECIDED;
  for (const term of order) {
    last = await tryTerm(term, domain, isIncluded, run);
    tries.set(term, last.trace);
    for (const end of last.ends) possible.add(end);
    if (!last.goesOn) break;
  }
  if (last.goesOn) possible.add('neutral');
  const [only = 'neutral', ...others] = possible;
  const result = others.length > 0 ? 'withheld' : only;
  const { outcome, reason: broken = null } = last.trace;
  const reason = result === 'withheld' ? withholding(run.session) : outcome === 'error' ? broken : null;

  let explanation = result === 'fail' ? last.explanation : null;
  const exp = modifierOf(terms, 'exp');
  // §6.2: not of a record that is included, nor of one whose `redirect` decided.
  if (exp !== null && result === 'fail' && outcome !== 'followed' && !isIncluded) {
    const explained = await explain(exp, domain, run.session);
    tries.set(exp, explained.trace);
    explanation = explained.text;
  }
  const traces = terms.map((term) => traceOf(term, tries.get(term) ?? idle(term, order)));
  return { trace: { domain, text, result, reason, dns, terms: traces }, explanation };
}

/** Before the first term, and where none decides (§4.7). */
const UNDECIDED: Tried = { trace: { outcome: 'no-match' }, ends: [], goesOn: true, explanation: null };

/** A term that was not tried: before it something decided, or it never had a say. */
function idle(term: Term, order: ReadonlySet<Term>): Partial<SpfTermTrace> {
  const isRedirect = term.kind === 'modifier' && term.name === 'redirect';
  const hasNoSay = term.kind === 'unknown-modifier' || (isRedirect && !order.has(term));
  return { outcome: hasNoSay ? 'ignored' : 'not-reached' };
}

function traceOf({ text, start, end }: Term, tried: Partial<SpfTermTrace>): SpfTermTrace {
  const { outcome = 'not-reached', reason = null, fault = null, record = null } = tried;
  const { name = null, lookup = null, isVoid = false, dns = [] } = tried;
  return { text, start, end, outcome, reason, fault, name, lookup, isVoid, dns, record };
}
