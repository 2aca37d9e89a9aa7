/** What can be done with an explanation: it is copied whole and clean, and the mail is checked again. */
import { cleanup, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageReport } from '../../lib/explain/report.ts';
import { reportOf } from '../kit/samples.ts';
import { LANGUAGES, open, sample, shown, words } from './kit.tsx';

afterEach(cleanup);

const TEXT = { en: 'Copy as text', ja: 'テキストをコピー' };
const JSON_TEXT = { en: 'Copy as JSON', ja: 'JSON をコピー' };
const COPIED = { en: 'Copied.', ja: 'コピーしました。' };
const REFUSED = { en: 'The browser did not allow copying.', ja: 'ブラウザがコピーを許可しませんでした。' };

/** Shows a report and copies it by the button of that name; what went to the clipboard. */
async function copied(report: MessageReport, button: string): Promise<string> {
  const copy = vi.fn(async (_: string) => {});
  const { say } = open(report.language, { copy });
  say(shown(report));
  await userEvent.click(screen.getByRole('button', { name: button }));
  expect(copy).toHaveBeenCalledOnce();
  return copy.mock.calls[0]?.[0] ?? '';
}

/** A plain pass, words and names beyond ASCII, several authors, and mail of one’s own. */
const COPIES = ['01', '06', '11', '12', '18'].map(sample);

describe.each(LANGUAGES)('copied in %s', (language) => {
  it.each(COPIES)('the text of $name is every sentence, without isolates', async (each) => {
    const report = await reportOf(each, language);
    const text = await copied(report, TEXT[language]);
    expect(text).not.toMatch(/[\u2066-\u2069]/);
    const { headline, reasons, fixes } = report.explanation;
    for (const sentence of [headline, ...[...reasons, ...fixes].map((told) => told.text)])
      expect(text).toContain(words(sentence));
  });

  it.each(COPIES)('the JSON of $name is the report', async (each) => {
    const report = await reportOf(each, language);
    const text = await copied(report, JSON_TEXT[language]);
    expect(text).not.toMatch(/[\u2066-\u2069]/);
    const { level, rule, findings, fields, dns, explanation } = JSON.parse(text) as MessageReport;
    expect({ level, rule, findings, fields, dns }).toEqual({
      level: report.level,
      rule: report.rule,
      findings: report.findings,
      fields: report.fields,
      dns: report.dns,
    });
    expect(explanation.headline).toBe(words(report.explanation.headline));
  });

  it.each([
    { name: 'text', label: TEXT[language] },
    { name: 'JSON', label: JSON_TEXT[language] },
  ])('it is said that the $name was', async ({ label }) => {
    await copied(await reportOf(sample('01'), language), label);
    expect((await screen.findByText(COPIED[language])).getAttribute('role')).toBe('status');
  });

  it('it is said where the browser refuses, and what was said before is gone', async () => {
    const copy = vi.fn(async (_: string) => {});
    const { say } = open(language, { copy });
    say(shown(await reportOf(sample('01'), language)));
    await userEvent.click(screen.getByRole('button', { name: TEXT[language] }));
    expect(await screen.findByText(COPIED[language])).toBeTruthy();
    copy.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    await userEvent.click(screen.getByRole('button', { name: JSON_TEXT[language] }));
    expect((await screen.findByText(REFUSED[language])).getAttribute('role')).toBe('status');
    expect(screen.queryByText(COPIED[language])).toBeNull();
  });
});

describe('nothing is', () => {
  it('copied or said before it is asked for', async () => {
    const copy = vi.fn(async (_: string) => {});
    const { say } = open('en', { copy });
    say(shown(await reportOf(sample('01'), 'en')));
    expect(copy).not.toHaveBeenCalled();
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual([
      'The check is complete.',
      '',
    ]);
  });

  it('offered where there is no explanation', () => {
    open();
    expect(screen.queryByRole('button', { name: /Copy|Check again/ })).toBeNull();
  });
});

it.each([
  { language: 'en', name: 'Check again' },
  { language: 'ja', name: 'もう一度確認' },
] as const)('“$name” reads the mail anew', async ({ language, name }) => {
  const { say, ask } = open(language);
  say(shown(await reportOf(sample('01'), language)));
  await userEvent.click(screen.getByRole('button', { name }));
  expect(screen.queryByRole('article')).toBeNull();
  await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  expect(ask.mock.calls[1]?.[0]).toEqual({ message: null, again: true });
  say(shown(await reportOf(sample('01'), language)));
  expect(screen.getByRole('article')).toBeTruthy();
});

it('another mail is led to', async () => {
  const openAnalyzer = vi.fn();
  const { say } = open('en', { openAnalyzer });
  say(shown(await reportOf(sample('01'), 'en')));
  await userEvent.click(screen.getByRole('button', { name: 'Check a file or pasted mail' }));
  expect(openAnalyzer).toHaveBeenCalledOnce();
});
