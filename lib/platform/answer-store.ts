/**
 * DNS answers in `storage.session`: memory of the browser, open to the extension's own pages and worker alone, and gone
 * when the browser closes. Each question has a key of its own and is written as soon as it is answered, so that a
 * worker that dies loses no answer that it got.
 */
import type { Answer } from '../engine/index.ts';
import { browser } from './browser.ts';
import { type KeptAnswer, questionOf, type Shelf } from './cached-resolver.ts';
import { isRecord } from './messages.ts';

export interface AnswerStore {
  /**
   * Takes up what is stored for `owner` and forgets what is stored for others. Never rejects. Nothing more is written
   * once `left` is aborted.
   */
  open(owner: string, left: AbortSignal): Promise<Shelf>;
  empty(): void;
}

type Found = readonly (readonly [question: string, kept: KeptAnswer])[];

const PREFIX = 'dns ';
/** Whose answers these are: what changed while no worker was there to hear of it shows here. */
const OWNER = 'dns-owner';

/** Whatever fails here is an answer less to remember, never one less to give. */
export function sessionStore(): AnswerStore {
  // One step after the other: what was forgotten stays forgotten.
  let last = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    last = last.then(step).catch(() => {});
    return last;
  };
  return {
    async open(owner, left) {
      const found = new Map<string, KeptAnswer>();
      await inTurn(async () => {
        for (const [question, kept] of await takeUp(owner)) found.set(question, kept);
      });
      const write = (step: () => Promise<void>): void => {
        void inTurn(async () => (left.aborted ? undefined : step()));
      };
      const { session } = browser.storage;
      return {
        found,
        keep: (question, kept) => write(() => session.set({ [PREFIX + question]: kept })),
        drop: (questions) => write(() => session.remove(questions.map((question) => PREFIX + question))),
      };
    },
    empty() {
      void inTurn(async () => {
        const { session } = browser.storage;
        await session.remove(Object.keys(await session.get(null)).filter(isOurs));
      });
    },
  };
}

/** The answers of that owner, the oldest first. All others, and what cannot be read, are removed. */
async function takeUp(owner: string): Promise<Found> {
  const { session } = browser.storage;
  const stored: Readonly<Record<string, unknown>> = await session.get(null);
  const isOwn = stored[OWNER] === owner;
  const found: [string, KeptAnswer][] = [];
  const others: string[] = [];
  for (const [key, value] of Object.entries(stored)) {
    if (!key.startsWith(PREFIX)) continue;
    const question = key.slice(PREFIX.length);
    const kept = isOwn ? readKept(question, value) : null;
    if (kept === null) others.push(key);
    else found.push([question, kept]);
  }
  // In this order: a worker that dies between the two leaves nothing under a name that is not its own.
  if (others.length > 0) await session.remove(others);
  if (!isOwn) await session.set({ [OWNER]: owner });
  return found.sort(([, one], [, other]) => one.at - other.at);
}

function isOurs(key: string): boolean {
  return key === OWNER || key.startsWith(PREFIX);
}

/** Null where it is no answer to that question: another version of the extension may have written it. */
function readKept(question: string, value: unknown): KeptAnswer | null {
  if (!isRecord(value)) return null;
  const { answer, at } = value;
  if (typeof at !== 'number' || !Number.isFinite(at) || !isAnswer(answer)) return null;
  return questionOf(answer.name, answer.type) === question ? { answer, at } : null;
}

function isAnswer(value: unknown): value is Answer {
  if (!isRecord(value)) return false;
  const { name, type, rcode, ttl, authenticData, resolver, canonicalName, answers } = value;
  return (
    [name, type, resolver, canonicalName ?? ''].every((text) => typeof text === 'string') &&
    (rcode === 'NOERROR' || rcode === 'NXDOMAIN') &&
    (ttl === null || typeof ttl === 'number') &&
    typeof authenticData === 'boolean' &&
    Array.isArray(answers) &&
    answers.every((text) => typeof text === 'string')
  );
}
