/** Whether the key that DNS holds today made a signature of an ARC set (RFC 8617 §4.1, RFC 8301). */
import { verifySignature } from '../dkim/cryptography.ts';
import { lookUpKeys } from '../dkim/lookup.ts';
import { type KeyRecordError, type ParsedKeyRecord, suits } from '../dkim/record.ts';
import type { KeySignature } from '../dkim/signature.ts';
import type { Ledger } from '../dns/ledger.ts';
import { MIN_RSA_BITS } from '../limits.ts';
import type { Ports } from '../ports.ts';

export type ProofReason =
  | KeyRecordError
  | 'key-missing'
  | 'key-unanswered'
  | 'key-unsuitable'
  | 'weak-algorithm'
  | 'short-key'
  | 'testing-key'
  | 'signature-mismatch';

/** ARC knows no way between pass and fail (RFC 8617 §4.4); `temperror` is ours: today nobody can tell. */
export interface Proof {
  readonly result: 'pass' | 'fail' | 'temperror';
  /** Null for a pass. */
  readonly reason: ProofReason | null;
  /** Index of the key's answer in the ledger; null where none was asked for. */
  readonly dns: number | null;
}

/** Asks for the key and tries it on the octets that were signed. Of several keys any may fit. */
export async function prove(
  signature: KeySignature,
  signed: Uint8Array<ArrayBuffer>,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519'>,
  ledger: Ledger,
): Promise<Proof> {
  if (signature.algorithm === 'rsa-sha1') return { result: 'fail', reason: 'weak-algorithm', dns: null };
  const answer = await lookUpKeys(signature, ledger);
  const { dns } = answer;
  if (answer.kind === 'unanswered') return { result: 'temperror', reason: 'key-unanswered', dns };
  if (answer.kind === 'missing') return { result: 'fail', reason: 'key-missing', dns };
  const doubts = await Promise.all(answer.keys.map((key) => doubtAbout(signature, key, signed, ports)));
  if (doubts.includes(null)) return { result: 'pass', reason: null, dns };
  // A stray record beside the key says nothing: the one that was a key says more.
  const reason = doubts.includes('signature-mismatch') ? 'signature-mismatch' : (doubts[0] ?? 'key-missing');
  return { result: 'fail', reason, dns };
}

async function doubtAbout(
  signature: KeySignature,
  key: ParsedKeyRecord,
  signed: Uint8Array<ArrayBuffer>,
  ports: Pick<Ports, 'crypto' | 'verifyEd25519'>,
): Promise<ProofReason | null> {
  if (key.kind === 'error') return key.error;
  const { record } = key;
  if (!suits(record, signature.algorithm)) return 'key-unsuitable';
  const verified = await verifySignature(signature, record, signed, ports);
  if (verified === null) return 'key-encoding';
  if (!verified.holds) return 'signature-mismatch';
  if (verified.keyBits !== null && verified.keyBits < MIN_RSA_BITS) return 'short-key';
  return record.testing ? 'testing-key' : null;
}
