/** A source that is long in coming, one that is too large, and one of which the header is enough. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inPieces, latin1, type Streamed, streamed, text } from './stream-kit.ts';

const MESSAGE_LIMIT = 20_000;
const HEADER_LIMIT = 3000;
/** The limits are made small, so that what exceeds them is, too. */
vi.mock('../../../lib/engine/index.ts', async (original) => ({
  ...(await original<object>()),
  MAX_MESSAGE_OCTETS: 20_000,
  MAX_HEADER_OCTETS: 3000,
}));
const { fetchHeader, fetchSource } = await import('../../../lib/hosts/gmail/source.ts');

const ATTEMPT = { url: 'https://mail.google.com/x', credentials: 'include', via: 'gmail-again' } as const;
const PIECE = latin1(`From: a@bank.example\r\nX: ${'x'.repeat(974)}\r\n`);
afterEach(() => vi.restoreAllMocks());

describe('while a source comes in', () => {
  const heard = async ({ response }: Streamed) => {
    const progress = vi.fn();
    await fetchSource(ATTEMPT, async () => response, progress);
    return progress.mock.calls;
  };
  const pieces = [latin1('From: a@b.example\r\n'), latin1('\r\n')];

  it.each([
    { why: 'of how many', headers: { 'content-length': '21' }, of: 21 },
    { why: 'but not of how many where that is not said', headers: {}, of: null },
    { why: 'but not of how many where that is no number', headers: { 'content-length': 'many' }, of: null },
  ])('it is told how many octets are in, $why', async ({ headers, of }) => {
    expect(await heard(inPieces(pieces, { headers: headers as HeadersInit }))).toEqual([
      [19, of],
      [21, of],
    ]);
  });

  it('nobody need listen', async () => {
    const { response } = inPieces(pieces);
    expect(await fetchSource(ATTEMPT, async () => response)).toMatchObject({ completeness: 'full' });
  });
});

describe('a source that is too large', () => {
  it('is read for its header only, and the rest is declined', async () => {
    const { response, handed, isCancelled } = streamed(() => PIECE);
    const found = await fetchSource(ATTEMPT, async () => response);
    expect(found).toMatchObject({ kind: 'source', completeness: 'headers', via: 'gmail-again' });
    expect(found.kind === 'source' ? text(found.octets) : found).toBe(
      text(PIECE).repeat(3).slice(0, HEADER_LIMIT),
    );
    expect(handed()).toBe(Math.floor(MESSAGE_LIMIT / PIECE.length) + 1);
    expect(isCancelled()).toBe(true);
  });

  it.each([
    { octets: MESSAGE_LIMIT, completeness: 'full', kept: MESSAGE_LIMIT },
    { octets: MESSAGE_LIMIT + 1, completeness: 'headers', kept: HEADER_LIMIT },
  ])('begins with one octet too many: $octets are $completeness', async ({ octets, completeness, kept }) => {
    const { response } = inPieces([new Uint8Array(octets).fill(97)]);
    const found = await fetchSource(ATTEMPT, async () => response);
    expect(found).toMatchObject({ kind: 'source', completeness });
    expect(found.kind === 'source' ? found.octets.length : found).toBe(kept);
  });
});

describe('the header alone', () => {
  const header = (response: Response) => fetchHeader(ATTEMPT, async () => response);

  it.each(['\r\n', '\n'])('ends at the empty line, and the rest is declined: %j', async (end) => {
    const pieces = [`From: a@b.example${end}`, `${end}body`, 'more', 'more'].map(latin1);
    const { response, handed, isCancelled } = inPieces(pieces);
    expect(await header(response)).toEqual({
      kind: 'source',
      octets: latin1(`From: a@b.example${end}${end}`),
      completeness: 'headers',
      via: 'gmail-again',
    });
    expect([handed(), isCancelled()]).toEqual([2, true]);
  });

  it('is no more than a header may be', async () => {
    const { response, handed, isCancelled } = streamed(() => PIECE);
    const found = await header(response);
    expect(found.kind === 'source' ? found.octets.length : found).toBe(HEADER_LIMIT);
    expect([handed(), isCancelled()]).toEqual([Math.floor(HEADER_LIMIT / PIECE.length) + 1, true]);
  });

  it('is all there is where no body follows', async () => {
    const { response } = inPieces([latin1('From: a@b.example\r\n')]);
    expect(await header(response)).toMatchObject({ kind: 'source', completeness: 'headers' });
  });

  it('is asked for once, as the attempt says, without a cache', async () => {
    const fetch = vi.fn(async () => new Response('From: a@b.example\r\n\r\n'));
    await fetchHeader({ ...ATTEMPT, credentials: 'same-origin' }, fetch);
    expect(fetch).toHaveBeenCalledExactlyOnceWith('https://mail.google.com/x', {
      credentials: 'same-origin',
      cache: 'no-store',
    });
  });

  it.each([
    { why: 'a page', response: () => new Response('<!doctype html>\n\n<p>x'), problem: 'not-original' },
    { why: 'nothing', response: () => new Response(''), problem: 'empty' },
    { why: '401', response: () => new Response('A: b', { status: 401 }), problem: 'signed-out' },
    { why: '403', response: () => new Response('A: b', { status: 403 }), problem: 'signed-out' },
    { why: '429', response: () => new Response('A: b', { status: 429 }), problem: 'throttled' },
    { why: '503', response: () => new Response('A: b', { status: 503 }), problem: 'not-original' },
  ])('is $problem where the answer is $why', async ({ response, problem }) => {
    expect(await header(response())).toEqual({ kind: 'problem', problem });
  });

  it.each([
    { onLine: true, problem: 'redirected' },
    { onLine: false, problem: 'unreachable' },
  ])('is $problem where nothing comes, or not all of it', async ({ onLine, problem }) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
    const { response } = streamed((at) => (at === 0 ? latin1('From: a') : new TypeError('network')));
    expect(await header(response)).toEqual({ kind: 'problem', problem });
    expect(await fetchHeader(ATTEMPT, () => Promise.reject(new TypeError('failed')))).toEqual({
      kind: 'problem',
      problem,
    });
  });
});
