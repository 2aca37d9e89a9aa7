/** How a page hands a source to the worker: piece by piece, as it is asked, and once more when nobody answers. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Explaining } from '../../../lib/explain/explaining.ts';
import { done, later, pending, source } from './examine-kit.ts';
import { type FakePort, fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { examineByWorker, examineInWorker } = await import('../../../lib/platform/examine-client.ts');

const PIECE = 384 * 1024;
const stopped = { kind: 'problem', problem: 'stopped' };

interface Heard {
  readonly kind: string;
  readonly base64?: string;
}

beforeEach(() => runtime.reset());

/** A worker that does as it is told: every port that was opened, and what it heard. */
function worker(answer: (message: Heard, port: FakePort) => void = () => {}) {
  const calls: { readonly port: FakePort; readonly heard: Heard[]; gone: boolean }[] = [];
  runtime.onConnect = (port) => {
    const call = { port, heard: [] as Heard[], gone: false };
    calls.push(call);
    port.onMessage.addListener((value) => {
      call.heard.push(value as Heard);
      answer(value as Heard, port);
    });
    port.onDisconnect.addListener(() => {
      call.gone = true;
    });
  };
  return calls;
}

const take = (_: Heard, port: FakePort): void => port.postMessage({ kind: 'taken' });
const kinds = (heard: readonly Heard[] | undefined) => heard?.map(({ kind }) => kind);

function examining(octets: Uint8Array = source.octets) {
  const states: Explaining[] = [];
  const ended = examineInWorker({ ...source, octets }, (state) => states.push(state));
  return { states, ended };
}

describe('a source', () => {
  it('is announced first, and no piece follows until that is taken', async () => {
    const calls = worker();
    const { states } = examining(new Uint8Array(5));
    await later(20);
    expect(calls[0]?.heard).toEqual([
      {
        kind: 'begin',
        completeness: 'full',
        via: 'gmail',
        instead: null,
        bytes: 5,
        receivedBy: null,
        again: false,
      },
    ]);
    expect(states).toEqual([]);
  });

  it('says what it is where it is no original', async () => {
    const calls = worker();
    const octets = new Uint8Array(1);
    void examineInWorker({ octets, completeness: 'headers', via: 'paste', instead: 'throttled' }, () => {});
    await later(20);
    expect(calls[0]?.heard).toEqual([
      {
        kind: 'begin',
        completeness: 'headers',
        via: 'paste',
        instead: 'throttled',
        bytes: 1,
        receivedBy: null,
        again: false,
      },
    ]);
  });

  it('says which own server took it in, where the reader knows', async () => {
    const calls = worker();
    void examineInWorker({ ...source, via: 'file', receivedBy: 'mx.example.org' }, () => {});
    await later(20);
    expect(calls[0]?.heard).toEqual([
      expect.objectContaining({ kind: 'begin', via: 'file', receivedBy: 'mx.example.org' }),
    ]);
  });

  it('says that DNS is to be asked again, to each worker that it is handed to', async () => {
    const calls = worker((_, port) => port.disconnect());
    await examineInWorker({ ...source, again: true }, () => {});
    const begun = expect.objectContaining({ kind: 'begin', again: true });
    expect(calls.map(({ heard }) => heard)).toEqual([[begun], [begun]]);
  });

  it('goes piece by piece, each when the last one is taken, and then ends', async () => {
    const calls = worker();
    const octets = new Uint8Array(2 * PIECE + 1).map((_, index) => index % 251);
    const { states } = examining(octets);
    const seen: string[][] = [];
    for (let turn = 0; turn < 6; turn++) {
      await later(20);
      seen.push(kinds(calls[0]?.heard) ?? []);
      calls[0]?.port.postMessage({ kind: 'taken' });
    }
    expect(seen.map((heard) => heard.length)).toEqual([1, 2, 3, 4, 5, 5]);
    expect(seen.at(-1)).toEqual(['begin', 'piece', 'piece', 'piece', 'end']);
    const text = (calls[0]?.heard ?? []).map(({ base64 }) => base64 ?? '').join('');
    expect(Buffer.compare(Buffer.from(text, 'base64'), octets)).toBe(0);
    expect(states).toEqual(
      [PIECE, 2 * PIECE, 2 * PIECE + 1].map((handed) => ({
        kind: 'reading',
        stage: 'handing',
        done: handed,
        of: 2 * PIECE + 1,
      })),
    );
  });

  it('of no octets is only begun and ended', async () => {
    const calls = worker((message, port) => {
      if (message.kind === 'end') port.postMessage({ kind: 'problem', problem: 'empty' });
      else take(message, port);
    });
    const { states, ended } = examining(new Uint8Array());
    await ended;
    expect(kinds(calls[0]?.heard)).toEqual(['begin', 'end']);
    expect(states).toEqual([{ kind: 'problem', problem: 'empty' }]);
  });

  it('is handed on no further when the worker refuses it', async () => {
    const calls = worker((_, port) => port.postMessage({ kind: 'problem', problem: 'too-large' }));
    const { states, ended } = examining();
    await ended;
    await later(20);
    expect(states).toEqual([{ kind: 'problem', problem: 'too-large' }]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ gone: true });
    expect(kinds(calls[0]?.heard)).toEqual(['begin']);
  });
});

describe('what comes back', () => {
  const saying = (says: readonly unknown[]) =>
    worker((message, port) => {
      if (message.kind !== 'end') return take(message, port);
      for (const state of says) port.postMessage(state);
    });

  it('is told until it is final, and then the port is closed', async () => {
    const calls = saying(['noise', null, { kind: 'begin' }, pending, done, pending]);
    const { states, ended } = examining();
    await ended;
    await later(20);
    expect(states.filter(({ kind }) => kind !== 'reading').slice(0, 2)).toEqual([pending, done]);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.gone).toBe(true);
  });

  it('keeps the page waiting while checks are under way', async () => {
    saying([pending]);
    let over = false;
    void examining().ended.then(() => {
      over = true;
    });
    await later(50);
    expect(over).toBe(false);
  });
});

describe('a worker that is gone', () => {
  it('is asked once more, from the beginning', async () => {
    let calls = 0;
    const asked = worker((message, port) => {
      if (message.kind === 'piece' && ++calls === 1) return port.disconnect();
      if (message.kind === 'end') return port.postMessage(done);
      take(message, port);
    });
    const { states, ended } = examining();
    await ended;
    expect(asked.map(({ heard }) => kinds(heard))).toEqual([
      ['begin', 'piece'],
      ['begin', 'piece', 'end'],
    ]);
    const bytes = source.octets.length;
    const handing = { kind: 'reading', stage: 'handing', done: bytes, of: bytes };
    expect(states).toEqual([handing, handing, done]);
  });

  it('twice is given up, and not asked a third time', async () => {
    const asked = worker((_, port) => port.disconnect());
    const { states, ended } = examining();
    await ended;
    await later(20);
    expect(states).toEqual([stopped]);
    expect(asked).toHaveLength(2);
  });

  it('after it answered is no loss', async () => {
    const asked = worker((message, port) => {
      if (message.kind !== 'end') return take(message, port);
      port.postMessage(done);
      port.disconnect();
    });
    const { states, ended } = examining();
    await ended;
    await later(20);
    expect(states.at(-1)).toEqual(done);
    expect(asked).toHaveLength(1);
  });
});

describe('a message that the worker reads', () => {
  const remote = { account: '/mail/u/1/', id: '19c0ffee19c0ffee' };
  const reading = (again = false): { states: Explaining[]; ended: Promise<void> } => {
    const states: Explaining[] = [];
    return { states, ended: examineByWorker({ ...remote, again }, (state) => states.push(state)) };
  };

  it.each([false, true])('is named and nothing more, but for DNS asked again: %s', async (again) => {
    const calls = worker((_, port) => {
      port.postMessage({ kind: 'taken' });
      port.postMessage(pending);
      port.postMessage(done);
    });
    const { states, ended } = reading(again);
    await ended;
    await later(20);
    expect(calls.map(({ heard }) => heard)).toEqual([[{ kind: 'fetch', ...remote, again }]]);
    expect(states).toEqual([pending, done]);
  });

  it('is asked for twice, no more', async () => {
    const calls = worker((_, port) => port.disconnect());
    const { states, ended } = reading();
    await ended;
    expect(calls).toHaveLength(2);
    expect(states).toEqual([stopped]);
  });
});
