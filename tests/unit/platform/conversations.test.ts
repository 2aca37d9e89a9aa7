/** The two conversations of the extension over ports that are made up: popup with page, page with worker. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Explaining } from '../../../lib/explain/explaining.ts';
import { translatorFor } from '../../kit/samples.ts';
import { GMAIL, later, ports, reading, source, withoutReading } from './examine-kit.ts';
import { fakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { examineInWorker } = await import('../../../lib/platform/examine-client.ts');
const { serveExaminations } = await import('../../../lib/platform/examine-server.ts');
const { askOpenMail } = await import('../../../lib/platform/open-mail-client.ts');

beforeEach(() => runtime.reset());

describe('page and worker', () => {
  const serve = (sender: object): void => {
    serveExaminations({ portsFor: () => ports, fetchSource: async () => 'fault' });
    runtime.answerAs(sender);
  };

  it('pass a source in pieces and reports back, the last one complete', async () => {
    serve({ id: 'self', url: 'https://mail.google.com/mail/u/0/#inbox' });
    const states: Explaining[] = [];
    await examineInWorker(source, (state) => states.push(state));
    const bytes = source.octets.length;
    expect(states[0]).toEqual({ kind: 'reading', stage: 'handing', done: bytes, of: bytes });
    const reports = withoutReading(states);
    expect(reports.length).toBeGreaterThan(1);
    expect(reports[0]).toMatchObject({
      kind: 'report',
      report: { level: 'authenticated', checked: { state: 'pending' } },
    });
    expect(reports.at(-1)).toMatchObject({
      kind: 'report',
      report: { checked: { state: 'done' }, source: { via: 'gmail' } },
    });
  });

  it('tell in every report how the octets were come by', async () => {
    serve(GMAIL);
    const states: Explaining[] = [];
    const octets = source.octets.subarray(0, -1);
    await examineInWorker(
      { octets, completeness: 'headers', via: 'gmail-page', instead: 'too-large' },
      (state) => states.push(state),
    );
    const reports = withoutReading(states);
    expect(reports).not.toEqual([]);
    for (const state of reports)
      expect(state).toMatchObject({
        report: {
          source: {
            completeness: 'headers',
            via: 'gmail-page',
            instead: 'too-large',
            bytes: octets.length,
          },
        },
      });
  });

  it.each([
    { why: 'another extension', sender: { id: 'other', url: 'https://mail.google.com/mail/u/0/' } },
    {
      why: 'a page that is no webmail',
      sender: { id: 'self', url: 'https://mail.google.com.evil.example/' },
    },
    { why: 'a page without address', sender: { id: 'self' } },
  ])('say nothing to $why', async ({ sender }) => {
    serve(sender);
    const states: Explaining[] = [];
    await examineInWorker(source, (state) => states.push(state));
    expect(states).toEqual([{ kind: 'problem', problem: 'stopped' }]);
  });

  it('try once more when the worker dies', async () => {
    serve({ id: 'self', url: 'https://mail.google.com/mail/u/0/' });
    const alive = runtime.onConnect;
    let calls = 0;
    runtime.onConnect = (port) => (++calls === 1 ? port.disconnect() : alive(port));
    const states: Explaining[] = [];
    await examineInWorker(source, (state) => states.push(state));
    expect(calls).toBe(2);
    expect(states.at(-1)).toMatchObject({ kind: 'report', report: { level: 'authenticated' } });
  });

  it('tell what is no message', async () => {
    serve({ id: 'self', url: 'https://mail.google.com/mail/u/0/' });
    const states: Explaining[] = [];
    await examineInWorker({ ...source, octets: new TextEncoder().encode('<html>') }, (state) =>
      states.push(state),
    );
    expect(withoutReading(states)).toEqual([{ kind: 'problem', problem: 'html' }]);
  });
});

describe('the popup', () => {
  const ask = async (): Promise<Explaining[]> => {
    const states: Explaining[] = [];
    askOpenMail({ language: 'en', message: null, again: false }, (state) => states.push(state));
    await later(10);
    return states;
  };

  it('asks for access before anything else', async () => {
    runtime.granted = false;
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'no-access' }]);
    expect(runtime.connected).toEqual([]);
  });

  it('says that access is missing even where no mail is in sight', async () => {
    runtime.granted = false;
    runtime.tabs = [];
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'no-access' }]);
  });

  it('needs the hosts of the manifest and no others', async () => {
    await ask();
    expect(runtime.lookedUp).toEqual([
      ['https://mail.google.com/*', 'https://cloudflare-dns.com/*', 'https://dns.google/*'],
    ]);
  });

  it.each([
    { tab: undefined },
    { tab: { id: 1 } },
    { tab: { id: 1, url: 'https://bank.example/' } },
    { tab: { id: 1, url: 'https://mail.google.com/chat/' } },
    { tab: { id: 1, url: 'https://evil.example/https://mail.google.com/mail/' } },
  ])('knows that $tab.url is no mail page', async ({ tab }) => {
    runtime.tabs = tab === undefined ? [] : [tab];
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'no-mail-page' }]);
    expect(runtime.connected).toEqual([]);
  });

  it('asks to reload a tab in which nobody answers', async () => {
    runtime.onTabConnect = (port) => port.disconnect();
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'stale-tab' }]);
    expect(runtime.connected).toEqual([7]);
  });

  it('tells when the page goes away in the middle', async () => {
    runtime.onTabConnect = (port) => {
      port.postMessage(reading);
      port.disconnect();
    };
    expect(await ask()).toEqual([reading, { kind: 'problem', problem: 'stopped' }]);
  });

  it('hands on what the page says and nothing else', async () => {
    runtime.onTabConnect = (port) => {
      port.postMessage('noise');
      port.postMessage({ kind: 'taken' });
      port.postMessage({ kind: 'problem', problem: 'throttled' });
    };
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'throttled' }]);
    expect(translatorFor('en')('problem_throttled')).not.toBe('');
  });
});

it('the made-up port behaves like a port', async () => {
  const [one, other] = fakePort('x');
  const heard: unknown[] = [];
  other.onMessage.addListener((value) => heard.push(value));
  one.postMessage({ a: 1 });
  one.disconnect();
  expect(() => one.postMessage({ a: 2 })).toThrow('disconnected');
  // The other end does not know yet: what it says is lost.
  other.postMessage({ a: 3 });
  await later(0);
  expect(() => other.postMessage({ a: 4 })).toThrow('disconnected');
  expect(heard).toEqual([{ a: 1 }]);
});
