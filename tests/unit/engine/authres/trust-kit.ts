/** Deliveries to attack: what the receiver truly wrote says fail, what the sender adds says pass. */
import type { Evidence } from '../../../../lib/engine/authres/evidence.ts';
import { gatherEvidence } from '../../../../lib/engine/authres/trust.ts';
import type { Examination, IgnoredBecause, Receiver } from '../../../../lib/engine/index.ts';
import { readAuthors } from '../../../../lib/engine/message/author.ts';
import {
  GMAIL_MAILBOX,
  gmailBlock,
  letter,
  look,
  mail,
  microsoftBlock,
  OUTLOOK_MAILBOX,
  ports,
  toMessage,
} from '../kit.ts';

export const ZONE = { '_dmarc.bank.example': 'v=DMARC1; p=reject', 'bank.example': {} };

const FAIL = ['spf=fail (google.com: no) smtp.mailfrom=a@evil.example'];
const PASS = ['spf=pass (google.com: yes) smtp.mailfrom=a@bank.example'];
const DMARC = 'header.from=bank.example';

/** Gmail's true block: the mail failed. */
export const GMAIL_FAIL = gmailBlock({ results: [...FAIL, `dmarc=fail (p=REJECT dis=NONE) ${DMARC}`] });
/** A block as Gmail would write it, from the sender's hand. */
export const GMAIL_FORGED = gmailBlock({ results: [...PASS, `dmarc=pass (p=REJECT dis=NONE) ${DMARC}`] });
/** The last three fields of a forged block: border, Received-SPF, result. */
export const GMAIL_FORGED_PAIR = GMAIL_FORGED.slice(-3);

export const MICROSOFT_FAIL = microsoftBlock({
  results: ['dkim=none (message not signed) header.d=none', `dmarc=fail action=oreject ${DMARC}`],
});
export const MICROSOFT_FORGED = microsoftBlock({
  results: ['dkim=pass (signature was verified) header.d=bank.example', `dmarc=pass action=none ${DMARC}`],
});

export function result(id: string, dmarc = `dmarc=pass ${DMARC}`): string {
  return `Authentication-Results: ${id}; ${dmarc}`;
}

export async function gmail(
  fields: readonly string[],
  from?: string,
  receiver: Receiver = GMAIL_MAILBOX,
): Promise<Examination> {
  return look(mail([...fields, ...letter(from)]), { zone: ZONE, receiver });
}

export async function outlook(
  fields: readonly string[],
  from?: string,
  receiver: Receiver = OUTLOOK_MAILBOX,
): Promise<Examination> {
  return look(mail([...fields, ...letter(from)]), { zone: ZONE, receiver });
}

/** The evidence alone, of fields that stand above a letter, or of a whole message. */
export function evidenceOf(fields: readonly string[] | string, receiver: Receiver, from?: string): Evidence {
  const message = toMessage(typeof fields === 'string' ? fields : mail([...fields, ...letter(from)]));
  return gatherEvidence(message, readAuthors(message, ports), receiver, ports);
}

/** Whose word counts, in short. */
export function told({ basis, profile, dmarc, ignored }: Evidence): {
  basis: string | null;
  profile: string | null;
  dmarc: string | null;
  ignored: readonly IgnoredBecause[];
} {
  return {
    basis,
    profile,
    dmarc: dmarc?.result ?? null,
    ignored: ignored.map(({ because }) => because),
  };
}

/** What an attempt comes to: whose DMARC result is believed, and why the others are not. */
export function outcome({ facts, verdict }: Examination): {
  basis: string | null;
  dmarc: string | null;
  ignored: readonly IgnoredBecause[];
  level: string;
} {
  const { basis, dmarc, ignored } = facts.evidence;
  return {
    basis,
    dmarc: dmarc?.result ?? null,
    ignored: ignored.map(({ because }) => because),
    level: verdict.level,
  };
}

/** The same lines with one changed. */
export function changed(fields: readonly string[], index: number, edit: (field: string) => string): string[] {
  return fields.map((field, at) => (at === index ? edit(field) : field));
}

/** The same lines without one. */
export function without(fields: readonly string[], name: RegExp): string[] {
  return fields.filter((field) => !name.test(field));
}
