/** Popup and page: who is answered, and what is left when one of them goes away. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Explaining } from '../../../lib/explain/explaining.ts';
import { done, later, pending, reading, speaker } from './examine-kit.ts';
import { type FakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { askOpenMail, reloadActiveTab } = await import('../../../lib/platform/open-mail-client.ts');
const { serveOpenMail } = await import('../../../lib/platform/open-mail-server.ts');
type ExplainOpenMail = Parameters<typeof serveOpenMail>[0];

beforeEach(() => runtime.reset());

const QUESTION = { language: 'en', message: null, again: false } as const;
const open = {
  kind: 'open',
  messages: [{ id: 'f:1', sender: 'Bank', date: '8:04' }],
  meant: 'f:1',
} as const;

describe('the page, asked by the popup,', () => {
  const ask = { kind: 'explain', language: 'ja', message: 'f:1', again: true };

  const askPage = async (
    explain: ExplainOpenMail,
    messages: readonly unknown[],
    port: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly unknown[]> => {
    serveOpenMail(explain);
    const { near, heard } = speaker(runtime.listeners, 'open-mail', { sender: { id: 'self' }, ...port });
    for (const message of messages) near.postMessage(message);
    await later();
    return heard;
  };

  it('explains the mail that is asked for, in the language that is asked for', async () => {
    const explain = vi.fn<ExplainOpenMail>(async (_, tell) => {
      for (const state of [open, reading, done]) tell(state);
    });
    expect(await askPage(explain, ['noise', ask])).toEqual([open, reading, done]);
    expect(explain).toHaveBeenCalledOnce();
    expect(explain.mock.calls[0]?.[0]).toMatchObject({ language: 'ja', message: 'f:1', again: true });
  });

  it.each([
    { message: { ...ask, language: 'fr' } },
    { message: { ...ask, message: 7 } },
    { message: { kind: 'end' } },
    { message: null },
  ])('has no word for $message', async ({ message }) => {
    const explain = vi.fn<ExplainOpenMail>(async () => {});
    expect(await askPage(explain, [message])).toEqual([]);
    expect(explain).not.toHaveBeenCalled();
  });

  it('tells a fault of ours', async () => {
    expect(await askPage(() => Promise.reject(new Error('ours')), [ask])).toEqual([
      { kind: 'problem', problem: 'fault' },
    ]);
  });

  it.each([
    { why: 'another extension', port: { sender: { id: 'other' } } },
    { why: 'nobody known', port: { sender: undefined } },
    { why: 'another conversation', port: { name: 'examine' } },
  ])('has no word for $why', async ({ port }) => {
    const explain = vi.fn<ExplainOpenMail>(async () => {});
    expect(await askPage(explain, [ask], port)).toEqual([]);
    expect(explain).not.toHaveBeenCalled();
  });

  it.each([
    { how: 'ends well', end: (tell: (state: Explaining) => void) => tell(done) },
    {
      how: 'fails',
      end: () => {
        throw new Error('ours');
      },
    },
  ])('says nothing to a popup that has closed, however it $how', async ({ end }) => {
    let finish = (): void => {};
    const explain = vi.fn<ExplainOpenMail>(async (_, tell) => {
      tell(reading);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      end(tell);
    });
    serveOpenMail(explain);
    const { near, heard } = speaker(runtime.listeners, 'open-mail', { sender: { id: 'self' } });
    near.postMessage(ask);
    await later(10);
    near.disconnect();
    await later(10);
    // What is thrown here and not caught fails the whole run.
    finish();
    await later(10);
    expect(heard).toEqual([reading]);
  });

  it('answers each popup for itself', async () => {
    serveOpenMail(async ({ language }, tell) => tell(language === 'ja' ? done : pending));
    const one = speaker(runtime.listeners, 'open-mail', { sender: { id: 'self' } });
    const other = speaker(runtime.listeners, 'open-mail', { sender: { id: 'self' } });
    one.near.postMessage(ask);
    other.near.postMessage({ ...ask, language: 'en' });
    await later(10);
    expect(one.heard).toEqual([done]);
    expect(other.heard).toEqual([pending]);
  });
});

describe('the popup', () => {
  const asking = (request: Parameters<typeof askOpenMail>[0] = QUESTION) => {
    const states: Explaining[] = [];
    const { cancel } = askOpenMail(request, (state) => states.push(state));
    return { states, cancel };
  };

  it('asks the page in front for what the reader wants to know', async () => {
    const heard: unknown[] = [];
    runtime.onTabConnect = (port) => port.onMessage.addListener((value) => heard.push(value));
    const { states } = asking({ language: 'ja', message: 'f:2', again: true });
    await later(10);
    expect(heard).toEqual([{ kind: 'explain', language: 'ja', message: 'f:2', again: true }]);
    expect(runtime.connected).toEqual([7]);
    expect(states).toEqual([]);
  });

  it.each([
    { says: [done], why: 'a complete report' },
    { says: [{ kind: 'problem', problem: 'throttled' }], why: 'a problem' },
    { says: [open, reading, pending, done], why: 'a report that was completed' },
  ])('keeps $why when the page goes away afterwards', async ({ says }) => {
    runtime.onTabConnect = (port) => {
      for (const state of says) port.postMessage(state);
      port.disconnect();
    };
    const { states } = asking();
    await later();
    expect(states).toEqual(says);
  });

  it('tells when the page goes away before the checks have ended', async () => {
    runtime.onTabConnect = (port) => {
      port.postMessage(pending);
      port.disconnect();
    };
    const { states } = asking();
    await later();
    expect(states).toEqual([pending, { kind: 'problem', problem: 'stopped' }]);
  });

  describe('that cancels', () => {
    /** The page’s end of the port, once there is one. */
    const page = () => {
      const found: { port: FakePort | null; gone: boolean } = { port: null, gone: false };
      runtime.onTabConnect = (port) => {
        found.port = port;
        port.onDisconnect.addListener(() => {
          found.gone = true;
        });
      };
      return found;
    };

    it('hears nothing more, and the page knows', async () => {
      const found = page();
      const { states, cancel } = asking();
      await later(10);
      found.port?.postMessage(reading);
      await later(10);
      cancel();
      found.port?.postMessage(done);
      await later(10);
      expect(states).toEqual([reading]);
      expect(found.gone).toBe(true);
    });

    it('hears nothing of what was on its way', async () => {
      const found = page();
      const { states, cancel } = asking();
      await later(10);
      found.port?.postMessage(done);
      cancel();
      await later(10);
      expect(states).toEqual([]);
    });

    it('before there is a port hears nothing, and leaves none open', async () => {
      const found = page();
      const { states, cancel } = asking();
      cancel();
      await later(10);
      expect(found.port === null || found.gone).toBe(true);
      expect(states).toEqual([]);
    });

    it.each([{ granted: false }, { granted: true }])(
      'hears of no obstacle either: $granted',
      async ({ granted }) => {
        runtime.granted = granted;
        runtime.tabs = [];
        const { states, cancel } = asking();
        cancel();
        await later(10);
        expect(states).toEqual([]);
      },
    );

    it('may do so twice, and after everything', async () => {
      const found = page();
      const { states, cancel } = asking();
      await later(10);
      found.port?.postMessage(done);
      await later(10);
      cancel();
      cancel();
      await later(10);
      expect(states).toEqual([done]);
      expect(found.gone).toBe(true);
    });
  });

  it('reloads the tab in front', async () => {
    await reloadActiveTab();
    runtime.tabs = [];
    await reloadActiveTab();
    expect(runtime.reloaded).toEqual([7]);
  });
});
