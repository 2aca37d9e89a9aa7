/** The value of each tag that is no list of addresses, and the names of the tags (RFC 9989 §4.7). */
import { type DmarcLint, FORMAT, POLICY, remark } from './lint-remark.ts';
import { CLOSED, KNOWN, meantOptions, meantTag, meantValue, OBSOLETE, POLICIES } from './lint-tags.ts';
import type { Span, Token } from './lint-tokens.ts';

/** What a name means that is none of DMARC's, or a word without a name. `present`: the names that are there. */
export function lintName(token: Token, present: ReadonlySet<string>): DmarcLint | null {
  const { name, value, written } = token;
  if (KNOWN.has(name)) return null;
  const policy = name === '' ? meantValue('p', written) : null;
  if (policy !== null && !present.has('p')) {
    const edit = { start: token.start, end: token.end, text: `p=${policy}` };
    return remark('error', FORMAT, token, 'dmarc-bare-policy', { value: written }, edit);
  }
  if (name === '') return remark('error', FORMAT, token, 'dmarc-not-a-tag', { value: written });
  const nameSpan = { start: token.start, end: token.nameEnd };
  const meant = meantTag(name, value);
  if (meant !== null && !present.has(meant)) {
    const edit = { ...nameSpan, text: meant };
    return remark('error', FORMAT, nameSpan, 'dmarc-misspelt-tag', { tag: name, meant }, edit);
  }
  return /^[a-z]+$/.test(name)
    ? remark('warn', FORMAT, nameSpan, 'dmarc-unknown-tag', { tag: name })
    : remark('error', FORMAT, token, 'dmarc-not-a-tag', { value: written });
}

/** What there is to say about a known tag's value; `remove` is the edit that takes the tag out. */
export function lintValue(token: Token, remove: DmarcLint['edit'], asksFor: boolean): DmarcLint | null {
  const { name, value } = token;
  if (OBSOLETE.includes(name)) return lintObsolete(token, remove, asksFor);
  const at = value === '' ? token : { start: token.valueStart, end: token.end };
  if (name === 'fo') return lintOptions(at, value);
  const allowed = CLOSED.get(name);
  if (allowed === undefined || allowed.includes(value.toLowerCase())) return null;
  const meant = meantValue(name, value);
  const edit = meant === null ? null : { start: token.valueStart, end: token.end, text: meant };
  return allowed === POLICIES
    ? remark('error', POLICY, at, 'dmarc-policy-value', { tag: name, value }, edit)
    : remark('error', FORMAT, at, 'dmarc-bad-value', { tag: name, value, allowed: allowed.join(', ') }, edit);
}

/** `fo=`: `0` or `1`, and `d` and `s`, each once. */
function lintOptions(at: Span, value: string): DmarcLint | null {
  const options = value
    .toLowerCase()
    .split(':')
    .map((option) => option.trim());
  const distinct = new Set(options);
  const isContradiction = distinct.has('0') && distinct.has('1');
  const areKnown = options.every((option) => /^[01ds]$/.test(option));
  if (areKnown && !isContradiction && distinct.size === options.length) return null;
  const meant = meantOptions(value);
  const edit = meant === null ? null : { ...at, text: meant };
  return remark('error', FORMAT, at, 'dmarc-failure-options', { value }, edit);
}

/**
 * Tags of RFC 7489. A share of the mail is the one that still does harm: by the rule of today the policy is for all of
 * it. What its owner wants instead, all of the mail or a test (`t=y`), is not for us to say.
 */
function lintObsolete(token: Token, remove: DmarcLint['edit'], asksFor: boolean): DmarcLint {
  const { name, value } = token;
  const percentage = name === 'pct' && /^\d{1,3}$/.test(value) ? Number(value) : 100;
  return percentage < 100 && asksFor
    ? remark('warn', 'RFC 9989 Appendix C', token, 'dmarc-obsolete-percentage', { percentage })
    : remark('info', 'RFC 9989 Appendix C', token, 'dmarc-obsolete-tag', { tag: name }, remove);
}
