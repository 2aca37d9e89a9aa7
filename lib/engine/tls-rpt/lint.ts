/** Remarks about a TLS-RPT record (RFC 8460). */
import type { LintOf } from '../lint/lint.ts';
import { type Field, type FieldRemark, readFields } from '../mta-sts/fields.ts';
import { type Entry, entriesOf, isReportAddress, TLS_RPT } from './record.ts';

/** The first nine are the faults of a form that both records of encrypted delivery share. */
export interface TlsRptLintParams {
  'tls-version': Empty;
  'tls-quotes': Empty;
  'tls-space': Empty;
  'tls-case': Empty;
  'tls-separator': Empty;
  'tls-no-field': Empty;
  'tls-repeated': { name: string };
  'tls-unknown': { name: string };
  'tls-missing': Empty;
  'tls-no-address': Empty;
  /** An e-mail address without `mailto:`. */
  'tls-no-mailto': { address: string };
  'tls-scheme': { value: string };
  'tls-uri': { value: string };
  /** Two addresses without a comma between them. */
  'tls-comma': Empty;
}

type Empty = Record<never, never>;
type TlsRptLint = LintOf<TlsRptLintParams>;

const SECTION = 'RFC 8460 §3';

/** `text` is one TXT record of `_smtp._tls.<domain>`, read as UTF-8. */
export function lintTlsRpt(text: string): readonly TlsRptLint[] {
  const { fields, remarks } = readFields(text, TLS_RPT);
  const rua = fields.find(({ name }) => name === TLS_RPT.needed);
  return [
    ...remarks.map((remark) => fromRemark(text, remark)),
    ...(rua === undefined ? [] : lintAddresses(rua)),
  ];
}

function fromRemark(text: string, { fault, name, start, end, edit }: FieldRemark): TlsRptLint {
  const place = { start, end, section: SECTION, edit };
  if (fault === 'repeated') return { ...place, code: 'tls-repeated', params: { name }, severity: 'error' };
  if (fault === 'unknown') return { ...place, code: 'tls-unknown', params: { name }, severity: 'info' };
  // Addresses cut apart by a semicolon: the second of them is no field.
  const semicolon = text.lastIndexOf(';', start);
  if (fault === 'no-field' && semicolon !== -1 && isReportAddress(text.slice(start, end))) {
    return {
      ...place,
      code: 'tls-comma',
      params: {},
      severity: 'error',
      edit: { start: semicolon, end: start, text: ',' },
    };
  }
  return { ...place, code: `tls-${fault}`, params: {}, severity: 'error' };
}

function lintAddresses(rua: Field): readonly TlsRptLint[] {
  const { value, valueStart: start, end } = rua;
  const place = { severity: 'error', section: SECTION } as const;
  if (value === '') return [{ ...place, code: 'tls-no-address', params: {}, start, end, edit: null }];
  return entriesOf(rua).flatMap((entry) => lintAddress(entry));
}

function lintAddress(entry: Entry): readonly TlsRptLint[] {
  const { text, start, end } = entry;
  if (isReportAddress(text)) return [];
  const place = { severity: 'error', section: SECTION, start, end, edit: null } as const;
  const isList = text.split(/[ \t]+/).every(isReportAddress);
  const gaps = [...text.matchAll(/[ \t]+/g)].map(({ 0: gap, index }): TlsRptLint => {
    const span = { start: start + index, end: start + index + gap.length };
    return { ...place, ...span, code: 'tls-comma', params: {}, edit: isList ? { ...span, text: ',' } : null };
  });
  if (gaps.length > 0) return gaps;
  if (isReportAddress(`mailto:${text}`)) {
    const edit = { start, end: start, text: 'mailto:' };
    return [{ ...place, code: 'tls-no-mailto', params: { address: text }, edit }];
  }
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(text)?.[1] ?? '';
  const isOther = scheme !== '' && !/^(?:mailto|https)$/i.test(scheme);
  return isOther
    ? [{ ...place, code: 'tls-scheme', params: { value: scheme } }]
    : [{ ...place, code: 'tls-uri', params: { value: text } }];
}
