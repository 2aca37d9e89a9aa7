/** What a signature covers, as the octets that it covers them in (RFC 6376 §3.7): the body's digest, the header's octets. */
import type { Message } from '../message/split.ts';
import { fromBinaryString } from '../octets.ts';
import type { Ports } from '../ports.ts';
import { canonicalBody, canonicalField, canonicalSignatureField, selectSigned } from './canonicalize.ts';
import type { MessageSignature } from './signature.ts';

/** The octets that `b=` signs (§3.7). */
export function signedHeader(
  { fields }: Message,
  field: number,
  {
    signedHeaders,
    headerCanonicalization,
  }: Pick<MessageSignature, 'signedHeaders' | 'headerCanonicalization'>,
): Uint8Array<ArrayBuffer> {
  const keys = fields.map(({ key }) => key);
  const signed = selectSigned(keys, signedHeaders).map((index) =>
    canonicalField(fields[index]?.raw ?? '', headerCanonicalization),
  );
  const itself = canonicalSignatureField(fields[field]?.raw ?? '', headerCanonicalization);
  return fromBinaryString(signed.join('') + itself);
}

/** Digests that several signatures of one message share, by what they are digests of. */
export type BodyDigests = Map<string, Promise<Uint8Array | null>>;

/** The digest of the canonical body, cut at `l=`; null where `l=` is longer than the body. */
export function bodyDigest(
  message: Message,
  {
    algorithm,
    bodyCanonicalization,
    bodyLength,
  }: Pick<MessageSignature, 'algorithm' | 'bodyCanonicalization' | 'bodyLength'>,
  { crypto }: Pick<Ports, 'crypto'>,
  known: BodyDigests,
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
