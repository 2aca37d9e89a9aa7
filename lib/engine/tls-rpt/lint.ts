/** Remarks about a TLS-RPT record (RFC 8460). */

export type TlsRptLintParams = Record<never, never>;
