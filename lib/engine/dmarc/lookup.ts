/** The DNS tree walk of RFC 9989 §4.10: policy record and organizational domain, without a public suffix list. */
import { isDefinite } from '../dns/answer.ts';
import type { Ledger } from '../dns/ledger.ts';
import { MAX_WALK_QUERIES } from '../limits.ts';
import { type DmarcRecord, parseDmarcRecord } from './record.ts';

export interface WalkStep {
  /** The name whose `_dmarc` was asked for. */
  readonly domain: string;
  /** `several`: more than one record, so that none of them counts. */
  readonly outcome: 'record' | 'none' | 'several' | 'unanswered';
  readonly record: DmarcRecord | null;
  /** Index of the answer in the ledger. */
  readonly dns: number;
}

export interface Walk {
  /** The steps that count, from the start upwards. */
  readonly steps: readonly WalkStep[];
  /** The start's organizational domain; null where an unanswered question leaves it open. */
  readonly organizationalDomain: string | null;
}

/** The names of a walk, longest first: the start, then at most seven labels, down to the last one (§4.10 steps 3–7). */
export function walkNames(domain: string): readonly string[] {
  const labels = domain.split('.');
  const names = [domain];
  const next = labels.length >= MAX_WALK_QUERIES ? MAX_WALK_QUERIES - 1 : labels.length - 1;
  for (let count = next; count > 0; count--) names.push(labels.slice(-count).join('.'));
  return names;
}

/** Walks up from a domain (A-labels). Every name of the walk is known at the start, so all are asked at once. */
export async function walk(domain: string, ledger: Ledger): Promise<Walk> {
  const asked = await Promise.all(walkNames(domain).map((name) => askStep(name, ledger)));
  // §4.10 step 2: a record that says whether it is a public suffix's ends the walk.
  const last = asked.findIndex(({ record }) => record !== null && record.psd !== 'u');
  const steps = last === -1 ? asked : asked.slice(0, last + 1);
  return { steps, organizationalDomain: organizationalDomain(domain, steps) };
}

/** Asks for the record of one name (§4.10 steps 2 and 6). */
export async function askStep(domain: string, ledger: Ledger): Promise<WalkStep> {
  const { answer, index } = await ledger.ask(`_dmarc.${domain}`, 'TXT');
  const step = (outcome: WalkStep['outcome'], record: DmarcRecord | null = null): WalkStep => ({
    domain,
    outcome,
    record,
    dns: index,
  });
  if (!isDefinite(answer)) return step('unanswered');
  const records = answer.answers.map(parseDmarcRecord).filter((record) => record !== null);
  const [record] = records;
  if (record === undefined) return step('none');
  // Several records at one name are all dropped, and the walk goes on.
  return records.length > 1 ? step('several') : step('record', record);
}

/** §4.10.2, from the longest name to the shortest. */
function organizationalDomain(start: string, steps: readonly WalkStep[]): string | null {
  if (steps.some(({ outcome }) => outcome === 'unanswered')) return null;
  const withRecord = steps.filter(({ record }) => record !== null);
  for (const { domain, record } of withRecord) {
    if (record?.psd === 'n') return domain;
    if (record?.psd === 'y' && domain !== start) return oneLabelBelow(domain, start);
  }
  return withRecord.at(-1)?.domain ?? start;
}

function oneLabelBelow(domain: string, start: string): string {
  return start
    .split('.')
    .slice(-(domain.split('.').length + 1))
    .join('.');
}
