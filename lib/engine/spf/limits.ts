/** The bounds of one check (RFC 7208 §4.6.4). */

/** Terms that cost a lookup: `include`, `a`, `mx`, `ptr`, `exists`, `redirect`. One more is a permerror. */
export const MAX_LOOKUPS = 10;
/** Of those, terms that find nothing. One more is a permerror. */
export const MAX_VOIDS = 2;
/** Exchanges of one `mx`. One more is a permerror. */
export const MAX_MX_HOSTS = 10;
/** Names of the client that `ptr` and `%{p}` look at; the others are left out. */
export const MAX_PTR_NAMES = 10;
/** RFC 5321 §4.5.3.1.3: a longer HELO name or local part does not occur, and a macro may repeat it at will. */
export const MAX_SENDER = 256;
