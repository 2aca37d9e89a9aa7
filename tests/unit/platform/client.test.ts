/** Who may speak to the worker, and as whom: what the browser says about the sender decides. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { clientOf } = await import('../../../lib/platform/client.ts');
type Port = Parameters<typeof clientOf>[0];

const speaking = (sender: object | undefined) => clientOf({ sender } as unknown as Port);
const GMAIL = { id: 'self', url: 'https://mail.google.com/mail/u/0/#inbox' };

afterEach(() => vi.unstubAllGlobals());

describe('a content script', () => {
  it.each([
    { why: 'of Gmail', url: GMAIL.url },
    { why: 'of another account there', url: 'https://mail.google.com/mail/u/3/' },
    { why: 'of a window of its own there', url: 'https://mail.google.com/mail/u/0/popout?ver=1' },
    { why: 'of Gmail at its own port', url: 'https://mail.google.com:443/mail/u/0/' },
  ])('$why speaks for the mailbox', ({ url }) => {
    expect(speaking({ id: 'self', url })).toEqual({
      receiver: { id: 'gmail', basis: 'mailbox' },
      isWebmail: true,
      isPrivate: false,
    });
  });

  it.each([
    { tab: { incognito: true }, isPrivate: true },
    { tab: { incognito: false }, isPrivate: false },
    { tab: {}, isPrivate: false },
  ])('in a tab such as $tab is private: $isPrivate', ({ tab, isPrivate }) => {
    expect(speaking({ ...GMAIL, tab })).toMatchObject({ isPrivate });
  });
});

describe('a page of ours', () => {
  it('speaks for a file, whatever that says', () => {
    vi.stubGlobal('location', { origin: 'https://extension.example' });
    const url = 'https://extension.example/analyzer.html';
    expect(speaking({ id: 'self', url })).toEqual({
      receiver: { id: 'detect', basis: 'file' },
      isWebmail: false,
      isPrivate: false,
    });
    expect(speaking({ id: 'self', url, tab: { incognito: true } })).toMatchObject({ isPrivate: true });
  });
});

describe('nobody else is a client:', () => {
  it.each([
    { why: 'no sender', sender: undefined },
    { why: 'no id', sender: { url: GMAIL.url } },
    { why: 'another extension', sender: { ...GMAIL, id: 'other' } },
    { why: 'no address', sender: { id: 'self' } },
    { why: 'an address that is none', sender: { id: 'self', url: 'mail.google.com' } },
    { why: 'an empty address', sender: { id: 'self', url: '' } },
    { why: 'no encryption', sender: { id: 'self', url: 'http://mail.google.com/mail/' } },
    { why: 'another port', sender: { id: 'self', url: 'https://mail.google.com:8443/mail/' } },
    {
      why: 'a host that only begins alike',
      sender: { id: 'self', url: 'https://mail.google.com.evil.example/' },
    },
    { why: 'a host below', sender: { id: 'self', url: 'https://x.mail.google.com/' } },
    { why: 'a host above', sender: { id: 'self', url: 'https://google.com/mail/' } },
    { why: 'a name before the host', sender: { id: 'self', url: 'https://mail.google.com@evil.example/' } },
    {
      why: 'Gmail in the path',
      sender: { id: 'self', url: 'https://evil.example/https://mail.google.com/' },
    },
    { why: 'a page without an origin', sender: { id: 'self', url: 'data:text/html,x' } },
    { why: 'a blank page', sender: { id: 'self', url: 'about:blank' } },
    { why: 'a file', sender: { id: 'self', url: 'file:///mail.google.com/' } },
    { why: 'another page', sender: { id: 'self', url: 'https://bank.example/' } },
  ])('$why', ({ sender }) => {
    expect(speaking(sender)).toBeNull();
  });
});
