/** A mail that the reader brings by hand, as a source to examine. */
import { type Completeness, MAX_HEADER_OCTETS, MAX_MESSAGE_OCTETS } from '../engine/index.ts';
import type { Problem } from '../explain/problem.ts';

interface Source {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly completeness: Completeness;
  readonly via: 'file' | 'paste';
  readonly instead: Problem | null;
}

/** A file is the original; of one that is too large the header is read. Rejects where it cannot be read. */
export async function fileSource(file: Blob): Promise<Source> {
  const isTooLarge = file.size > MAX_MESSAGE_OCTETS;
  const buffer = await (isTooLarge ? file.slice(0, MAX_HEADER_OCTETS) : file).arrayBuffer();
  return {
    octets: new Uint8Array(buffer),
    completeness: isTooLarge ? 'headers' : 'full',
    via: 'file',
    instead: isTooLarge ? 'too-large' : null,
  };
}

/**
 * Pasted text has been decoded and its line ends are the browser's: a body in it need not be the one that was signed.
 * Empty lines before the header come with the copying.
 */
export function pastedSource(text: string): Source {
  const mail = text.replace(/^(?:[ \t]*\r?\n)+/, '').replace(/\r?\n/g, '\r\n');
  const headerEnd = mail.indexOf('\r\n\r\n');
  const hasBody = headerEnd !== -1 && mail.slice(headerEnd).trim() !== '';
  return {
    octets: new TextEncoder().encode(mail),
    completeness: hasBody ? 'reencoded' : 'headers',
    via: 'paste',
    instead: null,
  };
}
