/**
 * Findings about DNS itself: what could not be checked here because a question stayed open, and why it did. A silent
 * resolver is the reader's side of the matter, SERVFAIL the domain's: its own name servers gave nothing of use.
 */
import { walkNames } from '../dmarc/lookup.ts';
import type { Rcode } from '../dns/answer.ts';
import { decidingSteps, type SpfCheck } from '../spf/trace.ts';
import type { DnsDoubt, OpenCheck } from './codes.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { alignmentOf, countedSpf, passesOf } from './identifiers.ts';

/** Why a question is open, by what became of it; what explains most stands first. Null: it has its answer. */
const DOUBT_OF: Readonly<Record<Rcode, DnsDoubt | null>> = {
  OFFLINE: 'offline',
  PORTAL: 'portal',
  UNREACHABLE: 'unreachable',
  TIMEOUT: 'timeout',
  HTTP: 'error',
  FORMERR: 'error',
  NOTIMP: 'error',
  OTHER: 'error',
  REFUSED: 'refused',
  TRUNCATED: 'truncated',
  MALFORMED: 'malformed',
  SERVFAIL: 'servfail',
  NOERROR: null,
  NXDOMAIN: null,
};
const DOUBTS = [...new Set(Object.values(DOUBT_OF))].filter((doubt) => doubt !== null);

interface Unanswered {
  readonly check: OpenCheck;
  readonly why: DnsDoubt;
  readonly dns: readonly number[];
}

/**
 * One finding for each cause, once everything is in that DMARC rests on (RFC 9989 §5.3): the record, SPF in MAIL FROM,
 * the keys of the signatures. What decides nothing is not among them: SPF of a file or of HELO, the ARC chain, the
 * older rule, the logo.
 */
export function dnsFindings(facts: Facts): readonly Finding[] {
  const unanswered = unansweredChecks(facts);
  return DOUBTS.flatMap((why) => {
    const alike = unanswered.filter((one) => one.why === why);
    if (alike.length === 0) return [];
    const open = alike.map(({ check }) => check);
    const base = {
      severity: 'open',
      step: 'trust',
      about: null,
      provenance: [],
      because: { fields: [], dns: [...new Set(alike.flatMap(({ dns }) => dns))] },
    } as const;
    const finding: Finding =
      why === 'servfail'
        ? { ...base, code: 'dns-servfail', params: { open } }
        : { ...base, code: 'dns-unanswered', params: { open, why: `dns-${why}` } };
    return [finding];
  });
}

function unansweredChecks(facts: Facts): readonly Unanswered[] {
  const { authors, dmarc, signatures, spf } = facts;
  const isAwaited =
    (authors.kind === 'one' && dmarc === null) ||
    (spf.kind === 'judgeable' && spf.mailFrom === null) ||
    signatures.some(({ check }) => check === null);
  // Without an author nothing is judged, so that nothing is missing either.
  if (isAwaited || authors.kind === 'none') return [];
  const checks = [...openRecords(facts), ...openKeys(facts), ...openSpf(countedSpf(facts))];
  // Two signatures may share a key.
  const distinct = new Map(checks.map((one) => [JSON.stringify(one.check), one]));
  return [...distinct.values()].flatMap(({ check, dns }) => {
    const open = dns.filter((at) => doubtAt(facts, at) !== null);
    const why = DOUBTS.find((doubt) => open.some((at) => doubtAt(facts, at) === doubt));
    return why === undefined ? [] : [{ check, why, dns: open }];
  });
}

function doubtAt({ dns }: Facts, at: number): DnsDoubt | null {
  const answer = dns[at] ?? null;
  return answer === null ? null : DOUBT_OF[answer.rcode];
}

type Resting = Pick<Unanswered, 'check' | 'dns'>;

/** The author domain's record, or else the names that may be of its organization: with the record they are open too. */
function openRecords(facts: Facts): readonly Resting[] {
  const { dmarc } = facts;
  if (dmarc === null) return [];
  const { authorDomain, policy, walk, organizationalDomains } = dmarc;
  const undecided = passesOf(facts).filter(
    ({ domain, method }) => domain !== '' && alignmentOf(facts, domain, method) === null,
  );
  const isOpen = undecided.length > 0 && walk.organizationalDomain === null;
  if (policy.kind === 'unanswered' || isOpen) {
    const { check, dns } = walkOf(facts, authorDomain);
    return [{ check, dns: [...dns, ...policy.dns] }];
  }
  return undecided
    .filter(({ domain }) => organizationalDomains.get(domain) === null)
    .map(({ domain }) => walkOf(facts, domain));
}

/** The questions of a domain's tree walk, by their names: the walks of the identifiers are not kept (§4.10). */
function walkOf({ dns }: Facts, domain: string): Resting {
  const names = new Set(walkNames(domain).map((name) => `_dmarc.${name}`));
  const asked = dns.flatMap((answer, at) =>
    answer?.type === 'TXT' && names.has(answer.name.toLowerCase()) ? [at] : [],
  );
  return { check: { kind: 'dmarc', domain }, dns: asked };
}

function openKeys({ signatures }: Facts): readonly Resting[] {
  return signatures.flatMap(({ claim, check }) => {
    if (check?.reason !== 'key-unanswered' || check.dns === null) return [];
    const { domain, selector } = claim;
    return [{ check: { kind: 'key', domain, selector }, dns: [check.dns] }];
  });
}

/** RFC 7208 §2.6.6. */
function openSpf(checked: SpfCheck | null): readonly Resting[] {
  if (checked?.result !== 'temperror') return [];
  const inner = decidingSteps(checked.trace).flatMap(({ term }) => [
    ...term.dns,
    ...(term.record?.dns ?? []),
  ]);
  return [{ check: { kind: 'spf', domain: checked.domain }, dns: [...(checked.trace?.dns ?? []), ...inner] }];
}
