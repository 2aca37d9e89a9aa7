import { describe, expect, it } from 'vitest';
import { editedBy } from '../../../../lib/engine/lint/lint.ts';
import { lintTlsRpt } from '../../../../lib/engine/tls-rpt/lint.ts';
import { readReportAddresses } from '../../../../lib/engine/tls-rpt/record.ts';
import { type MarkedRow, type Row, rows } from '../kit.ts';

const V = 'v=TLSRPTv1; ';

describe('remarks about a TLS-RPT record (RFC 8460 §3)', () => {
  it.each(
    rows<MarkedRow>([
      { why: 'nothing is wrong', text: `${V}rua=mailto:tls@bank.example`, found: [], mended: null },
      {
        why: 'two addresses with white space round the comma',
        text: `${V}rua=mailto:tls@bank.example , https://reports.example/v1;`,
        found: [],
        mended: null,
      },
      {
        why: 'an extension',
        text: `${V}rua=mailto:a@b.example; x=1`,
        found: [['tls-unknown', 'x=1']],
        mended: null,
      },
      {
        why: 'the version in another case',
        text: 'v=TLSRPTV1; rua=mailto:a@b.example',
        found: [['tls-version', 'TLSRPTV1']],
        mended: `${V}rua=mailto:a@b.example`,
      },
      {
        why: 'quotation marks',
        text: `"${V}rua=mailto:a@b.example"`,
        found: [
          ['tls-quotes', '"'],
          ['tls-quotes', '"'],
        ],
        mended: `${V}rua=mailto:a@b.example`,
      },
      {
        why: 'a space behind the equals sign',
        text: `${V}rua= mailto:a@b.example`,
        found: [['tls-space', '= ']],
        mended: `${V}rua=mailto:a@b.example`,
      },
      {
        why: 'capitals',
        text: `${V}RUA=mailto:a@b.example`,
        found: [['tls-case', 'RUA']],
        mended: `${V}rua=mailto:a@b.example`,
      },
      {
        why: 'no semicolon',
        text: 'v=TLSRPTv1 rua=mailto:a@b.example',
        found: [['tls-separator', ' ']],
        mended: `${V}rua=mailto:a@b.example`,
      },
      { why: 'no address field', text: V, found: [['tls-missing', '']], mended: null },
      {
        why: 'a stray word',
        text: `${V}rua=mailto:a@b.example; hello`,
        found: [['tls-no-field', 'hello']],
        mended: null,
      },
      {
        why: 'the field twice',
        text: `${V}rua=mailto:a@b.example; rua=mailto:c@d.example`,
        found: [['tls-repeated', 'rua=mailto:c@d.example']],
        mended: null,
      },
      { why: 'no address', text: `${V}rua=`, found: [['tls-no-address', '']], mended: null },
      {
        why: 'an address without its scheme',
        text: `${V}rua=tls@bank.example`,
        found: [['tls-no-mailto', 'tls@bank.example']],
        mended: `${V}rua=mailto:tls@bank.example`,
      },
      {
        why: 'another scheme',
        text: `${V}rua=http://reports.example/`,
        found: [['tls-scheme', 'http://reports.example/']],
        mended: null,
      },
      { why: 'no address at all', text: `${V}rua=reports`, found: [['tls-uri', 'reports']], mended: null },
      {
        why: 'an empty place in the list',
        text: `${V}rua=mailto:a@b.example,`,
        found: [['tls-uri', '']],
        mended: null,
      },
      {
        why: 'spaces between addresses',
        text: `${V}rua=mailto:a@b.example mailto:c@d.example  mailto:e@f.example`,
        found: [
          ['tls-comma', ' '],
          ['tls-comma', '  '],
        ],
        mended: `${V}rua=mailto:a@b.example,mailto:c@d.example,mailto:e@f.example`,
      },
      {
        why: 'a space inside an address: the owner knows which',
        text: `${V}rua=mailto:a @b.example`,
        found: [['tls-comma', ' ']],
        mended: null,
      },
      {
        why: 'a semicolon between addresses',
        text: `${V}rua=mailto:a@b.example; mailto:c@d.example`,
        found: [['tls-comma', 'mailto:c@d.example']],
        mended: `${V}rua=mailto:a@b.example,mailto:c@d.example`,
      },
    ]),
  )('%s', (_, { text, found, mended }) => {
    const lints = lintTlsRpt(text);
    expect(lints.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual(found);
    expect(editedBy(text, lints)).toBe(mended);
  });
});

describe('the addresses of reports', () => {
  it.each(
    rows<Row & { text: string; addresses: readonly string[] | null }>([
      {
        why: 'all of them',
        text: `${V}rua=mailto:a@b.example, https://r.example/x`,
        addresses: ['mailto:a@b.example', 'https://r.example/x'],
      },
      { why: 'none where one is wrong', text: `${V}rua=mailto:a@b.example,x`, addresses: null },
      { why: 'none without the field', text: V, addresses: null },
      { why: 'none of another record', text: 'v=STSv1; rua=mailto:a@b.example', addresses: null },
    ]),
  )('%s', (_, { text, addresses }) => {
    expect(readReportAddresses(text)).toEqual(addresses);
  });
});
