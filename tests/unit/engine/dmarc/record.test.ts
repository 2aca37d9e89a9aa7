import { describe, expect, it } from 'vitest';
import { parseDmarcRecord } from '../../../../lib/engine/dmarc/record.ts';
import { type Row, rows } from '../kit.ts';

describe('a DMARC record (RFC 9989 §4.7)', () => {
  it.each(
    rows<Row & { text: string; record: Record<string, unknown> }>([
      {
        why: 'B.2.1: monitoring',
        text: 'v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com',
        record: {
          p: 'none',
          sp: null,
          np: null,
          psd: 'u',
          testing: false,
          strictDkim: false,
          strictSpf: false,
          hasReportAddress: true,
        },
      },
      {
        why: 'every policy tag',
        text: 'v=DMARC1; p=reject; sp=quarantine; np=none',
        record: { p: 'reject', sp: 'quarantine', np: 'none' },
      },
      {
        why: 'strict alignment',
        text: 'v=DMARC1; p=none; adkim=s; aspf=s',
        record: { strictDkim: true, strictSpf: true },
      },
      {
        why: 'relaxed alignment, said or not',
        text: 'v=DMARC1; p=none; adkim=r',
        record: { strictDkim: false, strictSpf: false },
      },
      { why: 'psd=y', text: 'v=DMARC1; p=none; psd=y', record: { psd: 'y' } },
      { why: 'psd=n', text: 'v=DMARC1; p=none; psd=n', record: { psd: 'n' } },
      { why: 'psd=u is the default', text: 'v=DMARC1; p=none; psd=u', record: { psd: 'u' } },
      { why: 't=y', text: 'v=DMARC1; p=reject; t=y', record: { testing: true } },
      { why: 't=n', text: 'v=DMARC1; p=reject; t=n', record: { testing: false } },
      {
        why: 'pct, rf and ri are history',
        text: 'v=DMARC1; p=reject; pct=0; rf=afrf; ri=1',
        record: { p: 'reject', testing: false },
      },
      { why: 'the version alone', text: 'v=DMARC1', record: { p: null, hasReportAddress: false } },
      { why: 'the version and a semicolon', text: 'v=DMARC1;', record: { p: null } },
      {
        why: 'white space round = and ;',
        text: 'v = DMARC1 ;\tp = reject ; aspf\t=\ts',
        record: { p: 'reject', strictSpf: true },
      },
      { why: 'no space at all', text: 'v=DMARC1;p=reject', record: { p: 'reject' } },
      {
        why: 'values in any case',
        text: 'v=DMARC1; p=Reject; adkim=S; t=Y; psd=N',
        record: { p: 'reject', strictDkim: true, testing: true, psd: 'n' },
      },
      {
        why: 'tag names in any case: the ABNF’s literals have none (RFC 5234 §2.3)',
        text: 'V=DMARC1; P=reject; ASPF=s',
        record: { p: 'reject', strictSpf: true },
      },
      {
        why: 'an unknown policy is none that is valid',
        text: 'v=DMARC1; p=block; sp=no',
        record: { p: null, sp: null },
      },
      {
        why: 'bad values fall back to the default',
        text: 'v=DMARC1; p=none; adkim=x; psd=x; t=x',
        record: { strictDkim: false, psd: 'u', testing: false },
      },
      {
        why: 'unknown tags are ignored',
        text: 'v=DMARC1; p=none; zz=1; sp=reject',
        record: { p: 'none', sp: 'reject' },
      },
      { why: 'a broken tag is passed over', text: 'v=DMARC1; oops; =x; p=none', record: { p: 'none' } },
      { why: 'the first of two counts', text: 'v=DMARC1; p=none; p=reject', record: { p: 'none' } },
      {
        why: 'two report addresses',
        text: 'v=DMARC1; rua=mailto:a@b.example, mailto:c@d.example!10m',
        record: { hasReportAddress: true },
      },
      {
        why: 'a report address that is none',
        text: 'v=DMARC1; rua=dmarc@b.example',
        record: { hasReportAddress: false },
      },
      {
        why: 'a report address that is half',
        text: 'v=DMARC1; rua=mailto:b.example',
        record: { hasReportAddress: false },
      },
      { why: 'ruf is no rua', text: 'v=DMARC1; ruf=mailto:a@b.example', record: { hasReportAddress: false } },
    ]),
  )('%s', (_, { text, record }) => {
    expect(parseDmarcRecord(text)).toMatchObject({ text, ...record });
  });

  it.each(
    rows<Row & { text: string }>([
      { why: 'another version', text: 'v=DMARC2; p=none' },
      { why: 'the version in small letters', text: 'v=dmarc1; p=none' },
      { why: 'the version with more behind it', text: 'v=DMARC1x; p=none' },
      { why: 'the version not first', text: 'p=none; v=DMARC1' },
      { why: 'something before the version', text: ' v=DMARC1; p=none' },
      { why: 'a comma instead of a semicolon', text: 'v=DMARC1, p=none' },
      { why: 'a record in quotes', text: '"v=DMARC1; p=none"' },
      { why: 'an SPF record', text: 'v=spf1 -all' },
      { why: 'nothing', text: '' },
    ]),
  )('is none: %s', (_, { text }) => {
    expect(parseDmarcRecord(text)).toBeNull();
  });
});
