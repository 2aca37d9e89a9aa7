/** What a record says as a whole: how it ends, what has no effect, what lets too much through (RFC 7208 §5, §6, §10). */
import type { SpfLint } from './lint.ts';
import type { Readable } from './lint-read.ts';
import { put, remark } from './lint-remark.ts';
import type { ReadTerms } from './lint-term.ts';
import type { Mechanism } from './record.ts';

/** A network this large holds millions of addresses: nobody has all of them, and everybody may send from there. */
const WIDEST_IP4 = 8;
const WIDEST_IP6 = 16;
/** §3.4: with the rest of an answer, a longer record may not fit into one packet. */
const LONGEST_RECORD = 450;

/** `text` is the record; `said` is what its terms mean. */
export function lintRecord(text: string, { said, isPartial }: ReadTerms): readonly SpfLint[] {
  return [
    ...lintEnd(text, said, isPartial),
    ...said.flatMap(lintMeaning),
    ...lintDuplicates(said),
    ...lintLength(text),
  ];
}

/** `all`, `redirect`, and what stands behind (§4.7, §5.1, §6.1). */
function lintEnd(text: string, said: readonly Readable[], isPartial: boolean): readonly SpfLint[] {
  const mechanisms = said.filter((term) => term.kind === 'mechanism');
  const at = mechanisms.findIndex(({ test }) => test.name === 'all');
  const all = mechanisms[at];
  const redirect = said.find((term) => term.kind === 'modifier' && term.name === 'redirect');
  if (all === undefined) {
    if (redirect !== undefined || isPartial) return [];
    const end = text.trimEnd().length;
    return [remark({ code: 'spf-no-all', params: {} }, 'warn', { start: end, end }, '§4.7')];
  }
  const found: SpfLint[] = [];
  if (all.qualifier === '+') found.push(remark({ code: 'spf-pass-all', params: {} }, 'warn', all, '§5.1'));
  if (all.qualifier === '?') found.push(remark({ code: 'spf-neutral-all', params: {} }, 'info', all, '§5.1'));
  for (const term of mechanisms.slice(at + 1)) {
    found.push(remark({ code: 'spf-after-all', params: { term: term.text } }, 'warn', term, '§5.1'));
  }
  if (redirect !== undefined) {
    found.push(remark({ code: 'spf-redirect-with-all', params: {} }, 'warn', redirect, '§6.1'));
  }
  return found;
}

function lintMeaning(term: Readable): readonly SpfLint[] {
  if (term.kind === 'modifier') return [];
  if (term.test.name === 'ptr') return [remark({ code: 'spf-ptr', params: {} }, 'warn', term, '§5.5')];
  if (term.qualifier !== '+' || !isWide(term)) return [];
  return [remark({ code: 'spf-wide-network', params: { term: term.text } }, 'warn', term, '§5.6')];
}

function isWide({ test }: Mechanism): boolean {
  switch (test.name) {
    case 'ip4':
      return test.prefix <= WIDEST_IP4;
    case 'ip6':
      return test.prefix <= WIDEST_IP6;
    case 'a':
    case 'mx':
      return test.prefix4 <= WIDEST_IP4 || test.prefix6 <= WIDEST_IP6;
    default:
      return false;
  }
}

/** A mechanism that stands there already, under whatever qualifier: the first decides. */
function lintDuplicates(said: readonly Readable[]): readonly SpfLint[] {
  const seen = new Set<string>();
  const found: SpfLint[] = [];
  let isReached = true;
  for (const term of said) {
    if (term.kind !== 'mechanism' || !isReached) continue;
    isReached = term.test.name !== 'all';
    const same = term.text.toLowerCase().replace(/^[-+~?]/, '');
    if (seen.has(same)) {
      const isCostly = term.test.name !== 'ip4' && term.test.name !== 'ip6';
      const edit = put('', { start: Math.max(0, term.start - 1), end: term.end });
      const said = { code: 'spf-duplicate-term', params: { term: term.text } } as const;
      found.push(remark(said, isCostly ? 'warn' : 'info', term, '§4.6.2', edit));
    }
    seen.add(same);
  }
  return found;
}

function lintLength(text: string): readonly SpfLint[] {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  const whole = { start: 0, end: text.length };
  return count > LONGEST_RECORD
    ? [remark({ code: 'spf-long', params: { count } }, 'info', whole, '§3.4')]
    : [];
}
