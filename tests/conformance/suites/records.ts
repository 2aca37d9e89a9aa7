/**
 * Record strings of checkdmarc: what it refuses has to be an error that our remarks point out, and the reverse; what it
 * warns of has to be a remark of the same meaning.
 */
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import { lintBimi } from '../../../lib/engine/bimi/lint.ts';
import { lintDmarc } from '../../../lib/engine/dmarc/lint.ts';
import { examineDomain } from '../../../lib/engine/index.ts';
import type { Lint } from '../../../lib/engine/lint/lint.ts';
import { lintSpf } from '../../../lib/engine/spf/lint.ts';
import { type Deviations, type Outcome, outcomeOf, readJson, type Suite, strayDeviations } from './suite.ts';

interface Case {
  readonly test: string;
  readonly records: readonly string[];
  /** The error that the source expects; none where it takes the record. */
  readonly raises: readonly string[];
}

type Kind = 'dmarc' | 'spf' | 'bimi';

const FILES: Readonly<Record<Kind, string>> = {
  dmarc: 'test_dmarc.py',
  spf: 'test_spf.py',
  bimi: 'test_bimi.py',
};

const DOMAIN = 'example.com';
const POLICY_NAME = `_dmarc.${DOMAIN}`;
const LOGO_NAME = `default._bimi.${DOMAIN}`;

interface InZone {
  readonly zone: (records: readonly string[]) => Readonly<Record<string, unknown>>;
  /** What has to be found, among the findings or the remarks. */
  readonly found: string;
}

const at =
  (name: string): InZone['zone'] =>
  (records) => ({ [name]: { TXT: records } });
/** A domain that takes no mail, with a record of the case beside it. */
const parked =
  (name: string): InZone['zone'] =>
  ([record = '']) =>
    name === DOMAIN
      ? { [DOMAIN]: { TXT: [record], MX: [[0, '.']] } }
      : { [DOMAIN]: { TXT: ['v=spf1 -all'], MX: [[0, '.']] }, [name]: record };

/** Cases whose surroundings the source describes, by the names of their tests. */
const IN_ZONE: Readonly<Record<string, InZone>> = {
  testDMARCMultipleRecords: { zone: at(POLICY_NAME), found: 'dmarc-several' },
  testApexFallbackWrongLocation: { zone: at(DOMAIN), found: 'dmarc-misplaced' },
  testDMARCParkedDomainPolicyWarning: { zone: parked(POLICY_NAME), found: 'dmarc-weak-unused' },
  testRuaCrossDomainCallsVerify: { zone: at(POLICY_NAME), found: 'dmarc-report-not-consented' },
  testSPFMultipleRecords: { zone: at(DOMAIN), found: 'spf-several' },
  testSPFParkedDomainWarning: { zone: parked(DOMAIN), found: 'null-mx-sends' },
  testIncludeMissingSPF: { zone: at(DOMAIN), found: 'spf-include-missing' },
  testIncludeMissingSPFMocked: { zone: at(DOMAIN), found: 'spf-include-missing' },
  testTooManyMxRecords: {
    zone: (records) => ({
      [DOMAIN]: {
        TXT: records,
        MX: Array.from({ length: 11 }, (_, index) => [index, `mx${index}.${DOMAIN}`]),
      },
    }),
    found: 'spf-too-many-mx',
  },
  testTooManySPFVoidDNSLookups: { zone: at(DOMAIN), found: 'spf-too-many-voids' },
  testTooManySPFVoidDNSLookupsMocked: { zone: at(DOMAIN), found: 'spf-too-many-voids' },
  testSPFMissingMXRecord: { zone: at(DOMAIN), found: 'spf-void' },
  testSPFMissingMXRecordMocked: { zone: at(DOMAIN), found: 'spf-void' },
  testSPFMissingARecord: { zone: at(DOMAIN), found: 'spf-void' },
  testSPFMissingARecordMocked: { zone: at(DOMAIN), found: 'spf-void' },
  testSPFIncludeLoop: { zone: at(DOMAIN), found: 'spf-loop' },
  testRedirectLoop: { zone: at(DOMAIN), found: 'spf-loop' },
  testMultipleRecordsPropagates: { zone: at(LOGO_NAME), found: 'bimi-several' },
  testWrongLocationPropagates: { zone: at(DOMAIN), found: 'bimi-misplaced' },
  testApexNXDOMAINRaises: { zone: () => ({}), found: 'no-such-domain' },
};

/** What the source warns of in a record that it takes, as a remark of ours. */
const WARNS: Readonly<Record<string, string>> = {
  testRFC9989PctRemovedWarning: 'dmarc-obsolete-tag',
  testRFC9989RfRemovedWarning: 'dmarc-obsolete-tag',
  testRFC9989RiRemovedWarning: 'dmarc-obsolete-tag',
  testRFC9989MissingPTagWarning: 'dmarc-no-policy-reports',
  testDMARCUnknownTagIgnored: 'dmarc-unknown-tag',
  testDMARCPctRemovedNotValidated: 'dmarc-obsolete-tag',
  testDMARCRiRemovedNotValidated: 'dmarc-obsolete-tag',
  testDMARCRfRemovedNotValidated: 'dmarc-obsolete-tag',
  testDMARCSpNoneWarning: 'dmarc-sp-weaker',
  testDMARCParkedDomainSpWarning: 'dmarc-sp-weaker',
  testDMARCMissingRuaWarning: 'dmarc-no-rua',
  testDMARCPTagPositionWarns: 'dmarc-tag-order',
  testRuaSizeLimitWarning: 'dmarc-obsolete-size',
  testRufBranchesCovered: 'dmarc-obsolete-size',
  testPtrEmitsWarning: 'spf-ptr',
  testPtrWithExplicitDomain: 'spf-ptr',
  testPtrMissingARecords: 'spf-ptr',
  testSPFValidPTRMechanismMacro: 'spf-ptr',
};

/** Records by which a destination agrees to reports: they have no policy. */
const CONSENTS: ReadonlySet<string> = new Set([
  'testWildcardFound',
  'testUnrelatedRecordIgnored',
  'testSpecificAuthorizationRecordFound',
]);

/** Errors that no single string can show, and why. */
const NEEDS_MORE: Readonly<Record<string, string>> = {
  UnrelatedTXTRecordFoundAtDMARC: 'needs a zone: other TXT records beside it',
  UnrelatedTXTRecordFoundAtBIMI: 'needs a zone: other TXT records beside it',
  UnverifiedDMARCURIDestination: 'needs a zone: whether a report address consents',
  SPFTooManyDNSLookups: 'needs a zone: the limit is on what is looked up',
  SPFTooManyVoidDNSLookups: 'needs a zone: the limit is on what is looked up',
};

const CUT = 'the source builds the record from pieces, and the suite has only the first';

const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  'dmarc testManyRuaUrisWarning 1': CUT,
  'dmarc testManyRufUrisWarning 1': CUT,
  'spf testLongChunkWarning 1': CUT,
  'spf testLargeRecordWarning 1': CUT,
  'spf testSizeCheckSkippedOnUndecodableRecord 1': 'half a surrogate pair is no octet, and TXT holds octets',
};

/** Refused by the source although its test catches the error and looks at the result instead. */
const CAUGHT: Readonly<Record<string, string>> = { testDMARCCheckDmarcParseError: 'InvalidDMARCTagValue' };

const NO_LOCATION = 'BIMI draft §4.3: l= is required, and a required tag that is missing is an error';

const DEVIATIONS: Deviations = {
  'dmarc testDMARCFoRedundancy 1': 'RFC 9989 §4.7: in fo= the values 0 and 1 are mutually exclusive',
  'spf testTextAfterExpValueWarns 1':
    'RFC 7208 §4.6: an unknown mechanism anywhere in the record is a syntax error',
  'bimi testCommaSeparatedSelectors 1': NO_LOCATION,
  'bimi testSpacesAroundCommasAreStripped 1': NO_LOCATION,
  'bimi testSelectorsLowercased 1': NO_LOCATION,
  'bimi testSelectorCharacters 1': NO_LOCATION,
  'bimi testSingleSelector 1': NO_LOCATION,
  'bimi testValidAvp 1': NO_LOCATION,
  'bimi testCertificateFetchFailure 1':
    'BIMI draft §7.3: without a valid l= no logo is found, whatever a= holds',
  'bimi testUnknownTagSyntaxError 1': 'BIMI draft §4.3: unknown tags MUST be ignored',
};

/** A string in quotes is one TXT record in pieces. */
function joined(record: string): string {
  return record.startsWith('"')
    ? [...record.matchAll(/"([^"]*)"/g)].map(([, piece]) => piece).join('')
    : record;
}

const LINTS: Readonly<Record<Kind, (text: string, test: string) => readonly Lint[]>> = {
  dmarc: (text, test) => {
    const purpose = CONSENTS.has(test) ? 'report-consent' : 'policy';
    return lintDmarc(text, { purpose, isOrganizational: true });
  },
  spf: (text) => lintSpf(text, null),
  bimi: lintBimi,
};

/** Our codes for what the source calls by these names; a part of a name stands for all codes that begin with it. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  InvalidDMARCReportURI: ['dmarc-uri-no-mailto', 'dmarc-uri-scheme', 'dmarc-uri-bad'],
  InvalidDMARCTagValue: ['dmarc-policy-value', 'dmarc-bad-value', 'dmarc-failure-options'],
  InvalidDMARCTag: ['dmarc-repeated-tag'],
  DMARCSyntaxError: ['dmarc-not-a-tag'],
  SPFSyntaxError: ['spf-'],
  SPFRecordNotFound: ['spf-version-'],
  InvalidBIMITag: ['bimi-repeated-tag'],
  BIMISyntaxError: ['bimi-version', 'bimi-avatar-unknown', 'bimi-local-part'],
};

async function judge(kind: Kind, one: Case, record: string, number: number): Promise<Outcome> {
  const { test, raises, records } = one;
  const id = `${kind} ${test} ${number}`;
  const error = CAUGHT[test] ?? raises[0];
  const inZone = IN_ZONE[test];
  const isNeedy = inZone === undefined && error !== undefined;
  const reason = NOT_APPLICABLE[id] ?? (isNeedy ? NEEDS_MORE[error] : undefined);
  if (reason !== undefined) return { id, status: 'not-applicable', detail: reason };
  if (inZone !== undefined) {
    const codes = await examine(inZone.zone(records.map(joined)));
    const isFound = codes.includes(inZone.found);
    const problem = `${record}: ${codes.join(' ') || 'nothing'}, expected ${inZone.found}`;
    if (!isFound || error !== undefined) return outcomeOf(id, isFound ? null : problem, DEVIATIONS);
  }
  const meant = error === undefined ? [] : MEANT[error];
  if (meant === undefined) return { id, status: 'fail', detail: `nothing is known about ${error}` };
  const remarks = LINTS[kind](joined(record), test);
  const errors = remarks.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  const warning = WARNS[test];
  const isTold = warning === undefined || remarks.some(({ code }) => code === warning);
  const agrees =
    error === undefined
      ? errors.length === 0 && isTold
      : errors.some((code) => meant.some((part) => code.startsWith(part)));
  const said = remarks.map(({ code, severity }) => `${severity} ${code}`).join(', ') || 'no remark';
  const problem = `${record}: ${said}; expected ${error ?? warning ?? 'no error'}`;
  return outcomeOf(id, agrees ? null : problem, DEVIATIONS);
}

async function examine(zone: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const resolve = zoneResolver(readZone(zone));
  const { findings, records: found } = await examineDomain({ domain: DOMAIN, selectors: [] }, { resolve });
  return [...findings, ...found.flatMap(({ lint }) => lint)].map(({ code }) => code);
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const files = readJson<Record<string, Case[]>>(folder, 'records/records.json');
  const outcomes = await Promise.all(
    (['dmarc', 'spf', 'bimi'] as const).flatMap((kind) =>
      (files[FILES[kind]] ?? []).flatMap((one) =>
        one.records.map((record, index) => judge(kind, one, record, index + 1)),
      ),
    ),
  );
  return [...outcomes, ...strayDeviations({ ...DEVIATIONS, ...NOT_APPLICABLE }, outcomes)];
}

export const records: Suite = { name: 'records', run };
