/** A character that may not be seen, by its number. */

/** Such as `U+00A0`. `at` is where it begins in the text. */
export function characterName(text: string, at = 0): string {
  return `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
