/** Domain names as the engine compares them: A-labels in lower case, without the root's dot. */

/** RFC 1035 §2.3.4. */
const MAX_NAME = 253;
const LABELS = /^[^.\\\u{100}-\u{10ffff}]{1,63}(?:\.[^.\\\u{100}-\u{10ffff}]{1,63})*$/su;

/**
 * Whether a question can be asked for the name: labels of 1 to 63 octets, 253 in all, one character an octet. A
 * backslash stands in names from answers only (RFC 1035 §5.1), before what is no plain character of a label: no host.
 */
export function isAskable(name: string): boolean {
  return name.length <= MAX_NAME && LABELS.test(name);
}

/** Whether `name` is `ancestor` or stands below it, label by label. */
export function isAtOrBelow(name: string, ancestor: string): boolean {
  return name === ancestor || name.endsWith(`.${ancestor}`);
}
