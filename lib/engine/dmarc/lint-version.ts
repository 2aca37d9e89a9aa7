/** `v=DMARC1`: it stands first and is written exactly so, or the whole record is passed over (RFC 9989 §4.7). */

import { distance } from '../lint/words.ts';
import { type DmarcLint, FORMAT, remark } from './lint-remark.ts';
import type { Token } from './lint-tokens.ts';

const VERSION = 'v=DMARC1';

export interface Version {
  /** Where the version stands among the tokens, misspelt or not; -1 where it is missing. */
  readonly index: number;
  readonly remarks: readonly DmarcLint[];
}

/** Whether tokens are an attempt at a DMARC record, however broken. */
export function isAttempt(tokens: readonly Token[]): boolean {
  if (tokens.some(isVersion)) return true;
  const first = tokens[0];
  // A record of another protocol may stand at the name: `v=DKIM1; p=…`, `v=spf1 …`.
  if (first?.name === 'v' && OTHER_PROTOCOLS.test(first.value)) return false;
  return tokens.some(({ name }) => OWN_TAGS.has(name));
}

const OWN_TAGS = new Set(['p', 'sp', 'rua', 'ruf', 'adkim', 'aspf']);
const OTHER_PROTOCOLS = /^(?:spf|dkim|bimi|sts|tlsrpt|verifymc|arc|mta)/i;

export function lintVersion(tokens: readonly Token[]): Version {
  const [first] = tokens;
  if (first === undefined) return { index: -1, remarks: [] };
  const remarks: DmarcLint[] = [];
  if (first.start > 0) {
    const blanks = { start: 0, end: first.start };
    remarks.push(remark('error', FORMAT, blanks, 'dmarc-start', {}, { ...blanks, text: '' }));
  }
  const found = tokens.findIndex(isVersion);
  const index = found === -1 && first.name === 'v' ? 0 : found;
  if (index === 0) {
    if (!isExact(first)) {
      const edit = { start: first.start, end: first.end, text: VERSION };
      remarks.push(remark('error', FORMAT, first, 'dmarc-version', { value: first.written }, edit));
    }
    return { index, remarks };
  }
  const gap = { start: first.start, end: first.start };
  remarks.push(remark('error', FORMAT, gap, 'dmarc-version-missing', {}, { ...gap, text: `${VERSION}; ` }));
  const late = tokens[index];
  const before = tokens[index - 1];
  if (late !== undefined && before !== undefined) {
    const edit = { start: before.end, end: late.end, text: '' };
    remarks.push(remark('warn', FORMAT, late, 'dmarc-version-place', {}, edit));
  }
  return { index, remarks };
}

function isExact({ name, value, badEquals }: Token): boolean {
  return name === 'v' && value === 'DMARC1' && badEquals === null;
}

const NEAR = ['vdmarc1', 'dmarc1', 'versiondmarc1'];
const MAX_VERSION = 24;

/** The version or a slip of it: other case, other signs, one letter off, `v` left out or written out. */
function isVersion({ name, written }: Token): boolean {
  if (written.length > MAX_VERSION || (name !== 'v' && name !== '' && !/^(?:version|d|vv)$/.test(name)))
    return false;
  const letters = written.toLowerCase().replace(/[^a-z0-9]/g, '');
  return NEAR.some((near) => distance(letters, near) <= 1);
}
