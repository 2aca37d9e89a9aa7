/** A record's text cut where remarks begin and end, and a corrected text cut where it differs: what views draw. */
import type { ReportedLint, ReportedSeverity } from '../lib/explain/domain-report.ts';

export interface Segment {
  /** As it stands in the record; '' for a gap, where something is missing. */
  readonly text: string;
  /** Of the gravest remark about it; null where there is none. */
  readonly severity: ReportedSeverity | null;
  /** The remarks that end here, by their place in the list from 1. */
  readonly numbers: readonly number[];
}

type Place = Pick<ReportedLint, 'start' | 'end' | 'severity'>;
type Numbered = Place & { readonly number: number };

const GRAVEST: readonly ReportedSeverity[] = ['error', 'warn', 'info'];

/** The whole text, in order; a gap stands before what follows it. */
export function segmentsOf(text: string, lint: readonly Place[]): readonly Segment[] {
  const places = lint.map(({ start, end, severity }, index) => {
    const from = within(start, text);
    return { start: from, end: Math.max(from, within(end, text)), severity, number: index + 1 };
  });
  const cuts = [...new Set([0, text.length, ...places.flatMap(({ start, end }) => [start, end])])];
  return cuts
    .sort((one, other) => one - other)
    .flatMap((cut, index, all) => {
      const gaps = places.filter(({ start, end }) => start === cut && end === cut);
      const next = all[index + 1];
      const gap = gaps.length === 0 ? [] : [segment('', gaps, gaps)];
      if (next === undefined) return gap;
      const over = places.filter(({ start, end }) => start <= cut && end >= next);
      return [
        ...gap,
        segment(
          text.slice(cut, next),
          over,
          over.filter(({ end }) => end === next),
        ),
      ];
    });
}

function segment(text: string, over: readonly Numbered[], ending: readonly Numbered[]): Segment {
  const severity = GRAVEST.find((each) => over.some((place) => place.severity === each)) ?? null;
  return { text, severity, numbers: ending.map(({ number }) => number) };
}

function within(at: number, { length }: string): number {
  return Math.min(Math.max(at, 0), length);
}

export interface Stretch {
  readonly text: string;
  readonly isNew: boolean;
}

/** Comparing word by word takes the product of both numbers of words. */
const MAX_COMPARED = 250_000;

/** The corrected text, with what was not so in the old one told apart. */
export function changesOf(old: string, corrected: string): readonly Stretch[] {
  const [before, after] = [wordsOf(old), wordsOf(corrected)];
  const head = commonLength(before, after);
  const tail = commonLength(before.slice(head).reverse(), after.slice(head).reverse());
  const middle = after.slice(head, after.length - tail);
  const kept = keptOf(before.slice(head, before.length - tail), middle);
  return joined([
    ...after.slice(0, head).map((text) => ({ text, isNew: false })),
    ...middle.map((text, index) => ({ text, isNew: !kept.has(index) })),
    ...after.slice(after.length - tail).map((text) => ({ text, isNew: false })),
  ]);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[;=,:"]|[^\s;=,:"]+/g) ?? [];
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((word, index) => word !== other[index]);
  return differs === -1 ? Math.min(one.length, other.length) : differs;
}

/** Places in `after` that belong to a longest common subsequence. */
function keptOf(before: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const kept = new Set<number>();
  if (before.length * after.length > MAX_COMPARED) return kept;
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      longest[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < before.length && column < after.length; ) {
    if (before[row] === after[column]) {
      kept.add(column);
      row++;
      column++;
    } else if (at(row + 1, column) > at(row, column + 1)) row++;
    else column++;
  }
  return kept;
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const { text, isNew } of stretches) {
    const last = whole.at(-1);
    if (last?.isNew === isNew) whole[whole.length - 1] = { text: last.text + text, isNew };
    else whole.push({ text, isNew });
  }
  return whole;
}
