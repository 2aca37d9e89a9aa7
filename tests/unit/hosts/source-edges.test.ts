/** What Gmail's server may answer. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accountPath, fetchSource } from '../../../lib/hosts/gmail/source.ts';

afterEach(() => vi.restoreAllMocks());
const ATTEMPT = { url: 'https://mail.google.com/x', credentials: 'same-origin', via: 'gmail' } as const;
const answering = (response: Response) => fetchSource(ATTEMPT, async () => response);
const octets = (...parts: (string | number)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part, 'latin1'))),
  );

describe('the account', () => {
  it.each([
    { pathname: '/mail/u/0/popout?ver=1', want: '/mail/u/0/' },
    { pathname: '/mail/u/12/x/y', want: '/mail/u/12/' },
    { pathname: '/mail/b/x/u/0/', want: '/mail/b/x/u/0/' },
    { pathname: '/mail/b/x/u/0/popout', want: '/mail/b/x/u/0/' },
    { pathname: '/mail/mu/mp/', want: '/mail/u/0/' },
    { pathname: '/mail/u/x/', want: '/mail/u/0/' },
    { pathname: '/other/mail/u/1/', want: '/mail/u/0/' },
    { pathname: '', want: '/mail/u/0/' },
  ])('of $pathname is $want', ({ pathname, want }) => {
    expect(accountPath(pathname)).toBe(want);
  });
});

describe('an answer', () => {
  it.each([
    {
      why: 'a page with a byte order mark',
      body: octets(0xef, 0xbb, 0xbf, '<!DOCTYPE html>'),
      problem: 'not-original',
    },
    { why: 'a page after blank lines', body: octets('\r\n\r\n <HTML>'), problem: 'not-original' },
    { why: 'a page without a doctype', body: octets('<html lang="en">'), problem: 'not-original' },
  ])('that is $why is no message', async ({ body, problem }) => {
    expect(await answering(new Response(body))).toEqual({ kind: 'problem', problem });
  });

  it.each([
    { status: 400, problem: 'not-original' },
    { status: 404, problem: 'not-original' },
    { status: 429, problem: 'throttled' },
    { status: 502, problem: 'not-original' },
    { status: 503, problem: 'not-original' },
  ])('with status $status is no message, even with one in it', async ({ status, problem }) => {
    const response = new Response('From: a@bank.example\r\n\r\n', { status });
    expect(await answering(response)).toEqual({ kind: 'problem', problem });
  });

  it.each([
    { onLine: false, problem: 'unreachable' },
    { onLine: true, problem: 'redirected' },
  ])('that breaks off is no message: $problem', async ({ onLine, problem }) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('From: a@ba'));
        controller.error(new TypeError('network'));
      },
    });
    expect(await answering(new Response(body))).toEqual({ kind: 'problem', problem });
  });

  it.each([
    {
      why: 'no-break spaces and octets that are no UTF-8',
      body: octets('From: a@bank.example\r\nX: ', 0xa0, 0xff, 0xc3, '\r\n\r\n', 0xa0),
    },
    { why: 'a byte order mark', body: octets(0xef, 0xbb, 0xbf, 'From: a@bank.example\r\n\r\n') },
    { why: 'bare line ends', body: octets('From: a@bank.example\n\nx\r\ry\n') },
    { why: 'HTML in its body only', body: octets('From: a@bank.example\r\n\r\n<!doctype html><html>') },
    { why: 'NUL', body: octets('From: a@bank.example\r\n\r\n', 0, 0) },
  ])('with a message is kept as it is: $why', async ({ body }) => {
    const found = await answering(
      new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } }),
    );
    expect(found.kind === 'source' ? Buffer.from(found.octets).equals(body) : found).toBe(true);
  });
});
