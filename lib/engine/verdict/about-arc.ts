/** Findings about ARC (RFC 8617, experimental): shown, never trusted by itself; and about the receiver's own seal. */
import { type SealDoubt, sealConfirms } from '../arc/seal.ts';
import type { ArcCheck } from '../arc/verify.ts';
import type { ArcSetCheck } from '../arc/verify-set.ts';
import type { Facts } from './facts.ts';
import type { Finding, Grounds, Statement } from './finding.ts';
import { reportedDmarc } from './rule.ts';

export function arcFindings(facts: Facts): readonly Finding[] {
  const { arc } = facts;
  if (arc === null || arc.result === 'none') return [];
  // The receiver's own link alone is no chain; what it proves is told by the seal.
  const isChain = arc.highest > 1 || facts.seal === null || facts.seal.kind === 'none';
  return [...sealFindings(facts, arc), ...(isChain ? [chainFinding(arc)] : [])];
}

const ARC = { step: 'trust', about: 'ARC', provenance: [{ by: 'checked', result: null }] } as const;

function groundsOf(sets: readonly ArcSetCheck[], ...more: readonly (number | null)[]): Grounds {
  const fields = sets.flatMap(({ fields: { seal, results } }) => [seal, results]);
  return {
    fields: [...fields, ...more.filter((field) => field !== null)],
    dns: sets.flatMap(({ dns }) => dns),
  };
}

function chainFinding(arc: ArcCheck): Finding {
  const because = groundsOf(arc.sets.slice(-1), arc.field);
  return { ...chainStatement(arc), ...ARC, provenance: [{ by: 'checked', result: arc.result }], because };
}

function chainStatement({ result, reason, instance, sets }: ArcCheck): Statement {
  switch (result) {
    case 'none':
    case 'pass':
      return {
        code: 'arc-intact',
        params: { count: sets.length, domain: sets.at(-1)?.domain ?? '' },
        severity: 'info',
      };
    case 'temperror':
      return { code: 'arc-unanswered', params: {}, severity: 'open' };
    case 'not-checkable':
      return { code: 'arc-not-checkable', params: {}, severity: 'info' };
    case 'fail':
      return {
        code: 'arc-broken',
        params: { instance: instance ?? 1, reason: reason ?? '' },
        severity: 'info',
      };
  }
}

/** Whether the receiver's own seal proves that the result which stands here is its. */
export function isSealed({ seal, arc, evidence }: Facts): boolean {
  const set = arc?.sets.at(-1);
  return seal?.kind === 'proven' && set !== undefined && sealConfirms(set.fields, set.results, evidence);
}

/** The seal holds and says nothing of the one author; beside the receiver's own field that is no fault of it. */
const ABOUT_STATEMENT: ReadonlySet<SealDoubt> = new Set(['no-dmarc', 'other-author']);

/**
 * In its own mailbox the seal is proof of what the receiver wrote; anywhere else it says what the receiver found for
 * one of its customers, and real mail is replayed with such seals.
 */
function sealFindings({ seal, reader, evidence }: Facts, { sets }: ArcCheck): readonly Finding[] {
  const set = sets.at(-1);
  if (seal === null || seal.kind === 'none' || set === undefined) return [];
  const { receiver } = seal;
  const base = { ...ARC, because: groundsOf([set]) };
  const isOwnMailbox = reader === 'mailbox' && evidence.basis === 'mailbox';
  if (isOwnMailbox && (seal.kind === 'proven' || ABOUT_STATEMENT.has(seal.because))) {
    return sealConfirms(set.fields, set.results, evidence)
      ? [{ ...base, code: 'seal-proven', params: { receiver }, severity: 'info' }]
      : [];
  }
  if (seal.kind === 'unproven') {
    // A body that is not at hand is told once, elsewhere.
    if (seal.because === 'body-not-checkable') return [];
    const params = { receiver, why: `seal-${seal.because}` as const };
    return [{ ...base, code: 'seal-unproven', params, severity: 'info' }];
  }
  return [{ ...base, code: 'seal-said', params: { receiver, result: seal.dmarc }, severity: 'info' }];
}

/** Where the mail failed here, what the first station found before anybody handed it on, if the chain is intact. */
export function forwardingFindings(facts: Facts): readonly Finding[] {
  const { arc } = facts;
  if (reportedDmarc(facts) !== 'fail' || arc?.result !== 'pass') return [];
  const { border } = facts.evidence;
  // The receiver's own set stands above the border; a station on the way wrote below it.
  const station = arc.sets.find(({ fields }) => border !== null && fields.seal > border.field);
  const dmarc = station?.results.results.find(({ method }) => method === 'dmarc');
  if (station === undefined || dmarc === undefined) return [];
  const params = { domain: station.domain, result: dmarc.result };
  return [
    {
      ...ARC,
      code: 'forwarded',
      params,
      severity: 'info',
      provenance: [{ by: 'checked', result: 'pass' }],
      because: groundsOf([station]),
    },
  ];
}
