/** The author domain: whose name the message carries in From (RFC 9989 §5.3.1). */
import type { AsciiDomain, Ports } from '../ports.ts';
import { type Mailbox, parseAddressList } from './address.ts';
import { decodeEncodedWords } from './encoded-word.ts';
import { fieldsNamed, type Message } from './split.ts';

export interface Author {
  readonly displayName: string;
  /** As written. */
  readonly address: string;
  /** A-labels, lower case. */
  readonly domain: string;
}

export type AuthorProblem =
  | 'no-from'
  | 'no-address'
  | 'unreadable'
  | 'domain-literal'
  | 'bad-domain'
  | 'mapped-domain';

/** `fields` are indexes of the From fields. */
export type Authors =
  | {
      readonly kind: 'one';
      readonly author: Author;
      /** More than one where several addresses are of the same domain. */
      readonly mailboxes: number;
      readonly fields: readonly number[];
    }
  | { readonly kind: 'several'; readonly authors: readonly Author[]; readonly fields: readonly number[] }
  | { readonly kind: 'none'; readonly why: AuthorProblem; readonly fields: readonly number[] };

/** Reads every From field of the message. Several mailboxes of one domain have one author domain. */
export function readAuthors(message: Message, ports: Pick<Ports, 'toAscii' | 'decodeCharset'>): Authors {
  const fields = fieldsNamed(message, 'from');
  if (fields.length === 0) return { kind: 'none', why: 'no-from', fields };
  const lists = fields.map((index) => parseAddressList(message.fields[index]?.value ?? ''));
  const mailboxes = lists.flatMap((list) => list.mailboxes);
  const errors = lists.flatMap((list) => list.errors);
  // An unquoted comma in a name leaves a piece without address; it takes nothing from the address that is there.
  if (errors.some((error) => error !== 'no-address')) return { kind: 'none', why: 'unreadable', fields };
  if (mailboxes.length === 0) return { kind: 'none', why: 'no-address', fields };

  const authors: Author[] = [];
  for (const mailbox of mailboxes) {
    if (mailbox.domain.startsWith('[')) return { kind: 'none', why: 'domain-literal', fields };
    const ascii = ports.toAscii(mailbox.domain);
    if (ascii === null) return { kind: 'none', why: 'bad-domain', fields };
    if (ascii.mapped) return { kind: 'none', why: 'mapped-domain', fields };
    authors.push(toAuthor(mailbox, ascii, ports.decodeCharset));
  }
  const [author] = authors;
  if (author === undefined) return { kind: 'none', why: 'no-address', fields };
  return authors.every(({ domain }) => domain === author.domain)
    ? { kind: 'one', author, mailboxes: mailboxes.length, fields }
    : { kind: 'several', authors, fields };
}

function toAuthor(mailbox: Mailbox, ascii: AsciiDomain, decodeCharset: Ports['decodeCharset']): Author {
  return {
    displayName: decodeEncodedWords(mailbox.displayName, decodeCharset),
    address: `${mailbox.localPart}@${mailbox.domain}`,
    domain: ascii.domain,
  };
}
