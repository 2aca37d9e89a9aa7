/** Remarks about a DKIM key record (RFC 6376). */

export type KeyLintParams = Record<never, never>;
