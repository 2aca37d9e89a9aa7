/** The table of levels, one row a test. */
import { describe, expect, it } from 'vitest';
import type { Level, Receiver, Rule } from '../../../../lib/engine/index.ts';
import { GMAIL_MAILBOX, look, type Row, rows } from '../kit.ts';
import { ZONE } from './verdict-kit.ts';

interface Case extends Row {
  readonly text: string;
  readonly zone?: Record<string, unknown>;
  readonly receiver?: Receiver;
  readonly rule: Rule;
  readonly level: Level;
  /** What our own check alone says. */
  readonly alone?: Level;
}

export function table(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    it.each(rows<Case>(cases))(
      '%s',
      async (_, { text, zone = ZONE, receiver = GMAIL_MAILBOX, rule, level, alone }) => {
        const { verdict } = await look(text, { zone, receiver });
        expect({ rule: verdict.rule, level: verdict.level }).toEqual({ rule, level });
        if (alone !== undefined) expect(verdict.checkedLevel).toBe(alone);
      },
    );
  });
}
