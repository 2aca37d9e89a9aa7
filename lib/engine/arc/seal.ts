/**
 * The receiver's own seal: what Gmail or Microsoft found, provable by anybody who has the message.
 *
 * A proof says "this receiver found that in this message, for one of its customers", not "for the reader": whoever has
 * a mailbox there can send the sealed message on. The statement needs the newest seal and its message signature
 * alone. Older seals are octets under the newest one, and whether their keys are still published changes nothing
 * about what the receiver said.
 */
import { mayHoldSendersWords } from '../authres/doubt.ts';
import { domainPart, type Evidence, type ReportedResult } from '../authres/evidence.ts';
import { type AuthResults, type MethodResult, propertyOf } from '../authres/parse.ts';
import { fieldsNamed, type Message } from '../message/split.ts';
import type { Ports } from '../ports.ts';
import type { ArcFields } from './set.ts';
import type { ArcCheck } from './verify.ts';
import type { ArcSetCheck } from './verify-set.ts';

export type SealingReceiver = 'gmail' | 'microsoft';

/** Why a seal that is there proves nothing. */
export type SealDoubt =
  /** A key of the set went unanswered. */
  | 'unanswered'
  /** DNS no longer has a key of the set: receivers change them. */
  | 'key-gone'
  /** The seal does not fit the sets, or one of the two fields is unusable. */
  | 'seal-broken'
  /** The message signature does not fit: another header or another body. */
  | 'message-changed'
  /** Everything fits but the body, which is not at hand or need not be the one that was signed. */
  | 'body-not-checkable'
  /** `l=`: what follows the signed part of the body may be anybody's. */
  | 'partial-body'
  | 'from-not-signed'
  /** More From fields than `h=` names: the reader may see one that was added. */
  | 'from-added'
  /** Exchange sealed a message on its way out, where nobody checks the sender. */
  | 'sender-side'
  /** The results can be read in more than one way: the sender's own words may stand among them. */
  | 'ambiguous'
  | 'no-dmarc'
  /** The DMARC result is about another domain than the author's. */
  | 'other-author';

interface Sealed {
  readonly receiver: SealingReceiver;
  readonly instance: number;
  readonly fields: ArcFields;
  /** Indexes of the keys' answers in the ledger. */
  readonly dns: readonly number[];
}

export type SealCheck =
  /** The highest set is no known receiver's. */
  | { readonly kind: 'none' }
  | (Sealed & {
      readonly kind: 'proven';
      /** The DMARC result that the receiver sealed, lower case. */
      readonly dmarc: string;
      /** `t=` of the seal, seconds since 1970, or null. */
      readonly sealedAt: number | null;
    })
  | (Sealed & { readonly kind: 'unproven'; readonly because: SealDoubt });

export interface SealContext {
  readonly message: Message;
  /** The domains of From in A-labels. A proof is about exactly one. */
  readonly authorDomains: readonly string[];
}

/** The signing domain and the authserv-id of those whose seals say what they found on delivery. */
const RECEIVERS: Readonly<Record<SealingReceiver, { readonly domain: string; readonly id: string }>> = {
  gmail: { domain: 'google.com', id: 'mx.google.com' },
  microsoft: { domain: 'microsoft.com', id: 'mx.microsoft.com' },
};

/** What the receiver's seal on the highest set proves. Pure: everything was asked by `verifyArc`. */
export function checkSeal(
  arc: Pick<ArcCheck, 'sets' | 'highest'>,
  context: SealContext,
  ports: Pick<Ports, 'toAscii'>,
): SealCheck {
  const set = arc.sets.find(({ instance }) => instance === arc.highest);
  const receiver = set === undefined ? null : receiverOf(set);
  if (set === undefined || receiver === null) return { kind: 'none' };
  const { instance, fields, dns } = set;
  const sealed: Sealed = { receiver, instance, fields, dns };
  const because =
    doubtAboutSignatures(set) ??
    doubtAboutCoverage(set, context) ??
    doubtAboutStatement(set, receiver, context, ports);
  if (because !== null) return { ...sealed, kind: 'unproven', because };
  const [dmarc] = resultsOf(set.results, 'dmarc');
  return { ...sealed, kind: 'proven', dmarc: dmarc?.result ?? '', sealedAt: set.created };
}

function receiverOf({ domain, messageSignature, authservId }: ArcSetCheck): SealingReceiver | null {
  const names = ['gmail', 'microsoft'] as const;
  const own = (name: SealingReceiver): boolean =>
    domain === RECEIVERS[name].domain &&
    messageSignature.domain === RECEIVERS[name].domain &&
    authservId?.toLowerCase() === RECEIVERS[name].id;
  return names.find(own) ?? null;
}

/** The seal first: until it holds, the rest of the set is anybody's. */
function doubtAboutSignatures({ seal, messageSignature }: ArcSetCheck): SealDoubt | null {
  if (seal.result === 'fail') return isGone(seal.reason) ? 'key-gone' : 'seal-broken';
  if (messageSignature.result === 'fail') {
    if (isGone(messageSignature.reason)) return 'key-gone';
    return CHANGED.has(messageSignature.reason) ? 'message-changed' : 'seal-broken';
  }
  if (seal.result === 'temperror' || messageSignature.result === 'temperror') return 'unanswered';
  return messageSignature.result === 'not-checkable' ? 'body-not-checkable' : null;
}

type Reason = ArcSetCheck['messageSignature']['reason'] | ArcSetCheck['seal']['reason'];

const CHANGED: ReadonlySet<Reason> = new Set(['signature-mismatch', 'body-altered', 'body-too-short']);

function isGone(reason: Reason): boolean {
  return reason === 'key-missing' || reason === 'key-revoked';
}

function doubtAboutCoverage(
  { messageSignature: { bodyLength, signedHeaders } }: ArcSetCheck,
  { message }: SealContext,
): SealDoubt | null {
  if (bodyLength !== null) return 'partial-body';
  const signedFroms = signedHeaders.filter((name) => name === 'from').length;
  if (signedFroms === 0) return 'from-not-signed';
  return fieldsNamed(message, 'from').length > signedFroms ? 'from-added' : null;
}

function doubtAboutStatement(
  { results }: ArcSetCheck,
  receiver: SealingReceiver,
  { authorDomains }: SealContext,
  ports: Pick<Ports, 'toAscii'>,
): SealDoubt | null {
  const [dmarc, ...more] = resultsOf(results, 'dmarc');
  if (more.length > 0 || mayHoldSendersWords(results)) return 'ambiguous';
  if (receiver === 'microsoft' && !wasReceivedFromOutside(results)) return 'sender-side';
  if (dmarc === undefined) return 'no-dmarc';
  const judged = ports.toAscii(propertyOf(dmarc.properties, 'header', 'from'))?.domain;
  const [author, ...others] = authorDomains;
  return judged !== undefined && judged === author && others.length === 0 ? null : 'other-author';
}

/** Exchange names the client and the recipient's domain where it received a message, and neither where it sent one. */
function wasReceivedFromOutside(results: AuthResults): boolean {
  return resultsOf(results, 'spf').some(
    ({ comments, properties }) =>
      comments.some((comment) => /^sender ip is \S+$/i.test(comment)) &&
      propertyOf(properties, 'smtp', 'rcpttodomain') !== '',
  );
}

function resultsOf({ results }: AuthResults, method: string): readonly MethodResult[] {
  return results.filter((result) => result.method === method);
}

type Reported = Pick<Evidence, 'spf' | 'dkim' | 'dmarc'>;

/**
 * Whether a set may be told as the seal on what the receiver reported in its own mailbox: it stands above the border,
 * where only the receiver writes, and its results are the reported ones.
 */
export function sealConfirms(
  fields: ArcFields,
  results: AuthResults,
  { border, ...reported }: Reported & Pick<Evidence, 'border'>,
): boolean {
  const lowest = Math.max(fields.seal, fields.messageSignature, fields.results);
  return border !== null && lowest < border.field && sealAgrees(results, reported);
}

/** The same results of SPF, DKIM and DMARC for the same domains, in any order and whatever is written beside them. */
export function sealAgrees({ results }: AuthResults, { spf, dkim, dmarc }: Reported): boolean {
  const sealed = results.flatMap(({ method, ...said }) => (isMethod(method) ? [lineOf(method, said)] : []));
  const reported = [
    ...(spf === null ? [] : [lineOf('spf', spf)]),
    ...dkim.map((said) => lineOf('dkim', said)),
    ...(dmarc === null ? [] : [lineOf('dmarc', dmarc)]),
  ];
  return sealed.sort().join('\n') === reported.sort().join('\n');
}

type Said = Pick<ReportedResult, 'result' | 'properties'>;
type Method = 'spf' | 'dkim' | 'dmarc';

function isMethod(text: string): text is Method {
  return text === 'spf' || text === 'dkim' || text === 'dmarc';
}

/** A result as one line. Where there was nothing to judge there is nothing to name: Exchange writes `header.d=none`. */
function lineOf(method: Method, { result, properties }: Said): string {
  const named = result === 'none' && method === 'dkim' ? '' : identifierOf(method, properties);
  return `${method} ${result} ${named}`.toLowerCase();
}

function identifierOf(method: Method, properties: Said['properties']): string {
  const header = (name: string): string => propertyOf(properties, 'header', name);
  switch (method) {
    case 'spf':
      return propertyOf(properties, 'smtp', 'mailfrom');
    case 'dkim':
      return `${header('d') || domainPart(header('i'))} ${header('s')}`;
    case 'dmarc':
      return header('from');
  }
}
