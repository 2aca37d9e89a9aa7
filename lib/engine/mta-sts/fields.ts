/** The fields of MTA-STS and TLS-RPT records, which share a grammar (RFC 8461 §3.1, RFC 8460 §3), with their places. */
import type { Edit } from '../lint/lint.ts';

export interface Field {
  /** In lower case, so that a name in capitals is read all the same. */
  readonly name: string;
  readonly value: string;
  /** From the name to the end of the value. */
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

/** Which record it is. */
export interface FieldForm {
  /** How it begins behind `v=`, in this case. */
  readonly version: string;
  /** The one field that it must have, in lower case. */
  readonly needed: string;
}

/**
 * `version`: it does not begin as it must. `quotes`: quotation marks of a zone file or a word processor. `space`: white
 * space where none may stand. `case`: a name in capitals. `separator`: no semicolon between two fields. `no-field`:
 * no name with an equals sign. `repeated`: a name for the second time. `unknown`: a name that no standard defines.
 * `missing`: the field without which the record says nothing.
 */
export type FieldFault =
  | 'version'
  | 'quotes'
  | 'space'
  | 'case'
  | 'separator'
  | 'no-field'
  | 'repeated'
  | 'unknown'
  | 'missing';

export interface FieldRemark {
  readonly fault: FieldFault;
  /** The field that it is about; '' where it is none. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly edit: Edit | null;
}

export interface FieldsRead {
  /** Without the version, in the order of the record. */
  readonly fields: readonly Field[];
  readonly remarks: readonly FieldRemark[];
}

/** `sts-ext-name`, `tlsrpt-ext-name`. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
const QUOTES = '"“”„‟';
const WSP = ' \t';

/** Whether the text seems meant for this record, however it is written. */
export function isAttempt(text: string, { version }: FieldForm): boolean {
  return text.slice(0, 64).toLowerCase().includes(version.toLowerCase());
}

/** Whether the text counts as this record: senders pass over others at the same name. */
export function isRecord(text: string, { version }: FieldForm): boolean {
  const start = `v=${version}`;
  const next = text[skip(text, start.length, WSP)];
  return text.startsWith(start) && (next === undefined || next === ';');
}

/** Cuts a record into its fields and says what is wrong with their form. Total, and linear in the text. */
export function readFields(text: string, form: FieldForm): FieldsRead {
  const remarks: FieldRemark[] = [];
  const say: Say = (fault, name, start, end, edit = null) => remarks.push({ fault, name, start, end, edit });
  const inner = unquoted(text, say);
  const parts = cut(text, inner, form, say);
  const read = parts.flatMap((part, at) => readField(text, part, at === parts.length - 1, form, say));
  checkVersion(text, inner, read, form, say);
  const fields = read.filter(({ name }) => name !== 'v');
  const seen = new Set<string>();
  for (const { name, start, end } of fields) {
    if (seen.has(name)) say('repeated', name, start, end);
    else if (name !== form.needed) say('unknown', name, start, end);
    seen.add(name);
  }
  if (!seen.has(form.needed)) say('missing', form.needed, inner.end, inner.end);
  // A version without its name is one fault, not two.
  const isOne = isBare(text, inner, form);
  const told = remarks.filter(
    ({ fault, start }) => !(isOne && fault === 'no-field' && start === inner.start),
  );
  return { fields, remarks: told.sort((one, other) => one.start - other.start) };
}

type Say = (fault: FieldFault, name: string, start: number, end: number, edit?: Edit | null) => void;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands between outer quotation marks and white space; white space at the end harms nobody. */
function unquoted(text: string, say: Say): Span {
  const start = skip(text, 0, QUOTES + WSP);
  let end = text.length;
  while (end > start && (QUOTES + WSP).includes(text.charAt(end - 1))) end--;
  const edges = [
    { from: 0, to: start },
    { from: end, to: text.length },
  ];
  for (const { from, to } of edges) {
    const edge = text.slice(from, to);
    const isQuoted = [...edge].some((character) => QUOTES.includes(character));
    if (isQuoted) say('quotes', '', from, to, { start: from, end: to, text: '' });
    else if (from === 0 && edge !== '') say('space', '', from, to, { start: from, end: to, text: '' });
  }
  return { start, end };
}

/** The parts between semicolons, and where one is missing before a name that is known. */
function cut(text: string, { start, end }: Span, { needed }: FieldForm, say: Say): readonly Span[] {
  const parts: Span[] = [];
  let from = start;
  for (let at = start; at < end; ) {
    if (text[at] === ';') {
      parts.push({ start: from, end: at });
      from = ++at;
      continue;
    }
    const next = Math.min(skip(text, at, `${WSP},`), end);
    const isBetween = next > at && skip(text, from, WSP) < at;
    if (isBetween && [needed, 'v'].some((name) => isNamed(text, next, name))) {
      say('separator', '', at, next, { start: at, end: next, text: '; ' });
      parts.push({ start: from, end: at });
      from = next;
    }
    at = next > at ? next : at + 1;
  }
  parts.push({ start: from, end });
  return parts;
}

/** Whether a field of that name begins there. */
function isNamed(text: string, at: number, name: string): boolean {
  const isName = text.slice(at, at + name.length).toLowerCase() === name;
  return isName && text[skip(text, at + name.length, WSP)] === '=';
}

function readField(text: string, part: Span, isLast: boolean, form: FieldForm, say: Say): readonly Field[] {
  const start = Math.min(skip(text, part.start, WSP), part.end);
  let end = part.end;
  while (end > start && WSP.includes(text.charAt(end - 1))) end--;
  if (start === end) {
    // A semicolon may end the record; nothing between two of them is no field.
    if (!isLast) say('no-field', '', part.start, part.end + 1, { ...part, end: part.end + 1, text: '' });
    return [];
  }
  const equals = text.slice(start, end).indexOf('=') + start;
  const written = text.slice(start, Math.max(start, equals)).trimEnd();
  if (!NAME.test(written)) {
    say('no-field', '', start, end);
    return [];
  }
  const name = written.toLowerCase();
  const nameEnd = start + written.length;
  const valueStart = Math.min(skip(text, equals + 1, WSP), end);
  if (valueStart - nameEnd > 1) {
    say('space', name, nameEnd, valueStart, { start: nameEnd, end: valueStart, text: '=' });
  }
  if (written !== name && (name === form.needed || name === 'v')) {
    say('case', name, start, nameEnd, { start, end: nameEnd, text: name });
  }
  return [{ name, value: text.slice(valueStart, end), start, end, valueStart }];
}

/** The version stands first, and precisely so: other texts at the name are not taken for this record. */
function checkVersion(text: string, inner: Span, fields: readonly Field[], form: FieldForm, say: Say): void {
  const found = fields.find(({ name }) => name === 'v');
  if (found?.start === inner.start) {
    const { value, valueStart, end } = found;
    if (value !== form.version) {
      say('version', 'v', valueStart, end, { start: valueStart, end, text: form.version });
    }
    return;
  }
  if (found !== undefined) {
    say('version', 'v', found.start, found.end);
    return;
  }
  const { start } = inner;
  const end = isBare(text, inner, form) ? start + form.version.length : start;
  const edit = { start, end, text: end > start ? `v=${form.version}` : `v=${form.version}; ` };
  say('version', 'v', start, end, edit);
}

/** Whether the text begins with the version, without its name. */
function isBare(text: string, { start }: Span, { version }: FieldForm): boolean {
  return text.slice(start, start + version.length).toLowerCase() === version.toLowerCase();
}

function skip(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && characters.includes(text.charAt(at))) at++;
  return at;
}
