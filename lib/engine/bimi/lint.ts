/** Remarks about a BIMI record. */

export type BimiLintParams = Record<never, never>;
