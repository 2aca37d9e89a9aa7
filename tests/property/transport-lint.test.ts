/** Remarks about MTA-STS and TLS-RPT records: they end whatever they are given, and what they mend is mended. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editedBy, type Lint } from '../../lib/engine/lint/lint.ts';
import { lintMtaSts } from '../../lib/engine/mta-sts/lint.ts';
import { readPolicyId } from '../../lib/engine/mta-sts/record.ts';
import { lintTlsRpt } from '../../lib/engine/tls-rpt/lint.ts';
import { readReportAddresses } from '../../lib/engine/tls-rpt/record.ts';

const WORDS = [
  'v',
  '=',
  'STSv1',
  'stsV1',
  'TLSRPTv1',
  ';',
  '; ',
  'id',
  'ID',
  'rua',
  'mailto:',
  'https://r.example/',
  'a@b.example',
  ',',
  ' ',
  '\t',
  '"',
  '“',
  '”',
  '2026-11-24',
  'x',
  'é',
  '\ud800',
  '',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 24 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const RECORDS = [
  { name: 'MTA-STS', lint: lintMtaSts, read: readPolicyId },
  { name: 'TLS-RPT', lint: lintTlsRpt, read: readReportAddresses },
] as const;

const MAX_ROUNDS = 6;

describe.each(RECORDS)('$name', ({ lint, read }) => {
  const remarks = (record: string): readonly Lint[] => lint(record);

  it('points into the text, and mends within it', () => {
    fc.assert(
      fc.property(text, (record) => {
        for (const { start, end, edit } of remarks(record)) {
          for (const place of edit === null ? [{ start, end }] : [{ start, end }, edit]) {
            expect(place.start).toBeGreaterThanOrEqual(0);
            expect(place.end).toBeGreaterThanOrEqual(place.start);
            expect(place.end).toBeLessThanOrEqual(record.length);
          }
        }
      }),
    );
  });

  it('finds an error exactly where senders do not go by the record', () => {
    fc.assert(
      fc.property(text, (record) => {
        const isFaulty = remarks(record).some(({ severity }) => severity === 'error');
        expect(isFaulty).toBe(read(record) === null);
      }),
    );
  });

  it('comes to an end by its own corrections', () => {
    fc.assert(
      fc.property(text, (record) => {
        let mended: string | null = record;
        for (let round = 0; round < MAX_ROUNDS && mended !== null; round++) {
          mended = editedBy(mended, remarks(mended));
        }
        expect(mended).toBeNull();
      }),
    );
  });
});
