/** A domain's report as plain text, for a terminal or a ticket: each remark under the very characters it is about. */
import type { DomainReport, ReportedFinding, ReportedLint, ReportedRecord } from './domain-report.ts';
import { answerText } from './plain-text.ts';
import type { Translate } from './translate.ts';
import { visible } from './visible.ts';

const MARKS: Readonly<Record<ReportedFinding['severity'], string>> = {
  pass: '✓',
  error: '✗',
  warn: '!',
  info: '·',
  open: '?',
};

/** Columns of a record's excerpt; a longer one is cut around what the remark is about. */
const COLUMNS = 72;
const BEFORE = 24;

/** The whole report. `t` should set values bare. Lines end with LF, and nothing in them acts. */
export function toDomainText(report: DomainReport, t: Translate): string {
  const { explanation, findings, domain } = report;
  const { headline, detail, reasons } = explanation;
  const told = findings.map(({ severity, because }, at) => {
    const grounds = because.dns.map((index) => `[${index + 1}]`).join('');
    return `  ${MARKS[severity]} ${reasons[at] ?? ''}${grounds === '' ? '' : `  ${grounds}`}`;
  });
  const lines = [
    headline,
    ...(detail === '' ? [] : [detail]),
    ...(told.length === 0 ? [] : ['', ...told]),
    ...domain.records.flatMap((record) => ['', ...recordLines(record, t)]),
    ...evidenceLines(report, t),
  ];
  return `${lines.join('\n')}\n`;
}

/** RFC words, which no language changes. */
const TITLES: Readonly<Record<Exclude<ReportedRecord['kind'], 'report-consent'>, string>> = {
  dmarc: 'DMARC',
  spf: 'SPF',
  dkim: 'DKIM',
  mx: 'MX',
  bimi: 'BIMI',
  'mta-sts': 'MTA-STS',
  'tls-rpt': 'TLS-RPT',
};

/** What kind of record it is, in words. */
function recordTitle(kind: ReportedRecord['kind'], t: Translate): string {
  return kind === 'report-consent' ? t('domain_kind_report_consent') : TITLES[kind];
}

function recordLines(record: ReportedRecord, t: Translate): readonly string[] {
  const { kind, name, type, text, facts, lint, corrected, tree, dns } = record;
  const whole = visible(text);
  const isShown = lint.length > 0 && widthOf(whole) <= COLUMNS;
  return [
    `${recordTitle(kind, t)}  ${visible(name)} ${type}  [${dns + 1}]`,
    ...(isShown ? [] : [`    ${whole}`]),
    ...lint.flatMap((remark) => remarkLines(text, remark)),
    ...facts.map((fact) => `  · ${fact}`),
    ...(corrected === null ? [] : [`  ${t('domain_corrected')}`, `    ${visible(corrected)}`]),
    ...(tree.length < 2 ? [] : tree.map((line) => `  ${'  '.repeat(line.depth + 1)}${treeText(line)}`)),
  ];
}

function treeText({ text, note }: ReportedRecord['tree'][number]): string {
  return note === '' ? text : `${text}  (${note})`;
}

function remarkLines(text: string, remark: ReportedLint): readonly string[] {
  const { severity, start, end, message, section } = remark;
  const { shown, column, width } = excerpt(text, start, end);
  return [
    `    ${shown}`,
    `    ${' '.repeat(column)}${'^'.repeat(Math.max(1, width))}`,
    `  ${MARKS[severity]} ${message}  (${section})`,
  ];
}

interface Excerpt {
  readonly shown: string;
  /** Where the marked part begins, and how wide it is, in columns of a terminal. */
  readonly column: number;
  readonly width: number;
}

function excerpt(text: string, start: number, end: number): Excerpt {
  const isShort = widthOf(visible(text)) <= COLUMNS;
  const from = isShort ? 0 : boundary(text, Math.max(0, start - BEFORE));
  const to = isShort ? text.length : boundary(text, Math.min(text.length, from + COLUMNS));
  const before = `${from === 0 ? '' : '…'}${visible(text.slice(from, start))}`;
  const marked = visible(text.slice(start, Math.min(end, to)));
  const behind = visible(text.slice(Math.min(end, to), to));
  return {
    shown: `${before}${marked}${behind}${to === text.length ? '' : '…'}`,
    column: widthOf(before),
    width: widthOf(marked),
  };
}

/** No place in the middle of a character of two units. */
function boundary(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at;
}

/** Characters that take two columns, as East Asian terminals draw them, and those that take none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NARROWEST = /\p{Mn}|\p{Me}/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : NARROWEST.test(character) ? 0 : 1;
  return width;
}

function evidenceLines({ dns }: DomainReport, t: Translate): readonly string[] {
  if (dns.length === 0) return [];
  return [
    '',
    t('ui_evidence'),
    ...dns.map((answer, index) => {
      const question = `${visible(answer.name)} ${answer.type}`;
      return `  [${index + 1}] DNS ${question}: ${answerText(answer, t)}`;
    }),
  ];
}
