/** Reports of the sample mailbox for component tests, as they are at first and as they are in the end. */

import type { MessageReport } from '../../lib/explain/report.ts';
import { toReport } from '../../lib/explain/report.ts';
import { type Language, partsOf } from '../../lib/explain/translate.ts';
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
  const origin = { via: 'gmail', bytes: of.octets.length };
  await examineSample(of, undefined, (examination) =>
    states.push(toReport(examination, origin, language, translatorFor(language))),
  );
  return [...states, await reportOf(of, language)];
}

/** A sentence as it is read, without the isolates around its values. */
export function words(sentence: string): string {
  return partsOf(sentence)
    .map(({ text }) => text)
    .join('');
}
