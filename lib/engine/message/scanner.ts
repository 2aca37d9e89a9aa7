/** A cursor over a structured header field: comments, white space, quoted strings (RFC 5322 §3.2). Linear in the value. */

const WHITE_SPACE = /[ \t\r\n]*/y;
const COMMENT_TEXT = /[^()\\]*/y;
const OUTSIDE_CFWS = /[^ \t\r\n(]*/y;

export interface Scanner {
  readonly text: string;
  at: number;
}

export function scan(text: string): Scanner {
  return { text, at: 0 };
}

export function atEnd(scanner: Scanner): boolean {
  return scanner.at >= scanner.text.length;
}

/** The character under the cursor, '' at the end. */
export function peek(scanner: Scanner): string {
  return scanner.text.charAt(scanner.at);
}

/** Steps over `character` if it stands here. */
export function accept(scanner: Scanner, character: string): boolean {
  if (peek(scanner) !== character) return false;
  scanner.at++;
  return true;
}

/**
 * Skips comments and folding white space (CFWS) and returns the comments' texts, nested ones with their
 * parentheses. A comment that never closes is returned to the end and `open` is set.
 */
export function skipCfws(scanner: Scanner): { comments: string[]; open: boolean; skipped: boolean } {
  const comments: string[] = [];
  const start = scanner.at;
  let open = false;
  for (;;) {
    readRun(scanner, WHITE_SPACE);
    if (peek(scanner) !== '(') break;
    const comment = readComment(scanner);
    comments.push(comment.text);
    open ||= comment.open;
  }
  return { comments, open, skipped: scanner.at > start };
}

function readComment(scanner: Scanner): { text: string; open: boolean } {
  let depth = 0;
  let text = '';
  while (!atEnd(scanner)) {
    text += readRun(scanner, COMMENT_TEXT);
    const character = peek(scanner);
    scanner.at++;
    if (character === '\\') {
      text += peek(scanner);
      scanner.at++;
      continue;
    }
    if (character === '(' && depth++ === 0) continue;
    if (character === ')' && --depth === 0) return { text, open: false };
    text += character;
  }
  return { text, open: true };
}

/** Reads a quoted string that begins here, unescaped; null where it never closes. */
export function readQuoted(scanner: Scanner): string | null {
  let text = '';
  scanner.at++;
  while (!atEnd(scanner)) {
    const character = peek(scanner);
    scanner.at++;
    if (character === '"') return text;
    if (character === '\\') {
      text += peek(scanner);
      scanner.at++;
    } else {
      text += character;
    }
  }
  return null;
}

/** Reads what the pattern matches here, '' where it matches nothing. `pattern` is sticky, one class of characters. */
export function readRun(scanner: Scanner, pattern: RegExp): string {
  pattern.lastIndex = scanner.at;
  const run = pattern.exec(scanner.text)?.[0] ?? '';
  scanner.at += run.length;
  return run;
}

/** The text with every comment and run of white space read as one space. */
export function withoutComments(text: string): string {
  const scanner = scan(text);
  let plain = '';
  while (!atEnd(scanner)) {
    if (skipCfws(scanner).skipped) plain += ' ';
    plain += readRun(scanner, OUTSIDE_CFWS);
  }
  return plain;
}
