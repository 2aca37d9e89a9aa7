/** The SPF record of the domain, and the way through all that it refers to. */
import type { Ledger } from '../dns/ledger.ts';
import { isSpfAttempt, lintSpf } from '../spf/lint.ts';
import { firstFault, isSpfRecord, parseSpfRecord } from '../spf/record.ts';
import { type SpfTree, spfTree } from '../spf/tree.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainRecord, RecordFact } from './records.ts';
import { hasNone, type TextKind, type TextsAt, textRecords, textsAt } from './texts.ts';
import type { Use } from './use.ts';

export interface SpfFound {
  readonly texts: TextsAt;
  /** Null where there is not exactly one record. */
  readonly tree: SpfTree | null;
}

const SPF_TEXTS: TextKind = { isRecord: isSpfRecord, isAttempt: isSpfAttempt };

export async function askSpf(domain: string, ledger: Ledger): Promise<SpfFound> {
  const texts = await textsAt(domain, SPF_TEXTS, ledger);
  return { texts, tree: texts.records.length === 1 ? await spfTree(domain, ledger) : null };
}

export function spfRecords(found: SpfFound): readonly DomainRecord[] {
  const { texts, tree } = found;
  const readable = readableTree(found);
  const facts: readonly RecordFact[] =
    readable === null ? [] : [{ code: 'lookups', params: { count: readable.lookups } }];
  return textRecords(
    'spf',
    texts,
    () => facts,
    (text) => lintSpf(text, tree),
  );
}

/** A record with a syntax error leads nowhere (§4.6), whatever its other terms would cost. */
export function readableTree({ tree }: SpfFound): SpfTree | null {
  const text = tree?.root.text ?? null;
  return text === null || firstFault(parseSpfRecord(text)) !== null ? null : tree;
}

export function spfFindings({ texts }: SpfFound, domain: string, use: Use): readonly DomainFinding[] {
  const dns = [texts.dns];
  const { length: count } = texts.records;
  if (count > 1) return [{ code: 'spf-several', params: { domain, count }, severity: 'error', dns }];
  if (!hasNone(texts)) return [];
  const isUnused = use.takesMail === false;
  return [
    { code: isUnused ? 'spf-missing-unused' : 'spf-missing', params: { domain }, severity: 'warn', dns },
  ];
}
