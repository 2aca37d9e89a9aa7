/** The two conversations of the extension over ports that are made up: popup with page, page with worker. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { translatorFor } from '../../kit/samples.ts';
import { fakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { examineInWorker } = await import('../../../lib/platform/examine-client.ts');
const { serveExaminations } = await import('../../../lib/platform/examine-server.ts');
const { askOpenMail } = await import('../../../lib/platform/open-mail-client.ts');
const { platformPorts } = await import('../../../lib/platform/ports.ts');
const { SAMPLES } = await import('../../kit/samples.ts');
const { readZone, zoneResolver } = await import('../../../lib/cli/zone.ts');

type State = Parameters<Parameters<typeof examineInWorker>[1]>[0];
const [sample] = SAMPLES;
if (sample === undefined) throw new Error('there are no samples');
const ports = platformPorts(zoneResolver(readZone(sample.zone)), () => sample.now);
const source = { octets: sample.octets, completeness: 'full', via: 'gmail' } as const;

beforeEach(() => runtime.reset());

describe('page and worker', () => {
  const serve = (sender: object): void => {
    serveExaminations(() => ports);
    runtime.onConnect = (port) => {
      for (const listen of runtime.listeners) listen({ ...port, sender });
    };
  };

  it('pass a source in pieces and reports back, the last one complete', async () => {
    serve({ id: 'self', url: 'https://mail.google.com/mail/u/0/#inbox' });
    const states: State[] = [];
    await examineInWorker(source, (state) => states.push(state));
    expect(states.length).toBeGreaterThan(1);
    expect(states[0]).toMatchObject({
      kind: 'report',
      report: { level: 'authenticated', checked: { state: 'pending' } },
    });
    expect(states.at(-1)).toMatchObject({
      kind: 'report',
      report: { checked: { state: 'done' }, source: { via: 'gmail' } },
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
    const states: State[] = [];
    await examineInWorker(source, (state) => states.push(state));
    expect(states).toEqual([{ kind: 'problem', problem: 'stopped' }]);
  });

  it('try once more when the worker dies', async () => {
    serve({ id: 'self', url: 'https://mail.google.com/mail/u/0/' });
    const alive = runtime.onConnect;
    let calls = 0;
    runtime.onConnect = (port) => (++calls === 1 ? port.disconnect() : alive(port));
    const states: State[] = [];
    await examineInWorker(source, (state) => states.push(state));
    expect(calls).toBe(2);
    expect(states.at(-1)).toMatchObject({ kind: 'report', report: { level: 'authenticated' } });
  });

  it('tell what is no message', async () => {
    serve({ id: 'self', url: 'https://mail.google.com/mail/u/0/' });
    const states: State[] = [];
    await examineInWorker({ ...source, octets: new TextEncoder().encode('<html>') }, (state) =>
      states.push(state),
    );
    expect(states).toEqual([{ kind: 'problem', problem: 'html' }]);
  });
});

describe('the popup', () => {
  const ask = async (): Promise<State[]> => {
    const states: State[] = [];
    await askOpenMail('en', (state) => states.push(state));
    await new Promise((resolve) => setTimeout(resolve));
    return states;
  };

  it('asks for access before anything else', async () => {
    runtime.granted = false;
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'no-access' }]);
  });

  it.each([
    { tab: undefined },
    { tab: { id: 1 } },
    { tab: { id: 1, url: 'https://bank.example/' } },
    { tab: { id: 1, url: 'https://mail.google.com/chat/' } },
  ])('knows that $tab.url is no mail page', async ({ tab }) => {
    runtime.tabs = tab === undefined ? [] : [tab];
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'no-mail-page' }]);
  });

  it('asks to reload a tab in which nobody answers', async () => {
    runtime.onTabConnect = (port) => port.disconnect();
    expect(await ask()).toEqual([{ kind: 'problem', problem: 'stale-tab' }]);
  });

  it('tells when the page goes away in the middle', async () => {
    runtime.onTabConnect = (port) => {
      port.postMessage({ kind: 'reading' });
      port.disconnect();
    };
    expect(await ask()).toEqual([{ kind: 'reading' }, { kind: 'problem', problem: 'stopped' }]);
  });

  it('hands on what the page says and nothing else', async () => {
    runtime.onTabConnect = (port) => {
      port.postMessage('noise');
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
  one.postMessage({ a: 2 });
  await new Promise((resolve) => setTimeout(resolve));
  expect(heard).toEqual([{ a: 1 }]);
});
