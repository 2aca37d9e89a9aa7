/**
 * Remarks about a DMARC record (RFC 9989): what is not written as it must be, at the very characters, and what the
 * record asks for that its owner may not want.
 */
import { entriesOf, hostOf, lintAddresses } from './lint-addresses.ts';
import { type CleanText, cleanText, type Stray } from './lint-characters.ts';
import { disentangled, safe } from './lint-edits.ts';
import { type DmarcPlace, lintPolicy, policyOf, type Reading } from './lint-policy.ts';
import { type DmarcLint, FORMAT, GRAMMAR, remark } from './lint-remark.ts';
import { meantValue } from './lint-tags.ts';
import { isList, type Token, tokenize } from './lint-tokens.ts';
import { lintName, lintValue } from './lint-values.ts';
import { isAttempt, lintVersion } from './lint-version.ts';

export type { DmarcPlace } from './lint-policy.ts';
export type { DmarcLintParams } from './lint-remark.ts';

/** More than any record that is meant; what comes behind is not told. */
const MAX_REMARKS = 64;

/** Whether a text is meant as a DMARC record, however broken; other texts may stand at the name. */
export function isDmarcAttempt(text: string): boolean {
  return isAttempt(tokenize(cleanText(text).clean).tokens);
}

/** Goes through one TXT record of `_dmarc`, read as UTF-8. */
export function lintDmarc(text: string, place: DmarcPlace): readonly DmarcLint[] {
  const cleaned = cleanText(text);
  const { tokens, empty } = tokenize(cleaned.clean);
  if (!isAttempt(tokens)) {
    return [remark('info', FORMAT, { start: 0, end: text.length }, 'dmarc-no-record', {})];
  }
  const version = lintVersion(tokens);
  const reading = read(tokens, version.index);
  const found = [
    ...version.remarks,
    ...empty.map((span) => remark('warn', GRAMMAR, span, 'dmarc-empty-tag', {}, { ...span, text: '' })),
    ...tokens.flatMap((_, index) => lintToken(reading, index)),
    ...(place.purpose === 'policy' ? lintPolicy(reading, place) : []),
  ].map((one) => placed(one, cleaned));
  // Where both are about the same characters, what the record needs there comes before what has no place.
  const all = [...found, ...cleaned.strays.map(lintStray)].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  );
  return safe(text, disentangled(all.slice(0, MAX_REMARKS)));
}

/** A remark about the clean text as one about the text itself. */
function placed(one: DmarcLint, { range, cut }: CleanText): DmarcLint {
  const { start, end } = range(one.start, one.end);
  if (one.edit === null) return { ...one, start, end };
  const { start: from, end: to, text } = one.edit;
  const at = text === '' ? cut(from, to) : range(from, to);
  return { ...one, start, end, edit: { start: at.start, end: at.end, text } };
}

function read(tokens: readonly Token[], versionIndex: number): Reading {
  const first = new Map<string, Token>();
  for (const token of tokens) if (token.name !== '' && !first.has(token.name)) first.set(token.name, token);
  const misnamed = new Map<Token, DmarcLint>();
  const present = new Set(first.keys());
  for (const [index, token] of tokens.entries()) {
    const said = index === versionIndex ? null : lintName(token, present);
    if (said === null) continue;
    misnamed.set(token, said);
    // What a slip was meant to be is there from now on: a second one is no slip of the same.
    if (said.code === 'dmarc-misspelt-tag') present.add(said.params.meant);
    if (said.code === 'dmarc-bare-policy') present.add('p');
  }
  const rua = first.get('rua');
  const hasReportAddress =
    rua !== undefined && entriesOf(rua.value, 0).some(({ text }) => hostOf(text) !== null);
  return { tokens, first, present, misnamed, versionIndex, hasReportAddress };
}

function lintToken({ tokens, first, misnamed, versionIndex }: Reading, index: number): readonly DmarcLint[] {
  const token = tokens[index];
  if (token === undefined) return [];
  const { name, badSeparator, badEquals } = token;
  const remarks: DmarcLint[] = [];
  if (badSeparator !== null) {
    const edit = { ...badSeparator, text: '; ' };
    remarks.push(remark('error', GRAMMAR, badSeparator, 'dmarc-separator', { tag: name }, edit));
  }
  // What there is to say about the version is said.
  if (index === versionIndex) return remarks;
  if (badEquals !== null) {
    const edit = { ...badEquals, text: '=' };
    remarks.push(remark('error', GRAMMAR, badEquals, 'dmarc-equals', { tag: name }, edit));
  }
  const said = misnamed.get(token);
  if (said !== undefined) return [...remarks, said];
  const before = tokens[index - 1];
  const remove = before === undefined ? null : { start: before.end, end: token.end, text: '' };
  const earlier = first.get(name);
  if (earlier !== undefined && earlier !== token) {
    const isSame = earlier.value.toLowerCase() === token.value.toLowerCase();
    remarks.push(
      remark(
        'error',
        FORMAT,
        token,
        'dmarc-repeated-tag',
        { tag: name },
        isSame ? remove : joined(earlier, token, before),
      ),
    );
    return remarks;
  }
  if (isList(name)) return [...remarks, ...lintAddresses(token)];
  const value = lintValue(token, remove, asksForMore(first));
  return value === null ? remarks : [...remarks, value];
}

/** Two lists side by side are one list. */
function joined(earlier: Token, token: Token, before: Token | undefined): DmarcLint['edit'] {
  if (!isList(token.name) || before !== earlier || token.value === '') return null;
  return { start: earlier.end, end: token.valueStart, text: ',' };
}

/** Whether a record asks for more than nothing, as written or as meant. */
function asksForMore(first: ReadonlyMap<string, Token>): boolean {
  return ['p', 'sp'].some((tag) => {
    const token = first.get(tag);
    if (token === undefined) return false;
    return (policyOf(token) ?? meantValue(tag, token.value) ?? 'none') !== 'none';
  });
}

function lintStray({ kind, start, end, character, edit }: Stray): DmarcLint {
  const at = { start, end };
  switch (kind) {
    case 'quote':
      return remark('error', GRAMMAR, at, 'dmarc-quotes', {}, edit);
    case 'escape':
      return remark('error', GRAMMAR, at, 'dmarc-escape', {}, edit);
    case 'line-end':
      return remark('warn', GRAMMAR, at, 'dmarc-line-end', {}, edit);
    case 'character':
      return remark('error', GRAMMAR, at, 'dmarc-bad-character', { character }, edit);
  }
}
