/** Remarks about a DMARC record (RFC 9989). */

export type DmarcLintParams = Record<never, never>;
