/** IDNA (UTS 46) by `URL`, label by label: a slash or `#` in a label must never cut the name. */
import { toUnicode } from 'punycode/punycode.es6.js';
import type { AsciiDomain } from '../engine/index.ts';

/** What a label of A-labels may hold; the underscore for names such as `_domainkey`. */
const ASCII_LABEL = /^[a-z0-9_-]{1,63}$/;

/** A-labels in lower case, or null where a label is none. `mapped`: more than case and encoding changed. */
export function toAscii(domain: string): AsciiDomain | null {
  const labels = domain.replace(/\.$/, '').split('.').map(labelToAscii);
  if (labels.some((label) => label === null)) return null;
  const found = labels.filter((label) => label !== null);
  const name = found.map(({ domain: label }) => label).join('.');
  return name.length > 253 ? null : { domain: name, mapped: found.some(({ mapped }) => mapped) };
}

function labelToAscii(label: string): AsciiDomain | null {
  const lower = label.toLowerCase();
  if (ASCII_LABEL.test(lower)) {
    return lower.startsWith('xn--') ? readALabel(lower) : { domain: lower, mapped: false };
  }
  if (!/[^\x00-\x7f]/.test(label) || /[\x00-\x2c\x2f:-@[-^`{-\x7f]/.test(label)) return null;
  const host = hostOf(label);
  if (host === null || !ASCII_LABEL.test(host)) return null;
  const unchanged = host.startsWith('xn--') && toUnicode(host) === lower.normalize('NFC');
  return { domain: host, mapped: !unchanged };
}

/** An A-label must decode, and stand for a name that IDNA would write the same way: one beyond ASCII. */
function readALabel(label: string): AsciiDomain | null {
  return hostOf(label) === label && /[^\x00-\x7f]/.test(toUnicode(label))
    ? { domain: label, mapped: false }
    : null;
}

function hostOf(label: string): string | null {
  try {
    // A second label keeps a number from being read as an address.
    const { hostname } = new URL(`https://${label}.example`);
    return hostname.endsWith('.example') ? hostname.slice(0, -'.example'.length) : null;
  } catch {
    return null;
  }
}
