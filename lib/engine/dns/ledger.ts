/** Every DNS answer of one examination, in the order of asking, so that a finding can point at the ones it rests on. */
import type { Ports } from '../ports.ts';
import { type Answer, type RecordType, withoutRecords } from './answer.ts';
import { isAskable } from './name.ts';

export interface Ledger {
  /** Asks, or joins the same question that is under way. */
  ask(name: string, type: RecordType): Promise<Asked>;
  /** The answers that are in; a question that is still open is null. */
  answers(): readonly (Answer | null)[];
}

export interface Asked {
  readonly answer: Answer;
  /** Index into `answers()`. */
  readonly index: number;
}

export function openLedger(resolve: Ports['resolve']): Ledger {
  const answers: (Answer | null)[] = [];
  const open = new Map<string, Promise<Asked>>();

  const ask = (name: string, type: RecordType): Promise<Asked> => {
    const question = `${name.toLowerCase()} ${type}`;
    const known = open.get(question);
    if (known !== undefined) return known;
    const index = answers.push(null) - 1;
    // A name that DNS cannot hold does not exist; nobody needs to be asked.
    const asked = (
      isAskable(name) ? resolve(name, type) : Promise.resolve(withoutRecords(name, type, 'NXDOMAIN'))
    ).then((answer) => {
      answers[index] = answer;
      return { answer, index };
    });
    open.set(question, asked);
    return asked;
  };
  return { ask, answers: () => answers };
}
