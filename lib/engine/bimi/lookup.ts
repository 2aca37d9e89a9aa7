/** Where the assertion record of an author domain stands (draft-brand-indicators-for-message-identification §7.2). */
import { isDefinite } from '../dns/answer.ts';
import type { Ledger } from '../dns/ledger.ts';
import { type BimiRecord, parseBimiRecord } from './record.ts';

export const DEFAULT_SELECTOR = 'default';

export type BimiAnswer =
  | {
      readonly kind: 'found';
      /** The domain at whose `_bimi` it stands. */
      readonly domain: string;
      readonly selector: string;
      /** Null where there are several: none of them counts. */
      readonly record: BimiRecord | null;
      readonly dns: readonly number[];
    }
  | { readonly kind: 'none'; readonly dns: readonly number[] }
  | { readonly kind: 'unanswered'; readonly dns: readonly number[] };

export interface BimiQuestion {
  readonly authorDomain: string;
  /** Null where DNS leaves it open. Domains are A-labels. */
  readonly organizationalDomain: string | null;
  /** From a signed BIMI-Selector field, else `default`. */
  readonly selector: string;
}

/** The author domain's record, else its organizational domain's by the same selector; several records end the search. */
export async function lookUpBimi(question: BimiQuestion, ledger: Ledger): Promise<BimiAnswer> {
  const { authorDomain, organizationalDomain, selector } = question;
  const own = await askRecord(authorDomain, selector, ledger);
  if (own.kind !== 'none' || organizationalDomain === authorDomain) return own;
  if (organizationalDomain === null) return { kind: 'unanswered', dns: own.dns };
  const above = await askRecord(organizationalDomain, selector, ledger);
  return { ...above, dns: [...own.dns, ...above.dns] };
}

async function askRecord(domain: string, selector: string, ledger: Ledger): Promise<BimiAnswer> {
  const { answer, index } = await ledger.ask(`${selector}._bimi.${domain}`, 'TXT');
  const dns = [index];
  if (!isDefinite(answer)) return { kind: 'unanswered', dns };
  const [record, ...others] = answer.answers.map(parseBimiRecord).filter((found) => found !== null);
  if (record === undefined) return { kind: 'none', dns };
  return { kind: 'found', domain, selector, record: others.length === 0 ? record : null, dns };
}
