/** The TXT records at a name, told apart: those of a kind, those that were meant to be, and all others. */
import { isDefinite } from '../dns/answer.ts';
import type { Ledger } from '../dns/ledger.ts';
import { type Lint, mended } from '../lint/lint.ts';
import { decodeUtf8 } from '../octets.ts';
import type { DomainRecord, RecordFact, RecordKind } from './records.ts';

export interface TextsAt {
  readonly name: string;
  /** Index of the answer in the ledger. */
  readonly dns: number;
  readonly isAnswered: boolean;
  /** Read as UTF-8. */
  readonly records: readonly string[];
  /** Texts that seem meant for the kind and do not count as it; only where no record does. */
  readonly attempts: readonly string[];
  readonly others: number;
}

export interface TextKind {
  isRecord(text: string): boolean;
  isAttempt(text: string): boolean;
}

/** Asks for the texts at a name and sorts them. */
export async function textsAt(name: string, kind: TextKind, ledger: Ledger): Promise<TextsAt> {
  const { answer, index } = await ledger.ask(name, 'TXT');
  const texts = answer.answers.map(decodeUtf8);
  const records = texts.filter((text) => kind.isRecord(text));
  const rest = texts.filter((text) => !kind.isRecord(text));
  const attempts = records.length > 0 ? [] : rest.filter((text) => kind.isAttempt(text));
  return {
    name,
    dns: index,
    isAnswered: isDefinite(answer),
    records,
    attempts,
    others: rest.length - attempts.length,
  };
}

/** What is listed: the records, or what was meant to be one. */
export function listed({ records, attempts }: TextsAt): readonly string[] {
  return records.length > 0 ? records : attempts;
}

/** What is listed, each with what it says and what there is to say about it. */
export function textRecords(
  kind: RecordKind,
  texts: TextsAt,
  factsOf: (text: string) => readonly RecordFact[],
  lintOf: (text: string) => readonly Lint[],
): readonly DomainRecord[] {
  const { name, dns } = texts;
  return listed(texts).map((text) => ({
    kind,
    name,
    type: 'TXT',
    text,
    facts: factsOf(text),
    lint: lintOf(text),
    corrected: mended(text, lintOf),
    dns,
  }));
}

/** Whether it is certain that there is nothing of the kind, however written. */
export function hasNone(texts: TextsAt): boolean {
  return texts.isAnswered && listed(texts).length === 0;
}
