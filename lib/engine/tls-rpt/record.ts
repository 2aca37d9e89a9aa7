/** The record that says where reports about encrypted delivery go (RFC 8460 §3). Nothing is sent or fetched. */
import { readReportUri } from '../dmarc/uri.ts';
import { type Field, type FieldForm, isRecord, readFields } from '../mta-sts/fields.ts';

export const TLS_RPT: FieldForm = { version: 'TLSRPTv1', needed: 'rua' };

/** One address of `rua=`, with its place in the record. */
export interface Entry {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The addresses of a list between commas, without the white space around them. */
export function entriesOf({ value, valueStart }: Field): readonly Entry[] {
  const entries: Entry[] = [];
  let from = 0;
  for (const part of value.split(',')) {
    const text = part.trim();
    const start = valueStart + from + (text === '' ? 0 : part.indexOf(text));
    entries.push({ text, start, end: start + text.length });
    from += part.length + 1;
  }
  return entries;
}

/** §3: a `mailto:` or `https:` URI. */
export function isReportAddress(text: string): boolean {
  return /^(?:mailto|https):/i.test(text) && readReportUri(text) !== null;
}

/** Where reports go; null where senders do not go by the record. Total. */
export function readReportAddresses(text: string): readonly string[] | null {
  if (!isRecord(text, TLS_RPT)) return null;
  const { fields, remarks } = readFields(text, TLS_RPT);
  const rua = fields.find(({ name }) => name === TLS_RPT.needed);
  if (rua === undefined || remarks.some(({ fault }) => fault !== 'unknown')) return null;
  const addresses = entriesOf(rua).map((entry) => entry.text);
  return addresses.every(isReportAddress) ? addresses : null;
}
