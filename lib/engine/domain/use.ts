/** What a domain is used for, as far as its records tell: advice for a mailbox domain does not fit a parked one. */
import type { MxAnswer } from '../mx/lookup.ts';
import { firstFault, inOrder, parseSpfRecord } from '../spf/record.ts';

export interface Use {
  /** Whether it takes mail; null where DNS leaves it open. */
  readonly takesMail: boolean | null;
  /** Whether it sends any; null where nothing says so. */
  readonly sendsMail: boolean | null;
  /** It takes none, and its SPF record says that it sends none. */
  readonly saysNoMail: boolean;
}

/** `spf`: the domain's SPF records; null where DNS gave no answer. */
export function useOf(mx: MxAnswer, spf: readonly string[] | null): Use {
  const takesMail = mx.kind === 'unanswered' ? null : mx.kind === 'exchanges' || mx.kind === 'implicit';
  const [record] = spf ?? [];
  if (record !== undefined) {
    const sendsMail = !allowsNobody(record);
    return { takesMail, sendsMail, saysNoMail: takesMail === false && !sendsMail };
  }
  // RFC 7505 §4.2: who takes no mail cannot take the bounces of what it sends either.
  const isSilent = spf !== null && (mx.kind === 'null' || mx.kind === 'none');
  return { takesMail, sendsMail: isSilent ? false : null, saysNoMail: false };
}

/** `v=spf1 -all`: nobody may send for the domain. */
export function allowsNobody(record: string): boolean {
  const terms = parseSpfRecord(record);
  const [first] = inOrder(terms);
  const isAll = first?.kind === 'mechanism' && first.test.name === 'all' && first.qualifier === '-';
  return isAll && firstFault(terms) === null;
}
