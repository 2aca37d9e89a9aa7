/** Findings about what broke a signature. Each change was undone on trial until the mathematics agreed. */
import type { Alterations, BodyAlteration, HeaderAlteration } from '../alteration/alteration.ts';
import type { DkimCheck } from '../dkim/verify.ts';
import type { Finding, Severity, Statement } from './finding.ts';

/** Undone, the changes make the whole signature fit: it is genuine. */
export function isExplained({ header, body }: Alterations): boolean {
  const fits = ({ kind }: { readonly kind: string }): boolean => kind === 'intact' || kind === 'explained';
  return fits(header) && fits(body);
}

/** What a broken signature is told with. */
export function alterationFindings(check: DkimCheck, { header, body }: Alterations): readonly Finding[] {
  const { domain, selector, field, dns } = check;
  const base = {
    step: 'check',
    about: 'DKIM',
    provenance: [{ by: 'checked', result: null }],
  } as const;
  const because = { fields: [field], dns: dns === null ? [] : [dns] };
  const findings: Finding[] = [];
  if (header.kind === 'other-key') {
    const params = { domain, selector };
    findings.push({ ...base, because, code: 'altered-other-key', params, severity: 'info' });
  }
  if (header.kind === 'explained') {
    for (const change of header.alterations) {
      findings.push({ ...base, ...headerStatement(change), because: { fields: fieldsOf(change), dns: [] } });
    }
  }
  if (body.kind === 'explained') {
    for (const change of body.alterations) findings.push({ ...base, ...bodyStatement(change), because });
  }
  if (header.kind === 'unexplained' || body.kind === 'unexplained') {
    findings.push({ ...base, because, code: 'altered-unexplained', params: { domain }, severity: 'info' });
  }
  return findings;
}

function fieldsOf(change: HeaderAlteration): readonly number[] {
  if ('fields' in change) return change.fields;
  return 'field' in change ? [change.field] : [];
}

const INFO: Severity = 'info';

function headerStatement(change: HeaderAlteration): Statement {
  const { name } = change;
  switch (change.kind) {
    case 'field-refolded':
      return { code: 'altered-refolded', params: { name }, severity: INFO };
    case 'field-respaced':
      return { code: 'altered-respaced', params: { name }, severity: INFO };
    case 'field-recased':
      return { code: 'altered-recased', params: { name }, severity: INFO };
    case 'field-requoted':
      return { code: 'altered-requoted', params: { name }, severity: INFO };
    case 'field-reencoded':
      return { code: 'altered-reencoded', params: { name }, severity: INFO };
    case 'field-added':
      return { code: 'altered-field-added', params: { name }, severity: INFO };
    case 'field-removed':
      return { code: 'altered-field-removed', params: { name, before: change.before }, severity: INFO };
    case 'fields-reordered':
      return { code: 'altered-reordered', params: { name }, severity: INFO };
    default:
      return changeStatement(change);
  }
}

type Changed = Extract<HeaderAlteration, { readonly after: string; readonly before: string }>;

function changeStatement(change: Changed): Statement {
  const { name, before, after } = change;
  const words = { before, after };
  switch (change.kind) {
    case 'subject-tagged':
      return { code: 'altered-subject-tag', params: { tag: change.tag, ...words }, severity: INFO };
    case 'subject-changed':
      return { code: 'altered-subject', params: words, severity: INFO };
    case 'from-rewritten':
      return { code: 'altered-from', params: words, severity: INFO };
    case 'reply-to-rewritten':
      return { code: 'altered-reply-to', params: words, severity: INFO };
    case 'recipients-rewritten':
      return { code: 'altered-recipients', params: { name, ...words }, severity: INFO };
    case 'date-rewritten':
      return { code: 'altered-date', params: words, severity: INFO };
    default:
      return { code: 'altered-field', params: { name, ...words }, severity: INFO };
  }
}

function bodyStatement(change: BodyAlteration): Statement {
  switch (change.kind) {
    case 'footer-added':
      return { code: 'altered-footer', params: linesOf(change), severity: weightOf(change) };
    case 'banner-added':
      return { code: 'altered-banner', params: linesOf(change), severity: weightOf(change) };
    case 'part-added':
      return { code: 'altered-part', params: linesOf(change), severity: weightOf(change) };
    case 'body-added':
      return { code: 'altered-body-added', params: {}, severity: 'warn' };
    case 'body-wrapped':
      return { code: 'altered-wrapped', params: { text: change.text }, severity: INFO };
    case 'line-ends':
      return { code: 'altered-line-ends', params: {}, severity: INFO };
    case 'trailing-space':
      return { code: 'altered-trailing-space', params: {}, severity: INFO };
    case 'tabs':
      return { code: 'altered-tabs', params: {}, severity: INFO };
    case 'blank-lines':
      return { code: 'altered-blank-lines', params: {}, severity: INFO };
    case 'final-line-end':
      return { code: 'altered-final-line-end', params: {}, severity: INFO };
    case 'from-escaped':
      return { code: 'altered-from-escaped', params: {}, severity: INFO };
    case 'dot-stuffed':
      return { code: 'altered-dots', params: {}, severity: INFO };
    case 'lines-broken':
      return { code: 'altered-lines-broken', params: {}, severity: INFO };
    case 'transfer-encoding':
      return { code: 'altered-transfer-encoding', params: wordsOf(change), severity: INFO };
    case 'charset':
      return { code: 'altered-charset', params: wordsOf(change), severity: INFO };
    case 'links-rewritten':
      return { code: 'altered-links', params: { count: change.count, by: change.by }, severity: INFO };
  }
}

/** More was added than was signed: so a genuine mail is made to carry another one. */
function weightOf({
  lines,
  signedLines,
}: {
  readonly lines: number;
  readonly signedLines: number;
}): Severity {
  return lines > signedLines ? 'warn' : INFO;
}

function linesOf({ lines, text }: { readonly lines: number; readonly text: string }) {
  return { lines, text };
}

function wordsOf({ before, after }: { readonly before: string; readonly after: string }) {
  return { before, after };
}
