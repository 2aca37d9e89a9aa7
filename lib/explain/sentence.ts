/** The sentence of a finding, and of everything else that has a code: codes map to message keys by their name alone. */
import type { Finding, FindingCode, FindingParams, Provenance, Rule, Why } from '../engine/index.ts';
import type { MessageKey, MessageParams, Translate } from './translate.ts';
import { bothWays, shortened } from './visible.ts';

/** A code as it stands in a message key. */
export type Underscored<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : S;
type KeyOf<Prefix extends string, Code extends string> = `${Prefix}_${Underscored<Code>}`;

/** A code without a message, or a message with a placeholder that its finding lacks, does not compile. */
type Uncovered = {
  [C in FindingCode]: KeyOf<'finding', C> extends infer Key
    ? Key extends MessageKey
      ? [keyof MessageParams<Key>] extends [keyof FindingParams[C]]
        ? never
        : C
      : C
    : never;
}[FindingCode];
type FindingsCovered = [Uncovered] extends [never] ? true : Uncovered;
type RulesCovered = [KeyOf<'headline', Rule>] extends [MessageKey] ? true : never;
type WhysCovered = [KeyOf<'why', Why>] extends [MessageKey] ? true : never;
true satisfies FindingsCovered & RulesCovered & WhysCovered;

export function keyOf<P extends string, C extends string>(prefix: P, code: C): KeyOf<P, C> {
  return `${prefix}_${code.replaceAll('-', '_')}` as KeyOf<P, C>;
}

/** Any sentence by a key that was put together from a code; the types above vouch for key and parameters. */
function say(t: Translate, key: MessageKey, params: Readonly<Record<string, string>>): string {
  return (t as (key: MessageKey, params: Readonly<Record<string, string>>) => string)(key, params);
}

const DOMAIN_PARAMS = new Set(['domain', 'author', 'other', 'id', 'by']);

/** Parameters as they may be shown: domains both ways, all else visible. */
function shown(t: Translate, params: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]: [string, string | number]) => {
      if (name === 'open') return [name, openList(t, value as unknown as readonly OpenCheck[])];
      if (typeof value === 'number') return [name, String(value)];
      if (name === 'why') return [name, say(t, keyOf('why', value as Why), {})];
      if (name === 'result') return [name, resultWord(t, value)];
      if (name === 'receiver') return [name, receiverName(t, value)];
      if (name === 'address') return [name, shownAddress(value)];
      return [name, DOMAIN_PARAMS.has(name) ? shownDomain(t, value) : shortened(value)];
    }),
  );
}

/** A domain as it may be shown; words where there is none. */
export function shownDomain(t: Translate, domain: string): string {
  return domain === '' ? t('value_empty') : bothWays(domain);
}

/** An address as it may be shown, its domain both ways. */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1
    ? shortened(address)
    : `${shortened(address.slice(0, at), 64)}@${bothWays(address.slice(at + 1))}`;
}

export function findingSentence(t: Translate, { code, params }: Finding): string {
  return say(t, keyOf('finding', code), shown(t, params));
}

type OpenCheck = FindingParams['dns-unanswered']['open'][number];

function openList(t: Translate, open: readonly OpenCheck[]): string {
  return open.map((check) => openCheck(t, check)).join(t('ui_dns_open_gap'));
}

function openCheck(t: Translate, check: OpenCheck): string {
  const domain = shownDomain(t, check.domain);
  switch (check.kind) {
    case 'dmarc':
      return t('ui_dns_open_dmarc', { domain });
    case 'key':
      return t('ui_dns_open_key', { domain, selector: shortened(check.selector) });
    case 'spf':
      return t('ui_dns_open_spf', { domain });
  }
}

export function headlineSentence(t: Translate, rule: Rule, domain: string): string {
  return say(t, keyOf('headline', rule), { domain: shownDomain(t, domain) });
}

const RECEIVERS = ['gmail', 'microsoft', 'fastmail', 'icloud', 'proton', 'yahoo', 'zoho'] as const;

/** The receiver's name: a product where one is known, else its authserv-id. */
export function receiverName(t: Translate, profile: string | null): string {
  if (profile === null) return t('receiver_unknown');
  const known = RECEIVERS.find((name) => name === profile);
  return known === undefined ? bothWays(profile) : t(keyOf('receiver', known));
}

/** A result word: RFC words stay as they are, our own three are translated. */
export function resultWord(t: Translate, result: string): string {
  if (result === 'not-checkable') return t('result_not_checkable');
  if (result === 'unknown') return t('result_unknown');
  if (result === 'withheld') return t('result_withheld');
  return result === 'policy' ? t('result_policy') : shortened(result, 24);
}

export function provenanceSentence(
  t: Translate,
  { by, result }: Provenance,
  receiver: { readonly name: string; readonly isFile: boolean },
): string {
  const word = result === null ? '' : resultWord(t, result);
  switch (by) {
    case 'reported':
      return receiver.isFile
        ? t('by_file', { result: word })
        : t('by_reported', { receiver: receiver.name, result: word });
    case 'checked':
      return word === '' ? t('by_checked_plain') : t('by_checked', { result: word });
    case 'unchecked':
      return t('by_unchecked');
    case 'unknown':
      return t('by_unknown');
    case 'pending':
      return t('by_pending');
  }
}
