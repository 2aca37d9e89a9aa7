/** Gmail's page and its answers. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findOpenMessage } from '../../../lib/hosts/gmail/open-message.ts';
import { fetchSource, sourceUrl } from '../../../lib/hosts/gmail/source.ts';
import { openMailReader, type ReadingState } from '../../../lib/hosts/reader.ts';
import { reportOf, SAMPLES } from '../../kit/samples.ts';
import { A, B, body, h, message } from './markup.ts';

describe('the open message', () => {
  beforeEach(() => document.body.replaceChildren());

  it.each([
    { why: 'none where the list shows', build: () => [h('tr', { class: 'zA' })], want: null },
    { why: 'the expanded one', build: () => [message(A, body())], want: A },
    { why: 'none where it is collapsed', build: () => [message(A)], want: null },
    { why: 'not the imitation inside a body', build: () => [message(A, body(message(B, body())))], want: A },
    { why: 'none where only a body holds one', build: () => [body(message(B, body()))], want: null },
    { why: 'none whose id is no id', build: () => [message('../../x', body())], want: null },
    {
      why: 'the last of several that are all out of view',
      build: () => [message(A, body()), message(B, body())],
      want: B,
    },
  ])('is $why', ({ build, want }) => {
    document.body.append(...build());
    expect(findOpenMessage(document)?.id ?? null).toBe(want);
  });

  it('is the one of which most is in view', () => {
    const [first, second] = [message(A, body()), message(B, body())];
    first.getBoundingClientRect = () => new DOMRect(0, 0, 100, 500);
    second.getBoundingClientRect = () => new DOMRect(0, 500, 100, 50);
    document.body.append(first, second);
    expect(findOpenMessage(document)?.id).toBe(A);
  });

  const shared = process.env.MAILVOUCH_SHARED ?? path.resolve(import.meta.dirname, '../../../../shared');
  const saved = path.join(shared, 'fixtures/webmail/sender-check/thread-open.html');
  it.skipIf(!existsSync(saved))('is found in a page as Gmail wrote it', () => {
    document.body.innerHTML = readFileSync(saved, 'utf8');
    expect(findOpenMessage(document)?.id).toBe('1a1019ad5b49f8a9');
  });
});

describe('the address of the source', () => {
  it.each([
    { pathname: '/mail/u/0/', base: '/mail/u/0/' },
    { pathname: '/mail/u/3/', base: '/mail/u/3/' },
    { pathname: '/mail/u/0/popout', base: '/mail/u/0/' },
    { pathname: '/mail/b/AEoRXRQ/u/1/', base: '/mail/b/AEoRXRQ/u/1/' },
    { pathname: '/mail/', base: '/mail/u/0/' },
  ])('of a page at $pathname is the account’s', ({ pathname, base }) => {
    expect(sourceUrl('https://mail.google.com', pathname, A)).toBe(
      `https://mail.google.com${base}?view=att&th=${A}&attid=0&disp=comp&safe=1&zw`,
    );
  });
});

describe('an answer of Gmail', () => {
  afterEach(() => vi.restoreAllMocks());
  const answering = (response: () => Response | Promise<Response>) =>
    fetchSource('https://mail.google.com/x', async () => response());
  const at = (url: string, response: Response) => Object.defineProperty(response, 'url', { value: url });

  it.each([
    { why: 'a page', response: () => new Response('\n<!DOCTYPE html><html>'), problem: 'not-original' },
    {
      why: 'the sign-in page',
      response: () => at('https://accounts.google.com/x', new Response('<html>')),
      problem: 'signed-out',
    },
    { why: '429', response: () => new Response('', { status: 429 }), problem: 'throttled' },
    { why: '401', response: () => new Response('', { status: 401 }), problem: 'signed-out' },
    { why: '403', response: () => new Response('', { status: 403 }), problem: 'signed-out' },
    { why: '500', response: () => new Response('x', { status: 500 }), problem: 'not-original' },
    { why: 'nothing', response: () => new Response(''), problem: 'empty' },
  ])('that is $why is told as $problem', async ({ response, problem }) => {
    expect(await answering(response)).toEqual({ kind: 'problem', problem });
  });

  it.each([
    { onLine: true, problem: 'signed-out', why: 'a redirect to the sign-in page that CORS refuses' },
    { onLine: false, problem: 'unreachable', why: 'no connection' },
  ])('that never comes is $problem: $why', async ({ onLine, problem }) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
    expect(await answering(() => Promise.reject(new TypeError('failed')))).toEqual({
      kind: 'problem',
      problem,
    });
  });

  it('with a message is kept octet by octet', async () => {
    const octets = new Uint8Array(256).map((_, index) => index);
    const found = await answering(() => new Response(octets));
    expect(found).toMatchObject({ kind: 'source', completeness: 'full', via: 'gmail' });
    expect(found.kind === 'source' ? found.octets : null).toEqual(octets);
  });

  it('is asked for with the session’s cookies and no cache', async () => {
    const fetch = vi.fn(async () => new Response('From: a@b.example\r\n\r\n'));
    await fetchSource('https://mail.google.com/x', fetch);
    expect(fetch).toHaveBeenCalledWith('https://mail.google.com/x', {
      credentials: 'same-origin',
      cache: 'no-store',
    });
  });
});

describe('the reader', () => {
  const read = async (state: 'done' | 'partial') => {
    const [sample] = SAMPLES;
    if (sample === undefined) throw new Error('there are no samples');
    const report = await reportOf(sample, 'en');
    let open: string | null = A;
    let asked = 0;
    const host = {
      openMessage: () => (open === null ? null : { id: open }),
      source: async () =>
        ({ kind: 'source', octets: sample.octets, completeness: 'full', via: 'gmail' }) as const,
    };
    const reader = openMailReader(host, async (_, tell) => {
      asked++;
      tell({ kind: 'report', report: { ...report, checked: { ...report.checked, state } } });
    });
    const explain = async (language: 'en' | 'ja' = 'en') => {
      const states: ReadingState[] = [];
      await reader.explain(language, (told) => states.push(told));
      return states.map(({ kind }) => kind);
    };
    return { explain, asked: () => asked, show: (id: string | null) => (open = id) };
  };

  it('keeps a report, and reads again for another message or language', async () => {
    const { explain, asked, show } = await read('done');
    expect(await explain()).toEqual(['reading', 'report']);
    expect(await explain()).toEqual(['report']);
    expect(asked()).toBe(1);
    await explain('ja');
    expect(asked()).toBe(2);
    show(B);
    await explain();
    expect(asked()).toBe(3);
  });

  it('does not keep a report that lacks answers', async () => {
    const { explain, asked } = await read('partial');
    await explain();
    await explain();
    expect(asked()).toBe(2);
  });

  it('says when no message is open', async () => {
    const { explain, show } = await read('done');
    show(null);
    expect(await explain()).toEqual(['problem']);
  });
});
