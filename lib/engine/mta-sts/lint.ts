/** Remarks about an MTA-STS record (RFC 8461). */
import type { LintOf } from '../lint/lint.ts';
import { type FieldRemark, readFields } from './fields.ts';
import { isPolicyId, MTA_STS } from './record.ts';

/** The first nine are the faults of a form that both records of encrypted delivery share. */
export interface MtaStsLintParams {
  'mta-version': Empty;
  'mta-quotes': Empty;
  'mta-space': Empty;
  'mta-case': Empty;
  'mta-separator': Empty;
  'mta-no-field': Empty;
  'mta-repeated': { name: string };
  'mta-unknown': { name: string };
  'mta-missing': Empty;
  'mta-id': { value: string };
}

type Empty = Record<never, never>;
type MtaStsLint = LintOf<MtaStsLintParams>;

const SECTION = 'RFC 8461 §3.1';

/** `text` is one TXT record of `_mta-sts.<domain>`, read as UTF-8. */
export function lintMtaSts(text: string): readonly MtaStsLint[] {
  const { fields, remarks } = readFields(text, MTA_STS);
  const id = fields.find(({ name }) => name === MTA_STS.needed);
  const found = remarks.map(fromRemark);
  if (id !== undefined && !isPolicyId(id.value)) {
    const { valueStart: start, end, value } = id;
    // Any id will do that was not used before: what may not stand in it can go.
    const mended = value.replace(/[^A-Za-z0-9]+/g, '').slice(0, 32);
    found.push({
      code: 'mta-id',
      params: { value },
      severity: 'error',
      start,
      end,
      section: SECTION,
      edit: mended === '' ? null : { start, end, text: mended },
    });
  }
  return found;
}

function fromRemark({ fault, name, start, end, edit }: FieldRemark): MtaStsLint {
  const place = { start, end, section: SECTION, edit };
  if (fault === 'repeated') return { ...place, code: 'mta-repeated', params: { name }, severity: 'error' };
  if (fault === 'unknown') return { ...place, code: 'mta-unknown', params: { name }, severity: 'info' };
  return { ...place, code: `mta-${fault}`, params: {}, severity: 'error' };
}
