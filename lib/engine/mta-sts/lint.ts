/** Remarks about an MTA-STS record (RFC 8461). */

export type MtaStsLintParams = Record<never, never>;
