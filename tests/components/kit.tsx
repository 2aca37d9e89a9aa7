/** What component tests share: reports of the sample mailbox, the popup with a page that answers, a look at every word. */
import { act, fireEvent, render, screen } from '@testing-library/preact';
import { expect, vi } from 'vitest';
import { OpenMail, type OpenMailProps } from '../../components/OpenMail.tsx';
import type { Asked } from '../../components/surroundings.ts';
import type { Explaining, OpenMessage } from '../../lib/explain/explaining.ts';
import type { Problem } from '../../lib/explain/problem.ts';
import { type MessageReport, type Origin, toReport } from '../../lib/explain/report.ts';
import { type Language, partsOf } from '../../lib/explain/translate.ts';
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import { examineSample, reportOf, SAMPLES, type Sample, translatorFor } from '../kit/samples.ts';

export const LANGUAGES = ['en', 'ja'] as const satisfies readonly Language[];

/** The sample whose name starts so. */
export function sample(start: string): Sample {
  const found = SAMPLES.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no sample ${start}`);
  return found;
}

/** Every state that the popup shows one after the other; the last one is complete. */
export async function statesOf(of: Sample, language: Language = 'en'): Promise<readonly MessageReport[]> {
  const states: MessageReport[] = [];
  const origin: Origin = { via: 'gmail', bytes: of.octets.length, instead: null };
  await examineSample(of, undefined, (examination) =>
    states.push(toReport(examination, origin, language, translatorFor(language))),
  );
  return [...states, await reportOf(of, language)];
}

/** The first state of a sample, before any answer of DNS. */
export async function pendingReport(of: Sample, language: Language = 'en'): Promise<MessageReport> {
  const [first] = await statesOf(of, language);
  if (first === undefined) throw new Error('no report');
  return first;
}

/** A report of a mail that was come by in another way. */
export function readBy(report: MessageReport, source: Partial<MessageReport['source']>): MessageReport {
  return { ...report, source: { ...report.source, ...source } };
}

/** States of an explanation. */
export const shown = (report: MessageReport): Explaining => ({ kind: 'report', report });
export const failed = (problem: Problem): Explaining => ({ kind: 'problem', problem });
export const several = (meant: string, ...messages: readonly OpenMessage[]): Explaining => ({
  kind: 'open',
  messages,
  meant,
});

type Tell = (state: Explaining) => void;

/** All that surrounds an explanation; `say` is what the page says next, to whoever asked last. */
export function surroundings(more: Partial<OpenMailProps> = {}, language: Language = 'en') {
  const askings: { readonly tell: Tell; readonly cancel: () => void }[] = [];
  const ask = vi.fn((_: Asked, tell: Tell) => {
    const asking = { tell, cancel: vi.fn() };
    askings.push(asking);
    return asking;
  });
  const props: OpenMailProps = {
    message: null,
    question: null,
    ask,
    allow: async () => true,
    reloadTab: () => {},
    openSettings: () => {},
    openAnalyzer: () => {},
    openRecords: () => {},
    copy: async () => {},
    close: null,
    version: '9.8.7',
    t: translatorFor(language),
    ...more,
  };
  const say = (state: Explaining): void => void act(() => askings.at(-1)?.tell(state));
  return { props, ask, askings, say };
}

/** Shows the popup's content. */
export function open(language: Language = 'en', more: Partial<OpenMailProps> = {}) {
  const around = surroundings(more, language);
  return { ...around, ...render(<OpenMail {...around.props} />) };
}

/** A sentence as it is read, without the isolates around its values. */
export function words(sentence: string): string {
  return partsOf(sentence)
    .map(({ text }) => text)
    .join('');
}

/** Opens whatever is closed: the evidence of every reason. */
export function openEverything(): void {
  for (const button of screen.queryAllByRole('button', { expanded: false })) fireEvent.click(button);
}

const KEYS = Object.keys(english);

/** Fails where a text holds a gap, a key, or a character that acts. */
export function expectWhole(text: string): void {
  expect(text).toMatch(/\S/);
  expect(text).not.toMatch(/undefined|\bnull\b|\[object|NaN|\$[a-z]+\$|Infinity/);
  expect(text.match(/[a-z]+(?:_[a-z]+)+/g)?.filter((word) => KEYS.includes(word)) ?? []).toEqual([]);
  expect(text).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/,
  );
}

/** Everything that is shown or read out. */
export function everyWord(): string {
  const named = [...document.querySelectorAll('[aria-label], [title]')];
  const names = named.flatMap((element) => [
    element.getAttribute('aria-label'),
    element.getAttribute('title'),
  ]);
  return [document.body.textContent, ...names.filter((name) => name !== null)].join('\n');
}
