/** Verifies the DKIM signatures of a message (RFC 6376 §6, RFC 8301, RFC 8463). One answer for each signature. */
import type { Ledger } from '../dns/ledger.ts';
import { MAX_SIGNATURES, MIN_RSA_BITS } from '../limits.ts';
import { fieldsNamed, type Message } from '../message/split.ts';
import { equalOctets } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { canonicalBody } from './canonicalize.ts';
import { type BodyDigests, bodyDigest, signedHeader } from './content.ts';
import { verifySignature } from './cryptography.ts';
import { lookUpKeys } from './lookup.ts';
import { type KeyRecord, type KeyRecordError, type ParsedKeyRecord, suits } from './record.ts';
import { type ParsedSignature, parseSignature, type Signature, type SignatureError } from './signature.ts';

/** Why a valid signature does not count as a pass. */
export type PolicyReason =
  | 'weak-algorithm'
  | 'short-key'
  | 'testing-key'
  | 'unsigned-tail'
  | 'from-added'
  | 'expired';

export type DkimReason =
  | SignatureError
  | KeyRecordError
  | PolicyReason
  | 'key-missing'
  | 'key-unanswered'
  | 'key-unsuitable'
  | 'key-identity'
  | 'body-altered'
  | 'body-too-short'
  | 'body-not-original'
  | 'header-not-original'
  | 'body-absent'
  | 'signature-mismatch'
  | 'too-many-signatures';

/**
 * `policy`: the signature holds, but does not count (RFC 8601 §2.7.1). `not-checkable`: the octets at hand need not
 * be the ones that were signed, so that a mismatch proves nothing.
 */
export type DkimResult = 'pass' | 'fail' | 'policy' | 'permerror' | 'temperror' | 'not-checkable';

export interface DkimCheck {
  readonly result: DkimResult;
  /** Null for a pass. */
  readonly reason: DkimReason | null;
  /** `d=` in A-labels, '' where unreadable. */
  readonly domain: string;
  readonly selector: string;
  /** `b=` without white space, for telling signatures apart; '' where unreadable. */
  readonly signatureText: string;
  readonly algorithm: string;
  /** `h=`, lower case, in order, repetitions kept; empty where unreadable. */
  readonly signedHeaders: readonly string[];
  /** Length of an RSA key, null for others or where no key was read. */
  readonly keyBits: number | null;
  /** Whether `bh=` fits the body at hand, whatever became of the rest; null where there was nothing to compare. */
  readonly bodyHolds: boolean | null;
  /** `t=` and `x=`, seconds since 1970. */
  readonly created: number | null;
  readonly expires: number | null;
  /** Index of the DKIM-Signature field in the message. */
  readonly field: number;
  /** Index of the key's answer in the ledger, or null. */
  readonly dns: number | null;
}

/** How the octets at hand relate to those that travelled. */
export type Completeness = 'full' | 'reencoded' | 'headers';

export interface DkimTask {
  readonly message: Message;
  readonly completeness: Completeness;
  /** When `x=` is judged, seconds since 1970: the time of receipt. */
  readonly judgedAt: number;
}

/** A signature as it stands in the header, before anything was asked. */
export type DkimClaim = Omit<DkimCheck, 'result' | 'reason' | 'dns' | 'keyBits' | 'bodyHolds'>;

export interface DkimVerification {
  readonly claim: DkimClaim;
  readonly check: Promise<DkimCheck>;
}

/** One verification for each DKIM-Signature, all under way at once, in the order of the header. */
export function verifyDkim(
  task: DkimTask,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519' | 'toAscii'>,
  ledger: Ledger,
): readonly DkimVerification[] {
  const bodyHashes: BodyDigests = new Map();
  return fieldsNamed(task.message, 'dkim-signature').map((field, order): DkimVerification => {
    const parsed = parseSignature(task.message.fields[field]?.raw ?? '', ports);
    const claim = claimOf(parsed, field);
    const outcome = (): Promise<Outcome> | Outcome => {
      if (parsed.kind === 'error') return { result: 'permerror', reason: parsed.error };
      if (order >= MAX_SIGNATURES) return { result: 'permerror', reason: 'too-many-signatures' };
      return verifyOne(task, field, parsed.signature, bodyHashes, ports, ledger);
    };
    const check = Promise.resolve(outcome()).then((found) => checkOf(claim, found));
    return { claim, check };
  });
}

/** Written out, as a check is made for every signature: engines are slow at spreading objects of several shapes. */
function checkOf(claim: DkimClaim, found: Outcome): DkimCheck {
  const { domain, selector, signatureText, algorithm, signedHeaders, created, expires, field } = claim;
  const { result, reason, keyBits = null, bodyHolds = null, dns = null } = found;
  return {
    result,
    reason,
    domain,
    selector,
    signatureText,
    algorithm,
    signedHeaders,
    keyBits,
    bodyHolds,
    created,
    expires,
    field,
    dns,
  };
}

type Outcome = Pick<DkimCheck, 'result' | 'reason'> &
  Partial<Pick<DkimCheck, 'keyBits' | 'bodyHolds' | 'dns'>>;

function claimOf(parsed: ParsedSignature, field: number): DkimClaim {
  if (parsed.kind === 'error') {
    const { domain, selector } = parsed;
    return {
      domain,
      selector,
      signatureText: '',
      algorithm: '',
      signedHeaders: [],
      created: null,
      expires: null,
      field,
    };
  }
  const { domain, selector, signatureText, algorithm, signedHeaders, created, expires } = parsed.signature;
  return { domain, selector, signatureText, algorithm, signedHeaders, created, expires, field };
}

/** Of several records at one name the one that says most counts: a stray record beside the key says nothing. */
const RANK: Readonly<Record<DkimResult, number>> = {
  pass: 0,
  policy: 1,
  fail: 2,
  'not-checkable': 3,
  temperror: 4,
  permerror: 5,
};

const NO_KEY: Outcome = { result: 'permerror', reason: 'key-missing' };

async function verifyOne(
  task: DkimTask,
  field: number,
  signature: Signature,
  bodyHashes: BodyDigests,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519'>,
  ledger: Ledger,
): Promise<Outcome> {
  // The body is digested while DNS and the key are at work.
  const digest = bodyDigest(task.message, signature, ports, bodyHashes);
  const keys = await lookUpKeys(signature, ledger);
  const { dns } = keys;
  if (keys.kind === 'unanswered') return { result: 'temperror', reason: 'key-unanswered', dns };
  if (keys.kind === 'missing') return { result: 'permerror', reason: 'key-missing', dns };

  const signed = signedHeader(task.message, field, signature);
  const outcomes = await Promise.all(
    keys.keys.map((key) => judge(task, signature, key, signed, digest, ports)),
  );
  const [best = NO_KEY] = outcomes.toSorted((one, other) => RANK[one.result] - RANK[other.result]);
  const { result, reason, keyBits = null, bodyHolds = null } = best;
  return { result, reason, keyBits, bodyHolds, dns };
}

/** Guards first, in the order of §6.1; what is left after them is a pass. */
async function judge(
  task: DkimTask,
  signature: Signature,
  key: ParsedKeyRecord,
  signed: Uint8Array<ArrayBuffer>,
  digest: Promise<Uint8Array | null>,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519'>,
): Promise<Outcome> {
  if (key.kind === 'error') return { result: 'permerror', reason: key.error };
  const { record } = key;
  if (!suits(record, signature.algorithm)) return { result: 'permerror', reason: 'key-unsuitable' };
  if (record.exactIdentity && signature.identityDomain !== signature.domain) {
    return { result: 'permerror', reason: 'key-identity' };
  }
  const [verified, bodyHash] = await Promise.all([verifySignature(signature, record, signed, ports), digest]);
  if (verified === null) return { result: 'permerror', reason: 'key-encoding' };
  const { holds, keyBits } = verified;
  const original = task.completeness === 'full';
  const hasBody = task.completeness !== 'headers' && task.message.hasBody;
  const bodyHolds = hasBody ? bodyHash !== null && equalOctets(bodyHash, signature.bodyHash) : null;
  const outcome = (result: DkimResult, reason: DkimReason | null): Outcome => {
    return { result, reason, keyBits, bodyHolds };
  };
  // A copy may have lost what was signed in the header too, unless its body shows that it has not.
  if (!holds && task.completeness === 'reencoded' && bodyHolds !== true) {
    return outcome('not-checkable', 'header-not-original');
  }
  if (!holds) return outcome(record.testing ? 'policy' : 'fail', 'signature-mismatch');
  if (bodyHolds === null) return outcome('not-checkable', 'body-absent');
  if (bodyHash === null) return outcome(original ? 'permerror' : 'not-checkable', 'body-too-short');
  if (!bodyHolds) {
    return original ? outcome('fail', 'body-altered') : outcome('not-checkable', 'body-not-original');
  }
  const doubt = policyReason(task, signature, record, keyBits);
  return doubt === null ? outcome('pass', null) : outcome('policy', doubt);
}

function policyReason(
  { message, judgedAt }: DkimTask,
  signature: Signature,
  record: KeyRecord,
  keyBits: number | null,
): PolicyReason | null {
  if (signature.algorithm === 'rsa-sha1') return 'weak-algorithm';
  if (keyBits !== null && keyBits < MIN_RSA_BITS) return 'short-key';
  if (record.testing) return 'testing-key';
  if (signature.expires !== null && judgedAt > signature.expires) return 'expired';
  // §8.15: a From that is added above the signed one is what the reader would see.
  const signedFroms = signature.signedHeaders.filter((name) => name === 'from').length;
  if (fieldsNamed(message, 'from').length > signedFroms) return 'from-added';
  const { bodyLength, bodyCanonicalization } = signature;
  const bodyOctets = bodyLength === null ? 0 : canonicalBody(message.body, bodyCanonicalization).length;
  return bodyLength !== null && bodyLength < bodyOctets ? 'unsigned-tail' : null;
}
