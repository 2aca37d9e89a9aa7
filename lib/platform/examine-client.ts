/** The page's side of an examination: hands the source to the worker piece by piece, and hands on what comes back. */
import type { Completeness } from '../engine/index.ts';
import { type Explaining, isFinal } from '../explain/explaining.ts';
import type { Problem } from '../explain/problem.ts';
import type { Route } from '../explain/report.ts';
import { connectToWorker, lookAtLastError } from './connect.ts';
import { EXAMINE_PORT, readWorkerMessage, type SourceMessage } from './messages.ts';
import { toPieces } from './pieces.ts';

interface Source {
  readonly octets: Uint8Array;
  readonly completeness: Completeness;
  readonly via: Route;
  readonly instead: Problem | null;
  readonly receivedBy?: string | null;
  /** Whether DNS is asked again, whatever is known. */
  readonly again?: boolean;
}

interface Remote {
  readonly account: string;
  readonly id: string;
  readonly again: boolean;
}

type Tell = (state: Explaining) => void;

/** Octets that are at hand. Resolves after the last state. */
export function examineInWorker(source: Source, tell: Tell): Promise<void> {
  return askTwice(() => handOver(source, tell), tell);
}

/** A message that the worker reads itself. Resolves after the last state. */
export function examineByWorker({ account, id, again }: Remote, tell: Tell): Promise<void> {
  return askTwice(() => ({ begin: { kind: 'fetch', account, id, again }, next: () => null }), tell);
}

/** What is sent first, and what each `taken` is answered with. */
interface Handover {
  readonly begin: SourceMessage;
  readonly next: () => SourceMessage | null;
}

/** One piece at a time, and only when the last one is taken: the page stays free between them. */
function handOver(source: Source, tell: Tell): Handover {
  const { octets, completeness, via, instead, receivedBy = null, again = false } = source;
  const pieces = toPieces(octets);
  const bytes = octets.length;
  let handed = 0;
  let ended = false;
  return {
    begin: { kind: 'begin', completeness, via, instead, bytes, receivedBy, again },
    next() {
      if (ended) return null;
      const piece = pieces.next();
      if (piece.done === true) {
        ended = true;
        return { kind: 'end' };
      }
      handed = Math.min(bytes, handed + piece.value.octets);
      tell({ kind: 'reading', stage: 'handing', done: handed, of: bytes });
      return { kind: 'piece', base64: piece.value.base64 };
    },
  };
}

/** A worker that stops before it answered is asked once more. */
async function askTwice(handover: () => Handover, tell: Tell): Promise<void> {
  if (await ask(handover(), tell)) return;
  if (await ask(handover(), tell)) return;
  tell({ kind: 'problem', problem: 'stopped' });
}

/** Whether a final state arrived. */
function ask({ begin, next }: Handover, tell: Tell): Promise<boolean> {
  return new Promise((resolve) => {
    const port = connectToWorker(EXAMINE_PORT);
    if (port === null) return resolve(false);
    port.onDisconnect.addListener(() => {
      lookAtLastError();
      resolve(false);
    });
    port.onMessage.addListener((value: unknown) => {
      const message = readWorkerMessage(value);
      if (message === null) return;
      if (message.kind === 'taken') {
        const following = next();
        if (following !== null) port.postMessage(following);
        return;
      }
      tell(message);
      if (!isFinal(message)) return;
      resolve(true);
      port.disconnect();
    });
    port.postMessage(begin);
  });
}
