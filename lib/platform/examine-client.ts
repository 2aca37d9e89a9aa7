/** The page's side of an examination: sends the source to the worker in pieces and hands on what comes back. */
import type { Completeness } from '../engine/index.ts';
import { browser } from './browser.ts';
import {
  EXAMINE_PORT,
  isFinal,
  type ReportMessage,
  readReportMessage,
  type SourceMessage,
} from './messages.ts';
import { toPieces } from './pieces.ts';

interface Source {
  readonly octets: Uint8Array;
  readonly completeness: Completeness;
  readonly via: string;
}

/** Resolves after the last state. A worker that stops before it answered is asked once more. */
export async function examineInWorker(source: Source, tell: (state: ReportMessage) => void): Promise<void> {
  if (await examineOnce(source, tell)) return;
  if (await examineOnce(source, tell)) return;
  tell({ kind: 'problem', problem: 'stopped' });
}

/** Whether a final state arrived. */
function examineOnce(
  { octets, completeness, via }: Source,
  tell: (state: ReportMessage) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const port = browser.runtime.connect({ name: EXAMINE_PORT });
    port.onDisconnect.addListener(() => resolve(false));
    port.onMessage.addListener((value: unknown) => {
      const message = readReportMessage(value);
      if (message === null) return;
      tell(message);
      if (!isFinal(message)) return;
      resolve(true);
      port.disconnect();
    });
    const send = (message: SourceMessage): void => port.postMessage(message);
    send({ kind: 'begin', completeness, via, bytes: octets.length });
    for (const base64 of toPieces(octets)) send({ kind: 'piece', base64 });
    send({ kind: 'end' });
  });
}
