/** Keeps answers as long as DNS allows, and lets identical questions share one. */
import { type Answer, isDefinite, type Ports, type RecordType } from '../engine/index.ts';

/** Enough for a day of reading; the oldest go first. */
export const MAX_ENTRIES = 2000;
/** For all answers together: `storage.session` holds 10 MB, and is not ours to fill. */
export const MAX_CHARACTERS = 1_000_000;
/** A resolver's TTL is believed up to a day (RFC 8767 §4 caps at seven). */
const MAX_TTL = 86_400;
/** For a negative answer whose authority says nothing. */
const DEFAULT_TTL = 60;

/** An answer, and when it was given, in seconds since 1970. */
export interface KeptAnswer {
  readonly answer: Answer;
  readonly at: number;
}

/** Where answers outlive the worker, by question. */
export interface Shelf {
  /** What an earlier worker left, the oldest first. */
  readonly found: ReadonlyMap<string, KeptAnswer>;
  keep(question: string, kept: KeptAnswer): void;
  drop(questions: readonly string[]): void;
}

/** Asks; `anew` passes over what is known and puts the new answer in its place. */
export type CachedResolver = (name: string, type: RecordType, anew?: boolean) => Promise<Answer>;

/** The key of a question: names are compared without case (RFC 4343). */
export function questionOf(name: string, type: RecordType): string {
  return `${name.toLowerCase()} ${type}`;
}

/** `now` is in seconds. Failures are never kept, and take nothing away. Without a shelf all ends with the worker. */
export function cachedResolver(
  resolve: Ports['resolve'],
  now: Ports['now'],
  shelf: Shelf | null = null,
): CachedResolver {
  const kept = boundedAnswers();
  const open = new Map<string, Promise<Answer>>();

  /** In seconds. An answer from the future is none: the clock was set back, and its age is not known. */
  const remaining = ({ answer, at }: KeptAnswer): number =>
    at > now() ? 0 : at + Math.min(answer.ttl ?? DEFAULT_TTL, MAX_TTL) - now();

  const outdated: string[] = [];
  for (const [question, found] of shelf?.found ?? []) {
    if (remaining(found) > 0) outdated.push(...kept.put(question, found));
    else outdated.push(question);
  }
  if (outdated.length > 0) shelf?.drop(outdated);

  const ask = async (name: string, type: RecordType, question: string): Promise<Answer> => {
    const answer = await resolve(name, type);
    if (!isDefinite(answer)) return answer;
    const given = { answer, at: now() };
    shelf?.keep(question, given);
    const gone = kept.put(question, given);
    if (gone.length > 0) shelf?.drop(gone);
    return answer;
  };

  return async (name, type, anew = false) => {
    const question = questionOf(name, type);
    const known = anew ? undefined : kept.get(question);
    const ttl = known === undefined ? 0 : Math.ceil(remaining(known));
    if (known !== undefined && ttl > 0) return { ...known.answer, ttl, cached: true };
    // What is under way is as new as can be.
    const pending = open.get(question) ?? ask(name, type, question).finally(() => open.delete(question));
    open.set(question, pending);
    return pending;
  };
}

/** Answers up to the bounds. */
function boundedAnswers() {
  const entries = new Map<string, KeptAnswer & { readonly characters: number }>();
  let characters = 0;
  const forget = (question: string): void => {
    characters -= entries.get(question)?.characters ?? 0;
    entries.delete(question);
  };
  return {
    get: (question: string): KeptAnswer | undefined => entries.get(question),
    /** Returns the questions whose answers had to go for it. */
    put(question: string, { answer, at }: KeptAnswer): readonly string[] {
      forget(question);
      const length = question.length + JSON.stringify(answer).length;
      entries.set(question, { answer, at, characters: length });
      characters += length;
      const gone: string[] = [];
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_ENTRIES && characters <= MAX_CHARACTERS) break;
        forget(oldest);
        gone.push(oldest);
      }
      return gone;
    },
  };
}
