/** What a record asks for, and what it leaves out: nothing here is about spelling. */
import { type DmarcLint, FORMAT, POLICY, remark } from './lint-remark.ts';
import { POLICIES, type PolicyName } from './lint-tags.ts';
import type { Token } from './lint-tokens.ts';

export interface DmarcPlace {
  /** `report-consent`: at `_report._dmarc`, where a destination agrees to reports about others (RFC 9990 §4). */
  readonly purpose: 'policy' | 'report-consent';
  /** Whether the domain is an organizational domain, whose record speaks for the names below it; null: not known. */
  readonly isOrganizational: boolean | null;
}

/** The first token of each name, the tokens without a name of DMARC's, and where the version stands. */
export interface Reading {
  readonly tokens: readonly Token[];
  readonly first: ReadonlyMap<string, Token>;
  /** The names that are there, and those that will be when everything is mended. */
  readonly present: ReadonlySet<string>;
  readonly misnamed: ReadonlyMap<Token, DmarcLint>;
  readonly hasReportAddress: boolean;
  readonly versionIndex: number;
}

export function lintPolicy(reading: Reading, { isOrganizational }: DmarcPlace): readonly DmarcLint[] {
  const { first, present: names } = reading;
  const p = first.get('p');
  const remarks: DmarcLint[] = p === undefined ? missing(reading) : asked(p, reading);
  for (const tag of ['sp', 'np']) {
    const token = first.get(tag);
    if (token === undefined || policyOf(token) === null) continue;
    const said = below(tag, token, p, isOrganizational);
    if (said !== null) remarks.push(said);
  }
  const { end } = reading.tokens.at(-1) ?? { end: 0 };
  if (!names.has('rua')) remarks.push(remark('info', FORMAT, { start: end, end }, 'dmarc-no-rua', {}));
  const options = first.get('fo');
  if (options !== undefined && !names.has('ruf')) {
    remarks.push(remark('info', FORMAT, options, 'dmarc-options-unused', {}));
  }
  const psd = first.get('psd');
  if (psd?.value.toLowerCase() === 'y') remarks.push(remark('info', FORMAT, psd, 'dmarc-psd', {}));
  return remarks;
}

/** The policy of a token; null where it has none that can be read. */
export function policyOf({ value }: Token): PolicyName | null {
  return POLICIES.find((policy) => policy === value.toLowerCase()) ?? null;
}

/**
 * RFC 9989 is at odds with itself: a record without `p` counts as `p=none` (§4.7), but without a report address not at
 * all (§4.10.1). With one it is `p=none` either way, and saying so changes nothing.
 */
function missing({ tokens, present, hasReportAddress, versionIndex }: Reading): DmarcLint[] {
  const behind = tokens[versionIndex === 0 ? 0 : tokens.length - 1];
  if (present.has('p') || behind === undefined) return [];
  const gap = { start: behind.end, end: behind.end };
  if (!hasReportAddress) return [remark('error', POLICY, gap, 'dmarc-no-policy', {})];
  return [remark('warn', POLICY, gap, 'dmarc-no-policy-reports', {}, { ...gap, text: '; p=none' })];
}

function asked(p: Token, { tokens, first, versionIndex }: Reading): DmarcLint[] {
  const remarks: DmarcLint[] = [];
  if (policyOf(p) === 'none') remarks.push(remark('info', FORMAT, p, 'dmarc-p-none', {}));
  const test = first.get('t');
  if (test?.value.toLowerCase() === 'y') remarks.push(remark('info', FORMAT, test, 'dmarc-testing', {}));
  if (versionIndex === 0 && tokens[1] !== p) {
    remarks.push(remark('info', 'RFC 7489 §6.4', p, 'dmarc-tag-order', {}));
  }
  return remarks;
}

function below(
  tag: string,
  token: Token,
  p: Token | undefined,
  isOrganizational: boolean | null,
): DmarcLint | null {
  // Names below are spoken for by the record of their organizational domain.
  if (isOrganizational === false) return remark('info', FORMAT, token, 'dmarc-sp-unused', { tag });
  const [value, policy] = [policyOf(token), p === undefined ? null : policyOf(p)];
  if (value === null || policy === null || POLICIES.indexOf(value) >= POLICIES.indexOf(policy)) return null;
  return remark('warn', FORMAT, token, 'dmarc-sp-weaker', { tag, value, policy });
}
