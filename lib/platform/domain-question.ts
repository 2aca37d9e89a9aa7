/** A question for the records of a domain: held in bounds wherever it comes from, a link or a page. */
import { MAX_SELECTORS } from '../engine/index.ts';
import { isRecord } from './messages.ts';

export interface DomainQuestion {
  /** A-labels, lower case. */
  readonly domain: string;
  /** Selectors of signatures seen (RFC 6376 §3.1), for their keys. */
  readonly selectors: readonly string[];
}

const MAX_NAME = 253;
const LABELS = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/** A question from what a mail says: what can be no name in DNS is left out. Null where the domain is none. */
export function domainQuestion(domain: string, selectors: readonly string[]): DomainQuestion | null {
  const known = new Set(selectors.map((selector) => selector.toLowerCase()).filter(isName));
  return readDomainQuestion({
    domain: domain.toLowerCase(),
    selectors: [...known].slice(0, MAX_SELECTORS),
  });
}

/** A question of somebody else's, taken as it stands or not at all. */
export function readDomainQuestion(value: unknown): DomainQuestion | null {
  if (!isRecord(value)) return null;
  const { domain, selectors } = value;
  if (!isDomain(domain) || !Array.isArray(selectors) || selectors.length > MAX_SELECTORS) return null;
  return selectors.every(isName) ? { domain, selectors } : null;
}

/** The question as the fragment of our page's address, which no server sees. */
export function toFragment({ domain, selectors }: DomainQuestion): string {
  return selectors.length === 0 ? `#domain=${domain}` : `#domain=${domain}&selectors=${selectors.join(',')}`;
}

export function fromFragment(fragment: string): DomainQuestion | null {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const selectors = fields.get('selectors') ?? '';
  return readDomainQuestion({
    domain: fields.get('domain'),
    selectors: selectors === '' ? [] : selectors.split(','),
  });
}

/** At least two labels, and no address: its last label would be a number (RFC 3696 §2). */
function isDomain(value: unknown): value is string {
  return isName(value) && value.includes('.') && !/\.\d+$/.test(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME && LABELS.test(value);
}
