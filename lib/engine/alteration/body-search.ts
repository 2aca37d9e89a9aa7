/** Searches for the least change of a body under which `bh=` fits. */
import { canonicalBody } from '../dkim/canonicalize.ts';
import type { MessageSignature } from '../dkim/signature.ts';
import { equalOctets, fromBinaryString, toBinaryString } from '../octets.ts';
import type { BodyAlteration } from './alteration.ts';
import { type Cut, planCuts } from './cuts.ts';
import { describeCut } from './describe-cut.ts';
import { Sha256, sha256 } from './sha256.ts';

export type BodyTerms = Pick<MessageSignature, 'bodyHash' | 'bodyCanonicalization' | 'bodyLength'>;

/** Octets that digests may still take in. */
export interface Budget {
  octets: number;
}

/** A body as it may have been, and what happened to it. */
export interface FormerBody {
  readonly body: string;
  readonly alterations: readonly BodyAlteration[];
  /** What its header said, where that is not what the mail's header says. */
  readonly header?: BodyHeader;
}

/** What a header says about the body below it. */
export interface BodyHeader {
  readonly contentType: string;
  /** Content-Transfer-Encoding in lower case. */
  readonly encoding: string;
}

/**
 * The changes of `former`, and an addition beside them, that make `bh=` fit; null where none does. `seen` holds the
 * digests of bodies that were tried, so that changes without effect cost little.
 */
export function searchBody(
  { body, alterations }: FormerBody,
  contentType: string,
  terms: BodyTerms,
  budget: Budget,
  seen: Set<string>,
): readonly BodyAlteration[] | null {
  const canonical = canonicalBody(fromBinaryString(body), terms.bodyCanonicalization);
  if (!spend(budget, canonical.length)) return null;
  const digest = toBinaryString(sha256(canonical));
  if (seen.has(digest)) return null;
  seen.add(digest);
  const isSigned = (octets: Uint8Array): boolean => equalOctets(octets, terms.bodyHash);
  const limit = terms.bodyLength ?? canonical.length;
  if (limit <= canonical.length && isSigned(sha256(canonical.subarray(0, limit)))) return alterations;
  if (isSigned(sha256(withoutFinalLineEnd(canonical)))) return [...alterations, { kind: 'final-line-end' }];

  const text = toBinaryString(canonical);
  const plan = planCuts(text, contentType);
  const describe = (cuts: readonly Cut[]): readonly BodyAlteration[] => [
    ...alterations,
    ...cuts.map((cut) => describeCut(text, contentType, cut)),
  ];
  const single = trySingle(canonical, plan.single, terms, budget);
  if (single !== null) return describe([single]);
  const pair = tryPairs(canonical, plan.grouped, terms, budget);
  return pair === null ? null : describe(pair);
}

function spend(budget: Budget, octets: number): boolean {
  budget.octets -= octets;
  return budget.octets >= 0;
}

/** Some signers end an empty body with CRLF, or leave the last line end away, against §3.4. */
function withoutFinalLineEnd(canonical: Uint8Array): Uint8Array {
  return canonical.length === 0 ? new Uint8Array([13, 10]) : canonical.subarray(0, canonical.length - 2);
}

/** Cuts in the order of `from`: what stands before them is taken in once for all. */
function trySingle(body: Uint8Array, cuts: readonly Cut[], terms: BodyTerms, budget: Budget): Cut | null {
  const before = new Sha256();
  let at = 0;
  for (const cut of cuts) {
    if (terms.bodyLength !== null && cut.from > terms.bodyLength) return null;
    before.update(body.subarray(at, cut.from));
    at = cut.from;
    if (tried(before, body, [cut], terms, budget)) return cut;
    if (budget.octets < 0) return null;
  }
  return null;
}

function tryPairs(
  body: Uint8Array,
  groups: readonly (readonly Cut[])[],
  terms: BodyTerms,
  budget: Budget,
): readonly Cut[] | null {
  for (const [index, group] of groups.entries()) {
    for (const first of group) {
      const before = new Sha256().update(body.subarray(0, first.from));
      if (!spend(budget, first.from)) return null;
      for (const second of groups.slice(index + 1).flat()) {
        if (tried(before, body, [first, second], terms, budget)) return [first, second];
        if (budget.octets < 0) return null;
      }
    }
  }
  return null;
}

/** Whether `bh=` fits the body without these cuts; `before` has taken in what stands before the first. */
function tried(
  before: Sha256,
  body: Uint8Array,
  cuts: readonly Cut[],
  { bodyHash, bodyLength }: BodyTerms,
  budget: Budget,
): boolean {
  const [first] = cuts;
  if (first === undefined) return false;
  const removed = cuts.reduce((sum, { from, to }) => sum + to - from, 0);
  let left = (bodyLength ?? body.length - removed) - first.from;
  if (bodyLength !== null && bodyLength > body.length - removed) return false;
  if (!spend(budget, left + 128)) return false;
  const digest = before.fork();
  for (const [index, { to }] of cuts.entries()) {
    const kept = body.subarray(to, Math.min(cuts[index + 1]?.from ?? body.length, to + Math.max(0, left)));
    digest.update(kept);
    left -= kept.length;
  }
  return equalOctets(digest.finish(), bodyHash);
}
