/** The servers that a user or a policy names, as text: one a line, its id first, then a gateway's address ranges. */
import { parseRange } from './address-range.ts';
import type { TrustedServer } from './evidence.ts';

export interface TrustedServers {
  readonly servers: readonly TrustedServer[];
  /** Lines that name no server, from 1; they are left out. */
  readonly errors: readonly { readonly line: number; readonly why: 'id' | 'range' }[];
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;
/** RFC 1035 §2.3.4. */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/**
 * Reads lines such as `mx.example.org` (a receiver of one's own) and `*.example.org 192.0.2.0/24 2001:db8::/32` (a
 * gateway). `#` begins a comment. Total and linear.
 */
export function parseTrustedServers(text: string): TrustedServers {
  const servers: TrustedServer[] = [];
  const errors: { line: number; why: 'id' | 'range' }[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [id = '', ...words] = line
      .replace(/#.*/, '')
      .split(/[ \t,]+/)
      .filter(Boolean);
    if (id === '') continue;
    const ranges = words.map(parseRange).filter((range) => range !== null);
    if (!isServerId(id)) errors.push({ line: index + 1, why: 'id' });
    else if (ranges.length < words.length) errors.push({ line: index + 1, why: 'range' });
    else servers.push({ id: id.toLowerCase(), ranges });
  }
  return { servers, errors };
}

/** A host name, or `*.` before one: a star alone, or before a top-level domain, would be anybody's. */
function isServerId(text: string): boolean {
  const labels = text.toLowerCase().split('.');
  const isWild = labels[0] === '*';
  const name = isWild ? labels.slice(1) : labels;
  return (
    text.length <= MAX_NAME &&
    name.length >= 2 &&
    name.every((label) => label.length <= MAX_LABEL && LABEL.test(label))
  );
}
