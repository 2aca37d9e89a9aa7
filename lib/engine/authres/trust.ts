/**
 * Did the receiver write this result? Walks the trace from the top, never searches it: only the receiver's own
 * internal hops may stand above the border, and the first other hop is the border or there is none. A search for
 * the first fitting pair would believe a forged pair wherever the true border is missing.
 */
import type { Authors } from '../message/author.ts';
import { parseReceived } from '../message/received.ts';
import type { HeaderField, Message } from '../message/split.ts';
import type { Ports } from '../ports.ts';
import {
  type Border,
  domainPart,
  type Evidence,
  type Found,
  type IgnoredBecause,
  type IgnoredField,
  type Receiver,
  type ReportedResult,
  type ResultField,
} from './evidence.ts';
import { gmailResult } from './gmail.ts';
import { microsoftResult } from './microsoft.ts';
import { type AuthResults, type MethodResult, parseAuthResults, propertyOf } from './parse.ts';
import { GMAIL, MICROSOFT, namedProfile, type Profile } from './profiles.ts';

const RESULT_FIELDS = new Set([
  'authentication-results',
  'authentication-results-original',
  'x-ms-exchange-authentication-results',
]);

/** Collects what the receiver reported. Total; everything that is not believed is listed with its reason. */
export function gatherEvidence(
  message: Message,
  authors: Authors,
  receiver: Receiver,
  ports: Pick<Ports, 'toAscii'>,
): Evidence {
  const results = resultFields(message);
  for (const profile of profilesFor(receiver)) {
    const border = findBorder(message.fields, profile);
    if (border === null) continue;
    return assemble(message, authors, receiver, ports, profile, border, results);
  }
  const ignored = results.map(({ field, parsed }) => ({
    field,
    authservId: parsed.authservId,
    because: 'no-border' as const,
  }));
  const profile = receiver.id === 'detect' ? null : (profilesFor(receiver)[0]?.id ?? null);
  return { ...NOTHING, profile, ignored };
}

const NOTHING: Evidence = {
  basis: null,
  profile: null,
  authservId: null,
  border: null,
  spf: null,
  dmarc: null,
  arc: null,
  dkim: [],
  ignored: [],
  gateway: false,
  absentDmarcMeansNone: false,
};

function profilesFor(receiver: Receiver): readonly Profile[] {
  switch (receiver.id) {
    case 'detect':
      return [GMAIL, MICROSOFT];
    case 'gmail':
      return [GMAIL];
    case 'outlook':
      return [MICROSOFT];
    default:
      return [namedProfile(receiver.id)];
  }
}

function resultFields(message: Message): readonly ResultField[] {
  return message.fields.flatMap(({ key, value }, field) =>
    RESULT_FIELDS.has(key) ? [{ field, key, parsed: parseAuthResults(value) }] : [],
  );
}

function findBorder(fields: readonly HeaderField[], profile: Profile): Border | null {
  for (const [field, { key, value }] of fields.entries()) {
    if (key !== 'received') {
      // What stands between the last internal hop and the border belongs to the receiver as well.
      if (!profile.mayStandAbove(key)) return null;
      continue;
    }
    const hop = parseReceived(value);
    if (profile.isInternalHop(hop)) continue;
    return profile.isBorder(hop) ? { field, address: hop.address, date: hop.date } : null;
  }
  return null;
}

function assemble(
  message: Message,
  authors: Authors,
  receiver: Receiver,
  ports: Pick<Ports, 'toAscii'>,
  profile: Profile,
  border: Border,
  results: readonly ResultField[],
): Evidence {
  const found = findResult(message, profile, border, results);
  const refused = new Map(found.refused.map(({ field, because }) => [field, because]));
  let believed = found.believed;
  const doubt = doubtAbout(believed, authors, ports);
  if (doubt !== null) {
    for (const { field } of believed) refused.set(field, doubt);
    believed = [];
  }
  const kept = new Set(believed.map(({ field }) => field));
  const ignored: IgnoredField[] = results
    .filter(({ field }) => !kept.has(field))
    .map((result) => ({
      field: result.field,
      authservId: result.parsed.authservId,
      because: refused.get(result.field) ?? whyIgnored(result, profile, border, kept.size > 0),
    }));
  const base = { ...NOTHING, profile: profile.id, border, ignored, gateway: found.gateway };
  const [first] = believed;
  if (first === undefined) return base;
  return {
    ...base,
    basis: receiver.basis,
    authservId: first.parsed.authservId,
    spf: one(believed, 'spf'),
    dmarc: one(believed, 'dmarc'),
    arc: one(believed, 'arc'),
    dkim: all(believed, 'dkim'),
    absentDmarcMeansNone: profile.absentDmarcMeansNone && !found.gateway,
  };
}

function findResult(
  message: Message,
  profile: Profile,
  border: Border,
  results: readonly ResultField[],
): Found {
  if (profile === GMAIL) return gmailResult(message, border, results);
  if (profile === MICROSOFT) return microsoftResult(message, border, results);
  return touchingResults(profile, border, results);
}

/** The results of a receiver known by its id alone: those that touch the border from above. */
function touchingResults(profile: Profile, border: Border, results: readonly ResultField[]): Found {
  const byField = new Map(results.map((result) => [result.field, result]));
  const believed: ResultField[] = [];
  for (let field = border.field - 1; field >= 0; field--) {
    const result = byField.get(field);
    if (result?.key !== 'authentication-results') break;
    if (profile.isOwnId(result.parsed.authservId) && !isQuotedId(result.parsed)) believed.unshift(result);
  }
  return { believed, refused: [], gateway: false };
}

function isOpen({ warnings }: AuthResults): boolean {
  return warnings.includes('unclosed-quote') || warnings.includes('unclosed-comment');
}

function isQuotedId(parsed: AuthResults): boolean {
  return parsed.warnings.includes('quoted-id');
}

/**
 * Two results that differ, a result about another From, or one that could not be read count for nothing. What never
 * closes has swallowed what followed: a sender's address with a parenthesis must not hide a `dmarc=fail`.
 */
function doubtAbout(
  believed: readonly ResultField[],
  authors: Authors,
  ports: Pick<Ports, 'toAscii'>,
): IgnoredBecause | null {
  if (believed.some(({ parsed }) => isOpen(parsed))) return 'unparseable';
  const dmarc = all(believed, 'dmarc');
  if (new Set(dmarc.map(({ result }) => result)).size > 1) return 'contradiction';
  for (const { properties } of dmarc) {
    const domain = ports.toAscii(domainPart(propertyOf(properties, 'header', 'from')))?.domain;
    if (domain === undefined || !authorDomains(authors).includes(domain)) return 'from-mismatch';
  }
  return null;
}

function authorDomains(authors: Authors): readonly string[] {
  if (authors.kind === 'one') return [authors.author.domain];
  return authors.kind === 'several' ? authors.authors.map(({ domain }) => domain) : [];
}

function whyIgnored(
  { field, key, parsed }: ResultField,
  profile: Profile,
  border: Border,
  found: boolean,
): IgnoredBecause {
  const isOwn = key === 'authentication-results' && profile.isOwnId(parsed.authservId) && !isQuotedId(parsed);
  if (!isOwn) return 'other-id';
  if (profile.resultStands === 'above' && field < border.field) return found ? 'duplicate' : 'below-border';
  return 'below-border';
}

function toReported(field: number, { result, properties, comments }: MethodResult): ReportedResult {
  return { result, properties, comment: comments.length === 0 ? null : comments.join(' '), field };
}

function all(fields: readonly ResultField[], method: string): readonly ReportedResult[] {
  return fields.flatMap(({ field, parsed }) =>
    parsed.results.filter((result) => result.method === method).map((result) => toReported(field, result)),
  );
}

function one(fields: readonly ResultField[], method: string): ReportedResult | null {
  return all(fields, method)[0] ?? null;
}
