/** What stays the same through one check, and the names that its macros make of it. */
import type { Ledger } from '../dns/ledger.ts';
import { isAskable } from '../dns/name.ts';
import { validatedName } from './lookup.ts';
import { expand, type MacroString, type MacroValues, uses } from './macro.ts';
import { type Client, dotted } from './network.ts';
import type { Term } from './record.ts';
import type { WithheldReason } from './trace.ts';

export interface Session {
  readonly client: Client;
  readonly sender: Sender;
  readonly helo: string;
  readonly receiver: string;
  /** Seconds since 1970. */
  readonly now: number;
  readonly mayReveal: boolean;
  readonly ledger: Ledger;
  /** The terms of a record's text. */
  readonly read: (text: string) => readonly Term[];
}

export interface Sender {
  /** Null where it is not known. */
  readonly local: string | null;
  readonly domain: string;
  /** Whether the local part is the mail's own; `postmaster` in its place tells nobody anything. */
  readonly isPersonal: boolean;
}

/**
 * The name that a term speaks of. `nowhere`: DNS cannot hold it, so it does not exist (§4.8), and nobody is asked.
 * `withheld`: it would carry a local part that may not be shown or is not known; the name stays unmade.
 */
export type Target =
  | { readonly kind: 'name' | 'nowhere'; readonly name: string; readonly dns: readonly number[] }
  | { readonly kind: 'withheld'; readonly name: null; readonly dns: readonly number[] };

const WITHHELD: Target = { kind: 'withheld', name: null, dns: [] };
const LONGEST_NAME = 253;

/** The name that a term speaks of: its own, or the domain of its record. `%{p}` has to be asked for. */
export async function targetOf(spec: MacroString | null, domain: string, session: Session): Promise<Target> {
  if (spec === null || !uses(spec, ['p']) || isWithheld(spec, session))
    return targetNow(spec, domain, session);
  const { name, dns } = await validatedName(session.client, domain, session.ledger);
  return { ...targetNow(spec, domain, session, name), dns };
}

/** The same where `%{p}` does not occur, or its value is known: nothing has to be asked. */
export function targetNow(
  spec: MacroString | null,
  domain: string,
  session: Session,
  validated = 'unknown',
): Target {
  if (spec === null) return { kind: 'name', name: domain, dns: [] };
  const isForeign = usesLocalPart(spec) && session.sender.local !== null && !isAscii(session.sender.local);
  if (isWithheld(spec, session) && !isForeign) return WITHHELD;
  const name = shortened(expand(spec, macroValues(domain, session, validated)).toLowerCase());
  // RFC 8616 §4: a local part beyond US-ASCII is no label; a term that is made from it matches nothing.
  const isName = isAskable(name) && isAscii(name) && !isForeign;
  return { kind: isName ? 'name' : 'nowhere', name, dns: [] };
}

export function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** Whether the string would show a local part that may not be shown, or needs one that is not known. */
export function isWithheld(spec: MacroString, { sender, mayReveal }: Session): boolean {
  return usesLocalPart(spec) && (sender.local === null || (sender.isPersonal && !mayReveal));
}

/** Why this check withholds what it withholds. */
export function withholding({ sender }: Session): WithheldReason {
  return sender.local === null ? 'local-part-unknown' : 'sender-withheld';
}

export function usesLocalPart(spec: MacroString): boolean {
  return uses(spec, ['l', 's']);
}

/** §7.2. `validated` is the value of `%{p}`. */
export function macroValues(domain: string, session: Session, validated: string): MacroValues {
  const { client, sender, helo, receiver, now } = session;
  const local = sender.local ?? '';
  return {
    s: `${local}@${sender.domain}`,
    l: local,
    o: sender.domain,
    d: domain,
    i: dotted(client),
    p: validated,
    v: client.family === 4 ? 'in-addr' : 'ip6',
    h: helo,
    c: client.text,
    r: receiver,
    t: String(now),
  };
}

/** Without the root's dot; labels are dropped from the left until DNS can hold the name (§7.3). */
function shortened(expanded: string): string {
  const name = expanded.endsWith('.') ? expanded.slice(0, -1) : expanded;
  if (name.length <= LONGEST_NAME) return name;
  const dot = name.indexOf('.', name.length - LONGEST_NAME - 1);
  return dot === -1 ? name : name.slice(dot + 1);
}
