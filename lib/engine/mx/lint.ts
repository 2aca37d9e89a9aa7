/** Remarks about the mail exchanges of a domain (RFC 5321, RFC 7505). */

export type MxLintParams = Record<never, never>;
