/** Findings about SPF: as the receiver reported it and as it is checked here, in MAIL FROM and, apart, in HELO. */
import { domainPart } from '../authres/evidence.ts';
import { propertyOf } from '../authres/parse.ts';
import { decidingSteps, type SpfCheck, type SpfReason } from '../spf/trace.ts';
import type { Facts } from './facts.ts';
import type { Finding, Grounds, Provenance, Statement } from './finding.ts';
import { alignmentOf, checkedSpf, isVouched, signaturePasses } from './identifiers.ts';

export function spfFindings(facts: Facts): readonly Finding[] {
  if (facts.authors.kind === 'none') return [];
  const checked = checkedSpf(facts);
  const main: Finding = {
    ...statementOf(facts, checked),
    step: 'check',
    about: 'SPF',
    provenance: provenanceOf(facts, checked),
    because: groundsOf(facts, checked),
  };
  return [main, ...(checked === null ? [] : moreAbout(facts, checked))];
}

function provenanceOf({ evidence, spf }: Facts, checked: SpfCheck | null): readonly Provenance[] {
  const reported: Provenance =
    evidence.spf === null ? { by: 'unknown', result: null } : { by: 'reported', result: evidence.spf.result };
  if (spf.kind === 'not-judgeable') return [reported, { by: 'unchecked', result: null }];
  const own: Provenance =
    checked === null ? { by: 'pending', result: null } : { by: 'checked', result: checked.result };
  return evidence.spf === null ? [own] : [reported, own];
}

function groundsOf({ evidence }: Facts, checked: SpfCheck | null): Grounds {
  const fields = [evidence.spf?.field, checked === null ? undefined : evidence.border?.field];
  return {
    fields: [...new Set(fields.filter((field) => field !== undefined))],
    dns: checked === null ? [] : recordsOf(checked),
  };
}

/** The receiver's result is told where there is one; ours stands beside it. */
function statementOf(facts: Facts, checked: SpfCheck | null): Statement {
  const { spf } = facts.evidence;
  if (spf !== null) {
    // A null sender has no domain of its own; what was judged then is the HELO name.
    const helo = propertyOf(spf.properties, 'smtp', 'helo');
    const fault = checked !== null && isError(spf.result) ? faultOf(checked) : null;
    if (fault !== null) return fault;
    return facts.reportedMailFrom === '' && spf.result === 'pass'
      ? { code: 'spf-helo-only', params: {}, severity: 'info' }
      : resultStatement(facts, spf.result, facts.reportedMailFrom || helo);
  }
  if (facts.spf.kind === 'not-judgeable') return { code: 'spf-not-reported', params: {}, severity: 'open' };
  if (checked !== null) return faultOf(checked) ?? resultStatement(facts, checked.result, checked.domain);
  const { mailFrom, helo } = facts.spf.handover;
  return { code: 'spf-pending', params: { domain: domainPart(mailFrom) || helo }, severity: 'open' };
}

function isError(result: string): boolean {
  return result === 'permerror' || result === 'temperror';
}

/** RFC 7208 §4.6.4: limits of the whole check, so that the record to mend is the domain's own. */
const OF_THE_WHOLE: ReadonlySet<SpfReason> = new Set(['too-many-lookups', 'too-many-voids']);

/** What kept our own evaluation from a result. */
function faultOf({ domain, result, reason, trace }: SpfCheck): Statement | null {
  if (result === 'temperror') return { code: 'spf-unanswered', params: { domain }, severity: 'open' };
  if (result === 'withheld') return { code: 'spf-withheld', params: { domain }, severity: 'open' };
  if (result !== 'permerror' || reason === null) return null;
  const why = `spf-${reason}` as const;
  const last = decidingSteps(trace).at(-1);
  if (last === undefined) return { code: 'spf-unusable', params: { domain, why }, severity: 'warn' };
  const params = { domain: OF_THE_WHOLE.has(reason) ? domain : last.domain, term: last.term.text, why };
  return { code: 'spf-broken', params, severity: 'warn' };
}

function resultStatement(facts: Facts, result: string, domain: string): Statement {
  switch (result) {
    case 'pass':
      return passStatement(facts, domain);
    case 'fail':
    case 'softfail':
      // Beside an aligned signature that holds, a foreign server is what forwarding looks like.
      return isVouched(signaturePasses(facts))
        ? { code: 'spf-fail-signed', params: { domain }, severity: 'info' }
        : { code: 'spf-fail', params: { domain }, severity: 'warn' };
    case 'neutral':
      return { code: 'spf-neutral', params: { domain }, severity: 'info' };
    case 'none':
      return { code: 'spf-none', params: { domain }, severity: 'info' };
    default:
      return { code: 'spf-error', params: { domain }, severity: 'open' };
  }
}

function passStatement(facts: Facts, domain: string): Statement {
  const { authors, reader } = facts;
  if (authors.kind !== 'one') return { code: 'spf-permitted', params: { domain }, severity: 'info' };
  const author = authors.author.domain;
  switch (alignmentOf(facts, domain, 'spf')) {
    case true:
      // In a file the border can be made up, and SPF with it: nothing to be green about.
      return { code: 'spf-aligned', params: { domain }, severity: reader === 'mailbox' ? 'pass' : 'info' };
    case false:
      return { code: 'spf-unaligned', params: { domain, author }, severity: 'info' };
    case null:
      return { code: 'spf-alignment-open', params: { domain, author }, severity: 'open' };
  }
}

/** What our own evaluation adds: what is wrong with the record, what its owner says of a fail, the HELO name. */
function moreAbout({ spf, evidence, reader }: Facts, checked: SpfCheck): readonly Finding[] {
  const { domain, result, explanation } = checked;
  const base = {
    step: 'check',
    about: 'SPF',
    because: { fields: [], dns: recordsOf(checked) },
  } as const;
  const provenance = [{ by: 'checked', result }] as const;
  const findings: Finding[] = [];
  // Where the receiver met an error too, the fault is told in its place; a silence that counts is told with its cause.
  const isTold =
    evidence.spf === null || isError(evidence.spf.result) || (reader === 'mailbox' && result === 'temperror');
  const fault = isTold ? null : faultOf(checked);
  if (fault !== null) findings.push({ ...base, provenance, ...fault });
  if (explanation !== null) {
    const params = { domain, text: explanation };
    findings.push({ ...base, provenance, code: 'spf-explanation', params, severity: 'info' });
  }
  const helo = spf.kind === 'judgeable' ? spf.helo : null;
  // Of a silence there is nothing to tell, not even that there is a record.
  const isKnown = helo !== null && helo.result !== 'none' && helo.result !== 'temperror';
  if (isKnown && helo.domain !== domain) {
    findings.push({
      ...base,
      code: 'spf-helo',
      params: { domain: helo.domain, result: helo.result },
      severity: 'info',
      provenance: [{ by: 'checked', result: helo.result }],
      because: { fields: [], dns: recordsOf(helo) },
    });
  }
  return findings;
}

/** The domain's record and those that the deciding terms led to. */
function recordsOf({ trace }: SpfCheck): readonly number[] {
  const inner = decidingSteps(trace).flatMap(({ term }) => term.record?.dns ?? term.dns);
  return [...new Set([...(trace?.dns ?? []), ...inner])];
}
