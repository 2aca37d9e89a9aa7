/** The conversations where something goes wrong: a worker that dies late, octets that lie, a page that is gone. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ports } from '../../../lib/engine/index.ts';
import { fakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { examineInWorker } = await import('../../../lib/platform/examine-client.ts');
const { serveExaminations } = await import('../../../lib/platform/examine-server.ts');
const { platformPorts } = await import('../../../lib/platform/ports.ts');
const { SAMPLES, reportOf } = await import('../../kit/samples.ts');
const { readZone, zoneResolver } = await import('../../../lib/cli/zone.ts');

type State = Parameters<Parameters<typeof examineInWorker>[1]>[0];
const [sample] = SAMPLES;
if (sample === undefined) throw new Error('there are no samples');
const ports = platformPorts(zoneResolver(readZone(sample.zone)), () => sample.now);
const source = { octets: sample.octets, completeness: 'full', via: 'gmail' } as const;
const pending = await reportOf(sample, 'en').then((report) => ({
  kind: 'report' as const,
  report: { ...report, checked: { ...report.checked, state: 'pending' as const } },
}));
const done = { kind: 'report' as const, report: await reportOf(sample, 'en') };
const GMAIL = { id: 'self', url: 'https://mail.google.com/mail/u/0/' };

beforeEach(() => runtime.reset());
const later = () => new Promise((resolve) => setTimeout(resolve, 300));

async function examined(from: Parameters<typeof examineInWorker>[0] = source): Promise<readonly State[]> {
  const states: State[] = [];
  await examineInWorker(from, (state) => states.push(state));
  return states;
}

function serve(sender: object, portsFor: (isPrivate: boolean) => Ports = () => ports): void {
  serveExaminations(portsFor);
  runtime.onConnect = (port) => {
    for (const listen of runtime.listeners) listen({ ...port, sender });
  };
}

describe('a worker that dies', () => {
  /** The worker speaks `says` and dies, each time that it is asked. */
  const dying = (says: readonly State[], times: number): { calls: number } => {
    serve(GMAIL);
    const alive = runtime.onConnect;
    const counted = { calls: 0 };
    runtime.onConnect = (port) => {
      if (++counted.calls > times) return alive(port);
      for (const state of says) port.postMessage(state);
      port.disconnect();
    };
    return counted;
  };

  it('after the first report is asked once more, and the check is completed', async () => {
    const counted = dying([pending], 1);
    const states = await examined();
    expect(counted.calls).toBe(2);
    expect(states[0]).toMatchObject({ report: { checked: { state: 'pending' } } });
    expect(states.at(-1)).toMatchObject({ report: { checked: { state: 'done' } } });
  });

  it('twice is given up, and said so, once', async () => {
    const counted = dying([pending], 9);
    const states = await examined();
    expect(counted.calls).toBe(2);
    expect(states.map(({ kind }) => kind)).toEqual(['report', 'report', 'problem']);
    expect(states.at(-1)).toEqual({ kind: 'problem', problem: 'stopped' });
  });

  it('after the last report is missed by nobody', async () => {
    const counted = dying([done], 9);
    expect(await examined()).toEqual([done]);
    expect(counted.calls).toBe(1);
  });
});

describe('the worker', () => {
  it('disconnects a stranger without a word', () => {
    serveExaminations(() => ports);
    for (const sender of [
      undefined,
      { id: 'other', url: GMAIL.url },
      { id: 'self', url: 'http://mail.google.com/' },
    ]) {
      const port = {
        name: 'examine',
        sender,
        disconnect: vi.fn(),
        postMessage: vi.fn(),
        onMessage: { addListener: vi.fn() },
      };
      for (const listen of runtime.listeners) listen(port);
      expect(port.disconnect).toHaveBeenCalledOnce();
      expect(port.onMessage.addListener).not.toHaveBeenCalled();
      expect(port.postMessage).not.toHaveBeenCalled();
    }
  });

  it('leaves other conversations alone', () => {
    serveExaminations(() => ports);
    const port = {
      name: 'open-mail',
      sender: GMAIL,
      disconnect: vi.fn(),
      onMessage: { addListener: vi.fn() },
    };
    for (const listen of runtime.listeners) listen(port);
    expect(port.disconnect).not.toHaveBeenCalled();
    expect(port.onMessage.addListener).not.toHaveBeenCalled();
  });

  it.each([
    { tab: { incognito: true }, isPrivate: true },
    { tab: { incognito: false }, isPrivate: false },
    { tab: undefined, isPrivate: false },
  ])('gives a private window resolvers of its own: $isPrivate', async ({ tab, isPrivate }) => {
    const portsFor = vi.fn(() => ports);
    serve({ ...GMAIL, tab }, portsFor);
    await examined();
    expect(portsFor).toHaveBeenCalledExactlyOnceWith(isPrivate);
  });

  it('answers in the language that is chosen', async () => {
    runtime.stored = { language: 'ja' };
    serve(GMAIL);
    expect((await examined()).at(-1)).toMatchObject({ report: { language: 'ja' } });
  });

  it('reads a message of several pieces', async () => {
    serve(GMAIL);
    const octets = new Uint8Array(1_700_000).fill(0x20);
    octets.set(sample.octets);
    expect((await examined({ ...source, octets })).at(-1)).toMatchObject({
      report: { source: { bytes: 1_700_000 }, from: { domain: done.report.from.domain } },
    });
  });

  /** What the worker says to a page that speaks so. */
  const told = async (messages: readonly unknown[]): Promise<readonly unknown[]> => {
    const [near, far] = fakePort('examine');
    const heard: unknown[] = [];
    near.onMessage.addListener((value) => heard.push(value));
    for (const listen of runtime.listeners) listen({ ...far, sender: GMAIL });
    for (const message of messages) near.postMessage(message);
    await later();
    return heard;
  };
  const begin = { kind: 'begin', completeness: 'full', via: 'gmail', bytes: 3 };
  const end = { kind: 'end' };

  it.each([
    {
      why: 'pieces that are less than was said',
      messages: [begin, { kind: 'piece', base64: 'QQ==' }, end],
      problem: 'fault',
    },
    {
      why: 'pieces that are no base64',
      messages: [begin, { kind: 'piece', base64: '!' }, end],
      problem: 'fault',
    },
    {
      why: 'more octets than are verified',
      messages: [{ ...begin, bytes: 65 * 1024 * 1024 }, end],
      problem: 'too-large',
    },
    { why: 'no octets', messages: [{ ...begin, bytes: 0 }, end], problem: 'empty' },
  ])('says what is wrong with $why', async ({ messages, problem }) => {
    serveExaminations(() => ports);
    expect(await told(messages)).toEqual([{ kind: 'problem', problem }]);
  });

  it('waits for the beginning and the end', async () => {
    serveExaminations(() => ports);
    expect(await told([end, 'noise', { kind: 'piece', base64: 'QQ==' }])).toEqual([]);
  });

  it('never leaves a reader waiting for a fault of ours', async () => {
    const broken: Ports = {
      ...ports,
      toAscii: () => {
        throw new Error('ours');
      },
    };
    serve(GMAIL, () => broken);
    expect(await examined()).toEqual([{ kind: 'problem', problem: 'fault' }]);
  });

  it('says nothing more to a page that has gone', async () => {
    const questions: (() => void)[] = [];
    const slow: Ports = {
      ...ports,
      resolve: (name, type) =>
        new Promise((resolve) => questions.push(() => resolve(ports.resolve(name, type)))),
    };
    serveExaminations(() => slow);
    const [near, far] = fakePort('examine');
    const postMessage = vi.fn();
    for (const listen of runtime.listeners) listen({ ...far, postMessage, sender: GMAIL });
    near.postMessage({ ...begin, bytes: sample.octets.length });
    near.postMessage({ kind: 'piece', base64: Buffer.from(sample.octets).toString('base64') });
    near.postMessage(end);
    await vi.waitFor(() => expect(questions.length).toBeGreaterThan(0));
    await vi.waitFor(() => expect(postMessage).toHaveBeenCalled());
    const before = postMessage.mock.calls.length;
    near.disconnect();
    await later();
    for (const answer of questions) answer();
    await later();
    expect(postMessage).toHaveBeenCalledTimes(before);
  });
});
