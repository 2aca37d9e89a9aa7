/** A report as plain text, for a terminal or a ticket. Nothing in it acts: all text is made visible. */
import type { Answer, Step } from '../engine/index.ts';
import type { Fix, Reason } from './explanation.ts';
import { rcodeSentence } from './rcode-sentence.ts';
import type { MessageReport } from './report.ts';
import { keyOf } from './sentence.ts';
import { sourceNote } from './source-note.ts';
import { arcLines, type Line, spfLines } from './stations.ts';
import type { Translate } from './translate.ts';
import { visible } from './visible.ts';

const MARKS: Readonly<Record<Reason['severity'], string>> = {
  pass: '✓',
  fail: '✗',
  warn: '!',
  info: '·',
  open: '?',
};
const STEPS: readonly Step[] = ['identifier', 'check', 'alignment', 'policy', 'trust'];

/**
 * The whole report: reasons with numbers that lead to the evidence at the end, where each field and record stands
 * once. `t` should set values bare. Lines end with LF.
 */
export function toPlainText(report: MessageReport, t: Translate): string {
  const { headline, detail, reasons, fixes } = report.explanation;
  const level = t(`level_${report.checked.state === 'pending' ? 'pending' : report.level}`);
  const lines = [`[${level}] ${headline}`, ...(detail === '' ? [] : [detail])];
  for (const step of STEPS) {
    const told = reasons.filter((reason) => reason.step === step);
    if (told.length > 0)
      lines.push('', stepTitle(step, t), ...told.map((reason) => reasonLine(reason, report)));
  }
  lines.push(
    ...fixLines(fixes, t),
    ...wayLines(report, t),
    '',
    ...sourceLines(report, t),
    ...evidenceLines(report, t),
  );
  return `${lines.join('\n')}\n`;
}

/** The title over the reasons of a step. */
function stepTitle(step: Step, t: Translate): string {
  return step === 'trust' ? t('ui_trust') : t(`ui_step_${step}`);
}

function reasonLine(reason: Reason, { fields }: MessageReport): string {
  const source = [...(reason.about === null ? [] : [reason.about]), ...reason.provenance].join(' · ');
  const numbers = [
    ...reason.because.fields.map((index) => index + 1),
    ...reason.because.dns.map((index) => fields.length + index + 1),
  ];
  const grounds = numbers.map((number) => `[${number}]`).join('');
  const second = [source, grounds].filter((text) => text !== '').join('  ');
  return `  ${MARKS[reason.severity]} ${reason.text}${second === '' ? '' : `\n      ${second}`}`;
}

function fixLines(fixes: readonly Fix[], t: Translate): readonly string[] {
  const section = (title: string, role: Fix['role']): readonly string[] => {
    const lines = fixes.filter((fix) => fix.role === role).map(({ text }) => `  → ${text}`);
    return lines.length === 0 ? [] : ['', title, ...lines];
  };
  return [...section(t('ui_what_to_do'), 'recipient'), ...section(t('ui_if_you_sent_it'), 'sender')];
}

/** The terms of the SPF record and the stations of the chain, indented as they stand in each other. */
function wayLines({ checked }: MessageReport, t: Translate): readonly string[] {
  const section = (title: string, lines: readonly Line[]): readonly string[] =>
    lines.length === 0
      ? []
      : ['', title, ...lines.map(({ depth, text, note }) => `${'  '.repeat(depth + 1)}${text}  (${note})`)];
  return [
    ...section(t('spf_title'), spfLines(checked.spf.trace, t)),
    ...section(t('arc_title'), arcLines(checked.arc, t)),
  ];
}

/** By which way the mail was read, how much of it, and why not more. */
function sourceLines({ source }: MessageReport, t: Translate): readonly string[] {
  const { via, completeness } = source;
  const read = t('ui_source', { via: t(keyOf('via', via)), completeness: t(`source_${completeness}`) });
  const note = sourceNote(source, t);
  return note === null ? [read] : [read, note];
}

function evidenceLines({ fields, dns }: MessageReport, t: Translate): readonly string[] {
  if (fields.length + dns.length === 0) return [];
  return [
    '',
    t('ui_evidence'),
    ...fields.map(({ name, value, line }, index) => {
      return `  [${index + 1}] ${t('ui_line', { line })}: ${visible(name)}: ${oneLine(value)}`;
    }),
    ...dns.map((answer, index) => {
      const question = `${visible(answer.name)} ${answer.type}`;
      return `  [${fields.length + index + 1}] DNS ${question}: ${answerText(answer, t)}`;
    }),
  ];
}

/** A header value with the white space of its folding made one space each. */
export function oneLine(value: string): string {
  return visible(value.replace(/[ \t]+/g, ' '));
}

/** What an answer says, in one line. */
export function answerText(answer: Pick<Answer, 'rcode' | 'answers'>, t: Translate): string {
  return rcodeSentence(t, answer) || answer.answers.map(visible).join(' | ');
}
