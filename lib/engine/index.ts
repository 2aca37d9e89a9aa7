/** The engine's only door: octets and ports in, verdict out. */

export type { SealCheck } from './arc/seal.ts';
export type { ArcSetCheck } from './arc/verify-set.ts';
export type {
  IgnoredBecause,
  Receiver,
  ReportedResult,
  TrustedServer,
} from './authres/evidence.ts';
export { parseTrustedServers } from './authres/trusted.ts';
export type { Completeness, DkimCheck } from './dkim/verify.ts';
export type { DmarcResult } from './dmarc/evaluate.ts';
export { comparePsl } from './dmarc/psl-view.ts';
export type { Answer, Rcode, RecordType } from './dns/answer.ts';
export { isDefinite, withoutRecords } from './dns/answer.ts';
export { examineDomain } from './domain/examine-domain.ts';
export type { DomainFinding, DomainFindingParams } from './domain/findings.ts';
export type {
  DomainExamination,
  DomainRecord,
  RecordFact,
  RecordFactParams,
} from './domain/records.ts';
export type { Examination, Glanced } from './examine.ts';
export { examine, glance } from './examine.ts';
export { MAX_HEADER_OCTETS, MAX_MESSAGE_OCTETS, MAX_SELECTORS } from './limits.ts';
export type { Lint, LintParams } from './lint/lint.ts';
export { edited } from './lint/lint.ts';
export type { NoMessage } from './message/split.ts';
export type { AsciiDomain, Ports } from './ports.ts';
export { MAX_LOOKUPS as MAX_SPF_LOOKUPS } from './spf/limits.ts';
export type { SpfCheck, SpfRecordTrace, SpfTermTrace } from './spf/trace.ts';
export { decidingSteps } from './spf/trace.ts';
export type { SpfTree, SpfTreeRecord, SpfTreeTerm } from './spf/tree.ts';
export { isSealed } from './verdict/about-arc.ts';
export { logoOf } from './verdict/about-bimi.ts';
export type { Facts } from './verdict/facts.ts';
export type {
  Finding,
  FindingCode,
  FindingParams,
  Level,
  Provenance,
  Rule,
  Severity,
  Step,
  Why,
} from './verdict/finding.ts';
export { alignmentOf, passesOf } from './verdict/identifiers.ts';
export { isOwnMail, type Verdict } from './verdict/judge.ts';
export { checkedDmarc } from './verdict/rule.ts';
