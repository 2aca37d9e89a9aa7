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
      {
        why: 'any scheme: §4.7 lets any URI stand there',
        text: 'v=DMARC1; rua=https://reports.example/dmarc',
        record: { hasReportAddress: true },
      },
      {
        why: 'one of two is enough (§4.10.1)',
        text: 'v=DMARC1; rua=nobody, mailto:a@b.example',
        record: { hasReportAddress: true },
      },
      { why: 'ruf is no rua', text: 'v=DMARC1; ruf=mailto:a@b.example', record: { hasReportAddress: false } },
    ]),
  )('%s', (_, { text, record }) => {
    expect(parseDmarcRecord(text)).toMatchObject({ text, ...record });
  });

  it.each(
    rows<Row & { text: string; told: Record<string, unknown> }>([
      {
        why: 'nothing to tell of a plain record',
        text: 'v=DMARC1; p=none; sp=none; np=none; psd=u; t=n; adkim=r; aspf=r; fo=1:d:s; rua=mailto:a@b.example;',
        told: { obsoleteTags: [], unknownTags: [], obsoleteSizes: [], badValues: [], percentage: null },
      },
      {
        why: 'the tags of RFC 7489, in their order (Appendix C)',
        text: 'v=DMARC1; p=none; ri=86400; pct=50; rf=afrf',
        told: { obsoleteTags: ['ri', 'pct', 'rf'], unknownTags: [], badValues: [], percentage: 50 },
      },
      {
        why: 'their values are nobody’s business any more',
        text: 'v=DMARC1; p=none; pct=; ri=abc; rf=x',
        told: { obsoleteTags: ['pct', 'ri', 'rf'], badValues: [], percentage: null },
      },
      {
        why: 'a percentage beyond a hundred is none',
        text: 'v=DMARC1; p=none; pct=101',
        told: { percentage: null },
      },
      { why: 'all of it', text: 'v=DMARC1; p=none; pct=100', told: { percentage: 100 } },
      { why: 'nothing of it', text: 'v=DMARC1; p=none; pct=0', told: { percentage: 0 } },
      { why: 'a share is no percentage', text: 'v=DMARC1; p=none; pct=0.5', told: { percentage: null } },
      {
        why: 'tags that nobody defines, whatever they are called (§4.7)',
        text: 'v=DMARC1; p=none; XYZ=foo; constructor=1',
        told: { unknownTags: ['xyz', 'constructor'], badValues: [] },
      },
      {
        why: 'a policy that is none',
        text: 'v=DMARC1; p=Block',
        told: { badValues: [{ tag: 'p', value: 'Block', because: 'unknown-value' }] },
      },
      {
        why: 'each tag with its own values',
        text: 'v=DMARC1; p=none; sp=; np=no; psd=x; t=1; adkim=strict; aspf=relaxed',
        told: {
          badValues: [
            { tag: 'sp', value: '', because: 'unknown-value' },
            { tag: 'np', value: 'no', because: 'unknown-value' },
            { tag: 'psd', value: 'x', because: 'unknown-value' },
            { tag: 't', value: '1', because: 'unknown-value' },
            { tag: 'adkim', value: 'strict', because: 'unknown-value' },
            { tag: 'aspf', value: 'relaxed', because: 'unknown-value' },
          ],
        },
      },
      {
        why: 'fo: 0 and 1 exclude each other (§4.7)',
        text: 'v=DMARC1; p=none; fo=0:1',
        told: { badValues: [{ tag: 'fo', value: '0:1', because: 'unknown-value' }] },
      },
      {
        why: 'fo: none twice (§4.8)',
        text: 'v=DMARC1; p=none; fo=d:D',
        told: { badValues: [{ tag: 'fo', value: 'd:D', because: 'unknown-value' }] },
      },
      {
        why: 'fo: no other letter, and not nothing',
        text: 'v=DMARC1; p=none; fo=',
        told: { badValues: [{ tag: 'fo', value: '', because: 'unknown-value' }] },
      },
      { why: 'fo: in any order', text: 'v=DMARC1; p=none; fo=d:0:s', told: { badValues: [] } },
      {
        why: 'entries that are no address, one by one',
        text: 'v=DMARC1; p=none; rua=a@b.example, mailto:c@d.example,; ruf=__mailto:e@f.example',
        told: {
          badValues: [
            { tag: 'rua', value: 'a@b.example', because: 'not-a-uri' },
            { tag: 'rua', value: '', because: 'not-a-uri' },
            { tag: 'ruf', value: '__mailto:e@f.example', because: 'not-a-uri' },
          ],
        },
      },
      {
        why: 'size limits are told and take nothing from the address (§4.8)',
        text: 'v=DMARC1; p=none; rua=mailto:a@b.example!10m,mailto:c@d.example; ruf=mailto:e@f.example!5',
        told: { obsoleteSizes: ['mailto:a@b.example!10m', 'mailto:e@f.example!5'], badValues: [] },
      },
      {
        why: 'a tag that stands twice',
        text: 'v=DMARC1; p=none; v=DMARC1; p=reject; p=block',
        told: {
          badValues: [
            { tag: 'v', value: 'DMARC1', because: 'repeated-tag' },
            { tag: 'p', value: 'reject', because: 'repeated-tag' },
            { tag: 'p', value: 'block', because: 'repeated-tag' },
          ],
        },
      },
      {
        why: 'what is no tag: no equals sign, no name, no letters',
        text: 'v=DMARC1; oops; =x; p2=none;; p=none',
        told: {
          badValues: [
            { tag: '', value: 'oops', because: 'not-a-tag' },
            { tag: '', value: '=x', because: 'not-a-tag' },
            { tag: '', value: 'p2=none', because: 'not-a-tag' },
          ],
        },
      },
    ]),
  )('tells: %s', (_, { text, told }) => {
    expect(parseDmarcRecord(text)).toMatchObject(told);
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
