/** Verifies the DKIM signatures of a message (RFC 6376 §6, RFC 8301, RFC 8463). One answer for each signature. */
import type { Ledger } from '../dns/ledger.ts';
import { MAX_SIGNATURES, MIN_RSA_BITS } from '../limits.ts';
import { fieldsNamed, type Message } from '../message/split.ts';
import { equalOctets, fromBinaryString } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { canonicalBody, canonicalField, canonicalSignatureField, selectSigned } from './canonicalize.ts';
import { lookUpKeys } from './lookup.ts';
import { type KeyRecord, type KeyRecordError, type ParsedKeyRecord, suits } from './record.ts';
import { readRsaKey } from './rsa-key.ts';
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
  /** Length of an RSA key, null for others or where no key was read. */
  readonly keyBits: number | null;
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
export type DkimClaim = Omit<DkimCheck, 'result' | 'reason' | 'dns' | 'keyBits'>;

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
  const bodyHashes = new Map<string, Promise<Uint8Array | null>>();
  return fieldsNamed(task.message, 'dkim-signature').map((field, order): DkimVerification => {
    const parsed = parseSignature(task.message.fields[field]?.raw ?? '', ports);
    const claim = claimOf(parsed, field);
    const outcome = (): Promise<Outcome> | Outcome => {
      if (parsed.kind === 'error') return { result: 'permerror', reason: parsed.error };
      if (order >= MAX_SIGNATURES) return { result: 'permerror', reason: 'too-many-signatures' };
      return verifyOne(task, field, parsed.signature, bodyHashes, ports, ledger);
    };
    const check = Promise.resolve(outcome()).then((found) => ({
      keyBits: null,
      dns: null,
      ...claim,
      ...found,
    }));
    return { claim, check };
  });
}

type Outcome = Pick<DkimCheck, 'result' | 'reason'> & Partial<Pick<DkimCheck, 'keyBits' | 'dns'>>;

function claimOf(parsed: ParsedSignature, field: number): DkimClaim {
  if (parsed.kind === 'error') {
    const { domain, selector } = parsed;
    return { domain, selector, signatureText: '', algorithm: '', created: null, expires: null, field };
  }
  const { domain, selector, signatureText, algorithm, created, expires } = parsed.signature;
  return { domain, selector, signatureText, algorithm, created, expires, field };
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

async function verifyOne(
  task: DkimTask,
  field: number,
  signature: Signature,
  bodyHashes: Map<string, Promise<Uint8Array | null>>,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519'>,
  ledger: Ledger,
): Promise<Outcome> {
  const keys = await lookUpKeys(signature, ledger);
  const { dns } = keys;
  if (keys.kind === 'unanswered') return { result: 'temperror', reason: 'key-unanswered', dns };
  if (keys.kind === 'missing') return { result: 'permerror', reason: 'key-missing', dns };

  const digest = await bodyDigest(task.message, signature, ports, bodyHashes);
  const signed = signedHeader(task.message, field, signature);
  const outcomes = await Promise.all(
    keys.keys.map((key) => judge(task, signature, key, signed, digest, ports)),
  );
  const best = outcomes.toSorted((one, other) => RANK[one.result] - RANK[other.result])[0];
  return { ...(best ?? { result: 'permerror', reason: 'key-missing' }), dns };
}

/** Guards first, in the order of §6.1; what is left after them is a pass. */
async function judge(
  task: DkimTask,
  signature: Signature,
  key: ParsedKeyRecord,
  signed: Uint8Array<ArrayBuffer>,
  bodyHash: Uint8Array | null,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519'>,
): Promise<Outcome> {
  if (key.kind === 'error') return { result: 'permerror', reason: key.error };
  const { record } = key;
  if (!suits(record, signature.algorithm)) return { result: 'permerror', reason: 'key-unsuitable' };
  if (record.exactIdentity && signature.identityDomain !== signature.domain) {
    return { result: 'permerror', reason: 'key-identity' };
  }
  const verified = await verifySignature(signature, record, signed, ports);
  if (verified === null) return { result: 'permerror', reason: 'key-encoding' };
  const { holds, keyBits } = verified;
  const outcome = (result: DkimResult, reason: DkimReason | null): Outcome => ({ result, reason, keyBits });

  const original = task.completeness === 'full';
  if (!holds) return outcome(record.testing ? 'policy' : 'fail', 'signature-mismatch');
  if (task.completeness === 'headers' || !task.message.hasBody)
    return outcome('not-checkable', 'body-absent');
  if (bodyHash === null) return outcome(original ? 'permerror' : 'not-checkable', 'body-too-short');
  if (!equalOctets(bodyHash, signature.bodyHash)) {
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

/** The digest of the canonical body, cut at `l=`; null where `l=` is longer than the body. */
function bodyDigest(
  message: Message,
  { algorithm, bodyCanonicalization, bodyLength }: Signature,
  { crypto }: Pick<Ports, 'crypto'>,
  known: Map<string, Promise<Uint8Array | null>>,
): Promise<Uint8Array | null> {
  const hash = algorithm === 'rsa-sha1' ? 'SHA-1' : 'SHA-256';
  const variant = `${hash} ${bodyCanonicalization} ${bodyLength}`;
  const compute = async (): Promise<Uint8Array | null> => {
    const body = canonicalBody(message.body, bodyCanonicalization);
    if (bodyLength !== null && bodyLength > body.length) return null;
    return new Uint8Array(
      await crypto.digest(hash, bodyLength === null ? body : body.subarray(0, bodyLength)),
    );
  };
  const digest = known.get(variant) ?? compute();
  known.set(variant, digest);
  return digest;
}

/** The octets that `b=` signs (§3.7). */
function signedHeader(
  { fields }: Message,
  field: number,
  { signedHeaders, headerCanonicalization }: Signature,
): Uint8Array<ArrayBuffer> {
  const keys = fields.map(({ key }) => key);
  const signed = selectSigned(keys, signedHeaders).map((index) =>
    canonicalField(fields[index]?.raw ?? '', headerCanonicalization),
  );
  const itself = canonicalSignatureField(fields[field]?.raw ?? '', headerCanonicalization);
  return fromBinaryString(signed.join('') + itself);
}

/** Null where the key cannot be read. */
async function verifySignature(
  { algorithm, signature }: Signature,
  { key }: KeyRecord,
  signed: Uint8Array<ArrayBuffer>,
  { crypto, verifyEd25519 }: Pick<Ports, 'crypto' | 'verifyEd25519'>,
): Promise<{ holds: boolean; keyBits: number | null } | null> {
  if (algorithm === 'ed25519-sha256') {
    if (key.length !== 32) return null;
    // RFC 8463 §3: Ed25519 signs the SHA-256 digest.
    const digest = new Uint8Array(await crypto.digest('SHA-256', signed));
    return { holds: await verifyEd25519(key, digest, signature), keyBits: null };
  }
  const rsa = readRsaKey(key);
  if (rsa === null) return null;
  const hash = algorithm === 'rsa-sha1' ? 'SHA-1' : 'SHA-256';
  try {
    const format = { name: 'RSASSA-PKCS1-v1_5', hash } as const;
    const imported = await crypto.importKey('spki', rsa.spki, format, false, ['verify']);
    const holds = await crypto.verify('RSASSA-PKCS1-v1_5', imported, signature, signed);
    return { holds, keyBits: rsa.bits };
  } catch {
    // WebCrypto refuses keys that are well-formed DER but no key, and in some browsers very short ones.
    return null;
  }
}
