/** Every finding code is produced by a mail through the engine's own door: a code without a case does not compile. */
import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../../lib/engine/index.ts';
import type { CaseOf, Cases } from './case.ts';
import { BODY_CASES, HEADER_CASES } from './cases-altered.ts';
import { DNS_CASES } from './cases-dns.ts';
import {
  DMARC_CASES,
  LOGO_CASES,
  NOW_CASES,
  OLDER_RULE_CASES,
  POLICY_CASES,
  RECEIVER_CASES,
} from './cases-policy.ts';
import { AUTHOR_CASES, DKIM_CASES, SPF_CASES } from './cases-sender.ts';
import { ARC_CASES, BASIS_CASES, HAND_CASES, IGNORED_CASES } from './cases-trust.ts';
import { expectSound } from './soundness.ts';
import { moments } from './verdict-kit.ts';

const CASES: Cases = {
  ...AUTHOR_CASES,
  ...SPF_CASES,
  ...DKIM_CASES,
  ...HEADER_CASES,
  ...BODY_CASES,
  ...DMARC_CASES,
  ...POLICY_CASES,
  ...OLDER_RULE_CASES,
  ...LOGO_CASES,
  ...DNS_CASES,
  ...RECEIVER_CASES,
  ...NOW_CASES,
  ...BASIS_CASES,
  ...IGNORED_CASES,
  ...ARC_CASES,
  ...HAND_CASES,
};

describe('every finding is made by a mail', () => {
  it.each(Object.entries(CASES) as [FindingCode, CaseOf<FindingCode>][])(
    '%s',
    async (code, { text, when, severity, params, ...looked }) => {
      const told = await moments(text, looked);
      for (const examination of told) expectSound(examination);
      const findings = (when === 'at-once' ? told[0] : told.at(-1))?.verdict.findings ?? [];
      const found = findings.filter((finding) => finding.code === code);
      expect(found.map((finding) => ({ severity: finding.severity, params: finding.params }))).toContainEqual(
        {
          severity,
          params,
        },
      );
    },
  );
});
