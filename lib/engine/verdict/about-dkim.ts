/** Findings about DKIM: every signature, the ones that count for DMARC first. */
import { type ReportedResult, signingDomain } from '../authres/evidence.ts';
import type { DkimCheck } from '../dkim/verify.ts';
import type { Facts, SignatureFacts } from './facts.ts';
import type { Finding, Level, Provenance, Severity, Statement } from './finding.ts';
import { alignmentOf, reportFor, reportsWithoutSignature } from './identifiers.ts';

export function dkimFindings(facts: Facts, level: Level): readonly Finding[] {
  if (facts.authors.kind === 'none') return [];
  const findings = [
    ...facts.signatures.map((signature) => signatureFinding(facts, signature, level)),
    ...reportsWithoutSignature(facts).map(reportFinding),
  ];
  if (findings.length > 0) return findings.sort((one, other) => RANK[one.severity] - RANK[other.severity]);
  const provenance: Provenance[] = [{ by: 'checked', result: 'none' }];
  return [
    {
      code: 'dkim-none',
      params: {},
      severity: 'info',
      step: 'check',
      about: 'DKIM',
      provenance,
      because: { fields: [], dns: [] },
    },
  ];
}

const RANK: Readonly<Record<Severity, number>> = { pass: 0, fail: 1, warn: 2, open: 3, info: 4 };

function signatureFinding(facts: Facts, signature: SignatureFacts, level: Level): Finding {
  const { claim, check } = signature;
  const reported = reportFor(facts, signature);
  const provenance: Provenance[] = [
    ...(reported === null ? [] : [{ by: 'reported', result: reported.result } as const]),
    check === null ? { by: 'pending', result: null } : { by: 'checked', result: check.result },
  ];
  const statement = check === null ? pendingStatement(claim.domain) : checkedStatement(facts, check, level);
  return {
    ...(reported?.result === 'pass' ? sinceDelivery(statement) : statement),
    step: 'check',
    about: 'DKIM',
    provenance,
    because: {
      fields: [claim.field, ...(reported === null ? [] : [reported.field])],
      dns: check?.dns == null ? [] : [check.dns],
    },
  };
}

/** Domains change keys and take the old ones away; a receiver that passed the signature has seen this one. */
function sinceDelivery(statement: Statement): Statement {
  return statement.code === 'dkim-key-missing' || statement.code === 'dkim-key-revoked'
    ? { code: 'dkim-key-gone', params: statement.params, severity: 'info' }
    : statement;
}

function pendingStatement(domain: string): Statement {
  return { code: 'dkim-pending', params: { domain }, severity: 'open' };
}

function checkedStatement(facts: Facts, check: DkimCheck, level: Level): Statement {
  const { domain, selector, reason } = check;
  const aligned = alignmentOf(facts, domain, 'dkim');
  // A broken signature of somebody else's, or beside one that holds, is no reason for alarm.
  const broken: Severity = aligned === true && level !== 'authenticated' ? 'fail' : 'info';
  switch (reason) {
    case null:
      return passStatement(facts, domain, aligned);
    case 'body-altered':
    case 'body-too-short':
      return { code: 'dkim-body-altered', params: { domain }, severity: broken };
    case 'signature-mismatch':
      return { code: 'dkim-signature-mismatch', params: { domain }, severity: broken };
    case 'key-missing':
      return { code: 'dkim-key-missing', params: { domain, selector }, severity: 'warn' };
    case 'key-revoked':
      return { code: 'dkim-key-revoked', params: { domain, selector }, severity: 'warn' };
    case 'key-unanswered':
      return { code: 'dkim-key-unanswered', params: { domain, selector }, severity: 'open' };
    case 'body-absent':
    case 'body-not-original':
      return { code: 'dkim-not-checkable', params: { domain }, severity: 'open' };
    case 'expired':
      return { code: 'dkim-expired', params: { domain }, severity: 'warn' };
    case 'weak-algorithm':
      return { code: 'dkim-weak-algorithm', params: { domain }, severity: 'warn' };
    case 'short-key':
      return { code: 'dkim-short-key', params: { domain, bits: check.keyBits ?? 0 }, severity: 'warn' };
    case 'testing-key':
      return { code: 'dkim-testing-key', params: { domain }, severity: 'warn' };
    case 'unsigned-tail':
      return { code: 'dkim-unsigned-tail', params: { domain }, severity: 'warn' };
    case 'from-added':
      return { code: 'dkim-from-added', params: { domain }, severity: 'warn' };
    case 'key-syntax':
    case 'key-version':
    case 'key-type':
    case 'key-service':
    case 'key-encoding':
    case 'key-unsuitable':
    case 'key-identity':
      return { code: 'dkim-key-unusable', params: { domain, selector, reason }, severity: 'warn' };
    case 'syntax':
    case 'duplicate-tag':
    case 'missing-tag':
    case 'version':
    case 'algorithm':
    case 'canonicalization':
    case 'domain':
    case 'identity-not-in-domain':
    case 'from-not-signed':
    case 'query-method':
    case 'encoding':
    case 'number':
    case 'expires-before-created':
    case 'too-many-signatures':
      return { code: 'dkim-malformed', params: { reason }, severity: 'warn' };
  }
}

function passStatement({ authors }: Facts, domain: string, aligned: boolean | null): Statement {
  if (authors.kind !== 'one') return { code: 'dkim-intact', params: { domain }, severity: 'info' };
  const author = authors.author.domain;
  if (aligned === true) return { code: 'dkim-aligned', params: { domain }, severity: 'pass' };
  return aligned === false
    ? { code: 'dkim-unaligned', params: { domain, author }, severity: 'info' }
    : { code: 'dkim-alignment-open', params: { domain, author }, severity: 'open' };
}

function reportFinding(reported: ReportedResult): Finding {
  return {
    code: 'dkim-reported',
    params: { domain: signingDomain(reported), result: reported.result },
    severity: 'info',
    step: 'check',
    about: 'DKIM',
    provenance: [
      { by: 'reported', result: reported.result },
      { by: 'unchecked', result: null },
    ],
    because: { fields: [reported.field], dns: [] },
  };
}
