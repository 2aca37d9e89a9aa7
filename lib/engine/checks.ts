/** The checks of one message, each asking DNS for itself and answering with the part of the facts that it finds. */
import { findAlterations } from './alteration/find.ts';
import { domainPart } from './authres/evidence.ts';
import { type BimiAnswer, DEFAULT_SELECTOR, lookUpBimi } from './bimi/lookup.ts';
import { readBimiSelector } from './bimi/record.ts';
import { lookUpKeys } from './dkim/lookup.ts';
import { suits } from './dkim/record.ts';
import { parseSignature } from './dkim/signature.ts';
import type { DkimCheck, DkimTask, DkimVerification } from './dkim/verify.ts';
import { type DmarcFacts, lookUpDmarc } from './dmarc/evaluate.ts';
import { type PslView, pslView } from './dmarc/psl-view.ts';
import type { Ledger } from './dns/ledger.ts';
import { fieldsNamed } from './message/split.ts';
import type { Ports } from './ports.ts';
import { checkHost } from './spf/evaluate.ts';
import type { Facts, SignatureFacts, SpfFacts } from './verdict/facts.ts';
import { alignmentOf } from './verdict/identifiers.ts';

/** SPF in both identities, kept apart (RFC 7208 §2.3, §2.4). */
export async function checkSpf(
  spf: SpfFacts,
  { mayReveal, now }: { readonly mayReveal: boolean; readonly now: number },
  ports: Pick<Ports, 'toAscii'>,
  ledger: Ledger,
): Promise<SpfFacts> {
  if (spf.kind === 'not-judgeable') return spf;
  const task = { ...spf.handover, mayReveal, now };
  const [mailFrom, helo] = await Promise.all([
    checkHost({ ...task, identity: 'mailfrom' }, ports, ledger),
    checkHost({ ...task, identity: 'helo' }, ports, ledger),
  ]);
  return { ...spf, mailFrom, helo };
}

/** A signature, told when it is verified, and once more with what broke it where it fails on original octets. */
export async function checkSignature(
  { check: verified }: DkimVerification,
  task: DkimTask,
  ports: Ports,
  ledger: Ledger,
  tell: (found: SignatureFacts) => void,
): Promise<void> {
  const check = await verified;
  const found = { claim: check, check, alterations: null };
  tell(found);
  const alterations = await whatBroke(check, task, ports, ledger);
  if (alterations !== null) tell({ ...found, alterations });
}

async function whatBroke(
  { result, reason, field }: DkimCheck,
  { message, completeness }: DkimTask,
  ports: Ports,
  ledger: Ledger,
): Promise<SignatureFacts['alterations']> {
  const isBroken = result === 'fail' || reason === 'body-too-short';
  if (!isBroken || completeness !== 'full') return null;
  const parsed = parseSignature(message.fields[field]?.raw ?? '', ports);
  if (parsed.kind === 'error') return null;
  const { signature } = parsed;
  const answer = await lookUpKeys(signature, ledger);
  if (answer.kind !== 'keys') return null;
  const keys = answer.keys.flatMap((key) =>
    key.kind === 'key' && suits(key.record, signature.algorithm) ? [key.record] : [],
  );
  return findAlterations({ message, field, signature, keys }, ports);
}

/** DMARC for the author domain, with every identifier that may count for it. */
export async function lookUp(
  { authors }: Facts,
  identifiers: readonly string[],
  ledger: Ledger,
): Promise<DmarcFacts | null> {
  return authors.kind === 'one' ? lookUpDmarc(authors.author.domain, identifiers, ledger) : null;
}

/** The same by the older rule. */
export async function lookByList(
  { authors }: Facts,
  identifiers: readonly string[],
  ports: Ports,
  ledger: Ledger,
): Promise<PslView | null> {
  return authors.kind === 'one' ? pslView(authors.author.domain, identifiers, ports, ledger) : null;
}

/** What may turn out to be authenticated: the domains of MAIL FROM and of every signature, in A-labels. */
export function identifiersOf(
  { signatures, spf, reportedMailFrom, reportedSigners }: Facts,
  ports: Pick<Ports, 'toAscii'>,
): readonly string[] {
  const sender = spf.kind === 'judgeable' ? domainPart(spf.handover.mailFrom) || spf.handover.helo : '';
  const signers = signatures.map(({ claim }) => claim.domain);
  return [reportedMailFrom, ports.toAscii(sender)?.domain ?? '', ...signers, ...reportedSigners];
}

/** The record of the logo, once the organization is known; the author domain's own is asked for at once. */
export async function checkLogo(
  { authors }: Facts,
  dmarc: Promise<DmarcFacts | null>,
  checked: () => Promise<Facts>,
  ledger: Ledger,
): Promise<BimiAnswer | null> {
  if (authors.kind !== 'one') return null;
  const { domain: authorDomain } = authors.author;
  void ledger.ask(`${DEFAULT_SELECTOR}._bimi.${authorDomain}`, 'TXT');
  const found = await dmarc;
  if (found === null) return null;
  const selector = selectorOf(await checked()) ?? DEFAULT_SELECTOR;
  const { organizationalDomain } = found.walk;
  return lookUpBimi({ authorDomain, organizationalDomain, selector }, ledger);
}

/** BIMI-Selector counts where a signature of the author domain's own covers it. */
function selectorOf(facts: Facts): string | null {
  const [field, ...others] = fieldsNamed(facts.message, 'bimi-selector');
  if (field === undefined || others.length > 0) return null;
  const isCovered = facts.signatures.some(
    ({ check }) =>
      check?.result === 'pass' &&
      check.signedHeaders.includes('bimi-selector') &&
      alignmentOf(facts, check.domain, 'dkim') === true,
  );
  return isCovered ? readBimiSelector(facts.message.fields[field]?.value ?? '') : null;
}
