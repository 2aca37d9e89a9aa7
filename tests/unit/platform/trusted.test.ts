/** Whom to believe: what the page is, what the reader said in the settings, and what they say of this one mail. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Receiver } from '../../../lib/engine/index.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { whomToBelieve } = await import('../../../lib/platform/trusted.ts');

beforeEach(() => runtime.reset());

const GMAIL = { receiver: { id: 'gmail', basis: 'mailbox' }, isWebmail: true, isPrivate: false } as const;
const OWN_PAGE = { receiver: { id: 'detect', basis: 'file' }, isWebmail: false, isPrivate: false } as const;
const SERVERS = [
  '# ours',
  'MX.Lakeside.example',
  '*.lakeside.example  # the others',
  'gw.lakeside.example 192.0.2.0/24',
].join('\n');
const TRUSTED = [
  { id: 'mx.lakeside.example', ranges: [] },
  { id: '*.lakeside.example', ranges: [] },
  { id: 'gw.lakeside.example', ranges: ['192.0.2.0/24'] },
];
const A_FILE = { id: 'detect', basis: 'file' };

interface Claim {
  readonly why: string;
  readonly client: typeof GMAIL | typeof OWN_PAGE;
  readonly receivedBy: string | null;
  readonly stored?: Readonly<Record<string, unknown>>;
  readonly receiver: Receiver;
}

describe('a mail is believed', () => {
  it.each<Claim>([
    {
      why: 'as a file where the reader says nothing of it',
      client: OWN_PAGE,
      receivedBy: null,
      receiver: { ...A_FILE, basis: 'file', trusted: TRUSTED },
    },
    {
      why: 'as one’s own mailbox where the reader names a server of the settings',
      client: OWN_PAGE,
      receivedBy: 'mx.lakeside.example',
      receiver: { id: 'mx.lakeside.example', basis: 'mailbox', trusted: TRUSTED },
    },
    {
      why: 'by a family of servers as it stands in the settings',
      client: OWN_PAGE,
      receivedBy: '*.lakeside.example',
      receiver: { id: '*.lakeside.example', basis: 'mailbox', trusted: TRUSTED },
    },
    {
      why: 'as a file where the name only fits a family',
      client: OWN_PAGE,
      receivedBy: 'mx2.lakeside.example',
      receiver: { ...A_FILE, basis: 'file', trusted: TRUSTED },
    },
    {
      why: 'as a file where the settings do not know the name',
      client: OWN_PAGE,
      receivedBy: 'mx.evil.example',
      receiver: { ...A_FILE, basis: 'file', trusted: TRUSTED },
    },
    {
      why: 'as a file where the name is a gateway’s: it is no mailbox',
      client: OWN_PAGE,
      receivedBy: 'gw.lakeside.example',
      receiver: { ...A_FILE, basis: 'file', trusted: TRUSTED },
    },
    ...['gmail', 'outlook', 'fastmail', 'detect', ''].map((receivedBy) => ({
      why: `as a file where the name is “${receivedBy}”, which no setting can hold`,
      client: OWN_PAGE,
      receivedBy,
      receiver: { ...A_FILE, basis: 'file', trusted: TRUSTED } as const,
    })),
    {
      why: 'as a file once the server is gone from the settings',
      client: OWN_PAGE,
      receivedBy: 'mx.lakeside.example',
      stored: { trustedServers: '' },
      receiver: { ...A_FILE, basis: 'file', trusted: [] },
    },
    {
      why: 'as Gmail’s where it is open there',
      client: GMAIL,
      receivedBy: null,
      receiver: { id: 'gmail', basis: 'mailbox', trusted: TRUSTED },
    },
    {
      why: 'as Gmail’s where a page of Gmail names a server of the settings: it has no say in this',
      client: GMAIL,
      receivedBy: 'mx.lakeside.example',
      receiver: { id: 'gmail', basis: 'mailbox', trusted: TRUSTED },
    },
    {
      why: 'with the servers that can be read, where another line cannot',
      client: OWN_PAGE,
      receivedBy: 'mx.lakeside.example',
      stored: { trustedServers: 'gmail\nmx.lakeside.example\ngw.lakeside.example 192.0.2' },
      receiver: {
        id: 'mx.lakeside.example',
        basis: 'mailbox',
        trusted: [{ id: 'mx.lakeside.example', ranges: [] }],
      },
    },
  ])('$why', async ({ client, receivedBy, stored = { trustedServers: SERVERS }, receiver }) => {
    runtime.stored = stored;
    expect((await whomToBelieve(client, receivedBy)).receiver).toEqual(receiver);
  });
});

describe('DNS is asked for names that hold the sender’s address', () => {
  it.each([
    { why: 'nobody was asked', stored: {}, mayReveal: false },
    { why: 'the reader said no', stored: { mayReveal: false }, mayReveal: false },
    { why: 'the reader said yes', stored: { mayReveal: true }, mayReveal: true },
    { why: 'what is stored is no answer', stored: { mayReveal: 'yes' }, mayReveal: false },
  ])('$mayReveal: $why', async ({ stored, mayReveal }) => {
    runtime.stored = stored;
    expect((await whomToBelieve(GMAIL, null)).mayReveal).toBe(mayReveal);
    expect((await whomToBelieve(OWN_PAGE, null)).mayReveal).toBe(mayReveal);
  });
});
