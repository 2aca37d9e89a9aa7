/** The conversations where something goes wrong: a worker that dies late, octets that lie, a page that is gone. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ports } from '../../../lib/engine/index.ts';
import type { Explaining } from '../../../lib/explain/explaining.ts';
import { base64, done, GMAIL, later, pending, ports, sample, source, withoutReading } from './examine-kit.ts';
import { fakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { examineInWorker } = await import('../../../lib/platform/examine-client.ts');
const { serveExaminations } = await import('../../../lib/platform/examine-server.ts');
const { loadTranslator } = await import('../../../lib/platform/text.ts');
// The locale file is read once; no test waits for it.
await loadTranslator('en');

beforeEach(() => runtime.reset());

async function examined(
  from: Parameters<typeof examineInWorker>[0] = source,
): Promise<readonly Explaining[]> {
  const states: Explaining[] = [];
  await examineInWorker(from, (state) => states.push(state));
  return withoutReading(states);
}

function serve(sender: object, portsFor: (isPrivate: boolean, again: boolean) => Ports = () => ports): void {
  serveExaminations({ portsFor, fetchSource: async () => 'fault' });
  runtime.answerAs(sender);
}

describe('a worker that dies', () => {
  /** The worker speaks `says` and dies, each time that it is asked. */
  const dying = (says: readonly Explaining[], times: number): { calls: number } => {
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
  it.each([
    { tab: { incognito: true }, again: undefined, wants: [true, false] },
    { tab: { incognito: true }, again: true, wants: [true, true] },
    { tab: { incognito: false }, again: true, wants: [false, true] },
    { tab: undefined, again: false, wants: [false, false] },
  ])('has one resolver for an examination, by window and freshness: $wants', async (row) => {
    const portsFor = vi.fn(() => ports);
    serve({ ...GMAIL, tab: row.tab }, portsFor);
    await examined(row.again === undefined ? source : { ...source, again: row.again });
    expect(portsFor).toHaveBeenCalledExactlyOnceWith(...row.wants);
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
    serveExaminations({ portsFor: () => slow, fetchSource: async () => 'fault' });
    const [near, far] = fakePort('examine');
    const postMessage = vi.fn();
    for (const listen of runtime.listeners) listen({ ...far, postMessage, sender: GMAIL });
    const { octets, ...told } = source;
    near.postMessage({ kind: 'begin', ...told, bytes: octets.length });
    near.postMessage({ kind: 'piece', base64: base64(octets) });
    near.postMessage({ kind: 'end' });
    await vi.waitFor(() => expect(questions.length).toBeGreaterThan(0));
    await vi.waitFor(() =>
      expect(postMessage).toHaveBeenLastCalledWith(expect.objectContaining({ kind: 'report' })),
    );
    const before = postMessage.mock.calls.length;
    near.disconnect();
    await later();
    for (const answer of questions) answer();
    await later(300);
    expect(postMessage).toHaveBeenCalledTimes(before);
  });
});
