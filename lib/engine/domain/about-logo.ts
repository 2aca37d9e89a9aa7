/** The logo that the domain publishes (BIMI), by the default selector. */
import { lintBimi } from '../bimi/lint.ts';
import { DEFAULT_SELECTOR } from '../bimi/lookup.ts';
import { parseBimiRecord } from '../bimi/record.ts';
import type { PolicyFound } from '../dmarc/policy.ts';
import type { Ledger } from '../dns/ledger.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainRecord, RecordFact } from './records.ts';
import { hasNone, type TextKind, type TextsAt, textRecords, textsAt } from './texts.ts';
import type { Use } from './use.ts';

export interface LogoFound {
  readonly own: TextsAt;
  /** At the organizational domain, which speaks where the domain itself has none; null where that is the same. */
  readonly above: TextsAt | null;
  readonly organizationalDomain: string | null;
  /** At the domain itself, where nobody looks for it. */
  readonly misplaced: TextsAt;
}

const LOGO_TEXTS: TextKind = {
  isRecord: (text) => parseBimiRecord(text) !== null,
  isAttempt: (text) => /bimi/i.test(text.slice(0, 64)),
};

const ELSEWHERE: TextKind = { ...LOGO_TEXTS, isAttempt: () => false };

export async function askLogo(
  domain: string,
  organizational: Promise<string | null>,
  ledger: Ledger,
): Promise<LogoFound> {
  const [own, misplaced] = await Promise.all([
    textsAt(`${DEFAULT_SELECTOR}._bimi.${domain}`, LOGO_TEXTS, ledger),
    textsAt(domain, ELSEWHERE, ledger),
  ]);
  const organizationalDomain = await organizational;
  const isSame = organizationalDomain === null || organizationalDomain === domain;
  const above =
    isSame || !hasNone(own)
      ? null
      : await textsAt(`${DEFAULT_SELECTOR}._bimi.${organizationalDomain}`, LOGO_TEXTS, ledger);
  return { own, above, organizationalDomain, misplaced };
}

export function logoRecords({ own, above }: LogoFound): readonly DomainRecord[] {
  return [own, ...(above === null ? [] : [above])].flatMap((texts) =>
    textRecords('bimi', texts, factsOf, lintBimi),
  );
}

function factsOf(text: string): readonly RecordFact[] {
  const record = parseBimiRecord(text);
  const facts: RecordFact[] = [];
  if (record?.location != null) facts.push({ code: 'logo', params: { location: record.location } });
  if (record?.evidence != null) facts.push({ code: 'evidence', params: { location: record.evidence } });
  return facts;
}

export function logoFindings(
  { own, above, organizationalDomain, misplaced }: LogoFound,
  domain: string,
  policy: PolicyFound,
  { sendsMail }: Use,
): readonly DomainFinding[] {
  const used = own.records.length > 0 || above === null ? own : above;
  const dns = [used.dns];
  const { length: count } = used.records;
  if (count > 1) {
    return [{ code: 'bimi-several', params: { other: used.name, count }, severity: 'error', dns }];
  }
  if (misplaced.records.length > 0 && count === 0) {
    const params = { domain, other: own.name };
    return [{ code: 'bimi-misplaced', params, severity: 'error', dns: [misplaced.dns] }];
  }
  const [record] = used.records.map(parseBimiRecord);
  if (record == null) {
    const isMissing = hasNone(own) && (above === null || hasNone(above)) && sendsMail !== false;
    return isMissing ? [{ code: 'bimi-missing', params: { domain }, severity: 'info', dns }] : [];
  }
  const told: DomainFinding[] = [];
  if (used === above && organizationalDomain !== null) {
    const params = { domain, other: organizationalDomain };
    told.push({ code: 'bimi-inherited', params, severity: 'info', dns });
  }
  // An empty record asks for no logo, and needs no policy.
  const isLax = policy.kind === 'none' || (policy.kind === 'record' && policy.applied === 'none');
  if (isLax && !record.declines) {
    const grounds = [...dns, ...policy.dns];
    told.push({ code: 'bimi-unenforced', params: { domain }, severity: 'warn', dns: grounds });
  }
  return told;
}
