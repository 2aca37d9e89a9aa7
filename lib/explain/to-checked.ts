/** Puts what was checked here into the report. */
import {
  alignmentOf,
  checkedDmarc,
  comparePsl,
  type Examination,
  type Facts,
  type Finding,
  logoOf,
  passesOf,
  type Rule,
  type SealCheck,
  type SpfCheck,
  type SpfRecordTrace,
} from '../engine/index.ts';
import type {
  Checked,
  CheckedArc,
  CheckedBimi,
  CheckedDmarc,
  CheckedSignature,
  CheckedSpf,
} from './checked.ts';
import type { Indexer } from './indexer.ts';

/** Pure. What points at fields and answers is renumbered. */
export function checkedOf({ facts, verdict }: Examination, index: Indexer): Checked {
  return {
    state: !facts.done ? 'pending' : verdict.findings.some(isLeftOpen) ? 'partial' : 'done',
    level: verdict.checkedLevel,
    spf: spfOf(facts, index),
    dkim: facts.signatures.map((signature) => signatureOf(facts, signature, index)),
    arc: arcOf(facts, index),
    seal: sealOf(facts, index),
    dmarc: dmarcOf(facts),
    bimi: bimiOf(facts, verdict.rule),
  };
}

/** An answer that is missing and decides nothing, such as that for the logo, leaves the check complete. */
function isLeftOpen({ code }: Finding): boolean {
  return code === 'dns-unanswered' || code === 'dns-servfail';
}

const NO_SPF: CheckedSpf = {
  result: null,
  notCheckedBecause: null,
  counts: false,
  identity: null,
  domain: null,
  ip: null,
  reason: null,
  explanation: null,
  lookups: null,
  voids: null,
  trace: null,
  helo: null,
};

function spfOf({ spf, reader }: Facts, index: Indexer): CheckedSpf {
  if (spf.kind === 'not-judgeable') {
    return { ...NO_SPF, result: 'not-checked', notCheckedBecause: spf.why };
  }
  const renumbered = (check: SpfCheck | null): SpfCheck | null =>
    check && { ...check, trace: check.trace && traceOf(check.trace, index) };
  return {
    ...NO_SPF,
    ...renumbered(spf.mailFrom),
    counts: reader === 'mailbox',
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
    fields: setFields(set.fields, index),
    dns: set.dns.map(index.answer),
  }));
  return { result, reason, instance, sets };
}

type SetFields = CheckedArc['sets'][number]['fields'];

function setFields({ seal, messageSignature, results }: SetFields, index: Indexer): SetFields {
  return {
    seal: index.field(seal),
    messageSignature: index.field(messageSignature),
    results: index.field(results),
  };
}

function sealOf({ seal }: Facts, index: Indexer): SealCheck | null {
  if (seal === null || seal.kind === 'none') return seal;
  return { ...seal, fields: setFields(seal.fields, index), dns: seal.dns.map(index.answer) };
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
