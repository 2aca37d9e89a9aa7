/** Terms on their own, as they would be read in a record. */
import { type Mechanism, type Modifier, parseSpfRecord } from './record.ts';

/** A term that has a meaning. */
export type Readable = Mechanism | Modifier;

/** The one term that a text is; null where it is none, or more. */
export function readTerm(text: string): Readable | null {
  const [term, ...more] = parseSpfRecord(`v=spf1 ${text}`);
  const isReadable = term?.kind === 'mechanism' || term?.kind === 'modifier';
  return isReadable && more.length === 0 ? term : null;
}

/** The terms that a text is, between single spaces; null where one of them is none. */
export function readTerms(text: string): readonly Readable[] | null {
  const terms = text.split(' ').map(readTerm);
  return terms.every((term) => term !== null) ? terms : null;
}
