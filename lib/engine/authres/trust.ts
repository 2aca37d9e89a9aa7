/** Did the receiver write this result? What it reported, and why every other result field counts for nothing. */
import type { Authors } from '../message/author.ts';
import type { Message } from '../message/split.ts';
import type { Ports } from '../ports.ts';
import { withoutDoubt } from './doubt.ts';
import {
  type Border,
  type Evidence,
  type Found,
  type GatewayInFront,
  type IgnoredBecause,
  mailFromProperty,
  NOTHING_FOUND,
  type Receiver,
  type ReportedResult,
  type ResultField,
} from './evidence.ts';
import { gatewayFields, handover, type NamedGateway, unnamedGateway } from './gateway.ts';
import { mailFromOf } from './mail-from.ts';
import { bareProfile } from './named.ts';
import { originOf } from './origin.ts';
import { hasQuotedId, type MethodResult, parseAuthResults } from './parse.ts';
import type { Profile } from './profile.ts';
import { basisOf, profilesFor } from './profiles.ts';
import { findBorder, readTrace, type Trace } from './trace.ts';

const RESULT_FIELDS = new Set([
  'authentication-results',
  'authentication-results-original',
  'x-ms-exchange-authentication-results',
]);

type Needed = Pick<Ports, 'toAscii' | 'decodeCharset'>;

/** Collects what the receiver reported. Total; everything that is not believed is listed with its reason. */
export function gatherEvidence(
  message: Message,
  authors: Authors,
  receiver: Receiver,
  ports: Needed,
): Evidence {
  const trace = readTrace(message);
  const results = resultFields(message);
  const profiles = profilesFor(receiver);
  for (const profile of profiles) {
    const border = findBorder(message, trace, profile);
    if (border === null) continue;
    const found = profile.find({ message, border, results, ports });
    if (receiver.id === 'detect' && profile.fitsAnyTrace && found.believed.length === 0) continue;
    return assemble({ message, authors, receiver, ports, trace, results, profile, border, found });
  }
  const ignored = results.map(({ field, parsed }) => ({
    field,
    authservId: parsed.authservId,
    because: 'no-border' as const,
  }));
  const profile = receiver.id === 'detect' ? null : (profiles[0]?.id ?? null);
  return { ...NOTHING, profile, ignored, origin: originOf(message, receiver, null, trace) };
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
  gatewayInFront: { kind: 'none' },
  mailFrom: null,
  origin: 'unknown',
  absentDmarcMeansNone: false,
};

function resultFields(message: Message): readonly ResultField[] {
  return message.fields.flatMap(({ key, value }, field) =>
    RESULT_FIELDS.has(key) ? [{ field, key, parsed: parseAuthResults(value) }] : [],
  );
}

interface Reading {
  readonly message: Message;
  readonly authors: Authors;
  readonly receiver: Receiver;
  readonly ports: Needed;
  readonly trace: Trace;
  readonly results: readonly ResultField[];
  readonly profile: Profile;
  readonly border: Border;
  readonly found: Found;
}

/** Who speaks for the mail, and what it says. */
interface Speaker {
  readonly profile: Profile;
  readonly border: Border;
  readonly found: Found;
}

function assemble(reading: Reading): Evidence {
  const { message, authors, receiver, ports, trace, results, profile, border, found } = reading;
  const trusted = receiver.trusted ?? [];
  const mailbox: Speaker = { profile, border, found: withoutDoubt(found, authors, ports) };
  const named = handover(border, trace, results, trusted);
  const gateway = named === null ? null : gatewaySpeaker(named, reading);
  const speaker = gateway?.found.believed.length ? gateway : mailbox;
  const { believed } = speaker.found;
  const bypassed = named === null ? gatewayFields(border, results, trusted) : [];
  const reasons = new Map<number, IgnoredBecause>([
    ...bypassed.map(({ field }) => [field, 'gateway-bypassed'] as const),
    ...[mailbox, gateway].flatMap((each) =>
      (each?.found.refused ?? []).map(({ field, because }) => [field, because] as const),
    ),
  ]);
  const kept = new Set(believed.map(({ field }) => field));
  const spf = mailFromResult(believed);
  const skipsDmarc = found.gateway && speaker === mailbox;
  return {
    basis: believed.length === 0 ? null : basisOf(receiver, profile),
    profile: speaker.profile.id,
    authservId: believed[0]?.parsed.authservId ?? null,
    border: speaker.border,
    spf,
    dmarc: all(believed, 'dmarc')[0] ?? null,
    arc: all(believed, 'arc')[0] ?? null,
    dkim: all(believed, 'dkim'),
    ignored: results
      .filter(({ field }) => !kept.has(field))
      .map((result) => ({
        field: result.field,
        authservId: result.parsed.authservId,
        because: reasons.get(result.field) ?? whyIgnored(result, speaker),
      })),
    gateway: skipsDmarc,
    gatewayInFront:
      named === null
        ? notHandedOver(reading, bypassed)
        : { kind: speaker === mailbox ? 'silent' : 'believed', id: named.id },
    mailFrom: mailFromOf(message, speaker.profile, speaker.border, spf),
    origin: originOf(message, receiver, border, trace),
    absentDmarcMeansNone: speaker.profile.absentDmarcMeansNone && kept.size > 0 && !skipsDmarc,
  };
}

function gatewaySpeaker({ id, border, results }: NamedGateway, { authors, ports }: Reading): Speaker | null {
  if (border === null) return null;
  const found = withoutDoubt({ ...NOTHING_FOUND, believed: results }, authors, ports);
  return { profile: bareProfile(id), border, found };
}

/** What shows of a gateway where no named one handed the message over. */
function notHandedOver(
  { border, trace, results, found }: Reading,
  [bypassed]: readonly ResultField[],
): GatewayInFront {
  if (bypassed !== undefined) return { kind: 'bypassed', id: bypassed.parsed.authservId ?? '' };
  const unnamed = unnamedGateway(border, trace, results);
  return unnamed.kind === 'none' && found.gateway ? { kind: 'unnamed', id: null } : unnamed;
}

function whyIgnored(
  { field, key, parsed }: ResultField,
  { profile, border, found }: Speaker,
): IgnoredBecause {
  const isOwn =
    key === 'authentication-results' && profile.isOwnId(parsed.authservId) && !hasQuotedId(parsed);
  if (!isOwn) return 'other-id';
  const isAbove = profile.resultStands === 'above' && field < border.field;
  return isAbove && found.believed.length > 0 ? 'duplicate' : 'below-border';
}

/**
 * The SPF result for MAIL FROM; a receiver may report one for the HELO name beside it. Two that differ are none;
 * without one for MAIL FROM it is the first.
 */
function mailFromResult(believed: readonly ResultField[]): ReportedResult | null {
  const spf = all(believed, 'spf');
  const judged = spf.filter((result) => mailFromProperty(result) !== '');
  if (new Set(judged.map(({ result }) => result)).size > 1) return null;
  return judged[0] ?? spf[0] ?? null;
}

function all(fields: readonly ResultField[], method: string): readonly ReportedResult[] {
  return fields.flatMap(({ field, parsed }) =>
    parsed.results.filter((result) => result.method === method).map((result) => toReported(field, result)),
  );
}

function toReported(field: number, { result, properties, comments }: MethodResult): ReportedResult {
  return { result, properties, comment: comments.length === 0 ? null : comments.join(' '), field };
}
