/** From octets to a verdict: what the header alone says, then what DNS has to say, everything asked at once. */
import { checkSeal } from './arc/seal.ts';
import { verifyArc } from './arc/verify.ts';
import { type Receiver, receivedAt } from './authres/evidence.ts';
import { checkLogo, checkSignature, checkSpf, identifiersOf, lookByList, lookUp } from './checks.ts';
import { type Completeness, verifyDkim } from './dkim/verify.ts';
import { openLedger } from './dns/ledger.ts';
import { parseDate } from './message/date.ts';
import { fieldsNamed, type NoMessage, splitMessage, wasReceived } from './message/split.ts';
import type { Ports } from './ports.ts';
import { readHeader } from './read-header.ts';
import type { Facts } from './verdict/facts.ts';
import type { Level, Rule } from './verdict/finding.ts';
import { judge, type Verdict } from './verdict/judge.ts';

export interface Source {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly completeness: Completeness;
  readonly receiver: Receiver;
  /** Whether DNS may be asked for names that hold the sender's address (RFC 7208 §7.2, macros `l` and `s`). */
  readonly mayReveal?: boolean;
}

/** What is known and what follows from it, at one moment. */
export interface Examination {
  readonly facts: Facts;
  readonly verdict: Verdict;
}

export type Examined =
  | { readonly kind: 'examined'; readonly examination: Examination }
  | { readonly kind: 'no-message'; readonly why: NoMessage };

/** What the header alone says: the receiver's verdict and nothing that would have to be asked of anybody. */
export type Glanced =
  | {
      readonly kind: 'glanced';
      readonly rule: Rule;
      readonly level: Level;
      /** '' unless there is exactly one author domain. */
      readonly domain: string;
      /** False for a mail that was sent or drafted here and never delivered: there is nothing to say about it. */
      readonly received: boolean;
    }
  | { readonly kind: 'no-message'; readonly why: NoMessage };

/** Judges by the header alone, at once, for a badge: no question to DNS, no body. `pending` means: undecided. */
export function glance({ octets, receiver }: Pick<Source, 'octets' | 'receiver'>, ports: Ports): Glanced {
  const split = splitMessage(octets);
  if (split.kind === 'no-message') return split;
  const facts = readHeader(split.message, 'headers', receiver, ports);
  const { rule, level } = judge(facts);
  const domain = facts.authors.kind === 'one' ? facts.authors.author.domain : '';
  const { origin } = facts.evidence;
  // One's own may have been taken in by a server as well, and what was rebuilt has lost that trace.
  const received = origin !== 'own' && (origin !== 'unknown' || wasReceived(split.message));
  return { kind: 'glanced', rule, level, domain, received };
}

/**
 * Examines a message. `onProgress` is called at once with what the header alone says, and again whenever an answer
 * has come in; the promise resolves when everything is checked. Never rejects for anything that a mail or DNS holds.
 */
export async function examine(
  source: Source,
  ports: Ports,
  onProgress?: (examination: Examination) => void,
): Promise<Examined> {
  const split = splitMessage(source.octets);
  if (split.kind === 'no-message') return split;
  const { message } = split;
  const { completeness, receiver, mayReveal = false } = source;
  const ledger = openLedger(ports.resolve);
  const started = readHeader(message, completeness, receiver, ports);
  const task = { message, completeness, judgedAt: momentOf(started) };
  const verifications = verifyDkim(task, ports, ledger);
  const signed = verifications.map(({ claim }) => ({ claim, check: null, alterations: null }));
  // One object takes in what is found, and copies of it go out.
  const found: { -readonly [Name in keyof Facts]: Facts[Name] } = { ...started, signatures: signed };
  const known = (): Facts => ({ ...found, dns: [...ledger.answers()] });
  /** For what the verdict hangs on; the rest is taken in, and told with the next of these. */
  const tell = (news: Partial<Facts> = {}): void => {
    Object.assign(found, news);
    if (onProgress === undefined) return;
    const facts = known();
    onProgress({ facts, verdict: judge(facts) });
  };
  tell();

  const { authors, spf } = started;
  const authorDomains = authors.kind === 'none' ? [] : authorDomainsOf(authors);
  const identifiers = identifiersOf(found, ports);
  const dmarc = lookUp(started, identifiers, ledger);
  const signatures = Promise.all(
    verifications.map((verification, index) =>
      checkSignature(verification, task, ports, ledger, (checked) =>
        tell({ signatures: found.signatures.with(index, checked) }),
      ),
    ),
  );
  const told = dmarc.then((answer) => tell({ dmarc: answer }));
  const settled = async (): Promise<Facts> => {
    const hasSelector = fieldsNamed(message, 'bimi-selector').length > 0;
    if (hasSelector) await Promise.all([signatures, told]);
    return known();
  };
  await Promise.all([
    signatures,
    told,
    checkSpf(spf, { mayReveal, now: started.now }, ports, ledger).then((checked) => tell({ spf: checked })),
    verifyArc(task, ports, ledger).then((arc) => {
      found.arc = arc;
      found.seal = checkSeal(arc, { message, authorDomains }, ports);
    }),
    checkLogo(started, dmarc, settled, ledger).then((bimi) => {
      found.bimi = bimi;
    }),
    lookByList(started, identifiers, ports, ledger).then((psl) => {
      found.psl = psl;
    }),
  ]);
  found.done = true;
  const facts = known();
  return { kind: 'examined', examination: { facts, verdict: judge(facts) } };
}

function authorDomainsOf(authors: Exclude<Facts['authors'], { kind: 'none' }>): readonly string[] {
  return authors.kind === 'one' ? [authors.author.domain] : authors.authors.map(({ domain }) => domain);
}

/** When the signatures are judged: on receipt, else by the Date field, else now. */
function momentOf({ evidence, reader, message, now }: Facts): number {
  const [field] = fieldsNamed(message, 'date');
  const date = field === undefined ? null : parseDate(message.fields[field]?.value ?? '');
  return receivedAt(evidence, reader) ?? date ?? now;
}
