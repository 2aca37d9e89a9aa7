/** Remarks about an SPF record (RFC 7208). */

export type SpfLintParams = Record<never, never>;
