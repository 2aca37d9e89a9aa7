/** What the owner of a domain says about a `fail` (RFC 7208 §6.2). */

import { validatedName } from './lookup.ts';
import { expand, parseMacro, uses } from './macro.ts';
import type { Modifier } from './record.ts';
import { isAscii, macroValues, type Session, targetOf, usesLocalPart } from './session.ts';
import type { SpfTermTrace } from './trace.ts';

export interface Explained {
  readonly text: string | null;
  readonly trace: Pick<SpfTermTrace, 'outcome' | 'name' | 'dns'>;
}

/** Fetches and expands the text that `exp` names. Whatever goes wrong, it is as if there were no `exp`. */
export async function explain(exp: Modifier, domain: string, session: Session): Promise<Explained> {
  const target = await targetOf(exp.domain, domain, session);
  const { name, dns } = target;
  if (target.kind !== 'name') {
    return { text: null, trace: { outcome: target.kind === 'withheld' ? 'withheld' : 'ignored', name, dns } };
  }
  const { answer, index } = await session.ledger.ask(target.name, 'TXT');
  const [only, ...others] = answer.rcode === 'NOERROR' ? answer.answers : [];
  const text = only === undefined || others.length > 0 ? null : await expandText(only, domain, session);
  return { text, trace: { outcome: text === null ? 'ignored' : 'followed', name, dns: [...dns, index] } };
}

/** The local part may stand in the text, which goes to nobody, but where it is not known there is no text. */
async function expandText(text: string, domain: string, session: Session): Promise<string | null> {
  const parsed = parseMacro(text, 'explanation');
  if (parsed.kind === 'error') return null;
  const { macro } = parsed;
  if (usesLocalPart(macro) && session.sender.local === null) return null;
  const validated = uses(macro, ['p']) ? await validatedName(session.client, domain, session.ledger) : null;
  const expanded = expand(macro, macroValues(domain, session, validated?.name ?? ''));
  return isAscii(expanded) ? expanded : null;
}
