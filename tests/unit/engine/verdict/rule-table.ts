/** The table of levels, one row a test; whatever the row, every moment of it is sound and no level flips. */
import { describe, expect, it } from 'vitest';
import type { FindingCode, Level, Rule } from '../../../../lib/engine/index.ts';
import { type Row, rows } from '../kit.ts';
import { expectMonotone, expectSound, isComparison } from './soundness.ts';
import { type Looked, moments } from './verdict-kit.ts';

interface Case extends Row, Looked {
  readonly text: string;
  readonly rule: Rule;
  readonly level: Level;
  /** What our own check alone says. */
  readonly alone?: Level;
  /** Then against now: all that is told of it. */
  readonly now?: readonly FindingCode[];
  /** Other codes that say why. */
  readonly says?: readonly FindingCode[];
  readonly never?: readonly FindingCode[];
}

export function table(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    it.each(rows<Case>(cases))(
      '%s',
      async (_, { text, rule, level, alone, now = [], says = [], never = [], ...looked }) => {
        const told = await moments(text, looked);
        for (const examination of told) expectSound(examination);
        expectMonotone(told);
        const verdict = told.at(-1)?.verdict;
        const codes = verdict?.findings.map(({ code }) => code) ?? [];
        expect({ rule: verdict?.rule, level: verdict?.level }).toEqual({ rule, level });
        if (alone !== undefined) expect(verdict?.checkedLevel).toBe(alone);
        expect(codes.filter(isComparison)).toEqual(now);
        expect(codes).toEqual(expect.arrayContaining([...says]));
        for (const code of never) expect(codes).not.toContain(code);
      },
    );
  });
}
