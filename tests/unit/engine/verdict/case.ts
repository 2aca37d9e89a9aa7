/** One mail for each thing that can be found, and what exactly is found in it. */
import type { FindingCode, FindingParams, Severity } from '../../../../lib/engine/index.ts';
import { A_FILE } from '../kit.ts';
import { type Looked, ZONE } from './verdict-kit.ts';

export interface CaseOf<C extends FindingCode> extends Looked {
  readonly text: string;
  readonly severity: Severity;
  readonly params: FindingParams[C];
  /** At once, before anything is answered; else when all is. */
  readonly when?: 'at-once';
}

/** Every case bears the parameters of its own code. */
export type Cases<C extends FindingCode = FindingCode> = { readonly [K in C]: CaseOf<K> };

/** A file with that text, whose findings are our own. */
export function file(text: string, zone: Looked['zone'] = ZONE): Looked & { readonly text: string } {
  return { text, zone, receiver: A_FILE };
}
