/** What a reader types to name a domain. Apart from the question, whose readers in every tab need no IDNA. */
import { type DomainQuestion, domainQuestion } from './domain-question.ts';
import { toAscii } from './idna.ts';

/** An address with the name of its owner; a mail is longer. */
const MAX_MEANT = 600;
/** Dots of other scripts; UTS 46 takes them for one. */
const DOTS = /[\u3002\uff0e\uff61]/g;

/** A key stands at its selector (RFC 6376 §3.6.2.1), other records below labels that begin with an underscore. */
const KEY = /^([^_]+)\._domainkey\.(.+)$/;
const PREFIXES = /^(?:_[a-z0-9-]+\.)+/;

/**
 * The question that a reader means by a domain name, an address or the name of a record; null where it is none of them,
 * such as a header line.
 */
export function questionMeant(text: string): DomainQuestion | null {
  const line = text.trim();
  if (line.length > MAX_MEANT || /[:\r\n]/.test(line)) return null;
  const address = line.endsWith('>') ? line.slice(line.lastIndexOf('<') + 1, -1) : line;
  const name = address.slice(address.lastIndexOf('@') + 1);
  const { domain = '' } = toAscii(name.replace(DOTS, '.')) ?? {};
  const [, selector, signer] = KEY.exec(domain) ?? [];
  return selector !== undefined && signer !== undefined
    ? domainQuestion(signer, [selector])
    : domainQuestion(domain.replace(PREFIXES, ''), []);
}
