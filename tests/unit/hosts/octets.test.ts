/** Octets from a stream, whichever way they come in. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readOctets } from '../../../lib/hosts/gmail/octets.ts';
import { cutAt, inPieces, latin1, streamed, text } from './stream-kit.ts';

const nobody = () => {};
const MAIL = latin1('From: a@bank.example\r\nSubject: x\r\n\r\nbody\r\n\r\nmore');

/** Octets that are likely to hold, or nearly hold, an empty line. */
const lines = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', 'a', 'From: a@bank.example', '\xff', '\0'), { maxLength: 30 })
  .map((parts) => latin1(parts.join('')));
const cuts = fc.array(fc.nat({ max: 120 }), { maxLength: 12 });
const chunked = (octets: Uint8Array, places: readonly number[]) =>
  cutAt(
    octets,
    places.map((place) => Math.min(place, octets.length)),
  );

describe('reading', () => {
  it('joins the pieces and tells how far it is', async () => {
    const progress = vi.fn();
    const { response, isCancelled } = inPieces([latin1('ab'), latin1(''), latin1('cde')]);
    expect(await readOctets(response, 10, progress)).toEqual({ octets: latin1('abcde'), cut: false });
    expect(progress.mock.calls).toEqual([[2], [2], [5]]);
    expect(isCancelled()).toBe(false);
  });

  it.each([
    { why: 'an empty stream', response: () => inPieces([]).response },
    { why: 'no body at all', response: () => new Response(null) },
  ])('finds nothing in $why', async ({ response }) => {
    expect(await readOctets(response(), 10, nobody)).toEqual({ octets: new Uint8Array(), cut: false });
  });

  it('keeps octets of its own: the buffer that they came in may change', async () => {
    const theirs = latin1('abc');
    const { response } = streamed((index) => {
      // The second time the same buffer holds something else.
      if (index === 1) theirs.set(latin1('xyz'));
      return index < 2 ? theirs : null;
    });
    const { octets } = await readOctets(response, 10, nobody);
    expect(text(octets)).toBe('abcxyz');
    expect(octets.buffer).not.toBe(theirs.buffer);
  });

  it.each([
    { limit: 4, want: 'abcd', cut: true },
    { limit: 5, want: 'abcde', cut: true },
    { limit: 6, want: 'abcdef', cut: false },
  ])('up to $limit of six octets', async ({ limit, want, cut }) => {
    const { response, isCancelled } = inPieces([latin1('abc'), latin1('def')]);
    expect(await readOctets(response, limit, nobody)).toEqual({ octets: latin1(want), cut });
    expect(isCancelled()).toBe(cut);
  });

  it('ends where more than enough is in, however much would follow', async () => {
    const same = new Uint8Array(1000).fill(97);
    const { response, handed, isCancelled } = streamed(() => same);
    const { octets, cut } = await readOctets(response, 2500, nobody);
    expect([octets.length, cut, handed(), isCancelled()]).toEqual([2500, true, 3, true]);
  });

  it.each([{ headerOnly: false }, { headerOnly: true }])(
    'rejects where the stream breaks',
    async ({ headerOnly }) => {
      const { response } = streamed((index) => (index === 0 ? latin1('From: a') : new TypeError('network')));
      await expect(readOctets(response, 100, nobody, headerOnly)).rejects.toThrow('network');
    },
  );

  it('does not mind how the connection takes the end', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(latin1('A: b\n\n')),
      cancel: () => Promise.reject(new Error('gone')),
    });
    expect(await readOctets(new Response(body), 100, nobody, true)).toMatchObject({ cut: true });
  });

  it('yields the same octets however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), cuts, async (octets, places) => {
        const { response } = inPieces(chunked(octets, places));
        expect(await readOctets(response, 120, nobody)).toEqual({
          octets: new Uint8Array(octets),
          cut: false,
        });
      }),
    );
  });

  it('yields the same beginning of what is too large, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 41, maxLength: 120 }), cuts, async (octets, places) => {
        const { response } = inPieces(chunked(octets, places));
        expect(await readOctets(response, 40, nobody)).toEqual({
          octets: new Uint8Array(octets.slice(0, 40)),
          cut: true,
        });
      }),
    );
  });
});

describe('reading the header only', () => {
  const header = async (pieces: readonly Uint8Array[], limit = 1000) => {
    const { response, handed, isCancelled } = inPieces(pieces);
    const { octets, cut } = await readOctets(response, limit, nobody, true);
    return { header: text(octets), cut, handed: handed(), isCancelled: isCancelled() };
  };

  it.each([
    { why: 'CRLF', mail: 'A: b\r\n\r\nbody', want: 'A: b\r\n\r\n' },
    { why: 'bare LF', mail: 'A: b\n\nbody', want: 'A: b\n\n' },
    { why: 'LF, then CRLF', mail: 'A: b\n\r\nbody', want: 'A: b\n\r\n' },
    { why: 'CRLF, then LF', mail: 'A: b\r\n\nbody', want: 'A: b\r\n\n' },
    { why: 'the first of several', mail: 'A: b\r\n\r\nC: d\r\n\r\n', want: 'A: b\r\n\r\n' },
    { why: 'no CR without its LF', mail: 'A: b\r\rc\n\rd\n\nbody', want: 'A: b\r\rc\n\rd\n\n' },
    { why: 'nothing behind it', mail: 'A: b\r\n\r\n', want: 'A: b\r\n\r\n' },
  ])('ends at the empty line: $why', async ({ mail, want }) => {
    expect(await header([latin1(mail)])).toEqual({ header: want, cut: true, handed: 1, isCancelled: true });
  });

  it('takes all where no empty line is', async () => {
    expect(await header([latin1('A: b\r\n'), latin1('C: d\r\n')])).toEqual({
      header: 'A: b\r\nC: d\r\n',
      cut: false,
      handed: 2,
      isCancelled: false,
    });
  });

  it.each(Array.from(MAIL.keys()).slice(1))('finds it where the pieces meet before octet %i', async (at) => {
    const end = text(MAIL).indexOf('body');
    expect(await header(cutAt(MAIL, [at]))).toEqual({
      header: text(MAIL.slice(0, end)),
      cut: true,
      handed: at < end ? 2 : 1,
      isCancelled: true,
    });
  });

  it('finds it octet by octet, and asks for none behind it', async () => {
    const end = text(MAIL).indexOf('body');
    const pieces = cutAt(MAIL, Array.from(MAIL.keys()).slice(1));
    expect(await header(pieces)).toMatchObject({ header: text(MAIL.slice(0, end)), handed: end });
  });

  it('yields the same beginning however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(lines, cuts, async (octets, places) => {
        const whole = await header([octets]);
        const cut = await header(chunked(octets, places));
        expect([cut.header, cut.cut]).toEqual([whole.header, whole.cut]);
        expect(/\n\r?\n./s.test(whole.header)).toBe(false);
        expect(text(octets).startsWith(whole.header)).toBe(true);
      }),
    );
  });

  it('yields the same beginning of a header that is too long, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(lines, cuts, fc.nat({ max: 20 }), async (octets, places, limit) => {
        const { header: whole } = await header([octets], limit);
        expect(whole.length).toBeLessThanOrEqual(limit);
        expect((await header(chunked(octets, places), limit)).header).toBe(whole);
      }),
    );
  });
});
