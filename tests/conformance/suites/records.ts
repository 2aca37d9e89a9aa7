/** Record strings of checkdmarc: what it refuses has to be something that our parsers point out, and the reverse. */
import { parseBimiRecord } from '../../../lib/engine/bimi/record.ts';
import { parseDmarcRecord } from '../../../lib/engine/dmarc/record.ts';
import { firstFault, isSpfRecord, parseSpfRecord } from '../../../lib/engine/spf/record.ts';
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

/** Errors that no single string can show, and why. */
const NEEDS_MORE: Readonly<Record<string, string>> = {
  MultipleDMARCRecords: 'several records at one name: a matter of the lookup',
  MultipleBIMIRecords: 'several records at one name: a matter of the lookup',
  SPFError: 'several records at one name: a matter of the lookup',
  UnrelatedTXTRecordFoundAtDMARC: 'needs a zone: other TXT records beside it',
  UnrelatedTXTRecordFoundAtBIMI: 'needs a zone: other TXT records beside it',
  DMARCRecordInWrongLocation: 'needs a zone: the record stands at another name',
  BIMIRecordInWrongLocation: 'needs a zone: the record stands at another name',
  BIMIRecordNotFound: 'needs a zone: the name does not exist',
  UnverifiedDMARCURIDestination: 'needs a zone: whether a report address consents',
  SPFTooManyDNSLookups: 'needs a zone: the limit is on what is looked up',
  SPFTooManyVoidDNSLookups: 'needs a zone: the limit is on what is looked up',
  SPFIncludeLoop: 'needs a zone: the loop is between records',
  SPFRedirectLoop: 'needs a zone: the loop is between records',
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

/** What our parser points out in a record, in its own words. */
const FAULTS: Readonly<Record<Kind, (text: string) => readonly string[]>> = {
  dmarc: (text) => parseDmarcRecord(text)?.badValues.map(({ because }) => because) ?? ['no-record'],
  spf: (text) => {
    if (!isSpfRecord(text)) return ['no-record'];
    return firstFault(parseSpfRecord(text)) === null ? [] : ['syntax'];
  },
  bimi: (text) => {
    const record = parseBimiRecord(text);
    return record === null ? ['no-record'] : [...record.errors, ...record.warnings];
  },
};

/** The words for what the source calls by these names. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  InvalidDMARCReportURI: ['not-a-uri'],
  InvalidDMARCTagValue: ['unknown-value'],
  InvalidDMARCTag: ['repeated-tag'],
  DMARCSyntaxError: ['not-a-tag'],
  SPFSyntaxError: ['syntax'],
  SPFRecordNotFound: ['no-record'],
  InvalidBIMITag: ['repeated-tag'],
  BIMISyntaxError: ['no-record', 'syntax', 'avatar-unknown', 'local-parts-unknown'],
};

function judge(kind: Kind, { test, raises }: Case, record: string, number: number): Outcome {
  const id = `${kind} ${test} ${number}`;
  const error = CAUGHT[test] ?? raises[0];
  const reason = NOT_APPLICABLE[id] ?? (error === undefined ? undefined : NEEDS_MORE[error]);
  if (reason !== undefined) return { id, status: 'not-applicable', detail: reason };
  const found = FAULTS[kind](joined(record));
  const meant = error === undefined ? [] : MEANT[error];
  if (meant === undefined) return { id, status: 'fail', detail: `nothing is known about ${error}` };
  const agrees = error === undefined ? found.length === 0 : found.some((one) => meant.includes(one));
  const problem = `${record}: ${found.join(' ') || 'no fault'}, expected ${error ?? 'none'}`;
  return outcomeOf(id, agrees ? null : problem, DEVIATIONS);
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const files = readJson<Record<string, Case[]>>(folder, 'records/records.json');
  const outcomes = (['dmarc', 'spf', 'bimi'] as const).flatMap((kind) =>
    (files[FILES[kind]] ?? []).flatMap((one) =>
      one.records.map((record, at) => judge(kind, one, record, at + 1)),
    ),
  );
  return [...outcomes, ...strayDeviations({ ...DEVIATIONS, ...NOT_APPLICABLE }, outcomes)];
}

export const records: Suite = { name: 'records', run };
