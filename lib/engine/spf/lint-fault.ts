/** One term: what is wrong with it, and the edit that mends it where its meaning is plain. */
import type { SpfLint } from './lint.ts';
import { type Mend, mend, mendReadable } from './lint-mend.ts';
import { type Readable, readTerm } from './lint-read.ts';
import { type Place, put, remark, type Said } from './lint-remark.ts';
import type { ReadTerm } from './lint-term.ts';
import type { Fault, Term } from './record.ts';

/** A term that breaks the record (§4.6). */
export function lintFault(term: Fault, terms: readonly Term[]): ReadTerm {
  const { text, error } = term;
  if (error === 'bad-character') {
    // The character has its own remark; here counts what is left without it.
    const rest = readTerm(text.replace(/[^\x21-\x7e]+/g, ''));
    return { lints: [], said: rest === null ? [] : [rest], isPartial: rest === null };
  }
  if (error === 'repeated-modifier') return lintRepeated(term, terms);
  if (/^[,;]+$/.test(text)) {
    const lint = remark(
      { code: 'spf-separator', params: {} },
      'error',
      term,
      '§4.6.1',
      put('', withSpace(term)),
    );
    return { lints: [lint], said: [], isPartial: false };
  }
  const slip = mend(text);
  if (slip !== null) return mendedTerm(slip, term);
  const [said, section] = saidOf(term);
  const { start, end } = term.at;
  // The colon before an address is right.
  const isBehindColon = error === 'bad-network' && text.charAt(start - term.start) === ':' && end > start + 1;
  const place = { start: isBehindColon ? start + 1 : start, end };
  return { lints: [remark(said, 'error', place, section)], said: [], isPartial: true };
}

function mendedTerm({ said, section, edits, reads }: Mend, term: Place): ReadTerm {
  // A record with an odd name can be read, and receivers ask for that name.
  const severity = said.code === 'spf-odd-name' ? 'warn' : 'error';
  const lints = edits.map((edit) => {
    const place = { start: term.start + edit.start, end: term.start + edit.end };
    return remark(said, severity, place, section, put(edit.text, place));
  });
  return { lints, said: reads, isPartial: false };
}

/** §6: only where both are the same is it plain which one counts. */
function lintRepeated(term: Fault, terms: readonly Term[]): ReadTerm {
  const { text, start } = term;
  const name = text.slice(0, text.indexOf('=')).toLowerCase();
  const isTwin = terms.some(
    (other) => other.start < start && other.text.toLowerCase() === text.toLowerCase(),
  );
  const edit = isTwin ? put('', withSpace(term)) : null;
  const lint = remark({ code: 'spf-repeated-modifier', params: { name } }, 'error', term, '§6', edit);
  return { lints: [lint], said: [], isPartial: false };
}

/** What is to be said where nothing mends the term, and the section that says so. */
function saidOf({ text: term, error }: Fault): readonly [Said, string] {
  const params = { term };
  switch (error) {
    case 'unknown-mechanism':
    case 'malformed-term': {
      if (isHostName(term)) return [{ code: 'spf-bare-name', params }, '§4.6.1'];
      if (error === 'malformed-term') return [{ code: 'spf-malformed-term', params }, '§4.6.1'];
      const name = /^[-+~?]?([^:/=]*)/.exec(term)?.[1] ?? '';
      return [{ code: 'spf-unknown-mechanism', params: { name } }, '§4.6'];
    }
    case 'bad-network': {
      const argument = term.slice(term.indexOf(':') + 1);
      const isName = term.includes(':') && isHostName(argument);
      return [{ code: isName ? 'spf-name-as-address' : 'spf-bad-network', params }, '§5.6'];
    }
    case 'unexpected-argument':
      return [{ code: 'spf-unexpected-argument', params }, '§4.6.1'];
    case 'missing-domain':
      return [{ code: 'spf-missing-domain', params }, '§4.6.1'];
    case 'bad-domain-spec':
      return [{ code: 'spf-bad-domain-spec', params }, '§7.1'];
    case 'bad-macro':
      return [{ code: 'spf-bad-macro', params }, '§7.1'];
    case 'bad-prefix':
      return [{ code: 'spf-bad-prefix', params }, '§5.6'];
    default:
      return [{ code: 'spf-malformed-term', params }, '§4.6.1'];
  }
}

function isHostName(text: string): boolean {
  return /^[-+~?]?[a-z0-9._-]+$/i.test(text) && readTerm(`a:${text.replace(/^[-+~?]/, '')}`) !== null;
}

/** A modifier that nobody knows (§6): it breaks nothing, and does nothing. */
export function lintUnknownModifier(
  term: Extract<Term, { readonly kind: 'unknown-modifier' }>,
  before: readonly Readable[],
): ReadTerm {
  const { text } = term;
  const name = text.slice(0, term.name.length);
  if (text.toLowerCase() === 'v=spf1') {
    // Behind an `all` the other record's terms would not count all the same.
    const hasAll = before.some((one) => one.kind === 'mechanism' && one.test.name === 'all');
    const edit = hasAll ? null : put('', withSpace(term));
    const lint = remark({ code: 'spf-version-again', params: {} }, 'warn', term, '§4.5', edit);
    return { lints: [lint], said: [], isPartial: false };
  }
  const slip = mend(text);
  if (slip !== null) return mendedTerm(slip, term);
  const lint = remark({ code: 'spf-unknown-modifier', params: { name } }, 'info', term, '§6');
  return { lints: [lint], said: [], isPartial: false };
}

/** A term that can be read, but hardly as it was meant: a name that no host has. */
export function lintReadable(term: Readable): ReadTerm {
  const spec = term.kind === 'modifier' ? term.domain : 'domain' in term.test ? term.test.domain : null;
  if (spec === null) return { lints: [], said: [term], isPartial: false };
  const isOdd = spec.parts.some((part) => typeof part === 'string' && /[^a-z0-9._+=!-]/i.test(part));
  if (!isOdd && !/[^.]-all$/i.test(spec.tail)) return { lints: [], said: [term], isPartial: false };
  const slip = mendReadable(term.text);
  if (slip !== null) return mendedTerm(slip, term);
  const lints: SpfLint[] = isOdd
    ? [remark({ code: 'spf-odd-name', params: { term: term.text } }, 'warn', term, '§4.8')]
    : [];
  return { lints, said: [term], isPartial: false };
}

/** A term with the space before it. */
function withSpace({ start, end }: Place): Place {
  return { start: Math.max(0, start - 1), end };
}
