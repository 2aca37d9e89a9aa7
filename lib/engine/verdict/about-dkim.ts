/** Findings about DKIM: every signature, the ones that count for DMARC first. */
import { type ReportedResult, signingDomain } from '../authres/evidence.ts';
import type { DkimCheck } from '../dkim/verify.ts';
import { MIN_RSA_BITS } from '../limits.ts';
import { fieldsNamed } from '../message/split.ts';
import { alterationFindings, isExplained } from './about-alterations.ts';
import type { Facts, SignatureFacts } from './facts.ts';
import type { Finding, Level, Provenance, Severity, Statement } from './finding.ts';
import { alignmentOf, reportFor, reportsWithoutSignature } from './identifiers.ts';

export function dkimFindings(facts: Facts, level: Level): readonly Finding[] {
  if (facts.authors.kind === 'none') return [];
  const told = [
    ...facts.signatures.map((signature) => aboutSignature(facts, signature, level)),
    ...reportsWithoutSignature(facts).map((reported) => ({ rank: 2, findings: [reportFinding(reported)] })),
  ];
  if (told.length > 0) {
    return told.sort((one, other) => one.rank - other.rank).flatMap(({ findings }) => findings);
  }
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

/** What counts for DMARC first: signatures of the author domain's own, among them those that pass. */
const RANK: Readonly<Record<Severity, number>> = { pass: 0, fail: 0.1, warn: 0.2, open: 0.3, info: 0.4 };

/** A signature with what broke it and what it leaves unsigned. */
function aboutSignature(
  facts: Facts,
  signature: SignatureFacts,
  level: Level,
): { readonly rank: number; readonly findings: readonly Finding[] } {
  const { claim, check, alterations } = signature;
  const main = signatureFinding(facts, signature, level);
  const group = alignmentOf(facts, claim.domain, 'dkim') === true ? 0 : 1;
  return {
    rank: group + RANK[main.severity],
    findings: [
      main,
      ...(check === null || alterations === null || main.code === 'dkim-key-gone'
        ? []
        : alterationFindings(check, alterations)),
      ...(check?.result === 'pass' ? repeatedFields(facts, check) : []),
    ],
  };
}

/** Fields that a reader goes by, signed once and standing here more often (RFC 6376 §8.15): From is judged apart. */
const GONE_BY = new Map([
  ['subject', 'Subject'],
  ['date', 'Date'],
]);

function repeatedFields({ message }: Facts, { domain, field, signedHeaders }: DkimCheck): readonly Finding[] {
  return [...GONE_BY].flatMap(([key, name]) => {
    const fields = fieldsNamed(message, key);
    const signed = signedHeaders.filter((header) => header === key).length;
    if (fields.length < 2 || signed >= fields.length) return [];
    return [
      {
        code: 'field-repeated',
        params: { name, domain },
        severity: 'warn',
        step: 'check',
        about: 'DKIM',
        provenance: [{ by: 'checked', result: null }],
        because: { fields: [field, ...fields], dns: [] },
      } as const,
    ];
  });
}

function signatureFinding(facts: Facts, signature: SignatureFacts, level: Level): Finding {
  const { claim, check } = signature;
  const reported = reportFor(facts, signature);
  const isBelieved = facts.evidence.basis === 'mailbox';
  const provenance: Provenance[] = [
    ...(reported === null ? [] : [{ by: 'reported', result: reported.result } as const]),
    check === null ? { by: 'pending', result: null } : { by: 'checked', result: check.result },
  ];
  const statement =
    check === null ? pendingStatement(claim.domain) : signatureStatement(facts, signature, check, level);
  return {
    ...(isBelieved && reported?.result === 'pass' ? sinceDelivery(statement, signature) : statement),
    step: 'check',
    about: 'DKIM',
    provenance,
    because: {
      fields: [claim.field, ...(reported === null ? [] : [reported.field])],
      dns: check?.dns == null ? [] : [check.dns],
    },
  };
}

/** Domains change keys and take the old ones away; a receiver that is believed and passed it has seen this one. */
function sinceDelivery(statement: Statement, { claim, alterations }: SignatureFacts): Statement {
  const { domain, selector } = claim;
  const isGone = statement.code === 'dkim-key-missing' || statement.code === 'dkim-key-revoked';
  const isReplaced = statement.code === 'dkim-signature-mismatch' && alterations?.header.kind === 'other-key';
  return isGone || isReplaced
    ? { code: 'dkim-key-gone', params: { domain, selector }, severity: 'info' }
    : statement;
}

function pendingStatement(domain: string): Statement {
  return { code: 'dkim-pending', params: { domain }, severity: 'open' };
}

function signatureStatement(
  facts: Facts,
  { alterations }: SignatureFacts,
  check: DkimCheck,
  level: Level,
): Statement {
  const statement = checkedStatement(facts, check, level);
  // A key that anybody can find out proves nothing.
  const isStrong = check.keyBits === null || check.keyBits >= MIN_RSA_BITS;
  return isStrong && alterations !== null && isExplained(alterations)
    ? { ...statement, code: 'dkim-broken-since', params: { domain: check.domain } }
    : statement;
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
      return check.bodyHolds === false
        ? { code: 'dkim-both-altered', params: { domain }, severity: broken }
        : { code: 'dkim-signature-mismatch', params: { domain }, severity: broken };
    case 'key-missing':
      return { code: 'dkim-key-missing', params: { domain, selector }, severity: 'warn' };
    case 'key-revoked':
      return { code: 'dkim-key-revoked', params: { domain, selector }, severity: 'warn' };
    case 'key-unanswered':
      return { code: 'dkim-key-unanswered', params: { domain, selector }, severity: 'open' };
    case 'body-absent':
    case 'body-not-original':
      return { code: 'dkim-not-checkable', params: { domain }, severity: 'open' };
    case 'header-not-original':
      return { code: 'dkim-not-original', params: { domain }, severity: 'open' };
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
