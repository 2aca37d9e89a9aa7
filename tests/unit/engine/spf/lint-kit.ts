/** What the tests of SPF remarks share. */
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import type { RecordType } from '../../../../lib/engine/index.ts';
import { editedBy } from '../../../../lib/engine/lint/lint.ts';
import { lintSpf, type SpfLint } from '../../../../lib/engine/spf/lint.ts';
import { type SpfTree, spfTree } from '../../../../lib/engine/spf/tree.ts';
import { portsOver } from '../kit.ts';
import type { Records } from './spf-kit.ts';

/** `severity code "what it points at"`, one line each. */
export function told(text: string, lints: readonly SpfLint[]): string[] {
  return lints.map(({ severity, code, start, end }) => `${severity} ${code} "${text.slice(start, end)}"`);
}

/** The remarks about a text alone. */
export function lines(text: string): string[] {
  return told(text, lintSpf(text, null));
}

/** The text with everything mended that can be; null where nothing is. */
export function corrected(text: string): string | null {
  return editedBy(text, lintSpf(text, null));
}

export interface Grown {
  readonly tree: SpfTree;
  /** The remarks about the domain's own record. */
  readonly lints: readonly SpfLint[];
  readonly lines: readonly string[];
  /** Every question that was asked, in its order. */
  readonly asked: readonly string[];
}

/** The tree of `bank.example` in a zone. */
export async function grown(zone: Records): Promise<Grown> {
  const ports = portsOver(zone);
  const asked: string[] = [];
  const ledger = openLedger((name: string, type: RecordType) => {
    asked.push(`${name} ${type}`);
    return ports.resolve(name, type);
  });
  const tree = await spfTree('bank.example', ledger);
  const text = tree.root.text ?? '';
  const lints = tree.root.text === null ? [] : lintSpf(text, tree);
  return { tree, lints, lines: told(text, lints), asked };
}
