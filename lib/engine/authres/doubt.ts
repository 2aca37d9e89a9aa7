/** Results that the receiver wrote and that count for nothing all the same. */
import type { Authors } from '../message/author.ts';
import type { Ports } from '../ports.ts';
import { domainPart, type Found, type IgnoredBecause, type ResultField } from './evidence.ts';
import { type AuthResults, isOpen, type MethodResult, propertyOf } from './parse.ts';

/** What is left of the fields believed; where one of them cannot be believed, nothing beside it can. */
export function withoutDoubt(found: Found, authors: Authors, ports: Pick<Ports, 'toAscii'>): Found {
  const doubt = doubtAbout(found.believed, authors, ports);
  if (doubt === null) return found;
  const refused = found.believed.map(({ field }) => ({ field, because: doubt }));
  return { ...found, believed: [], refused: [...found.refused, ...refused] };
}

/** One that could not be read, two results for DMARC that differ, or a result about another From. */
function doubtAbout(
  believed: readonly ResultField[],
  authors: Authors,
  ports: Pick<Ports, 'toAscii'>,
): IgnoredBecause | null {
  if (believed.some(({ parsed }) => isOpen(parsed))) return 'unparseable';
  const dmarc = believed.flatMap(({ parsed }) => parsed.results.filter(({ method }) => method === 'dmarc'));
  if (new Set(dmarc.map(({ result }) => result)).size > 1) return 'contradiction';
  const domains = authorDomains(authors);
  const isAboutAuthor = dmarc.every(({ properties }) => {
    const domain = ports.toAscii(domainPart(propertyOf(properties, 'header', 'from')))?.domain;
    return domain !== undefined && domains.has(domain);
  });
  return isAboutAuthor ? null : 'from-mismatch';
}

function authorDomains(authors: Authors): ReadonlySet<string> {
  switch (authors.kind) {
    case 'one':
      return new Set([authors.author.domain]);
    case 'several':
      return new Set(authors.authors.map(({ domain }) => domain));
    case 'none':
      return new Set();
  }
}

/**
 * Receivers write MAIL FROM and `i=` of DKIM into comments and values as the sender gave them. A quoted local part may
 * hold what ends a comment or a result, and then what follows may be the sender's own `dmarc=pass`. All of it comes
 * before the receiver's `dmarc=`, and MAIL FROM twice: whatever it hides or adds, one of these marks is left.
 */
export function mayHoldSendersWords({ results, warnings }: AuthResults): boolean {
  return (
    warnings.length > 0 ||
    results.some(({ properties }) => properties.some(({ value }) => /[()";]/.test(value))) ||
    results.some((result) => result.method === 'dmarc' && isStrange(result))
  );
}

/** A property twice, or one that no receiver writes with `dmarc=`. */
function isStrange({ properties }: MethodResult): boolean {
  const names = properties.map(({ ptype, name }) => `${ptype}.${name}`);
  return new Set(names).size < names.length || names.some((name) => !BESIDE_DMARC.has(name));
}

/** What receivers write with `dmarc=`; `.action` is Exchange's, without a type. */
const BESIDE_DMARC: ReadonlySet<string> = new Set(['header.from', 'policy.dmarc', '.action']);
