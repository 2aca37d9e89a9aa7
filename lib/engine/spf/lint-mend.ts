/**
 * Slips within a term that leave no doubt about what was meant. Each is only supposed: it is one where the term can be
 * read once it is mended.
 */
import { type Edit, edited } from '../lint/lint.ts';
import { isNear } from '../lint/words.ts';
import { nearMechanisms } from './lint-nearest.ts';
import { type Readable, readTerm, readTerms } from './lint-read.ts';
import { type Place, put, type Said } from './lint-remark.ts';

export interface Mend {
  readonly said: Said;
  /** Of RFC 7208. */
  readonly section: string;
  /** Where the slip is, and what to put there: mostly one place. Offsets into the term. */
  readonly edits: readonly Edit[];
  /** What the term says then. */
  readonly reads: readonly Readable[];
}

/** Nobody meant a longer term, and trying costs time. */
const LONGEST_TERM = 512;

/** The first slip that explains the term; null where none does. */
export function mend(term: string): Mend | null {
  if (term.length > LONGEST_TERM) return null;
  for (const slip of SLIPS) {
    const found = slip(term);
    if (found !== null) return found;
  }
  return null;
}

/** The slips that a term may hold although it can be read. */
export function mendReadable(term: string): Mend | null {
  if (term.length > LONGEST_TERM) return null;
  return mendSeparator(term) ?? mendGluedAll(term) ?? mendDoubled(term);
}

function mended(term: string, at: Place, text: string, section: string, said: Said): Mend | null {
  return mendedAt(term, [put(text, at)], section, said);
}

function mendedAt(term: string, edits: readonly Edit[], section: string, said: Said): Mend | null {
  const reads = readTerms(edited(term, edits) ?? term);
  return reads === null ? null : { said, section, edits, reads };
}

/** `mx,` and `ip4:192.0.2.1,192.0.2.2`: between terms stand spaces. */
function mendSeparator(term: string): Mend | null {
  const found = [...term.matchAll(/[,;]+/g)];
  if (found.length === 0) return null;
  // What stands before the first name counts for the pieces that have none.
  const name = /^[-+~?]?[a-z][a-z0-9]*[:=]/i.exec(term)?.[0] ?? '';
  const edits = found.map(({ 0: signs, index: start }, number) => {
    const end = start + signs.length;
    const piece = term.slice(end, found[number + 1]?.index);
    if (start === 0 || piece === '') return put('', { start, end });
    return put(readTerm(piece) === null ? ` ${name}` : ' ', { start, end });
  });
  return mendedAt(term, edits, '§4.6.1', { code: 'spf-separator', params: {} });
}

/** `ip4:192.0.2.1~all`: the space is missing. */
function mendGluedAll(term: string): Mend | null {
  const at = term.search(/[-+~?]all$/i);
  if (at <= 0) return null;
  return mended(term, { start: at, end: at }, ' ', '§4.6.1', { code: 'spf-space-missing', params: {} });
}

/** `include:include:bank.example`, and addresses of web pages: a name was pasted with what stood before it. */
function mendDoubled(term: string): Mend | null {
  const found = /^([-+~?]?(include|exists|a|mx|ptr):)(?:\2:|https?:\/\/)/i.exec(term);
  if (found === null) return null;
  const at = { start: found[1]?.length ?? 0, end: found[0].length };
  return mended(term, at, '', '§4.8', { code: 'spf-odd-name', params: { term } });
}

/** Qualifier, name, what separates it from the rest, and the rest. */
const PARTS = /^([-+~?]?)([a-z][a-z0-9._-]*)([:=/]?)(.*)$/is;

/** `redirect:bank.example`: modifiers have `=`. */
function mendEquals(term: string): Mend | null {
  const [, , name = '', sign] = /^()(redirect|exp)(:)/i.exec(term) ?? [];
  if (sign === undefined) return null;
  const at = { start: name.length, end: name.length + 1 };
  return mended(term, at, '=', '§6', { code: 'spf-equals', params: { name: name.toLowerCase() } });
}

/** `-redirect=bank.example`: only mechanisms have a qualifier. */
function mendQualified(term: string): Mend | null {
  const name = /^[-+~?](redirect|exp)=/i.exec(term)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  return mended(term, { start: 0, end: 1 }, '', '§4.6.1', {
    code: 'spf-qualified-modifier',
    params: { name },
  });
}

/** `include=bank.example`: mechanisms have `:`, and with `=` this is a modifier that nobody knows. */
function mendColon(term: string): Mend | null {
  const [, qualifier = '', name] = /^([-+~?]?)(include|exists|ip4|ip6|ptr|mx|a)=/i.exec(term) ?? [];
  if (name === undefined) return null;
  const start = qualifier.length + name.length;
  const said = { code: 'spf-colon', params: { name: name.toLowerCase() } } as const;
  return mended(term, { start, end: start + 1 }, ':', '§4.6.1', said);
}

/** `ip4:2001:db8::1`, and the reverse. */
function mendFamily(term: string): Mend | null {
  const [, before = '', digit] = /^([-+~?]?ip)([46]):/i.exec(term) ?? [];
  if (digit === undefined) return null;
  const at = { start: before.length, end: before.length + 1 };
  return mended(term, at, digit === '4' ? '6' : '4', '§5.6', { code: 'spf-wrong-family', params: { term } });
}

/** `a:192.0.2.1`: an address where a name belongs. */
function mendAddressAsName(term: string): Mend | null {
  const [, qualifier = '', name] = /^([-+~?]?)(a|mx|include):/i.exec(term) ?? [];
  if (name === undefined) return null;
  const at = { start: qualifier.length, end: qualifier.length + name.length };
  const said = { code: 'spf-address-as-name', params: { term } } as const;
  return mended(term, at, 'ip4', '§5.6', said) ?? mended(term, at, 'ip6', '§5.6', said);
}

/** `192.0.2.1`: an address without `ip4:`. */
function mendBareAddress(term: string): Mend | null {
  const start = /^[-+~?]/.test(term) ? 1 : 0;
  const at = { start, end: start };
  const said = { code: 'spf-bare-address', params: { term } } as const;
  return mended(term, at, 'ip4:', '§5.6', said) ?? mended(term, at, 'ip6:', '§5.6', said);
}

/** `ipv4:192.0.2.1`, `includ:bank.example`, `redirct=bank.example`. */
function mendName(term: string): Mend | null {
  const [, qualifier = '', name = '', sign = ''] = PARTS.exec(term) ?? [];
  const lower = name.toLowerCase();
  const start = qualifier.length;
  const end = start + name.length;
  const isRedirect = qualifier === '' && isNear(lower, 'redirect') && sign !== '';
  const nearest = isRedirect ? ['redirect'] : nearMechanisms(name);
  for (const near of nearest) {
    const said = { code: 'spf-misspelt', params: { name, nearest: near } } as const;
    const right = isRedirect ? '=' : ':';
    // The sign may be wrong as well.
    const isSign = sign === right || sign === '' || sign === '/';
    const at = { start, end: isSign ? end : end + 1 };
    const found = mended(term, at, isSign ? near : near + right, '§4.6.1', said);
    if (found !== null) return found;
  }
  return null;
}

/** `ip6:[2001:db8::1]`. */
function mendBrackets(term: string): Mend | null {
  const [, before = '', inside] = /^([-+~?]?ip[46]:)[[(<]([0-9a-f.:/]*)[\])>]$/i.exec(term) ?? [];
  if (inside === undefined) return null;
  const at = { start: before.length, end: term.length };
  return mended(term, at, inside, '§5.6', { code: 'spf-bad-network', params: { term } });
}

/** `/255.255.255.0`, `/024`, a slash at the end, one slash for two, two for one. */
function mendPrefix(term: string): Mend | null {
  const start = term.search(/(?<!\/)\/[\d./]*$/);
  if (start === -1) return null;
  const at = { start, end: term.length };
  const written = term.slice(start);
  const said = { code: 'spf-bad-prefix', params: { term } } as const;
  for (const right of rightPrefixes(written)) {
    const found = mended(term, at, right, '§5.6', said);
    if (found !== null) return found;
  }
  return null;
}

function rightPrefixes(written: string): readonly string[] {
  const mask = /^\/(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(written)?.slice(1).map(Number);
  if (mask !== undefined) {
    const bits = mask.map((octet) => octet.toString(2).padStart(8, '0')).join('');
    return /^1*0*$/.test(bits) && bits.length === 32 ? [`/${bits.replaceAll('0', '').length}`] : [];
  }
  const [first = '', second, ...more] = written.split('/').filter((part) => part !== '');
  if (more.length > 0) return [];
  const [short, shortSecond] = [first, second].map((digits) => digits?.replace(/^0+(?=\d)/, ''));
  if (first === '') return [''];
  return shortSecond === undefined ? [`/${short}`] : [`/${short}//${shortSecond}`];
}

type Slip = (term: string) => Mend | null;

const SLIPS: readonly Slip[] = [
  mendSeparator,
  mendGluedAll,
  mendEquals,
  mendQualified,
  mendColon,
  mendFamily,
  mendAddressAsName,
  mendBareAddress,
  mendName,
  mendBrackets,
  mendPrefix,
];
