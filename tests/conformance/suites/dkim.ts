/** Whole messages and keys: RFC 6376 A.2, RFC 8463 A.3, variations of both, and five real messages. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import { alignmentOf, type Examination, examine } from '../../../lib/engine/index.ts';
import { platformPorts } from '../../../lib/platform/ports.ts';
import { difference, type Outcome, outcomeOf, readJson, type Suite } from './suite.ts';

/** 24 Nov 2026: the real messages are years old, and `x=` is judged by their own date. */
const NOW = 1_795_500_000;

interface Expected {
  /** `result` or `result reason` of every signature, from the top. */
  readonly checks: readonly string[];
  readonly why: string;
}

const PASS: Expected = { checks: ['pass'], why: 'RFC 6376 A.2: the signature holds' };
const UNSIGNED: Expected = { checks: [], why: 'there is no signature' };
const OUTSIDE: Expected = { checks: ['pass'], why: '§5.4: what h= does not name may change' };
const REAL: Expected = {
  checks: ['pass', 'permerror key-missing'],
  why: 'the second key is not in dns.json',
};

const EXPECTED: Readonly<Record<string, Expected>> = {
  'rfc6376-A.2.eml': PASS,
  'rfc6376-A.2-body_modified.eml': { checks: ['fail body-altered'], why: '§6.1.3: another body hash' },
  'rfc6376-A.2-header_subject_modified.eml': {
    checks: ['fail signature-mismatch'],
    why: '§6.1.3: a signed field was changed',
  },
  'rfc6376-A.2-ill_formed-missing_v.eml': {
    checks: ['permerror missing-tag'],
    why: '§6.1.1: v= is required',
  },
  'rfc6376-A.2-ill_formed-list_id.eml': { checks: ['pass'], why: '§5.4: List-ID is not signed' },
  'rfc8463-A.3.eml': { checks: ['pass', 'pass'], why: 'RFC 8463 A.3: Ed25519 and RSA' },
  'rfc8463-A.3-key_algo_mismatch.eml': {
    checks: ['permerror key-unsuitable', 'permerror key-unsuitable'],
    why: '§6.1.2: k= must fit a=; the selectors are exchanged',
  },
  'fakePayPal.eml': UNSIGNED,
  'ill_formed-from.eml': UNSIGNED,
  'bimi/rfc6376-A.2-with_bimi.eml': OUTSIDE,
  'dkim/added_header-date.eml': {
    checks: ['pass'],
    why: '§5.4.2: the lower of two is signed, and only From is barred',
  },
  'dkim/added_header-subject.eml': { checks: ['pass'], why: '§5.4.2: the lower of two is signed' },
  'dkim/added_header-to.eml': { checks: ['pass'], why: '§5.4.2: the lower of two is signed' },
  'dkim/added_header-from.eml': {
    checks: ['policy from-added'],
    why: '§8.15: the reader would see the added From',
  },
  'dkim/alignment-from_not_in_auid.eml': { checks: ['pass'], why: 'i= does not have to cover From' },
  'dkim/alignment-from_not_in_sdid.eml': {
    checks: ['pass'],
    why: 'it holds; that it is not aligned is DMARC’s say',
  },
  'dkim/alignment-signed_by_parent_domain.eml': PASS,
  'dkim/flags_s-auid_and_sdid_match.eml': { checks: ['pass'], why: '§3.6.1: t=s, and i= is in d= itself' },
  'dkim/flags_s-auid_is_subdomain_of_sdid.eml': {
    checks: ['permerror key-identity'],
    why: '§3.6.1: t=s forbids a subdomain in i=',
  },
  'dkim/header_with_non_ascii_char.eml': { checks: ['pass'], why: 'octets are signed, not letters' },
  'dkim/time-received_after_creation.eml': { checks: ['pass'], why: '§3.5: t= limits nothing' },
  'dkim/time-received_briefly_before_creation.eml': { checks: ['pass'], why: '§3.5: t= limits nothing' },
  'dkim/time-received_long_before_creation.eml': {
    checks: ['pass'],
    why: '§3.5: a future t= MAY be ignored',
  },
  'dkim/unsigned_header-content-type.eml': OUTSIDE,
  'dkim/unsigned_header-reply_to-in_domain.eml': OUTSIDE,
  'dkim/unsigned_header-reply_to-invalid.eml': OUTSIDE,
  'dkim/unsigned_header-reply_to-not_in_domain.eml': OUTSIDE,
  'arh/alignment-auid_not_in_sdid.eml': UNSIGNED,
  'arh/alignment-from_not_in_sdid.eml': UNSIGNED,
  'arh/dkim-unknown_result.eml': UNSIGNED,
  'arh/fakePayPal.eml': UNSIGNED,
  'arh/multiple_arh-newest_no_authserv.eml': UNSIGNED,
  'arh/multiple_arh-newest_no_result.eml': UNSIGNED,
  'arh/multiple_arh-newest_parsing_error_01.eml': UNSIGNED,
  'arh/multiple_arh-newest_parsing_error_02.eml': UNSIGNED,
  'arh/multiple_arh-newest_unknown_method.eml': UNSIGNED,
  'arh/multiple_arh-same_and_different_authserv.eml': UNSIGNED,
  'arh/multiple_dkim_results.eml': UNSIGNED,
  'arh/multiple_spf_and_dmarc_results.eml': UNSIGNED,
  'arh/rfc6376-A.2-arh-failed.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-failed-no_reason.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid_relaxed.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid-a_tag.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid-a_tag_sha1.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid-auid.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid-no_sdid_or_auid.eml': OUTSIDE,
  'arh/rfc6376-A.2-arh-valid-sdid_and_auid.eml': OUTSIDE,
  'original/Fastmail from Amazon - Verify your new Amazon account.eml': REAL,
  'original/Fastmail from CNN - Thanks for subscribing to 5 Things.eml': PASS,
  'original/Fastmail from CNN - Welcome to CNN Breaking News.eml': PASS,
  'original/Fastmail from Fastmail - How to keep your email private.eml': REAL,
  'original/Fastmail from Fastmail - Welcome! Get set up in 3 steps..eml': REAL,
};

async function look(file: string, records: Readonly<Record<string, unknown>>): Promise<Examination> {
  const source = {
    octets: new Uint8Array(readFileSync(file)),
    completeness: 'full',
    receiver: { id: 'detect', basis: 'file' },
  } as const;
  const examined = await examine(
    source,
    platformPorts(zoneResolver(readZone(records)), () => NOW),
  );
  if (examined.kind === 'no-message') throw new Error(examined.why);
  return examined.examination;
}

/** At least one signature that passes is aligned with From. */
function isVouched({ facts }: Examination): boolean {
  return facts.signatures.some(
    ({ check }) => check?.result === 'pass' && alignmentOf(facts, check.domain, 'dkim') === true,
  );
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const data = path.join(folder, 'dkim/test/data');
  const records = readJson<Record<string, string>>(folder, 'dkim/dns.json');
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.eml'),
  );
  const outcomes: Outcome[] = [];
  for (const file of files.map((name) => name.replaceAll(path.sep, '/')).sort()) {
    const expected = EXPECTED[file];
    const examination = await look(path.join(data, file), records);
    const checks = examination.facts.signatures.map(({ check }) =>
      [check?.result, ...(check?.reason == null ? [] : [check.reason])].join(' '),
    );
    const problem =
      expected === undefined
        ? 'no expectation for this file'
        : (difference(checks, expected.checks) ??
          (file.startsWith('original/') && !isVouched(examination)
            ? 'nothing aligned with From passes'
            : null));
    outcomes.push(outcomeOf(file, problem === null ? null : `${problem} (${expected?.why})`));
  }
  const missing = Object.keys(EXPECTED).filter((file) => !files.includes(file));
  return [...outcomes, ...missing.map((file) => outcomeOf(file, 'the suite has no such file'))];
}

export const dkim: Suite = { name: 'dkim', run };
