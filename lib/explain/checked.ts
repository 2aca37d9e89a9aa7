/** What was checked here, as the report has it. */
import {
  type ArcSetCheck,
  alignmentOf,
  checkedDmarc,
  comparePsl,
  type DkimCheck,
  type DmarcResult,
  type Examination,
  type Facts,
  isDefinite,
  type Level,
  logoOf,
  passesOf,
  type Rule,
  type SealCheck,
  type SpfCheck,
  type SpfRecordTrace,
} from '../engine/index.ts';
import type { Indexer } from './indexer.ts';

export interface Checked {
  readonly state: 'pending' | 'done' | 'partial';
  readonly level: Level;
  readonly spf: CheckedSpf;
  readonly dkim: readonly CheckedSignature[];
  readonly arc: CheckedArc | null;
  readonly seal: SealCheck | null;
  /** Null where no single author domain could be looked up, or while the answers are awaited. */
  readonly dmarc: CheckedDmarc | null;
  readonly bimi: CheckedBimi | null;
}

export interface CheckedSpf {
  /** Null while the answer is awaited. */
  readonly result: SpfCheck['result'] | 'not-checked' | null;
  /** Why nothing could be asked; null where something was. */
  readonly notCheckedBecause: 'no-border' | 'no-mail-from' | 'gateway' | null;
  /** The border and MAIL FROM of a file can be made up, so that the result is shown and does not count. */
  readonly counts: boolean;
  readonly mailFrom: SpfCheck | null;
  readonly helo: SpfCheck | null;
}

export interface CheckedSignature
  extends Pick<
    DkimCheck,
    'domain' | 'selector' | 'algorithm' | 'keyBits' | 'created' | 'expires' | 'reason' | 'bodyHolds'
  > {
  /** Null while the answer is awaited. */
  readonly result: DkimCheck['result'] | null;
  /** Null where DNS leaves it open. */
  readonly aligned: boolean | null;
  /** What broke it, found by undoing it; null where it is whole. */
  readonly alterations: Facts['signatures'][number]['alterations'];
  readonly field: number;
  readonly dns: number | null;
}

export interface CheckedArc extends Pick<NonNullable<Facts['arc']>, 'result' | 'reason' | 'instance'> {
  readonly sets: readonly ArcSetCheck[];
}

export interface CheckedDmarc {
  readonly result: DmarcResult | null;
  readonly policy: string | null;
  /** The policy that is asked of receivers once `t=y` is taken into account. */
  readonly appliedPolicy: string | null;
  readonly appliedTag: string | null;
  readonly recordDomain: string | null;
  readonly walk: readonly {
    readonly domain: string;
    readonly outcome: string;
    readonly record: string | null;
  }[];
  readonly spfAligned: boolean | null;
  readonly dkimAligned: boolean | null;
  /** By RFC 7489 and the public suffix list; null where there is no list. */
  readonly pslView: null | {
    readonly result: DmarcResult;
    readonly difference: string;
    readonly organizationalDomain: string | null;
    readonly recordDomain: string | null;
    readonly policy: string | null;
  };
}

export interface CheckedBimi {
  readonly kind: string;
  readonly location: string | null;
  readonly evidence: string | null;
  readonly obstacles: readonly string[];
}

/** Pure. What points at fields and answers is renumbered. */
export function checkedOf({ facts, verdict }: Examination, index: Indexer): Checked {
  return {
    state: !facts.done ? 'pending' : index.dns.every(isDefinite) ? 'done' : 'partial',
    level: verdict.checkedLevel,
    spf: spfOf(facts, index),
    dkim: facts.signatures.map((signature) => signatureOf(facts, signature, index)),
    arc: arcOf(facts, index),
    seal: sealOf(facts, index),
    dmarc: dmarcOf(facts),
    bimi: bimiOf(facts, verdict.rule),
  };
}

function spfOf({ spf, reader }: Facts, index: Indexer): CheckedSpf {
  if (spf.kind === 'not-judgeable') {
    const notCheckedBecause = spf.why;
    return { result: 'not-checked', notCheckedBecause, counts: false, mailFrom: null, helo: null };
  }
  const renumbered = (check: SpfCheck | null): SpfCheck | null =>
    check && { ...check, trace: check.trace && traceOf(check.trace, index) };
  return {
    result: spf.mailFrom?.result ?? null,
    notCheckedBecause: null,
    counts: reader === 'mailbox',
    mailFrom: renumbered(spf.mailFrom),
    helo: renumbered(spf.helo),
  };
}

function traceOf(trace: SpfRecordTrace, index: Indexer): SpfRecordTrace {
  return {
    ...trace,
    dns: trace.dns.map(index.answer),
    terms: trace.terms.map((term) => ({
      ...term,
      dns: term.dns.map(index.answer),
      record: term.record && traceOf(term.record, index),
    })),
  };
}

function signatureOf(
  facts: Facts,
  { claim, check, alterations }: Facts['signatures'][number],
  index: Indexer,
): CheckedSignature {
  const { domain, selector, algorithm, created, expires } = claim;
  return {
    result: check?.result ?? null,
    reason: check?.reason ?? null,
    domain,
    selector,
    algorithm,
    keyBits: check?.keyBits ?? null,
    bodyHolds: check?.bodyHolds ?? null,
    created,
    expires,
    aligned: alignmentOf(facts, domain, 'dkim'),
    alterations: alterations && renumbered(alterations, index),
    field: index.field(claim.field),
    dns: check?.dns == null ? null : index.answer(check.dns),
  };
}

type Alterations = NonNullable<CheckedSignature['alterations']>;

function renumbered({ header, body }: Alterations, index: Indexer): Alterations {
  if (header.kind !== 'explained') return { header, body };
  const changes = header.alterations.map((change) => {
    if ('fields' in change) return { ...change, fields: change.fields.map(index.field) };
    return 'field' in change ? { ...change, field: index.field(change.field) } : change;
  });
  return { header: { ...header, alterations: changes }, body };
}

function arcOf({ arc }: Facts, index: Indexer): CheckedArc | null {
  if (arc === null) return null;
  const { result, reason, instance } = arc;
  const sets = arc.sets.map((set) => ({
    ...set,
    fields: {
      seal: index.field(set.fields.seal),
      messageSignature: index.field(set.fields.messageSignature),
      results: index.field(set.fields.results),
    },
    dns: set.dns.map(index.answer),
  }));
  return { result, reason, instance, sets };
}

function sealOf({ seal }: Facts, index: Indexer): SealCheck | null {
  if (seal === null || seal.kind === 'none') return seal;
  const fields = {
    seal: index.field(seal.fields.seal),
    messageSignature: index.field(seal.fields.messageSignature),
    results: index.field(seal.fields.results),
  };
  return { ...seal, fields, dns: seal.dns.map(index.answer) };
}

function dmarcOf(facts: Facts): CheckedDmarc | null {
  const { dmarc } = facts;
  if (dmarc === null) return null;
  const { policy, walk } = dmarc;
  const record = policy.kind === 'record' ? policy : null;
  return {
    result: checkedDmarc(facts),
    policy: record?.policy ?? null,
    appliedPolicy: record?.applied ?? null,
    appliedTag: record?.tag ?? null,
    recordDomain: record?.recordDomain ?? null,
    walk: walk.steps.map(({ domain, outcome, record: found }) => ({
      domain,
      outcome,
      record: found?.text ?? null,
    })),
    spfAligned: spfAlignment(facts),
    dkimAligned: dkimAlignment(facts),
    pslView: pslOf(facts),
  };
}

/** Of the MAIL FROM domain, whether or not it passed; null where nobody named one. */
function spfAlignment(facts: Facts): boolean | null {
  const domain = facts.reportedMailFrom || (facts.spf.kind === 'judgeable' ? facts.spf.mailFrom?.domain : '');
  return domain === undefined || domain === '' ? null : alignmentOf(facts, domain, 'spf');
}

function dkimAlignment(facts: Facts): boolean | null {
  const passing = facts.signatures.filter(({ check }) => check?.result === 'pass');
  const alignments = passing.map(({ claim }) => alignmentOf(facts, claim.domain, 'dkim'));
  return alignments.includes(true) ? true : alignments.includes(null) ? null : false;
}

function pslOf(facts: Facts): CheckedDmarc['pslView'] {
  const { dmarc, psl } = facts;
  if (dmarc === null || psl === null) return null;
  const { psl: result, difference } = comparePsl(dmarc, psl, passesOf(facts));
  const record = psl.policy.kind === 'record' ? psl.policy : null;
  return {
    result,
    difference,
    organizationalDomain: psl.organizationalDomains.get(psl.authorDomain) ?? null,
    recordDomain: record?.recordDomain ?? null,
    policy: record?.policy ?? null,
  };
}

function bimiOf(facts: Facts, rule: Rule): CheckedBimi | null {
  const logo = logoOf(facts, rule);
  if (logo === null) return null;
  return logo.kind === 'record'
    ? { kind: logo.kind, location: logo.location, evidence: logo.evidence, obstacles: logo.obstacles }
    : { kind: logo.kind, location: null, evidence: null, obstacles: [] };
}
