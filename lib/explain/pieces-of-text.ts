/** Cuts structured text into pieces with their positions, for marking; reading what it means is the engine's work. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Positions in `text` between which neither quotes nor comments are open, one call each. */
function* bare(text: string): Generator<number> {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && (quoted || depth > 0)) at++;
    else if (character === '"' && depth === 0) quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth++;
    else if (character === ')' && depth > 0) depth--;
    else if (depth === 0) yield at;
  }
}

/** The pieces between separators that stand outside quotes and comments, trimmed; empty ones are left out. */
export function pieces(text: string, separator: string): readonly Span[] {
  const cuts = [...bare(text)].filter((at) => text[at] === separator);
  return [...cuts, text.length].flatMap((end, index) => trimmed(text, (cuts[index - 1] ?? -1) + 1, end));
}

/** The words between white space and comments; a quoted string is part of its word, spaces and all. */
export function tokens(text: string, from = 0, to = text.length): readonly Span[] {
  const words: Span[] = [];
  let start: number | null = null;
  let depth = 0;
  let quoted = false;
  const close = (end: number): void => {
    if (start !== null) words.push({ start, end });
    start = null;
  };
  for (let at = from; at < to; at++) {
    const character = text[at];
    if (character === '\\' && (quoted || depth > 0)) at++;
    else if (quoted) quoted = character !== '"';
    else if (character === '(') {
      close(at);
      depth++;
    } else if (character === ')') {
      close(at);
      depth = Math.max(0, depth - 1);
    } else if (depth > 0) continue;
    else if (character === ' ' || character === '\t') close(at);
    else {
      start ??= at;
      quoted = character === '"';
    }
  }
  close(to);
  return words;
}

export interface Tag extends Span {
  readonly name: string;
}

/** The tags of a tag list (RFC 6376 §3.2), each from its name to the end of its value. */
export function tagsOf(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  let start = 0;
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const [span] = trimmed(text, start, start + part.length);
    if (part.slice(0, equals).trim() !== '' && equals > 0 && span !== undefined)
      tags.push({ name: part.slice(0, equals).trim().toLowerCase(), ...span });
    start += part.length + 1;
  }
  return tags;
}

function trimmed(text: string, start: number, end: number): readonly Span[] {
  const part = text.slice(start, end);
  const inner = part.trim();
  if (inner === '') return [];
  const at = start + part.indexOf(inner);
  return [{ start: at, end: at + inner.length }];
}
