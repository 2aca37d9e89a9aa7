/** Gmail's page and its answers. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findOpenMessages, messagePlaces } from '../../../lib/hosts/gmail/open-message.ts';
import { rawMessage } from '../../../lib/hosts/gmail/original-page.ts';
import { fetchSource, sourceUrl } from '../../../lib/hosts/gmail/source.ts';
import { A, B, body, h, message, placed } from './markup.ts';

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
    expect(findOpenMessages(document, null)?.meant ?? null).toBe(want);
  });

  it('is the one of which most is in view', () => {
    document.body.append(placed(message(A, body()), [0, 500]), placed(message(B, body()), [500, 550]));
    expect(findOpenMessages(document, null)?.meant).toBe(A);
  });
});

describe('in pages as Gmail wrote them', () => {
  const shared = process.env.MAILVOUCH_SHARED ?? path.resolve(import.meta.dirname, '../../../../shared');
  const saved = (file: string) => path.join(shared, 'fixtures/webmail', file);
  const conversation = saved('sender-check/thread-open.html');
  const originals = [saved('sender-check/show-original.html'), saved('synthetic/gmail/view-om.html')];

  it.skipIf(!existsSync(conversation))(
    'the open message, its labels and the place of its badge are found',
    () => {
      document.body.innerHTML = readFileSync(conversation, 'utf8');
      const sender = document.querySelector('span.gD')?.getAttribute('name');
      const date = document.querySelector('span.g3')?.getAttribute('title');
      const id = '1a1019ad5b49f8a9';
      expect([sender, date]).not.toContain(undefined);
      expect(findOpenMessages(document, null)).toEqual({ messages: [{ id, sender, date }], meant: id });
      expect(messagePlaces(document).map(({ anchor }) => anchor?.className.trim())).toEqual(['go']);
    },
  );

  it.each(originals.filter(existsSync))('the message is taken out of %s', (file) => {
    const text = rawMessage(readFileSync(file, 'utf8'));
    expect(text).toMatch(/^Delivered-To: /);
    expect(text).toMatch(/^From: [^\n]+<[^<>@]+@[^<>@]+>$/m);
    expect(text).not.toContain('<pre');
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
  const attempt = { url: 'https://mail.google.com/x', credentials: 'same-origin', via: 'gmail' } as const;
  const answering = (response: () => Response | Promise<Response>) =>
    fetchSource(attempt, async () => response());
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
    { onLine: true, problem: 'redirected', why: 'a redirect to another host that CORS refuses' },
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

  it.each([
    { credentials: 'same-origin', via: 'gmail' },
    { credentials: 'include', via: 'gmail-again' },
    { credentials: 'include', via: 'gmail-worker' },
  ] as const)('is asked for once, with cookies ($credentials) and no cache', async ({ credentials, via }) => {
    const fetch = vi.fn(async () => new Response('From: a@b.example\r\n\r\n'));
    expect(await fetchSource({ ...attempt, credentials, via }, fetch)).toMatchObject({ kind: 'source', via });
    expect(fetch).toHaveBeenCalledExactlyOnceWith('https://mail.google.com/x', {
      credentials,
      cache: 'no-store',
    });
  });
});
