/** Octets travel as base64 in pieces; what is put together is exactly as long as was announced, or nothing. */
import { describe, expect, it } from 'vitest';
import { collector, toPieces } from '../../../lib/platform/pieces.ts';
import { base64 } from './examine-kit.ts';

const PIECE = 384 * 1024;
const numbered = (length: number) => new Uint8Array(length).map((_, index) => index % 251);

/** What is put together of pieces that were announced as so long; null where one is not taken. */
function together(pieces: readonly string[], length: number): Uint8Array | null {
  const collected = collector(length);
  return pieces.every((piece) => collected.take(piece)) ? collected.whole() : null;
}

describe('pieces', () => {
  it.each([
    { length: 0, sizes: [] },
    { length: 1, sizes: [1] },
    { length: PIECE - 1, sizes: [PIECE - 1] },
    { length: PIECE, sizes: [PIECE] },
    { length: PIECE + 1, sizes: [PIECE, 1] },
    { length: 2_000_000, sizes: [PIECE, PIECE, PIECE, PIECE, PIECE, 2_000_000 - 5 * PIECE] },
  ])('of $length octets say how long they are, and only the last is padded', ({ length, sizes }) => {
    const octets = numbered(length);
    const pieces = [...toPieces(octets)];
    expect(pieces.map((piece) => piece.octets)).toEqual(sizes);
    expect(pieces.slice(0, -1).filter((piece) => piece.base64.includes('='))).toEqual([]);
    const whole = together(
      pieces.map((piece) => piece.base64),
      length,
    );
    expect(Buffer.compare(whole ?? Buffer.from('none'), octets)).toBe(0);
    // As one text they are base64 too.
    expect(pieces.map((piece) => piece.base64).join('')).toBe(base64(octets));
  });

  it('are cut when they are asked for, not before', () => {
    const octets = numbered(PIECE + 3);
    const pieces = toPieces(octets);
    expect(pieces.next().value).toMatchObject({ octets: PIECE });
    octets.set([1, 2, 3], PIECE);
    expect(pieces.next()).toEqual({ done: false, value: { base64: 'AQID', octets: 3 } });
    expect(pieces.next().done).toBe(true);
  });

  it('are of the view, not of the buffer behind it', () => {
    expect([...toPieces(Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4))]).toEqual([
      { base64: 'AQID', octets: 3 },
    ]);
  });
});

describe('what is put together', () => {
  it.each([
    { why: 'one piece', pieces: ['QUJD'], length: 3 },
    { why: 'pieces of any size', pieces: ['QQ==', 'QkM=', 'REVG'], length: 6 },
    { why: 'pieces of nothing between', pieces: ['', 'QUJD', ''], length: 3 },
    { why: 'pieces without their padding', pieces: ['QQ', 'QkM'], length: 3 },
  ])('of $why is as it was', ({ pieces, length }) => {
    expect(Buffer.from(together(pieces, length) ?? []).toString()).toBe('ABCDEF'.slice(0, length));
  });

  it.each([
    { why: 'too few octets', pieces: ['QUJD'], length: 4 },
    { why: 'no piece at all', pieces: [], length: 1 },
    { why: 'too many octets', pieces: ['QUJD', 'QUJD'], length: 5 },
    { why: 'one octet too many', pieces: ['QUJDRA=='], length: 3 },
    { why: 'one too many in the same base64 length', pieces: ['QUI='], length: 1 },
    { why: 'octets where none were announced', pieces: ['QQ=='], length: 0 },
    { why: 'no base64', pieces: ['!!!'], length: 2 },
    { why: 'the alphabet of addresses', pieces: ['-_-_'], length: 3 },
    { why: 'padding in the middle', pieces: ['QQ==QQ=='], length: 2 },
  ])('of $why is nothing', ({ pieces, length }) => {
    expect(together(pieces, length)).toBeNull();
  });

  it('of no octets is empty at once', () => {
    expect(collector(0).whole()).toEqual(new Uint8Array());
  });

  it('is not there while octets are missing, and is when the last has come', () => {
    const collected = collector(4);
    expect(collected.whole()).toBeNull();
    expect(collected.take('QUJD')).toBe(true);
    expect(collected.whole()).toBeNull();
    expect(collected.take('RA==')).toBe(true);
    expect(collected.whole()).toEqual(Uint8Array.of(0x41, 0x42, 0x43, 0x44));
  });

  it('holds nothing of a piece that was refused', () => {
    const collected = collector(3);
    expect(collected.take('QUI=')).toBe(true);
    expect(collected.take('QUI=')).toBe(false);
    expect(collected.take('?')).toBe(false);
    expect(collected.take('Qw==')).toBe(true);
    expect(collected.whole()).toEqual(Uint8Array.of(0x41, 0x42, 0x43));
  });

  it('does not decode what is far too long', () => {
    const text = 'A'.repeat(1 << 24);
    const collected = collector(3);
    const start = performance.now();
    for (let turn = 0; turn < 1000; turn++) expect(collected.take(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
