/** An SPF record as text and as terms (RFC 7208 §4.5, §4.6.1). Every term keeps its place, also where it is wrong. */
import { endsAsDomain, type MacroString, parseMacro } from './macro.ts';
import { isNetwork } from './network.ts';
import { prefixStart, readDualPrefix, readPrefix } from './prefix.ts';

export type Qualifier = '+' | '-' | '~' | '?';

export type SpfSyntaxError =
  | 'bad-character'
  | 'malformed-term'
  | 'unknown-mechanism'
  | 'unexpected-argument'
  | 'missing-domain'
  | 'bad-domain-spec'
  | 'bad-macro'
  | 'bad-network'
  | 'bad-prefix'
  | 'repeated-modifier';

/** What a mechanism asks about; `domain` is null where the domain of the record itself is meant. */
export type Test =
  | { readonly name: 'all' }
  | { readonly name: 'include'; readonly domain: MacroString }
  | { readonly name: 'exists'; readonly domain: MacroString }
  | { readonly name: 'ptr'; readonly domain: MacroString | null }
  | {
      readonly name: 'a' | 'mx';
      readonly domain: MacroString | null;
      readonly prefix4: number;
      readonly prefix6: number;
    }
  | { readonly name: 'ip4' | 'ip6'; readonly network: string; readonly prefix: number };

export interface Span {
  /** As written. */
  readonly text: string;
  /** Offsets into the record. */
  readonly start: number;
  readonly end: number;
}

export type Mechanism = Span & {
  readonly kind: 'mechanism';
  readonly qualifier: Qualifier;
  readonly test: Test;
};
export type Modifier = Span & {
  readonly kind: 'modifier';
  readonly name: 'redirect' | 'exp';
  readonly domain: MacroString;
};
export type Fault = Span & {
  readonly kind: 'fault';
  readonly error: SpfSyntaxError;
  /** The part of the term that is wrong, as offsets into the record. */
  readonly at: { readonly start: number; readonly end: number };
};
/** §6: a modifier of a name that nobody knows has no effect. */
type UnknownModifier = Span & { readonly kind: 'unknown-modifier'; readonly name: string };

export type Term = Mechanism | Modifier | UnknownModifier | Fault;

/** What a term says, before it has a place. */
type Reading =
  | Omit<Mechanism, keyof Span>
  | Omit<Modifier, keyof Span>
  | Omit<UnknownModifier, keyof Span>
  | { readonly kind: 'fault'; readonly error: SpfSyntaxError; readonly at: { start: number; end: number } };

const VERSION = 'v=spf1';

/** Whether a TXT record is an SPF record: the version, then a space or the end (§4.5). */
export function isSpfRecord(text: string): boolean {
  return (
    text.slice(0, VERSION.length).toLowerCase() === VERSION && /^(?: |$)/.test(text.slice(VERSION.length, 7))
  );
}

/** Reads each text once, however often one check comes to it: ahead of its turn, in its turn, through two includes. */
export function recordReader(): (text: string) => readonly Term[] {
  const known = new Map<string, readonly Term[]>();
  return (text) => {
    const terms = known.get(text) ?? parseSpfRecord(text);
    known.set(text, terms);
    return terms;
  };
}

/** The terms of a record in their order. Total and linear; a term that is wrong is a `fault`. */
export function parseSpfRecord(text: string): readonly Term[] {
  const terms: Term[] = [];
  const seen = new Set<string>();
  for (let start = VERSION.length; start < text.length; ) {
    const space = text.indexOf(' ', start);
    const end = space === -1 ? text.length : space;
    const term = text.slice(start, end);
    if (term !== '') terms.push(placed(readOnce(term, seen), term, start, end));
    start = end + 1;
  }
  return terms;
}

/** The first term that is wrong: one is enough to spoil the record (§4.6). */
export function firstFault(terms: readonly Term[]): Fault | null {
  return terms.find((term) => term.kind === 'fault') ?? null;
}

/** The modifier of that name; in a record without a fault it stands once at most (§6). */
export function modifierOf(terms: readonly Term[], name: Modifier['name']): Modifier | null {
  return terms.filter((term) => term.kind === 'modifier').find((term) => term.name === name) ?? null;
}

/** What is evaluated, in its order: the mechanisms, then `redirect`, unless an `all` stands somewhere (§6.1). */
export function inOrder(terms: readonly Term[]): readonly (Mechanism | Modifier)[] {
  const mechanisms = terms.filter((term) => term.kind === 'mechanism');
  const redirect = modifierOf(terms, 'redirect');
  const isUsed = redirect !== null && mechanisms.every(({ test }) => test.name !== 'all');
  return isUsed ? [...mechanisms, redirect] : mechanisms;
}

/** Written out: engines copy objects of several shapes by spreading them far more slowly. */
function placed(reading: Reading, text: string, start: number, end: number): Term {
  const { kind } = reading;
  switch (kind) {
    case 'mechanism':
      return { kind, text, start, end, qualifier: reading.qualifier, test: reading.test };
    case 'modifier':
      return { kind, text, start, end, name: reading.name, domain: reading.domain };
    case 'unknown-modifier':
      return { kind, text, start, end, name: reading.name };
    case 'fault': {
      const at = { start: start + reading.at.start, end: start + reading.at.end };
      return { kind, text, start, end, error: reading.error, at };
    }
  }
}

/** §6: `redirect` and `exp` stand once. */
function readOnce(text: string, seen: Set<string>): Reading {
  const reading = readTerm(text);
  if (reading.kind !== 'modifier') return reading;
  if (seen.has(reading.name)) return fault('repeated-modifier', 0, text.length);
  seen.add(reading.name);
  return reading;
}

function readTerm(text: string): Reading {
  const stray = text.search(/[^\x21-\x7e]/);
  if (stray !== -1) return fault('bad-character', stray, stray + 1);
  // A qualifier cannot stand before a modifier.
  const modifier = /^[a-z][a-z0-9._-]*(?==)/i.exec(text)?.[0];
  return modifier === undefined ? readMechanism(text) : readModifier(modifier.toLowerCase(), text);
}

function readModifier(name: string, text: string): Reading {
  const start = name.length + 1;
  if (name === 'redirect' || name === 'exp') {
    const domain = readDomainSpec(text, start, text.length);
    return 'parts' in domain ? { kind: 'modifier', name, domain } : domain;
  }
  // Its value is a macro string of any kind; nothing forbids the letters of explanations.
  const value = parseMacro(text.slice(start), 'explanation');
  if (value.kind === 'error') return fault('bad-macro', start + value.start, start + value.end);
  return { kind: 'unknown-modifier', name };
}

function readMechanism(text: string): Reading {
  const first = text.charAt(0);
  const qualifier = isQualifier(first) ? first : '+';
  const nameStart = isQualifier(first) ? 1 : 0;
  const rest = text.slice(nameStart).search(/[:/=]/);
  const nameEnd = rest === -1 ? text.length : nameStart + rest;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  if (!/^[a-z][a-z0-9._-]*$/.test(name) || text.charAt(nameEnd) === '=')
    return fault('malformed-term', 0, text.length);
  const test = readTest(name, nameStart, nameEnd, text);
  return 'kind' in test ? test : { kind: 'mechanism', qualifier, test };
}

function isQualifier(character: string): character is Qualifier {
  return character === '+' || character === '-' || character === '~' || character === '?';
}

/** `at`: where the name ends and the argument begins. */
function readTest(name: string, nameStart: number, at: number, text: string): Test | Faulty {
  switch (name) {
    case 'all':
      return at < text.length ? fault('unexpected-argument', at, text.length) : { name };
    case 'include':
    case 'exists': {
      const domain = readTarget(text, at, text.length);
      if (domain === null) return fault('missing-domain', at, text.length);
      return 'parts' in domain ? { name, domain } : domain;
    }
    case 'ptr': {
      const domain = readTarget(text, at, text.length);
      return domain !== null && !('parts' in domain) ? domain : { name, domain };
    }
    case 'a':
    case 'mx': {
      const slash = prefixStart(text, at);
      const prefixes = readDualPrefix(text.slice(slash));
      if (prefixes === null) return fault('bad-prefix', slash, text.length);
      const domain = readTarget(text, at, slash);
      return domain !== null && !('parts' in domain) ? domain : { name, domain, ...prefixes };
    }
    case 'ip4':
    case 'ip6':
      return readNetwork(name, text, at);
    default:
      return fault('unknown-mechanism', nameStart, at);
  }
}

/** `":" domain-spec` between two offsets; null where nothing stands there. */
function readTarget(text: string, start: number, end: number): MacroString | Faulty | null {
  if (start === end) return null;
  return text.charAt(start) === ':'
    ? readDomainSpec(text, start + 1, end)
    : fault('unexpected-argument', start, end);
}

function readDomainSpec(text: string, start: number, end: number): MacroString | Faulty {
  if (start === end) return fault('missing-domain', start, end);
  const parsed = parseMacro(text.slice(start, end), 'domain');
  if (parsed.kind === 'error') return fault('bad-macro', start + parsed.start, start + parsed.end);
  return endsAsDomain(parsed.macro) ? parsed.macro : fault('bad-domain-spec', start, end);
}

function readNetwork(name: 'ip4' | 'ip6', text: string, at: number): Test | Faulty {
  const slash = text.indexOf('/', at);
  const end = slash === -1 ? text.length : slash;
  const network = text.slice(at + 1, end);
  const [family, most] = name === 'ip4' ? ([4, 32] as const) : ([6, 128] as const);
  if (text.charAt(at) !== ':' || !isNetwork(network, family)) return fault('bad-network', at, end);
  const prefix = slash === -1 ? most : readPrefix(text.slice(slash + 1), most);
  return prefix === null ? fault('bad-prefix', slash, text.length) : { name, network, prefix };
}

type Faulty = Extract<Reading, { kind: 'fault' }>;

function fault(error: SpfSyntaxError, start: number, end: number): Faulty {
  return { kind: 'fault', error, at: { start, end } };
}
