/** Gmail's page as a host: what it asks of whom, in which order, and whom the reader means. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gmailHost } from '../../../lib/hosts/gmail/gmail-host.ts';
import type { SourceRoute } from '../../../lib/hosts/host.ts';
import { A, B, BANK, body, goTo, h, heading, message, placed } from './markup.ts';

const BASE = 'https://mail.google.com/mail/u/2/';
const SOURCE = `${BASE}?view=att&th=${A}&attid=0&disp=comp&safe=1&zw`;
const MAIL = 'From: a@bank.example\r\n\r\nbody\r\n';
const NOW = 1795507200000;
const home = location.href;

beforeEach(() => {
  document.body.replaceChildren();
  goTo(`${BASE}popout?ver=1#inbox/FMfcgz`);
});
afterEach(() => {
  goTo(home);
  vi.restoreAllMocks();
});

const answering = (text = MAIL) =>
  vi.fn(async (_url: RequestInfo | URL, _init?: RequestInit) => new Response(text));
const readAt = async (routes: readonly SourceRoute[], at: number, progress = () => {}) => {
  const route = routes[at];
  if (route?.place !== 'page') throw new Error(`route ${at} is none of the page’s`);
  return route.read(progress);
};

describe('the ways to a source', () => {
  it('are the original, the same anew, the worker, and the page that shows it; each for what it mends', () => {
    const routes = gmailHost(document, answering(), () => NOW).routes(A);
    expect(routes.map(({ place, mends }) => [place, mends])).toEqual([
      ['page', []],
      ['page', ['redirected', 'not-original', 'empty']],
      ['worker', ['redirected']],
      ['page', ['redirected', 'not-original', 'empty']],
    ]);
  });

  it('cost nothing until they are gone', () => {
    const fetch = answering();
    gmailHost(document, fetch, () => NOW).routes(A);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('begin at the page’s own server, with its cookies', async () => {
    const fetch = answering();
    const progress = vi.fn();
    const found = await readAt(gmailHost(document, fetch, () => NOW).routes(A), 0, progress);
    expect(found).toMatchObject({ kind: 'source', via: 'gmail', completeness: 'full' });
    expect(progress).toHaveBeenLastCalledWith(MAIL.length, null);
    expect(fetch).toHaveBeenCalledExactlyOnceWith(SOURCE, { credentials: 'same-origin', cache: 'no-store' });
  });

  it('go on to a request that no cache has seen, with cookies for whoever it leads to', async () => {
    const fetch = answering();
    const progress = vi.fn();
    const found = await readAt(gmailHost(document, fetch, () => NOW).routes(A), 1, progress);
    expect(found).toMatchObject({ kind: 'source', via: 'gmail-again', completeness: 'full' });
    expect(progress).toHaveBeenLastCalledWith(MAIL.length, null);
    expect(fetch).toHaveBeenCalledExactlyOnceWith(`${SOURCE}&cacheCounter=${NOW}`, {
      credentials: 'include',
      cache: 'no-store',
    });
  });

  it('tell the worker account and id, and no address', () => {
    const [, , worker] = gmailHost(document, answering(), () => NOW).routes(A);
    expect(worker).toEqual({
      place: 'worker',
      mends: ['redirected'],
      remote: { account: '/mail/u/2/', id: A },
    });
  });

  it('end at the page that shows the original, with the key of the session', async () => {
    document.body.append(h('script', { type: 'text/plain' }, "GM_ID_KEY='0123456789'"));
    const fetch = answering(`<pre class="raw_message_text">${MAIL}</pre>`);
    const found = await readAt(gmailHost(document, fetch, () => NOW).routes(A), 3);
    expect(found).toMatchObject({ kind: 'source', via: 'gmail-page', completeness: 'reencoded' });
    expect(fetch).toHaveBeenCalledExactlyOnceWith(
      `${BASE}?ik=0123456789&view=om&permmsgid=msg-f:${BigInt(`0x${A}`)}`,
      { credentials: 'same-origin', cache: 'no-store' },
    );
  });

  it('end without a request where the page has no key', async () => {
    const fetch = answering();
    expect(await readAt(gmailHost(document, fetch, () => NOW).routes(A), 3)).toEqual({
      kind: 'problem',
      problem: 'not-original',
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([0, 1, 3])('never reject, whatever fetch does: %i', async (at) => {
    document.body.append(h('script', { type: 'text/plain' }, "GM_ID_KEY='0123456789'"));
    const routes = gmailHost(
      document,
      () => Promise.reject(new TypeError('failed')),
      () => NOW,
    ).routes(A);
    expect(await readAt(routes, at)).toMatchObject({ kind: 'problem' });
  });

  it('lead to the account that the page is at by then', async () => {
    const fetch = answering();
    const routes = gmailHost(document, fetch, () => NOW).routes(A);
    goTo('https://mail.google.com/mail/b/x/u/0/');
    await readAt(routes, 0);
    expect(fetch.mock.calls[0]?.[0]).toMatch('https://mail.google.com/mail/b/x/u/0/?view=att&');
  });
});

describe('the header', () => {
  it('is asked for as the original is, and no more of it is read', async () => {
    const fetch = answering();
    expect(await gmailHost(document, fetch, () => NOW).header(A)).toMatchObject({
      kind: 'source',
      via: 'gmail',
      completeness: 'headers',
      octets: new TextEncoder().encode('From: a@bank.example\r\n\r\n'),
    });
    expect(fetch).toHaveBeenCalledExactlyOnceWith(SOURCE, { credentials: 'same-origin', cache: 'no-store' });
  });
});

describe('on the page', () => {
  /** Two open messages; more of the second one is in view. */
  const twoOpen = () => {
    vi.spyOn(window, 'innerHeight', 'get').mockReturnValue(800);
    const first = placed(message(A, heading(BANK), body(h('b'))), [0, 300]);
    const second = placed(message(B, body(message(A, h('b')))), [300, 800]);
    document.body.append(first, second);
    return { first, second, host: gmailHost(document, answering(), () => NOW) };
  };
  const press = (target: Element | null | undefined) =>
    target?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));

  it('the message that was last clicked is meant', () => {
    const { first, second, host } = twoOpen();
    expect(host.openMessages()?.meant).toBe(B);
    press(first.querySelector('b'));
    expect(host.openMessages()?.meant).toBe(A);
    press(document.body);
    expect(host.openMessages()?.meant).toBe(A);
    press(second.querySelector('b'));
    expect(host.openMessages()?.meant).toBe(B);
  });

  it('a click counts even where the page keeps it to itself', () => {
    const { first, host } = twoOpen();
    first.addEventListener('pointerdown', (event) => event.stopPropagation());
    press(first.querySelector('span.gD'));
    expect(host.openMessages()?.meant).toBe(A);
  });

  it('once that message is scrolled out of view, another one is', () => {
    const { first, host } = twoOpen();
    press(first);
    placed(first, [-300, 0]);
    expect(host.openMessages()?.meant).toBe(B);
  });

  it('messages and the places of their badges are told as they are now', () => {
    const { first, host } = twoOpen();
    expect(host.openMessages()?.messages).toEqual([
      { id: A, sender: 'Bank', date: BANK.date },
      { id: B, sender: '', date: '' },
    ]);
    expect(host.places().map(({ id, anchor }) => [id, anchor?.className])).toEqual([
      [A, 'go'],
      [B, undefined],
    ]);
    first.remove();
    expect(host.places().map(({ id }) => id)).toEqual([B]);
    document.body.replaceChildren();
    expect(host.openMessages()).toBeNull();
    expect(host.places()).toEqual([]);
  });
});
