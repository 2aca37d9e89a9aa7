/** Edits of one record made to go together, and none that would protect its domain less than the record does now. */
import { type Edit, edited } from '../lint/lint.ts';
import type { DmarcLint } from './lint-remark.ts';
import { POLICIES } from './lint-tags.ts';
import { settlePolicy } from './policy.ts';
import { parseDmarcRecord } from './record.ts';

/**
 * Two edits at one place: what is inside another goes with it, and what is put in where another begins is put in by
 * that one as well. Remarks are in the order of their places.
 */
export function disentangled(remarks: readonly DmarcLint[]): readonly DmarcLint[] {
  return withoutInner(remarks.map((remark) => withNeighbour(remark, remarks)));
}

function withNeighbour(one: DmarcLint, remarks: readonly DmarcLint[]): DmarcLint {
  const { edit } = one;
  if (edit === null || edit.start !== edit.end) return one;
  const neighbour = remarks.find(
    (other) => other.edit?.start === edit.start && other.edit.end > edit.end,
  )?.edit;
  return neighbour == null ? one : { ...one, edit: { ...neighbour, text: edit.text + neighbour.text } };
}

function withoutInner(remarks: readonly DmarcLint[]): readonly DmarcLint[] {
  const outer = remarks
    .flatMap(({ edit }) => (edit === null ? [] : [edit]))
    .sort((one, other) => one.start - other.start || other.end - one.end);
  const inner = new Set<Edit>();
  let reach: Edit | null = null;
  for (const edit of outer) {
    const isSame = reach !== null && edit.start === reach.start && edit.end === reach.end;
    if (reach !== null && edit.end <= reach.end && edit.start < reach.end && !isSame) inner.add(edit);
    else reach = edit;
  }
  return remarks.map((one) => (one.edit !== null && inner.has(one.edit) ? { ...one, edit: null } : one));
}

/**
 * Takes back the edits that would weaken what receivers read in the record today, alone or together: a mended
 * `sp=none` may be what its owner wanted, but that is theirs to say.
 */
export function safe(text: string, remarks: readonly DmarcLint[]): readonly DmarcLint[] {
  const now = strength(text);
  if (now.every((rank) => rank <= 0)) return remarks;
  const isNoWeaker = (edits: readonly (Edit | null)[]): boolean => {
    const then = strength(edited(text, edits) ?? text);
    return now.every((rank, at) => rank <= (then[at] ?? 0));
  };
  const kept: Edit[] = [];
  return remarks.map((one) => {
    if (one.edit === null) return one;
    if (!isNoWeaker([one.edit]) || !isNoWeaker([...kept, one.edit])) return { ...one, edit: null };
    kept.push(one.edit);
    return one;
  });
}

/** What a record asks for its own name, for names below and for names that do not exist; 0 is nothing. */
function strength(text: string): readonly number[] {
  const record = parseDmarcRecord(text);
  if (record === null) return [0, 0, 0];
  const step = { domain: '', outcome: 'record', record, dns: 0 } as const;
  const below = record.sp === null ? 'p' : 'sp';
  return (['p', below, record.np === null ? below : 'np'] as const).map((tag) => {
    const found = settlePolicy('rfc9989', step, record, tag);
    return found.kind === 'record' ? POLICIES.indexOf(found.applied) : 0;
  });
}
