/** The page behind "Show original": what it is asked with, and what is taken out of it. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  fetchOriginalPage,
  originalPageUrl,
  rawMessage,
  sessionKey,
} from '../../../lib/hosts/gmail/original-page.ts';
import { A, body, h, message } from './markup.ts';
import { text } from './stream-kit.ts';

const NBSP = '\u00a0';
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', [NBSP]: '&nbsp;' };
const escaped = (raw: string): string =>
  raw.replace(/[&<>"'\u00a0]/g, (character) => ENTITIES[character as keyof typeof ENTITIES]);
/** The page as Gmail writes it: a table of what it found out, a link, and the message. */
const pageOf = (raw: string, attributes = 'class="raw_message_text" id="raw_message_text"'): string =>
  [
    '<!DOCTYPE html><html lang="en"><head><title>Original Message</title></head><body>',
    '<div class="top-area"><table><tr><th>From:</th><td>Bank &lt;a@bank.example&gt;</td></tr></table></div>',
    '<a href="?view=att&amp;th=19a0000000000001&amp;disp=comp">Download Original</a>',
    `<div class="raw_message"><pre ${attributes}>${escaped(raw)}</pre></div></body></html>`,
  ].join('\n');

describe('the message in the page', () => {
  const MAIL = 'From: "Bank" <a@bank.example>\r\nSubject: A &amp; B\r\n\r\n<p>it\'s</p>';

  it('is what was received', () => {
    expect(rawMessage(pageOf(MAIL))).toBe(MAIL);
  });

  it.each([
    'class="raw_message_text"',
    'id="raw_message_text"',
    'id="x" class="raw_message_text" dir="ltr"',
    'class="y raw_message_text z" data-x=""',
    "\n  class='raw_message_text'\n",
  ])('is found by its mark: %s', (attributes) => {
    expect(rawMessage(pageOf(MAIL, attributes))).toBe(MAIL);
  });

  it.each([
    { written: '&amp;lt;', want: '&lt;' },
    { written: '&amp;amp;lt;', want: '&amp;lt;' },
    { written: '&amp;#39;&amp;quot;&amp;nbsp;', want: '&#39;&quot;&nbsp;' },
    { written: '&lt;&gt;&quot;&#39;&nbsp;', want: `<>"'${NBSP}` },
    { written: 'a & b', want: 'a & b' },
  ])('has “$written” for “$want”', ({ written, want }) => {
    expect(rawMessage(`<pre class="raw_message_text">A: ${written}</pre>`)).toBe(`A: ${want}`);
  });

  it.each([
    { why: 'a page without it', page: '<html><body>The message does not exist.</body></html>' },
    { why: 'another element of that name', page: '<pre class="not_raw_message_texts">A: b</pre>' },
    { why: 'text that has no header', page: pageOf('An error occurred.') },
    { why: 'an empty element', page: pageOf('') },
    { why: 'text that begins with an empty line', page: pageOf('\n\nA: b') },
    { why: 'an element that is not closed', page: '<pre class="raw_message_text"' },
    { why: 'nothing', page: '' },
  ])('is not there: $why', ({ page }) => {
    expect(rawMessage(page)).toBeNull();
  });

  it.each([
    { why: 'a page that breaks off', page: '<pre class="raw_message_text">A: b\n', want: 'A: b\n' },
    { why: 'a line end right behind the tag', page: pageOf('\nA: b'), want: 'A: b' },
    { why: 'another one', page: pageOf('\r\nA: b'), want: 'A: b' },
    { why: 'a mailbox’s separator', page: pageOf('From x@y Mon\nA: b'), want: 'From x@y Mon\nA: b' },
    { why: 'other elements before it', page: `<pre>C: d</pre>${pageOf('A: b')}`, want: 'A: b' },
  ])('is taken from $why', ({ page, want }) => {
    expect(rawMessage(page)).toBe(want);
  });

  const fragment = fc.constantFrom(
    '<pre',
    ' raw_message_text',
    '>',
    '</pre>',
    '&',
    'amp;',
    '&lt;',
    '\n',
    'A:',
  );
  const anything = fc.array(fc.oneof(fragment, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''));

  it('is a header and more, or nothing, whatever the page is', () => {
    fc.assert(
      fc.property(anything, (page) => {
        const found = rawMessage(page);
        expect(found === null || /^(?:From |[!-9;-~]+[ \t]*:)/.test(found)).toBe(true);
      }),
    );
  });

  it('is every message that was escaped', () => {
    const name = fc.stringMatching(/^[!-9;-~]{1,20}$/);
    fc.assert(
      fc.property(name, anything, (key, rest) => {
        expect(rawMessage(pageOf(`${key}: ${rest}`))).toBe(`${key}: ${rest}`);
      }),
    );
  });
});

describe('the key of the session', () => {
  beforeEach(() => document.body.replaceChildren());
  /** Of a kind that no browser runs. */
  const script = (content: string) => h('script', { type: 'text/plain' }, content);
  const link = (href: string) => h('a', { href });
  const keyIn = (...elements: Node[]) => {
    document.body.append(...elements);
    return sessionKey(document);
  };

  it.each([
    { why: 'a script', build: () => [script("var GM_ID_KEY = '0123456789';")], want: '0123456789' },
    { why: 'one without blanks', build: () => [script('x=1;GM_ID_KEY="abcdef0123";')], want: 'abcdef0123' },
    { why: 'a later script', build: () => [script('x'), script("GM_ID_KEY='abcdef'")], want: 'abcdef' },
    { why: 'a link', build: () => [link('/mail/u/0/?ui=2&ik=abcdef0123&view=om')], want: 'abcdef0123' },
    { why: 'a later link', build: () => [link('?ik=no'), link('?trik=1&ik=abcdef')], want: 'abcdef' },
    {
      why: 'a script before a link',
      build: () => [link('?ik=abcdef'), script("GM_ID_KEY='123456'")],
      want: '123456',
    },
  ])('is read from $why', ({ build, want }) => {
    expect(keyIn(...build())).toBe(want);
  });

  it.each([
    { why: 'nothing says it', build: () => [script('var x = 1;'), link('/mail/u/0/?view=om')] },
    { why: 'it is no key', build: () => [script("GM_ID_KEY='../../x'"), link('?ik=../../x')] },
    { why: 'it is too short', build: () => [script("GM_ID_KEY='abc'"), link('?ik=abc')] },
    { why: 'the name is another', build: () => [script("MY_GM_ID_KEY='abcdef'"), link('?trik=abcdef')] },
    { why: 'a text says it', build: () => [h('p', {}, "GM_ID_KEY='abcdef'")] },
  ])('is none where $why', ({ build }) => {
    expect(keyIn(...build())).toBeNull();
  });

  it.each([
    { why: 'no key', href: 'https://evil.example/?ik=abcdef' },
    { why: 'no address either', href: 'https://[evil/?ik=abcdef' },
  ])('is never a sender’s: a link in a body that is $why', ({ href }) => {
    expect(keyIn(message(A, body(link(href))), link('?ik=123456'))).toBe('123456');
  });
});

describe('the page', () => {
  afterEach(() => vi.restoreAllMocks());
  const URL = 'https://mail.google.com/mail/u/0/?ik=0123456789&view=om&permmsgid=msg-f:1';

  it.each([
    {
      pathname: '/mail/u/2/popout',
      id: '19fdd64a3270230c',
      account: '/mail/u/2/',
      decimal: '1872888634218128140',
    },
    { pathname: '/mail/b/x/u/0/', id: '0000000000000010', account: '/mail/b/x/u/0/', decimal: '16' },
    { pathname: '/mail/', id: 'ffffffffffffffff', account: '/mail/u/0/', decimal: '18446744073709551615' },
  ])('of $id is asked for in decimal, at the account', ({ pathname, id, account, decimal }) => {
    expect(originalPageUrl('https://mail.google.com', pathname, id, '0123456789')).toBe(
      `https://mail.google.com${account}?ik=0123456789&view=om&permmsgid=msg-f:${decimal}`,
    );
  });

  it('gives the message with the line ends of the wire, marked as not the original', async () => {
    const raw = 'From: Bänk <a@bank.example>\nX: 1\r\nY: 2\n\nbody\n';
    const fetch = vi.fn(async () => new Response(pageOf(raw)));
    const found = await fetchOriginalPage(URL, fetch);
    expect(found).toMatchObject({ kind: 'source', completeness: 'reencoded', via: 'gmail-page' });
    expect(found.kind === 'source' ? Buffer.from(found.octets).toString('utf8') : found).toBe(
      'From: Bänk <a@bank.example>\r\nX: 1\r\nY: 2\r\n\r\nbody\r\n',
    );
    expect(found.kind === 'source' ? text(found.octets.slice(6, 9)) : found).toBe('B\xc3\xa4');
    expect(fetch).toHaveBeenCalledExactlyOnceWith(URL, { credentials: 'same-origin', cache: 'no-store' });
  });

  it.each([
    { why: '429', response: new Response(pageOf('A: b'), { status: 429 }), problem: 'throttled' },
    { why: '500', response: new Response(pageOf('A: b'), { status: 500 }), problem: 'not-original' },
    { why: '404', response: new Response(pageOf('A: b'), { status: 404 }), problem: 'not-original' },
    { why: 'a page without a message', response: new Response('<html></html>'), problem: 'not-original' },
    { why: 'nothing', response: new Response(''), problem: 'not-original' },
  ])('is $problem where the answer is $why', async ({ response, problem }) => {
    expect(await fetchOriginalPage(URL, async () => response)).toEqual({ kind: 'problem', problem });
  });

  it.each([
    { onLine: true, problem: 'redirected' },
    { onLine: false, problem: 'unreachable' },
  ])('is $problem where nothing comes', async ({ onLine, problem }) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
    const failing = () => Promise.reject(new TypeError('failed'));
    expect(await fetchOriginalPage(URL, failing)).toEqual({ kind: 'problem', problem });
  });
});
