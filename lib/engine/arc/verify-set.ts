/** Verifies what one hop sealed: its seal over the sets so far, its signature over the message (RFC 8617 §4.1). */
import type { AuthResults } from '../authres/parse.ts';
import { canonicalField, canonicalSignatureField } from '../dkim/canonicalize.ts';
import { type BodyDigests, bodyDigest, signedHeader } from '../dkim/content.ts';
import type { MessageSignature, TagError } from '../dkim/signature.ts';
import type { Completeness } from '../dkim/verify.ts';
import type { Ledger } from '../dns/ledger.ts';
import { MAX_SIGNATURES } from '../limits.ts';
import type { Message } from '../message/split.ts';
import { equalOctets, fromBinaryString } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { type Proof, type ProofReason, prove } from './proof.ts';
import type { ArcFields, ArcSet, ChainStatus } from './set.ts';

/** Why a seal does not hold. `missing-set`: a set below, which the seal signs as well, is not there. */
export type ArcSealReason = TagError | 'seal-tag' | 'missing-set' | ProofReason;

/** Why a message signature does not hold, or cannot be told to. */
export type ArcMessageReason =
  | TagError
  | 'signs-seal'
  | 'too-many-signatures'
  | ProofReason
  | 'expired'
  | 'body-altered'
  | 'body-too-short'
  | 'body-not-original'
  | 'body-absent';

/**
 * `temperror`: a key went unanswered. `not-checkable`: the header holds, and the octets at hand need not be the
 * body that was signed.
 */
export type ArcResult = 'pass' | 'fail' | 'temperror' | 'not-checkable';

export interface ArcMessageCheck {
  readonly result: ArcResult;
  /** Null for a pass. */
  readonly reason: ArcMessageReason | null;
  /** `d=` in A-labels, '' where unreadable. */
  readonly domain: string;
  readonly selector: string;
  /** Whether `bh=` fits the body at hand, whatever became of the rest; null where there was nothing to compare. */
  readonly bodyHolds: boolean | null;
  /** `h=`, lower case, in order, repetitions kept. */
  readonly signedHeaders: readonly string[];
  /** `l=` in octets, or null. */
  readonly bodyLength: number | null;
}

/** What one hop said, and whether its two signatures hold. */
export interface ArcSetCheck {
  readonly instance: number;
  /** `d=` of the seal in A-labels, '' where unreadable. */
  readonly domain: string;
  /** `s=` of the seal. */
  readonly selector: string;
  /** `t=` of the seal, seconds since 1970, or null. */
  readonly created: number | null;
  readonly cv: ChainStatus | null;
  readonly results: AuthResults;
  /** Who says so, as written; null where the hop left it out. */
  readonly authservId: string | null;
  readonly seal: {
    readonly result: Exclude<ArcResult, 'not-checkable'>;
    /** Null for a pass. */
    readonly reason: ArcSealReason | null;
  };
  readonly messageSignature: ArcMessageCheck;
  readonly fields: ArcFields;
  /** Indexes of the keys' answers in the ledger. */
  readonly dns: readonly number[];
}

export interface ArcTask {
  readonly message: Message;
  readonly completeness: Completeness;
  /** When `x=` is judged, seconds since 1970: the time of receipt. Where it is not known, nothing has expired. */
  readonly judgedAt?: number;
}

export type ArcPorts = Pick<Ports, 'crypto' | 'verifyEd25519' | 'toAscii'>;

/** Checks the complete sets, all of them at once. */
export function verifySets(
  task: ArcTask,
  sets: readonly ArcSet[],
  ports: ArcPorts,
  ledger: Ledger,
): Promise<readonly ArcSetCheck[]> {
  const digests: BodyDigests = new Map();
  return Promise.all(
    sets.map(async (set, at) => {
      // Only the newest message signature must hold; of the older ones no more are tried than of DKIM signatures.
      const tried = sets.length - at <= MAX_SIGNATURES;
      const [seal, signature] = await Promise.all([
        verifySeal(task.message, set, sets, ports, ledger),
        verifyMessageSignature(task, set, tried, digests, ports, ledger),
      ]);
      return toCheck(set, seal, signature);
    }),
  );
}

function toCheck(
  { instance, cv, results, fields, seal: read, messageSignature: readMessage }: ArcSet,
  seal: SealOutcome,
  { dns, ...message }: MessageOutcome,
): ArcSetCheck {
  const { domain, selector } = read.kind === 'error' ? read : read.signature;
  const created = read.kind === 'error' ? null : read.signature.created;
  const signature = readMessage.kind === 'error' ? readMessage : readMessage.signature;
  return {
    instance,
    domain,
    selector,
    created,
    cv,
    results,
    authservId: results.authservId,
    seal: { result: seal.result, reason: seal.reason },
    messageSignature: {
      ...message,
      domain: signature.domain,
      selector: signature.selector,
      signedHeaders: 'signedHeaders' in signature ? signature.signedHeaders : [],
      bodyLength: 'bodyLength' in signature ? signature.bodyLength : null,
    },
    fields,
    dns: [...new Set([seal.dns, dns].filter((index) => index !== null))],
  };
}

type SealOutcome = ArcSetCheck['seal'] & Pick<Proof, 'dns'>;

async function verifySeal(
  message: Message,
  set: ArcSet,
  sets: readonly ArcSet[],
  ports: ArcPorts,
  ledger: Ledger,
): Promise<SealOutcome> {
  if (set.seal.kind === 'error') return { result: 'fail', reason: set.seal.error, dns: null };
  // §5.1.2: a hop that found the chain broken seals its own set alone.
  const scope = set.cv === 'fail' ? [set] : sets.slice(0, set.instance);
  if (set.cv !== 'fail' && scope.length < set.instance) {
    return { result: 'fail', reason: 'missing-set', dns: null };
  }
  return prove(set.seal.signature, sealedHeader(message, scope), ports, ledger);
}

/** The octets that a seal signs: the sets in order, relaxed, the seal itself last and without its `b=` (§5.1.1). */
function sealedHeader({ fields }: Message, scope: readonly ArcSet[]): Uint8Array<ArrayBuffer> {
  const raw = (field: number): string => fields[field]?.raw ?? '';
  const parts = scope.flatMap(({ fields: { results, messageSignature, seal } }, at) => [
    canonicalField(raw(results), 'relaxed'),
    canonicalField(raw(messageSignature), 'relaxed'),
    at === scope.length - 1
      ? canonicalSignatureField(raw(seal), 'relaxed')
      : canonicalField(raw(seal), 'relaxed'),
  ]);
  return fromBinaryString(parts.join(''));
}

type MessageOutcome = Pick<ArcMessageCheck, 'result' | 'reason' | 'bodyHolds'> & Pick<Proof, 'dns'>;

async function verifyMessageSignature(
  task: ArcTask,
  { messageSignature, fields, statesForms }: ArcSet,
  tried: boolean,
  digests: BodyDigests,
  ports: ArcPorts,
  ledger: Ledger,
): Promise<MessageOutcome> {
  const unread = { result: 'fail', bodyHolds: null, dns: null } as const;
  if (messageSignature.kind === 'error') return { ...unread, reason: messageSignature.error };
  if (!tried) return { ...unread, reason: 'too-many-signatures' };
  const { signature } = messageSignature;
  const verify = (reading: MessageSignature): Promise<MessageOutcome> =>
    verifyReading(task, fields.messageSignature, reading, digests, ports, ledger);
  const outcome = await verify(signature);
  if (statesForms || outcome.reason !== 'signature-mismatch') return outcome;
  // §4.1.2 takes simple/simple over from DKIM; ARC's drafts, by which some still seal, had relaxed/relaxed.
  return verify({ ...signature, ...RELAXED });
}

const RELAXED = { headerCanonicalization: 'relaxed', bodyCanonicalization: 'relaxed' } as const;

async function verifyReading(
  task: ArcTask,
  field: number,
  signature: MessageSignature,
  digests: BodyDigests,
  ports: ArcPorts,
  ledger: Ledger,
): Promise<MessageOutcome> {
  const hasBody = task.completeness !== 'headers' && task.message.hasBody;
  const [proof, digest] = await Promise.all([
    prove(signature, signedHeader(task.message, field, signature), ports, ledger),
    hasBody ? bodyDigest(task.message, signature, ports, digests) : null,
  ]);
  const bodyHolds = hasBody ? digest !== null && equalOctets(digest, signature.bodyHash) : null;
  if (proof.result !== 'pass') return { ...proof, bodyHolds };
  return { ...judgeContent(task, signature, bodyHolds, digest), bodyHolds, dns: proof.dns };
}

/** What remains to be asked where the key made the signature: does it cover this body, and still? */
function judgeContent(
  { completeness, judgedAt }: ArcTask,
  { expires }: MessageSignature,
  bodyHolds: boolean | null,
  digest: Uint8Array | null,
): Pick<ArcMessageCheck, 'result' | 'reason'> {
  if (expires !== null && judgedAt !== undefined && judgedAt > expires) {
    return { result: 'fail', reason: 'expired' };
  }
  if (bodyHolds === null) return { result: 'not-checkable', reason: 'body-absent' };
  if (bodyHolds) return { result: 'pass', reason: null };
  if (completeness !== 'full') return { result: 'not-checkable', reason: 'body-not-original' };
  return { result: 'fail', reason: digest === null ? 'body-too-short' : 'body-altered' };
}
