/** Finds what broke a signature, by undoing the usual suspects on trial until the mathematics agrees. */
import { bodyDigest } from '../dkim/content.ts';
import { verifySignature } from '../dkim/cryptography.ts';
import type { KeyRecord } from '../dkim/record.ts';
import type { MessageSignature } from '../dkim/signature.ts';
import { parseTagList } from '../dkim/tag-list.ts';
import type { Message } from '../message/split.ts';
import { decodeUtf8, equalOctets, toBinaryString, trimWsp } from '../octets.ts';
import type { Ports } from '../ports.ts';
import type { Alterations, BodyAlteration, BodyTrace, HeaderTrace } from './alteration.ts';
import { type BodyHeader, type BodyTerms, type Budget, type FormerBody, searchBody } from './body-search.ts';
import { formerCharsets, formerEncodings, innerFields, unwrapped } from './content-changes.ts';
import type { Scene } from './edit.ts';
import { plainValue, rawValue } from './field-text.ts';
import { describeEdits, type Holds, searchHeader } from './header-search.ts';
import { lineForms } from './line-forms.ts';
import { formerLinks } from './links.ts';
import { sha256 } from './sha256.ts';
import { openSignature } from './signed-digest.ts';

interface Suspect {
  readonly message: Message;
  /** Index of the signature field. */
  readonly field: number;
  readonly signature: MessageSignature;
  /** The key records that suit the signature; several where DNS has several. */
  readonly keys: readonly Pick<KeyRecord, 'key'>[];
}

type SearchPorts = Pick<Ports, 'crypto' | 'verifyEd25519' | 'decodeCharset'>;

/** Suppositions about one header: each costs a digest with RSA, a verification with Ed25519. */
const MAX_RSA_ATTEMPTS = 8000;
const MAX_ED25519_ATTEMPTS = 400;
/** Octets taken in by digests for one body. */
const MAX_DIGESTED = 16 * 1024 * 1024;
/** A larger body is not searched. */
const MAX_SEARCHED = MAX_DIGESTED / 4;
/** A larger body is only tried without what may have been added. */
const MAX_REWRITTEN = 512 * 1024;
/** A larger body is only tried with one change undone. */
const MAX_REWRITTEN_TWICE = 64 * 1024;

/**
 * What happened to the mail after it was signed: header and body, each by itself. Deterministic; the work is bounded
 * by the constants above, whatever the mail holds. rsa-sha1 counts for nothing (RFC 8301) and is not searched.
 */
export async function findAlterations(suspect: Suspect, ports: SearchPorts): Promise<Alterations> {
  if (suspect.signature.algorithm === 'rsa-sha1') {
    return {
      header: { kind: 'unexplained' },
      body: { kind: suspect.message.hasBody ? 'unexplained' : 'absent' },
    };
  }
  const start = toBinaryString(suspect.message.body.subarray(0, MAX_REWRITTEN));
  const inner = innerFields(start, headerOf(suspect.message).contentType);
  return { header: await traceHeader(suspect, inner, ports), body: await traceBody(suspect, ports) };
}

async function traceHeader(
  { message, field, signature, keys }: Suspect,
  inner: Scene['inner'],
  ports: SearchPorts,
): Promise<HeaderTrace> {
  const test =
    signature.algorithm === 'ed25519-sha256'
      ? underEd25519(signature, keys, ports)
      : underRsa(signature, keys, ports);
  if (test === 'other-key') return { kind: 'other-key' };
  if (test === null) return { kind: 'unexplained' };
  const scene: Scene = {
    message,
    field,
    signature,
    listed: listedNames(message.fields[field]?.raw ?? ''),
    inner,
  };
  const edits = await searchHeader(scene, test.attempts, test.holds, ports.decodeCharset);
  if (edits === null) return { kind: 'unexplained' };
  if (edits.length === 0) return { kind: 'intact' };
  return { kind: 'explained', alterations: describeEdits(scene, edits, ports.decodeCharset) };
}

interface Test {
  readonly holds: Holds;
  readonly attempts: number;
}

function underEd25519(signature: MessageSignature, keys: Suspect['keys'], ports: SearchPorts): Test | null {
  const usable = keys.filter(({ key }) => key.length === 32);
  if (usable.length === 0) return null;
  const holds: Holds = async (octets) => {
    for (const key of usable) if ((await verifySignature(signature, key, octets, ports))?.holds) return true;
    return false;
  };
  return { holds, attempts: Math.floor(MAX_ED25519_ATTEMPTS / usable.length) };
}

/** The digest inside the signature is looked for; that the find holds is left to WebCrypto to say. */
function underRsa(
  signature: MessageSignature,
  keys: Suspect['keys'],
  ports: SearchPorts,
): Test | 'other-key' | null {
  const opened = keys.map((key) => ({ key, inside: openSignature(signature.signature, key) }));
  const made = opened.flatMap(({ key, inside }) =>
    inside.kind === 'digest' ? [{ key, digest: inside.digest }] : [],
  );
  const foreign = opened.length > 0 && opened.every(({ inside }) => inside.kind === 'other-key');
  if (foreign) return 'other-key';
  if (made.length === 0) return null;
  const holds: Holds = async (octets) => {
    const digest = sha256(octets);
    const fitting = made.find((candidate) => equalOctets(candidate.digest, digest));
    return (
      fitting !== undefined &&
      ((await verifySignature(signature, fitting.key, octets, ports))?.holds ?? false)
    );
  };
  return { holds, attempts: MAX_RSA_ATTEMPTS };
}

/** The names in `h=` in the signer's spelling. */
function listedNames(raw: string): readonly string[] {
  const list = parseTagList(decodeUtf8(rawValue(raw)));
  if (list.kind === 'error') return [];
  return (list.tags.get('h') ?? '').split(':').map(trimWsp);
}

function headerOf({ fields }: Message): BodyHeader {
  const value = (key: string): string => plainValue(fields.find((field) => field.key === key)?.raw ?? '');
  return { contentType: value('content-type'), encoding: value('content-transfer-encoding').toLowerCase() };
}

async function traceBody({ message, signature }: Suspect, ports: SearchPorts): Promise<BodyTrace> {
  if (!message.hasBody) return { kind: 'absent' };
  const digest = await bodyDigest(message, signature, ports, new Map());
  if (digest !== null && equalOctets(digest, signature.bodyHash)) return { kind: 'intact' };
  if (message.body.length > MAX_SEARCHED) return { kind: 'unexplained' };
  const alterations = searchFormerBodies(message, signature, ports);
  return alterations === null ? { kind: 'unexplained' } : { kind: 'explained', alterations };
}

/** As it stands, then with one change undone, then with two; in each of these without what may have been added. */
function searchFormerBodies(
  message: Message,
  terms: BodyTerms,
  { decodeCharset }: SearchPorts,
): readonly BodyAlteration[] | null {
  const present = { body: toBinaryString(message.body), alterations: [], header: headerOf(message) };
  const budget: Budget = { octets: MAX_DIGESTED };
  const seen = new Set<string>();
  const search = ({ body, alterations, header }: Required<FormerBody>): readonly BodyAlteration[] | null => {
    // No supposition may use up what the others need.
    const share: Budget = { octets: budget.octets / 2 };
    const found = searchBody({ body, alterations }, header.contentType, terms, share, seen);
    budget.octets = budget.octets / 2 + Math.max(0, share.octets);
    return found;
  };
  const found = search(present);
  if (found !== null || present.body.length > MAX_REWRITTEN) return found;
  const once: Required<FormerBody>[] = [];
  for (const former of formerBodies(present, decodeCharset)) {
    const explained = search(former);
    if (explained !== null) return explained;
    if (former.alterations.length === 1 && present.body.length <= MAX_REWRITTEN_TWICE) once.push(former);
  }
  for (const former of once) {
    for (const twice of formerBodies(former, decodeCharset)) {
      if (budget.octets < twice.body.length * 2) return null;
      const explained = search(twice);
      if (explained !== null) return explained;
    }
  }
  return null;
}

/** The body with each single change undone that is there to undo. */
function* formerBodies(
  { body, alterations, header }: Required<FormerBody>,
  decodeCharset: Ports['decodeCharset'],
): Generator<Required<FormerBody>> {
  const changes = [
    lineForms(body),
    formerLinks(body),
    formerCharsets(body, decodeCharset),
    unwrapped(body, header),
    formerEncodings(body, header),
  ];
  for (const change of changes) {
    for (const former of change) {
      if (former.body === body) continue;
      yield { header, ...former, alterations: [...alterations, ...former.alterations] };
    }
  }
}
