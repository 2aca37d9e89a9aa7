/** The ARC sets of a message (RFC 8617 §4): three fields for each hop that judged it, told apart by their `i=`. */
import { type AuthResults, parseAuthResults } from '../authres/parse.ts';
import {
  type KeySignature,
  type MessageSignature,
  type Parsed,
  readKeySignature,
  readMessageSignature,
  type TagError,
} from '../dkim/signature.ts';
import { parseTagList } from '../dkim/tag-list.ts';
import { accept, readRun, scan, skipCfws } from '../message/scanner.ts';
import type { HeaderField, Message } from '../message/split.ts';
import { decodeUtf8 } from '../octets.ts';
import type { Ports } from '../ports.ts';

/** RFC 8617 §5.2 step 1: a message with a higher instance fails. */
export const MAX_ARC_SETS = 50;

/** What stands before `;`: the instance, in a set's results. */
const POSITION = /[^ \t\r\n(;]*/y;

/** What a hop says of the chain as it came to it (`cv=`). */
export type ChainStatus = 'none' | 'pass' | 'fail';

/** Indexes of a set's fields in the message. */
export interface ArcFields {
  readonly seal: number;
  readonly messageSignature: number;
  readonly results: number;
}

/** A complete set: each of its three fields stands in the message once. */
export interface ArcSet {
  readonly instance: number;
  readonly fields: ArcFields;
  /** Null where `cv=` is absent or no status. */
  readonly cv: ChainStatus | null;
  /** `seal-tag`: `h=` or `bh=`, which a seal must not have (§4.1.3). */
  readonly seal: Parsed<KeySignature, TagError | 'seal-tag'>;
  /** `signs-seal`: `h=` names ARC-Seal (§4.1.2). */
  readonly messageSignature: Parsed<MessageSignature, TagError | 'signs-seal'>;
  /** Whether `c=` is written; what it is where absent depends on the sealer's edition of ARC. */
  readonly statesForms: boolean;
  /** What the hop found, from its ARC-Authentication-Results. */
  readonly results: AuthResults;
}

/** What is wrong with the sets before any signature is looked at (§5.2 steps 1 to 3). */
export type ArcFlawReason =
  | 'syntax'
  | 'duplicate-tag'
  | 'instance'
  | 'too-many-sets'
  | 'duplicate-field'
  | 'missing-set'
  | 'incomplete-set'
  | 'chain-status'
  | 'chain-failed';

export interface ArcFlaw {
  readonly reason: ArcFlawReason;
  /** The set that is meant; null where the field does not say. */
  readonly instance: number | null;
  /** Index of the field at fault; null where a field is missing. */
  readonly field: number | null;
}

export interface ArcSets {
  /** The complete sets, by instance. Where there is no flaw they are 1 to N. */
  readonly sets: readonly ArcSet[];
  /** The highest instance that any field names, of a complete set or not; 0 where there is none. */
  readonly highest: number;
  readonly flaw: ArcFlaw | null;
}

type Tags = ReadonlyMap<string, string>;
type Key = 'arc-seal' | 'arc-message-signature' | 'arc-authentication-results';

/** One field of a set. */
interface Piece {
  readonly key: Key;
  readonly field: number;
  /** Null where the field names none; then `flaw` says why. */
  readonly instance: number | null;
  readonly flaw: ArcFlawReason | null;
  /** The tags; empty for ARC-Authentication-Results. */
  readonly tags: Tags;
  /** What follows the instance in ARC-Authentication-Results, else ''. */
  readonly payload: string;
}

/** Collects the sets. Total and linear; nothing is asked and no signature is looked at. */
export function readArcSets({ fields }: Message, ports: Pick<Ports, 'toAscii'>): ArcSets {
  const pieces = fields.flatMap((field, index) => readPiece(field, index) ?? []);
  const groups = groupByInstance(pieces);
  const highest = pieces.reduce((most, { instance }) => Math.max(most, instance ?? 0), 0);
  const sets: ArcSet[] = [];
  const flaws: ArcFlaw[] = pieces.flatMap(({ flaw, instance, field }) =>
    flaw === null ? [] : [{ reason: flaw, instance, field }],
  );
  for (let instance = 1; instance <= Math.min(highest, MAX_ARC_SETS); instance++) {
    const group = groups.get(instance) ?? [];
    const set = toSet(instance, group, ports);
    if (set !== null) sets.push(set);
    flaws.push(...(set === null ? [whyNoSet(instance, group)] : statusFlaw(set)));
  }
  // §5.2 step 2: where the last hop found the chain broken, nothing else matters.
  const newest = sets.at(-1);
  const failed: ArcFlaw[] =
    newest?.instance === highest && newest.cv === 'fail'
      ? [{ reason: 'chain-failed', instance: highest, field: newest.fields.seal }]
      : [];
  return { sets, highest, flaw: failed[0] ?? flaws[0] ?? null };
}

function readPiece({ key, raw, value }: HeaderField, field: number): Piece | null {
  if (key === 'arc-authentication-results') {
    const { position, payload } = readInstance(value);
    return { key, field, ...toInstance(position), tags: new Map(), payload };
  }
  if (key !== 'arc-seal' && key !== 'arc-message-signature') return null;
  const list = parseTagList(decodeUtf8(raw.slice(raw.indexOf(':') + 1)));
  if (list.kind === 'error') {
    return { key, field, instance: null, flaw: list.error, tags: new Map(), payload: '' };
  }
  return { key, field, ...toInstance(list.tags.get('i') ?? ''), tags: list.tags, payload: '' };
}

/** `i=N;` before the results (§4.1.1), with CFWS wherever it may stand; '' where there is none. */
function readInstance(value: string): { position: string; payload: string } {
  const scanner = scan(value);
  skipCfws(scanner);
  const hasName = accept(scanner, 'i');
  skipCfws(scanner);
  const hasValue = hasName && accept(scanner, '=');
  skipCfws(scanner);
  const position = readRun(scanner, POSITION);
  skipCfws(scanner);
  return hasValue && accept(scanner, ';')
    ? { position, payload: value.slice(scanner.at) }
    : { position: '', payload: '' };
}

/** §4.2.1: one or two digits, from 1. Longer numbers are read, so that a chain that goes on too long is told as that. */
function toInstance(position: string): Pick<Piece, 'instance' | 'flaw'> {
  const instance = /^\d{1,9}$/.test(position) ? Number(position) : 0;
  if (instance === 0) return { instance: null, flaw: 'instance' };
  return { instance, flaw: instance > MAX_ARC_SETS ? 'too-many-sets' : null };
}

function groupByInstance(pieces: readonly Piece[]): ReadonlyMap<number | null, readonly Piece[]> {
  const groups = new Map<number | null, Piece[]>();
  for (const piece of pieces) {
    const group = groups.get(piece.instance);
    if (group === undefined) groups.set(piece.instance, [piece]);
    else group.push(piece);
  }
  return groups;
}

function toSet(instance: number, group: readonly Piece[], ports: Pick<Ports, 'toAscii'>): ArcSet | null {
  const one = (key: Key): Piece | undefined => group.find((piece) => piece.key === key);
  const seal = one('arc-seal');
  const signature = one('arc-message-signature');
  const results = one('arc-authentication-results');
  if (group.length !== 3 || seal === undefined || signature === undefined || results === undefined)
    return null;
  return {
    instance,
    fields: { seal: seal.field, messageSignature: signature.field, results: results.field },
    cv: readStatus(seal.tags),
    seal: readSeal(seal.tags, ports),
    messageSignature: readArcMessageSignature(signature.tags, ports),
    statesForms: signature.tags.has('c'),
    results: parseAuthResults(results.payload),
  };
}

function whyNoSet(instance: number, group: readonly Piece[]): ArcFlaw {
  const twice = group.find((piece, at) => group.slice(0, at).some(({ key }) => key === piece.key));
  if (twice !== undefined) return { reason: 'duplicate-field', instance, field: twice.field };
  const reason = group.length === 0 ? 'missing-set' : 'incomplete-set';
  return { reason, instance, field: group[0]?.field ?? null };
}

/** §5.2 step 3: the first hop finds no chain, every later one a chain that holds. */
function statusFlaw({ instance, cv, fields }: ArcSet): readonly ArcFlaw[] {
  const due: ChainStatus = instance === 1 ? 'none' : 'pass';
  return cv === due ? [] : [{ reason: 'chain-status', instance, field: fields.seal }];
}

function readStatus(tags: Tags): ChainStatus | null {
  const status = tags.get('cv')?.toLowerCase();
  return status === 'none' || status === 'pass' || status === 'fail' ? status : null;
}

function readSeal(tags: Tags, ports: Pick<Ports, 'toAscii'>): ArcSet['seal'] {
  const parsed = readKeySignature(tags, ports);
  if (parsed.kind === 'error' || !(tags.has('h') || tags.has('bh'))) return parsed;
  const { domain, selector } = parsed.signature;
  return { kind: 'error', error: 'seal-tag', domain, selector };
}

function readArcMessageSignature(tags: Tags, ports: Pick<Ports, 'toAscii'>): ArcSet['messageSignature'] {
  const parsed = readMessageSignature(tags, ports);
  if (parsed.kind === 'error' || !parsed.signature.signedHeaders.includes('arc-seal')) return parsed;
  const { domain, selector } = parsed.signature;
  return { kind: 'error', error: 'signs-seal', domain, selector };
}
