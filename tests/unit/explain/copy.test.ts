/** What goes to the clipboard is what the terminal prints: whole, and without a character that cannot be seen. */
import { describe, expect, it } from 'vitest';
import { reportAsJson, reportAsText } from '../../../lib/explain/copy.ts';
import { toPlainText } from '../../../lib/explain/plain-text.ts';
import { type MessageReport, toReport } from '../../../lib/explain/report.ts';
import { bare, bareText } from '../../../lib/explain/translate.ts';
import { unseenEscaped } from '../../../lib/explain/visible.ts';
import { examineSample, reportOf, SAMPLES, translatorFor } from '../../kit/samples.ts';

/** All that is unseen but the line's end. */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u;

const [first] = SAMPLES;
if (first === undefined) throw new Error('there are no samples');
const report = await reportOf(first, 'en');

/** A mail that writes what it can into everything that is shown. */
const HOSTILE = 'a\u2068b\u2069c\u202ed\u0007e\u200bf\n';
const hostile: MessageReport = {
  ...report,
  from: { ...report.from, displayName: HOSTILE },
  fields: report.fields.map((field) => ({ ...field, value: HOSTILE })),
  dns: report.dns.map((answer) => ({ ...answer, answers: [HOSTILE] })),
};

describe.each(SAMPLES)('$name', (sample) => {
  it.each(['en', 'ja'] as const)('is copied in %s as the terminal prints it', async (language) => {
    const shown = await reportOf(sample, language);
    const examination = await examineSample(sample);
    const { completeness: _, ...origin } = shown.source;
    const t = translatorFor(language, bare);
    const printed = toReport(examination, origin, language, t);
    expect(reportAsText(shown, translatorFor(language))).toBe(toPlainText(printed, t));
    expect(reportAsJson(shown)).toBe(`${unseenEscaped(JSON.stringify(printed, null, 2))}\n`);
  });
});

describe('a copy', () => {
  it('bears no unseen character, whatever the mail holds', () => {
    expect(reportAsText(hostile, translatorFor('en'))).not.toMatch(UNSEEN);
    expect(reportAsJson(hostile)).not.toMatch(UNSEEN);
  });

  it('of the sentences is bare', () => {
    expect(JSON.stringify(report.explanation)).toMatch(/[\u2068\u2069]/);
    const { explanation } = JSON.parse(reportAsJson(report)) as MessageReport;
    expect(JSON.stringify(explanation)).not.toMatch(/[\u2068\u2069]/);
    expect(explanation.headline).toBe(bareText(report.explanation.headline));
  });

  it('of what the mail holds is exactly that', () => {
    const copied = JSON.parse(reportAsJson(hostile)) as MessageReport;
    expect(copied.from).toEqual(hostile.from);
    expect(copied.fields).toEqual(hostile.fields);
    expect(copied.dns).toEqual(hostile.dns);
    expect({ ...copied, explanation: null }).toEqual({ ...hostile, explanation: null });
  });

  it('keeps grounds, marks and codes', () => {
    const { explanation } = JSON.parse(reportAsJson(report)) as MessageReport;
    const sentences = ({
      text: _,
      provenance: __,
      ...rest
    }: MessageReport['explanation']['reasons'][number]) => rest;
    expect(explanation.reasons.map(sentences)).toEqual(report.explanation.reasons.map(sentences));
    expect(explanation.fixes.map(({ code, role }) => [code, role])).toEqual(
      report.explanation.fixes.map(({ code, role }) => [code, role]),
    );
  });

  it('leaves the report as it is', () => {
    const before = structuredClone(report);
    reportAsJson(report);
    reportAsText(report, translatorFor('en'));
    expect(report).toEqual(before);
  });
});
