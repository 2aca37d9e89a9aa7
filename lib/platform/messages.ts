/**
 * The two conversations of the extension, as ports. Everything that comes over one is unknown until it is read here.
 *
 *   popup ──{explain}──▶ page      page ──{reading | report | problem}──▶ popup
 *   page ──{begin, piece…, end}──▶ worker      worker ──{report | problem}──▶ page
 */
import type { Completeness } from '../engine/index.ts';
import type { Problem } from '../explain/problem.ts';
import type { MessageReport } from '../explain/report.ts';
import type { Language } from '../explain/translate.ts';

export const OPEN_MAIL_PORT = 'open-mail';
export const EXAMINE_PORT = 'examine';

/** Popup to page. */
export interface ExplainRequest {
  readonly kind: 'explain';
  readonly language: Language;
}

/** Page to worker: the octets of a source, in base64 pieces, since large structured messages are slow or refused. */
export type SourceMessage =
  | {
      readonly kind: 'begin';
      readonly completeness: Completeness;
      readonly via: string;
      readonly bytes: number;
    }
  | { readonly kind: 'piece'; readonly base64: string }
  | { readonly kind: 'end' };

/** Worker to page, and page to popup. */
export type ReportMessage =
  | { readonly kind: 'reading' }
  | { readonly kind: 'report'; readonly report: MessageReport }
  | { readonly kind: 'problem'; readonly problem: Problem };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function readExplainRequest(value: unknown): ExplainRequest | null {
  if (!isRecord(value) || value.kind !== 'explain') return null;
  const { language } = value;
  return language === 'en' || language === 'ja' ? { kind: 'explain', language } : null;
}

export function readSourceMessage(value: unknown): SourceMessage | null {
  if (!isRecord(value)) return null;
  const { kind, completeness, via, bytes, base64 } = value;
  if (kind === 'end') return { kind };
  if (kind === 'piece' && typeof base64 === 'string') return { kind, base64 };
  if (kind !== 'begin' || typeof via !== 'string' || !isLength(bytes)) return null;
  return isCompleteness(completeness) ? { kind, completeness, via, bytes } : null;
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCompleteness(value: unknown): value is Completeness {
  return value === 'full' || value === 'reencoded' || value === 'headers';
}

/** Whether nothing follows: a problem, or a report whose checks have ended. */
export function isFinal(message: ReportMessage): boolean {
  return (
    message.kind === 'problem' || (message.kind === 'report' && message.report.checked.state !== 'pending')
  );
}

/** The worker and the page are ours; the shape of a report is not checked again, its kind is. */
export function readReportMessage(value: unknown): ReportMessage | null {
  if (!isRecord(value)) return null;
  const { kind } = value;
  return kind === 'reading' || kind === 'report' || kind === 'problem'
    ? (value as unknown as ReportMessage)
    : null;
}
