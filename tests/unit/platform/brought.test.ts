/** A mail that the reader brings: a file is the original, pasted text is not. */
import { describe, expect, it } from 'vitest';
import { MAX_HEADER_OCTETS, MAX_MESSAGE_OCTETS } from '../../../lib/engine/index.ts';
import { fileSource, pastedSource } from '../../../lib/platform/brought.ts';

const HEADER = 'From: a@bank.example\r\nSubject: Überweisung';
const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = ({ octets }: { octets: Uint8Array }): string => new TextDecoder().decode(octets);

/** A file of that size which holds nothing but zeros, and knows what was read of it. */
function hugeFile(size: number) {
  const slices: number[][] = [];
  const part = (start: number, end: number): Blob =>
    ({
      size: end - start,
      arrayBuffer: async () => {
        slices.push([start, end]);
        return new ArrayBuffer(end - start > MAX_HEADER_OCTETS ? 8 : end - start);
      },
      slice: (from = 0, to = end) => part(start + from, Math.min(start + to, end)),
    }) as unknown as Blob;
  return { file: part(0, size), slices };
}

describe('a file', () => {
  it('is the original, octet by octet', async () => {
    const octets = Uint8Array.from([...octetsOf(`${HEADER}\n\n`), 0, 255, 13, 10, 10]);
    expect(await fileSource(new Blob([octets]))).toEqual({
      octets,
      completeness: 'full',
      via: 'file',
      instead: null,
    });
  });

  it('may be empty', async () => {
    expect((await fileSource(new Blob([]))).octets).toHaveLength(0);
  });

  it('is read whole up to the size that is verified', async () => {
    const { file, slices } = hugeFile(MAX_MESSAGE_OCTETS);
    expect(await fileSource(file)).toMatchObject({ completeness: 'full', instead: null });
    expect(slices).toEqual([[0, MAX_MESSAGE_OCTETS]]);
  });

  it('beyond that is read for its header, and not a bit further', async () => {
    const { file, slices } = hugeFile(MAX_MESSAGE_OCTETS + 1);
    const source = await fileSource(file);
    expect(source).toMatchObject({ completeness: 'headers', via: 'file', instead: 'too-large' });
    expect(source.octets).toHaveLength(MAX_HEADER_OCTETS);
    expect(slices).toEqual([[0, MAX_HEADER_OCTETS]]);
  });

  it('that cannot be read is no source', async () => {
    const gone = { size: 1, arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) };
    await expect(fileSource(gone as unknown as Blob)).rejects.toThrow(DOMException);
  });
});

describe('pasted text', () => {
  it.each([
    { why: 'a header alone', text: HEADER, completeness: 'headers' },
    { why: 'a header and its line end', text: `${HEADER}\r\n`, completeness: 'headers' },
    { why: 'a header and the empty line', text: `${HEADER}\r\n\r\n`, completeness: 'headers' },
    { why: 'a header and white space', text: `${HEADER}\r\n\r\n \t\r\n\r\n`, completeness: 'headers' },
    { why: 'a header and a body', text: `${HEADER}\r\n\r\nHello\r\n`, completeness: 'reencoded' },
    { why: 'a body after more empty lines', text: `${HEADER}\r\n\r\n\r\n\r\n.`, completeness: 'reencoded' },
    { why: 'a body alone in one letter', text: `${HEADER}\r\n\r\nx`, completeness: 'reencoded' },
  ])('of $why is $completeness and never the original', ({ text, completeness }) => {
    for (const pasted of [text, text.replaceAll('\r\n', '\n')]) {
      expect(pastedSource(pasted)).toMatchObject({ completeness, via: 'paste', instead: null });
      expect(textOf(pastedSource(pasted))).toBe(text);
    }
  });

  it.each([
    { why: 'empty lines', before: '\n\n' },
    { why: 'empty lines of CRLF', before: '\r\n\r\n' },
    { why: 'lines of white space', before: ' \t\n  \r\n' },
  ])('loses the $why before it', ({ before }) => {
    expect(textOf(pastedSource(`${before}${HEADER}`))).toBe(HEADER);
  });

  it('keeps what stands before its first word on the line, and every empty line after', () => {
    expect(textOf(pastedSource(`\n  folded\n\n\n x `))).toBe('  folded\r\n\r\n\r\n x ');
  });

  it('is UTF-8 once more', () => {
    expect(pastedSource('Ü').octets).toEqual(Uint8Array.of(0xc3, 0x9c));
  });

  it.each([{ text: '' }, { text: '\n\n' }, { text: ' \r\n' }])('of nothing is nothing: %j', ({ text }) => {
    expect(pastedSource(text)).toMatchObject({ completeness: 'headers' });
    expect(pastedSource(text).octets).toHaveLength(0);
  });

  it.each([
    { why: 'empty lines after the header', text: `${HEADER}${'\n'.repeat(60_000)}` },
    { why: 'empty lines before it', text: `${'\n'.repeat(60_000)}${HEADER}` },
    { why: 'spaces', text: `${HEADER}\n\n${' '.repeat(60_000)}` },
  ])('of 60,000 $why is read at once', ({ text }) => {
    const start = performance.now();
    expect(pastedSource(text).completeness).toBe('headers');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
