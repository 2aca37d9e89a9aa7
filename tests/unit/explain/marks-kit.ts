/** What the tests of marks share: findings with nothing in them but what matters, and marks as the words they mark. */
import type { Finding, FindingCode } from '../../../lib/engine/index.ts';
import { answerMarks, fieldMarks, type Mark } from '../../../lib/explain/marks.ts';

export interface About {
  readonly code: FindingCode;
  readonly params?: Readonly<Record<string, string>>;
  readonly step?: Finding['step'];
  readonly about?: Finding['about'];
}

export function findingOf({ code, params = {}, step = 'check', about = null }: About): Finding {
  const finding = {
    code,
    params,
    step,
    about,
    severity: 'info',
    provenance: [],
    because: { fields: [], dns: [] },
  };
  return finding as unknown as Finding;
}

export function wordsOf(text: string, marks: readonly Mark[]): readonly string[] {
  return marks.map(({ start, end }) => text.slice(start, end));
}

/** The marked words of a field. */
export function fieldWords(about: About, key: string, value: string): readonly string[] {
  return wordsOf(value, fieldMarks(findingOf(about), { key, value }));
}

/** The marked words of each text of an answer. */
export function answerWords(
  about: About,
  name: string,
  answers: readonly string[],
  policyTag: string | null = null,
): readonly (readonly string[])[] {
  return answerMarks(findingOf(about), { name, answers }, policyTag).map((marks, index) =>
    wordsOf(answers[index] ?? '', marks),
  );
}
