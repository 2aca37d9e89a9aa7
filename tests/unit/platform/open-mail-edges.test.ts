/** Popup and page: who is answered, and what is left when one of them goes away. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReportMessage } from '../../../lib/platform/messages.ts';
import { type FakePort, fakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { askOpenMail, reloadActiveTab, requestAccess } = await import(
  '../../../lib/platform/open-mail-client.ts'
);
const { serveOpenMail } = await import('../../../lib/platform/open-mail-server.ts');
const { SAMPLES, reportOf } = await import('../../kit/samples.ts');

const [sample] = SAMPLES;
if (sample === undefined) throw new Error('there are no samples');
const done = { kind: 'report' as const, report: await reportOf(sample, 'en') };
const pending = {
  kind: 'report' as const,
  report: { ...done.report, checked: { ...done.report.checked, state: 'pending' as const } },
};

beforeEach(() => runtime.reset());
const later = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('the page, asked by the popup,', () => {
  const askPage = async (
    explain: Parameters<typeof serveOpenMail>[0],
    messages: readonly unknown[],
    port: Partial<FakePort & { sender: object }> = {},
  ): Promise<readonly unknown[]> => {
    serveOpenMail(explain);
    const [near, far] = fakePort('open-mail');
    const heard: unknown[] = [];
    near.onMessage.addListener((value) => heard.push(value));
    for (const listen of runtime.listeners) listen({ ...far, sender: { id: 'self' }, ...port });
    for (const message of messages) near.postMessage(message);
    await later();
    return heard;
  };
  const ask = { kind: 'explain', language: 'ja' };

  it('explains in the language that is asked for', async () => {
    const explain = vi.fn<Parameters<typeof serveOpenMail>[0]>(async (_, tell) => {
      tell({ kind: 'reading' });
      tell(done);
    });
    expect(await askPage(explain, ['noise', ask])).toEqual([{ kind: 'reading' }, done]);
    expect(explain).toHaveBeenCalledExactlyOnceWith('ja', expect.any(Function));
  });

  it('tells a fault of ours', async () => {
    expect(await askPage(() => Promise.reject(new Error('ours')), [ask])).toEqual([
      { kind: 'problem', problem: 'fault' },
    ]);
  });

  it.each([
    { why: 'another extension', port: { sender: { id: 'other' } } },
    { why: 'another conversation', port: { name: 'examine' } },
  ])('has no word for $why', async ({ port }) => {
    const explain = vi.fn(async () => {});
    expect(await askPage(explain, [ask], port)).toEqual([]);
    expect(explain).not.toHaveBeenCalled();
  });
});

describe('the popup', () => {
  it.each([
    { says: [done], why: 'a complete report' },
    { says: [{ kind: 'problem', problem: 'throttled' }], why: 'a problem' },
    { says: [pending, done], why: 'a report that was completed' },
  ])('keeps $why when the page goes away afterwards', async ({ says }) => {
    runtime.onTabConnect = (port) => {
      for (const state of says) port.postMessage(state);
      port.disconnect();
    };
    const states: ReportMessage[] = [];
    await askOpenMail('en', (state) => states.push(state));
    await later();
    expect(states).toEqual(says);
  });

  it('tells when the page goes away before the checks have ended', async () => {
    runtime.onTabConnect = (port) => {
      port.postMessage(pending);
      port.disconnect();
    };
    const states: ReportMessage[] = [];
    await askOpenMail('en', (state) => states.push(state));
    await later();
    expect(states).toEqual([pending, { kind: 'problem', problem: 'stopped' }]);
  });

  it.each([true, false])('asks for the hosts of the manifest and no others; granted: %s', async (granted) => {
    runtime.granted = granted;
    expect(await requestAccess()).toBe(granted);
    expect(runtime.requested).toEqual([
      { origins: ['https://mail.google.com/*', 'https://cloudflare-dns.com/*', 'https://dns.google/*'] },
    ]);
  });

  it('reloads the tab in front', async () => {
    await reloadActiveTab();
    runtime.tabs = [];
    await reloadActiveTab();
    expect(runtime.reloaded).toEqual([7]);
  });
});
