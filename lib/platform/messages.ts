/**
 * The two long conversations of the extension, as ports. Everything that comes over one is unknown until it is read
 * here.
 *
 *   popup ──{explain}──▶ page      page ──states──▶ popup
 *   page ──{begin, piece…, end} or {fetch}──▶ worker      worker ──{taken…}, states──▶ page
 */
import type { Completeness } from '../engine/index.ts';
import type { Explaining } from '../explain/explaining.ts';
import { PROBLEMS, type Problem } from '../explain/problem.ts';
import { ROUTES, type Route } from '../explain/report.ts';
import type { Language } from '../explain/translate.ts';

export const OPEN_MAIL_PORT = 'open-mail';
export const EXAMINE_PORT = 'examine';

/** Popup to page. */
export interface ExplainRequest {
  readonly kind: 'explain';
  readonly language: Language;
  /** Null means the message that the reader means. */
  readonly message: string | null;
  /** Read the mail and ask DNS again, whatever is known. */
  readonly again: boolean;
}

/** Page to worker: a source to examine, in base64 pieces, since large structured messages are slow or refused. */
export type SourceMessage =
  | {
      readonly kind: 'begin';
      readonly completeness: Completeness;
      readonly via: Route;
      readonly instead: Problem | null;
      readonly bytes: number;
      /** The own mail server that took the mail in, as the reader says; null where it is the page's to know. */
      readonly receivedBy: string | null;
      /** Ask DNS again, whatever is known. */
      readonly again: boolean;
    }
  | { readonly kind: 'piece'; readonly base64: string }
  | { readonly kind: 'end' }
  /** The worker is to read the source itself. */
  | { readonly kind: 'fetch'; readonly account: string; readonly id: string; readonly again: boolean };

/** Worker to page. `taken` asks for the next piece. */
export type WorkerMessage = { readonly kind: 'taken' } | Explaining;

type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

export function readExplainRequest(value: unknown): ExplainRequest | null {
  if (!isRecord(value) || value.kind !== 'explain') return null;
  const { language, message, again } = value;
  if (language !== 'en' && language !== 'ja') return null;
  if (message !== null && typeof message !== 'string') return null;
  return { kind: 'explain', language, message, again: again === true };
}

export function readSourceMessage(value: unknown): SourceMessage | null {
  if (!isRecord(value)) return null;
  switch (value.kind) {
    case 'end':
      return { kind: 'end' };
    case 'piece':
      return typeof value.base64 === 'string' ? { kind: 'piece', base64: value.base64 } : null;
    case 'begin':
      return readBegin(value);
    case 'fetch':
      return readFetch(value);
    default:
      return null;
  }
}

function readBegin({ completeness, via, instead, bytes, receivedBy, again }: Fields): SourceMessage | null {
  if (!isRoute(via) || !isLength(bytes) || !isCompleteness(completeness)) return null;
  const problem = PROBLEMS.find((code) => code === instead) ?? null;
  const server = typeof receivedBy === 'string' ? receivedBy : null;
  return {
    kind: 'begin',
    completeness,
    via,
    instead: problem,
    bytes,
    receivedBy: server,
    again: again === true,
  };
}

/** Only what an address of Gmail's is made of; nothing that could lead elsewhere. */
function readFetch({ account, id, again }: Fields): SourceMessage | null {
  if (typeof account !== 'string' || !/^\/mail\/(?:b\/[\w.@-]+\/)?u\/\d{1,3}\/$/.test(account)) return null;
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return null;
  return { kind: 'fetch', account, id, again: again === true };
}

function isRoute(value: unknown): value is Route {
  return (ROUTES as readonly unknown[]).includes(value);
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCompleteness(value: unknown): value is Completeness {
  return value === 'full' || value === 'reencoded' || value === 'headers';
}

const STATES = ['open', 'reading', 'report', 'problem'] satisfies readonly Explaining['kind'][];

/** The worker and the page are ours; the shape of a report is not checked again, its kind is. */
export function readExplaining(value: unknown): Explaining | null {
  return isRecord(value) && STATES.some((kind) => kind === value.kind)
    ? (value as unknown as Explaining)
    : null;
}

export function readWorkerMessage(value: unknown): WorkerMessage | null {
  return isRecord(value) && value.kind === 'taken' ? { kind: 'taken' } : readExplaining(value);
}
