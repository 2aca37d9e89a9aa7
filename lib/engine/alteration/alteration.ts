/**
 * What became of a signed mail on its way: the least change whose undoing makes the signature or the body hash fit again.
 *
 * Nothing here is a guess. A change is named only after it was undone on trial and the mathematics agreed, so `before`
 * is what the signer signed. `after` is what stands in the mail now. Texts are decoded, unfolded and cut to
 * `MAX_PREVIEW` characters; they come from a mail and are to be shown as such.
 */

/** Characters of a text shown to the reader. */
export const MAX_PREVIEW = 200;

/** A field that was signed with one value and stands here with another. */
interface Changed {
  /** Index of the field in the message. */
  readonly field: number;
  /** Its name as written here. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export type HeaderAlteration =
  /** Line breaks and the white space around them only. */
  | (Changed & { readonly kind: 'field-refolded' })
  /** White space only. */
  | (Changed & { readonly kind: 'field-respaced' })
  /** Upper and lower case only. */
  | (Changed & { readonly kind: 'field-recased' })
  /** Quotation marks, angle brackets or comments only. */
  | (Changed & { readonly kind: 'field-requoted' })
  /** The same text, encoded otherwise (RFC 2047), or bare where it was encoded. */
  | (Changed & { readonly kind: 'field-reencoded' })
  /** Text was put before or behind the signed Subject, or inside it after a `Re:`. */
  | (Changed & { readonly kind: 'subject-tagged'; readonly tag: string })
  | (Changed & { readonly kind: 'subject-changed' })
  /** Another author's address or name in From, as lists do that must not send in the author's name. */
  | (Changed & { readonly kind: 'from-rewritten' })
  | (Changed & { readonly kind: 'reply-to-rewritten' })
  /** To or Cc. */
  | (Changed & { readonly kind: 'recipients-rewritten' })
  | (Changed & { readonly kind: 'date-rewritten' })
  /** Content-Type, Content-Transfer-Encoding and their kind. */
  | (Changed & { readonly kind: 'content-rewritten' })
  /** Any other field. */
  | (Changed & { readonly kind: 'field-changed' })
  /** A field that was not there at signing, and whose absence was signed, or whose place it took. */
  | { readonly kind: 'field-added'; readonly field: number; readonly name: string; readonly after: string }
  | { readonly kind: 'field-removed'; readonly name: string; readonly before: string }
  /** Several fields of one name in another order; indexes from the top. */
  | { readonly kind: 'fields-reordered'; readonly name: string; readonly fields: readonly number[] };

/** Text that was added and nothing else; `signedLines` of the body are as signed. */
interface Added {
  readonly lines: number;
  readonly signedLines: number;
  readonly text: string;
}

export type BodyAlteration =
  /** Lines at the end of the body or of one of its parts. */
  | (Added & { readonly kind: 'footer-added' })
  /** Lines at the start of the body or of one of its parts. */
  | (Added & { readonly kind: 'banner-added' })
  /** A whole MIME part. */
  | (Added & { readonly kind: 'part-added' })
  /** The signed body was empty: everything that stands here was added. */
  | (Added & { readonly kind: 'body-added' })
  /** The signed body became the first part of a new multipart, as lists do to add a footer. */
  | { readonly kind: 'body-wrapped'; readonly parts: number; readonly text: string }
  /** Bare CR or LF became CRLF or the other way round. */
  | { readonly kind: 'line-ends'; readonly count: number }
  /** White space at the end of lines was added or taken away. */
  | { readonly kind: 'trailing-space'; readonly count: number }
  /** Tabs and spaces were exchanged. */
  | { readonly kind: 'tabs'; readonly count: number }
  /** Empty lines were added or taken away. */
  | { readonly kind: 'blank-lines'; readonly count: number }
  /** The line end of the last line was signed otherwise than RFC 6376 §3.4 has it. */
  | { readonly kind: 'final-line-end' }
  /** `From ` at the start of a line became `>From `, or the other way round (RFC 4155). */
  | { readonly kind: 'from-escaped'; readonly count: number }
  /** A dot at the start of a line was doubled, or a doubled one halved (RFC 5321 §4.5.2). */
  | { readonly kind: 'dot-stuffed'; readonly count: number }
  /** Lines too long for SMTP were broken. */
  | { readonly kind: 'lines-broken'; readonly count: number }
  /** The same content in another transfer encoding, or in other lines of the same one (RFC 2045 §6). */
  | {
      readonly kind: 'transfer-encoding';
      readonly before: TransferEncoding;
      readonly after: TransferEncoding;
    }
  /** The same text in another charset; names in lower case. */
  | { readonly kind: 'charset'; readonly before: string; readonly after: string }
  /** Links lead by way of a scanner; `by` is its host. */
  | { readonly kind: 'links-rewritten'; readonly count: number; readonly by: string };

export type TransferEncoding = '8bit' | 'quoted-printable' | 'base64';

/** What the search found for the header or the body. */
type Traced<Alteration> =
  | { readonly kind: 'intact' }
  /** One to three changes; undone together they make it fit. */
  | { readonly kind: 'explained'; readonly alterations: readonly Alteration[] }
  /** No change that was tried explains it. */
  | { readonly kind: 'unexplained' };

export type HeaderTrace =
  | Traced<HeaderAlteration>
  /**
   * The RSA signature was not made with the private half of this key (or is itself damaged): no change of the mail
   * explains it, a new key under an old selector does.
   */
  | { readonly kind: 'other-key' };

export type BodyTrace =
  | Traced<BodyAlteration>
  /** There is no body at hand. */
  | { readonly kind: 'absent' };

export interface Alterations {
  readonly header: HeaderTrace;
  readonly body: BodyTrace;
}
