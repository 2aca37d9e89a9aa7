/** What Gmail's server may answer, and how the reader of the page deals with it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accountPath, fetchSource } from '../../../lib/hosts/gmail/source.ts';
import type { SourceResult } from '../../../lib/hosts/host.ts';
import { openMailReader, type ReadingState } from '../../../lib/hosts/reader.ts';
import { reportOf, SAMPLES } from '../../kit/samples.ts';
import { A, B } from './markup.ts';

afterEach(() => vi.restoreAllMocks());
const answering = (response: Response) => fetchSource('https://mail.google.com/x', async () => response);
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

  it('that breaks off is no message', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('From: a@ba'));
        controller.error(new TypeError('network'));
      },
    });
    expect(await answering(new Response(body))).toEqual({ kind: 'problem', problem: 'unreachable' });
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

describe('the reader', () => {
  const [sample] = SAMPLES;
  if (sample === undefined) throw new Error('there are no samples');
  const source: SourceResult = { kind: 'source', octets: sample.octets, completeness: 'full', via: 'gmail' };

  /** A mailbox whose server and worker do as they are told. */
  const mailbox = (answers: readonly SourceResult[], states: readonly ReadingState[]) => {
    const queue = [...answers];
    const mails = { open: A as string | null };
    const fetched: string[] = [];
    const examined = vi.fn();
    const reader = openMailReader(
      {
        openMessage: () => (mails.open === null ? null : { id: mails.open }),
        source: async ({ id }) => {
          fetched.push(id);
          return queue.shift() ?? source;
        },
      },
      async (given, tell) => {
        examined(given);
        for (const state of states) tell(state);
      },
    );
    const explain = async (language: 'en' | 'ja' = 'en'): Promise<readonly ReadingState[]> => {
      const told: ReadingState[] = [];
      await reader.explain(language, (state) => told.push(state));
      return told;
    };
    return { mails, fetched, examined, explain };
  };

  it('tells why a message cannot be read, examines nothing, and tries again when asked again', async () => {
    const report = { kind: 'report' as const, report: await reportOf(sample, 'en') };
    const { explain, examined, fetched } = mailbox([{ kind: 'problem', problem: 'throttled' }], [report]);
    expect(await explain()).toEqual([{ kind: 'reading' }, { kind: 'problem', problem: 'throttled' }]);
    expect(examined).not.toHaveBeenCalled();
    expect(await explain()).toEqual([{ kind: 'reading' }, report]);
    expect(fetched).toEqual([A, A]);
    expect(examined).toHaveBeenCalledExactlyOnceWith(source);
  });

  it.each(['pending', 'partial'] as const)('keeps no report that is %s', async (state) => {
    const report = await reportOf(sample, 'en');
    const open = { kind: 'report' as const, report: { ...report, checked: { ...report.checked, state } } };
    const { explain, examined } = mailbox([], [open, { kind: 'problem', problem: 'stopped' }]);
    await explain();
    await explain();
    expect(examined).toHaveBeenCalledTimes(2);
  });

  it('keeps the report of the message that it read, whatever is open by then', async () => {
    const report = { kind: 'report' as const, report: await reportOf(sample, 'en') };
    const { mails, explain, fetched } = mailbox([], [report]);
    const first = explain();
    mails.open = B;
    await first;
    await explain();
    expect(fetched).toEqual([A, B]);
    expect(await explain()).toEqual([report]);
  });

  it('forgets nothing when no message is open for a while', async () => {
    const report = { kind: 'report' as const, report: await reportOf(sample, 'en') };
    const { mails, explain, fetched } = mailbox([], [report]);
    await explain();
    mails.open = null;
    expect(await explain()).toEqual([{ kind: 'problem', problem: 'no-message-open' }]);
    mails.open = A;
    expect(await explain()).toEqual([report]);
    expect(fetched).toEqual([A]);
  });

  it('explains in another language anew, and keeps that', async () => {
    const report = { kind: 'report' as const, report: await reportOf(sample, 'ja') };
    const { explain, fetched } = mailbox([], [report]);
    await explain('ja');
    expect(await explain('ja')).toEqual([report]);
    await explain('en');
    expect(fetched).toEqual([A, A]);
  });
});
