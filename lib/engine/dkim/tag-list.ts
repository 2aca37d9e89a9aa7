/** The tag list of DKIM signatures and key records (RFC 6376 §3.2). */
import { trimWsp } from '../octets.ts';

export type TagList =
  | { readonly kind: 'tags'; readonly tags: ReadonlyMap<string, string> }
  | { readonly kind: 'error'; readonly error: 'syntax' | 'duplicate-tag' };

const TAG_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Reads `tag=value; …`; values keep inner white space, outer white space is removed. Total. */
export function parseTagList(text: string): TagList {
  const tags = new Map<string, string>();
  const specs = text.split(';');
  // A semicolon may end the list; an empty tag anywhere else is a syntax error.
  if (trimWsp(specs.at(-1) ?? '') === '') specs.pop();
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    const name = trimWsp(spec.slice(0, equals));
    if (equals === -1 || !TAG_NAME.test(name)) return { kind: 'error', error: 'syntax' };
    if (tags.has(name)) return { kind: 'error', error: 'duplicate-tag' };
    tags.set(name, trimWsp(spec.slice(equals + 1)));
  }
  return { kind: 'tags', tags };
}
