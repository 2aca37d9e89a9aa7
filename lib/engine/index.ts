/** The engine's only door: octets and ports in, verdict out. */
import type { Basis, Receiver } from './authres/evidence.ts';
import { mailFromDomain, receivedAt, signingDomain } from './authres/evidence.ts';
import { gatherEvidence } from './authres/trust.ts';
import { type Completeness, verifyDkim } from './dkim/verify.ts';
import { type DmarcFacts, lookUpDmarc } from './dmarc/evaluate.ts';
import { type Ledger, openLedger } from './dns/ledger.ts';
import { readAuthors } from './message/author.ts';
import { parseDate } from './message/date.ts';
import { fieldsNamed, type Message, type NoMessage, splitMessage, wasReceived } from './message/split.ts';
import type { Ports } from './ports.ts';
import type { Facts } from './verdict/facts.ts';
import type { Level, Rule } from './verdict/finding.ts';
import { judge, type Verdict } from './verdict/judge.ts';

export type { Basis, IgnoredBecause, Receiver, ReportedResult } from './authres/evidence.ts';
export type { Completeness, DkimCheck } from './dkim/verify.ts';
export type { DmarcResult } from './dmarc/evaluate.ts';
export type { Answer, Rcode, RecordType } from './dns/answer.ts';
export { isDefinite } from './dns/answer.ts';
export { MAX_HEADER_OCTETS, MAX_MESSAGE_OCTETS } from './limits.ts';
export type { NoMessage } from './message/split.ts';
export type { AsciiDomain, Ports } from './ports.ts';
export type { Facts } from './verdict/facts.ts';
export type {
  Finding,
  FindingCode,
  FindingParams,
  Level,
  Provenance,
  Rule,
  Severity,
  Step,
} from './verdict/finding.ts';
export { alignmentOf } from './verdict/identifiers.ts';
export { isOwnMail, type Verdict } from './verdict/judge.ts';
export { checkedDmarc } from './verdict/rule.ts';

export interface Source {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly completeness: Completeness;
  readonly receiver: Receiver;
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
export function glance({ octets, receiver }: Omit<Source, 'completeness'>, ports: Ports): Glanced {
  const split = splitMessage(octets);
  if (split.kind === 'no-message') return split;
  const facts = readHeader(split.message, 'headers', receiver, ports);
  const { rule, level } = judge(facts);
  const domain = facts.authors.kind === 'one' ? facts.authors.author.domain : '';
  return { kind: 'glanced', rule, level, domain, received: wasReceived(split.message) };
}

/**
 * Examines a message. `onProgress` is called at once with what the header alone says, and again whenever an answer
 * has come in; the promise resolves when everything is checked. Never rejects for anything that a mail or DNS holds.
 */
export async function examine(
  source: Source,
  ports: Ports,
  onProgress: (examination: Examination) => void = () => {},
): Promise<Examined> {
  const split = splitMessage(source.octets);
  if (split.kind === 'no-message') return split;
  const { message } = split;
  const { completeness, receiver } = source;
  let facts = readHeader(message, completeness, receiver, ports);
  const ledger = openLedger(ports.resolve);
  const judgedAt = receivedAt(facts.evidence, receiver.basis) ?? dateOf(message) ?? ports.now();
  const verifications = verifyDkim({ message, completeness, judgedAt }, ports, ledger);
  facts = { ...facts, signatures: verifications.map(({ claim }) => ({ claim, check: null })) };
  const tell = (news: Partial<Facts>): Examination => {
    facts = { ...facts, ...news, dns: [...ledger.answers()] };
    return { facts, verdict: judge(facts) };
  };
  onProgress(tell({}));

  const checks = verifications.map(async ({ check }, index) => {
    const found = await check;
    const signatures = facts.signatures.with(index, { claim: found, check: found });
    onProgress(tell({ signatures }));
  });
  const dmarc = lookUp(facts, ledger).then((found) => onProgress(tell({ dmarc: found })));
  await Promise.all([...checks, dmarc]);
  return { kind: 'examined', examination: tell({ done: true }) };
}

/** All that can be known without asking; signatures are left to those who verify them. */
function readHeader(message: Message, completeness: Completeness, receiver: Receiver, ports: Ports): Facts {
  const authors = readAuthors(message, ports);
  const evidence = gatherEvidence(message, authors, receiver, ports);
  return {
    message,
    completeness,
    authors,
    evidence,
    reader: receiver.basis satisfies Basis,
    now: ports.now(),
    signatures: [],
    dmarc: null,
    done: false,
    dns: [],
    reportedMailFrom: toAscii(evidence.spf === null ? '' : mailFromDomain(evidence.spf), ports),
    reportedSigners: evidence.dkim.map((reported) => toAscii(signingDomain(reported), ports)),
  };
}

async function lookUp(
  { authors, signatures, reportedMailFrom, reportedSigners }: Facts,
  ledger: Ledger,
): Promise<DmarcFacts | null> {
  if (authors.kind !== 'one') return null;
  const signers = signatures.map(({ claim }) => claim.domain);
  return lookUpDmarc(authors.author.domain, [reportedMailFrom, ...signers, ...reportedSigners], ledger);
}

function toAscii(domain: string, ports: Pick<Ports, 'toAscii'>): string {
  return domain === '' ? '' : (ports.toAscii(domain)?.domain ?? '');
}

function dateOf(message: Message): number | null {
  const [field] = fieldsNamed(message, 'date');
  return field === undefined ? null : parseDate(message.fields[field]?.value ?? '');
}
