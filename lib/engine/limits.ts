/** The bounds of the work that one message may cause, each with its reason. */

/** Verified up to this size; a larger message is read for its header only. */
export const MAX_MESSAGE_OCTETS = 64 * 1024 * 1024;
/** A header block beyond this is cut: real ones stay below 100 kB, and everything here is linear in it. */
export const MAX_HEADER_OCTETS = 1024 * 1024;
/** Fields beyond this are not read. */
export const MAX_FIELDS = 2000;
/** RFC 6376 §8.4 lets a verifier limit the signatures that it tries. */
export const MAX_SIGNATURES = 20;
/** Addresses read from one field. */
export const MAX_MAILBOXES = 100;
/** Results read from one Authentication-Results field. */
export const MAX_RESULTS = 200;
/** RFC 9989 §4.10: a tree walk asks at most eight names. */
export const MAX_WALK_QUERIES = 8;
/** TXT records tried for one DKIM key; RFC 6376 §3.6.2.2 leaves several undefined. */
export const MAX_KEY_RECORDS = 5;
/** RFC 8301 §3.2: a signature by a shorter RSA key is never valid. */
export const MIN_RSA_BITS = 1024;
/** Selectors whose keys are asked for with the records of a domain; more than a mail carries signatures. */
export const MAX_SELECTORS = 10;
