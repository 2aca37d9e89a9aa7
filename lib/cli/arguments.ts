/** The command line of `explain`, read into a request or into the sentence that says what is wrong with it. */
import { MAX_SELECTORS, parseTrustedServers } from '../engine/index.ts';
import type { Language, Translate } from '../explain/translate.ts';
import { visible } from '../explain/visible.ts';
import { questionMeant } from '../platform/domain-meant.ts';
import { type DomainQuestion, readDomainQuestion } from '../platform/domain-question.ts';

/** Where DNS answers come from: a file, one resolver, or the usual ones where both are null. */
export interface DnsSource {
  readonly zoneFile: string | null;
  readonly resolver: string | null;
}

export interface Request extends DnsSource {
  readonly file: string;
  readonly now: number | null;
  /** Receivers and gateways as written, each an id with the addresses of a gateway behind it. */
  readonly receivers: readonly string[];
  readonly trust: boolean;
  readonly json: boolean;
}

export interface DomainRequest extends DnsSource, DomainQuestion {
  readonly json: boolean;
}

export type CommandLine =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'domain'; readonly request: DomainRequest }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly say: (t: Translate) => string };

const VALUE_OPTIONS = [
  '--dns',
  '--resolver',
  '--domain',
  '--selector',
  '--now',
  '--receiver',
  '--lang',
] as const;
const FLAGS = ['--trust', '--json', '--help'] as const;
type ValueOption = (typeof VALUE_OPTIONS)[number];
type Flag = (typeof FLAGS)[number];

function isValueOption(word: string): word is ValueOption {
  return (VALUE_OPTIONS as readonly string[]).includes(word);
}

function isFlag(word: string): word is Flag {
  return (FLAGS as readonly string[]).includes(word);
}

/** The language that the command line asks for, else the environment's, else English; wrong values are told later. */
export function languageOf(words: readonly string[], environment: string | undefined): Language {
  const wanted = words[words.indexOf('--lang') + 1];
  if (words.includes('--lang') && (wanted === 'en' || wanted === 'ja')) return wanted;
  return environment?.startsWith('ja') ? 'ja' : 'en';
}

export function parseCommandLine(words: readonly string[]): CommandLine {
  const values = new Map<ValueOption, string>();
  const receivers: string[] = [];
  const selectors: string[] = [];
  const flags = new Set<Flag>();
  const files: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (isFlag(word)) flags.add(word);
    else if (isValueOption(word)) {
      const value = words[++at];
      if (value === undefined) return misuse((t) => t('cli_needs_value', { option: word }));
      values.set(word, value);
      if (word === '--receiver') receivers.push(value);
      if (word === '--selector') selectors.push(value);
    } else if (word.startsWith('-') && word !== '-')
      return misuse((t) => t('cli_unknown_option', { option: visible(word) }));
    else files.push(word);
  }
  if (flags.has('--help')) return { kind: 'help' };
  return check({ values, receivers, selectors, flags, files });
}

interface Words {
  readonly values: ReadonlyMap<ValueOption, string>;
  readonly receivers: readonly string[];
  readonly selectors: readonly string[];
  readonly flags: ReadonlySet<Flag>;
  readonly files: readonly string[];
}

function check(said: Words): CommandLine {
  const { values, receivers, selectors, flags, files } = said;
  const [file] = files;
  const now = values.get('--now');
  const resolver = values.get('--resolver');
  const name = values.get('--domain');
  if (name === undefined && (file === undefined || files.length > 1)) return misuse((t) => t('cli_one_file'));
  if (name === undefined && selectors.length > 0) return misuse((t) => t('cli_only_with_domain'));
  const bad = (option: ValueOption, allowed: string, value = values.get(option) ?? ''): CommandLine =>
    misuse((t) => t('cli_bad_value', { option, value: visible(value), allowed }));
  if (values.has('--lang') && !/^(?:en|ja)$/.test(values.get('--lang') ?? '')) return bad('--lang', 'en, ja');
  if (now !== undefined && !/^\d{1,12}$/.test(now)) return bad('--now', '1795500000');
  if (resolver !== undefined && !isHttps(resolver)) return bad('--resolver', 'https://dns.example/dns-query');
  const wrong = receivers.find((text) => !isMailbox(text) && !isServer(text));
  if (wrong !== undefined)
    return bad('--receiver', 'gmail, outlook, mx.example.org, "gateway.example.org 192.0.2.0/24"', wrong);
  if (flags.has('--trust') && !receivers.some(isMailbox)) return misuse((t) => t('cli_trust_needs_receiver'));
  if (values.has('--dns') && resolver !== undefined) return misuse((t) => t('cli_two_sources'));
  if (name !== undefined) return checkDomain(name, said);
  return {
    kind: 'request',
    request: {
      ...sourceOf(values),
      file: file ?? '',
      now: now === undefined ? null : Number(now),
      receivers,
      trust: flags.has('--trust'),
      json: flags.has('--json'),
    },
  };
}

function sourceOf(values: Words['values']): DnsSource {
  return { zoneFile: values.get('--dns') ?? null, resolver: values.get('--resolver') ?? null };
}

/** A domain in place of a message: what is about a message does not go with it. */
function checkDomain(name: string, { values, selectors, flags, files }: Words): CommandLine {
  if (files.length > 0) return misuse((t) => t('cli_domain_and_file'));
  const stray = [...values.keys(), ...flags].find((option) => ABOUT_A_MESSAGE.has(option));
  if (stray !== undefined) return misuse((t) => t('cli_only_with_file', { option: stray }));
  const meant = questionMeant(name);
  if (meant === null) return misuse((t) => t('cli_bad_domain', { value: visible(name) }));
  const { domain } = meant;
  const wanted = [...new Set([...meant.selectors, ...selectors.map((selector) => selector.toLowerCase())])];
  const wrong = wanted.find((selector) => readDomainQuestion({ domain, selectors: [selector] }) === null);
  if (wrong !== undefined) return misuse((t) => t('cli_bad_selector', { value: visible(wrong) }));
  if (wanted.length > MAX_SELECTORS) {
    return misuse((t) => t('cli_many_selectors', { limit: MAX_SELECTORS }));
  }
  const { zoneFile, resolver } = sourceOf(values);
  const json = flags.has('--json');
  return { kind: 'domain', request: { domain, selectors: wanted, zoneFile, resolver, json } };
}

const ABOUT_A_MESSAGE: ReadonlySet<ValueOption | Flag> = new Set(['--now', '--receiver', '--trust']);

/** A known receiver or an authserv-id, in one word. */
export function isMailbox(text: string): boolean {
  return /^[!-:<-~]+$/.test(text);
}

/** One gateway with its addresses. */
function isServer(text: string): boolean {
  const { servers, errors } = parseTrustedServers(text);
  return servers.length === 1 && errors.length === 0;
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

function misuse(say: (t: Translate) => string): CommandLine {
  return { kind: 'misuse', say };
}
