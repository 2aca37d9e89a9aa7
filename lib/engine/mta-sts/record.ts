/** The record that announces an MTA-STS policy (RFC 8461 §3.1). The policy itself is a web page, and is not fetched. */
import { type FieldForm, isRecord, readFields } from './fields.ts';

export const MTA_STS: FieldForm = { version: 'STSv1', needed: 'id' };

/** `sts-id`. */
const ID = /^[A-Za-z0-9]{1,32}$/;

export function isPolicyId(value: string): boolean {
  return ID.test(value);
}

/** The policy's id; null where senders do not go by the record. Total. */
export function readPolicyId(text: string): string | null {
  if (!isRecord(text, MTA_STS)) return null;
  const { fields, remarks } = readFields(text, MTA_STS);
  const id = fields.find(({ name }) => name === MTA_STS.needed)?.value ?? '';
  const isUsable = remarks.every(({ fault }) => fault === 'unknown');
  return isUsable && isPolicyId(id) ? id : null;
}
