/** The worker's side of an examination: takes a source from a page, or reads it, and answers with reports. */
import { examine, MAX_MESSAGE_OCTETS, type Ports } from '../engine/index.ts';
import type { Problem } from '../explain/problem.ts';
import { type Origin, toReport } from '../explain/report.ts';
import { browser } from './browser.ts';
import { type Client, clientOf, type Port } from './client.ts';
import { EXAMINE_PORT, readSourceMessage, type SourceMessage, type WorkerMessage } from './messages.ts';
import { type Collector, collector } from './pieces.ts';
import { currentLanguage } from './settings.ts';
import { loadTranslator } from './text.ts';
import { whomToBelieve } from './trusted.ts';

type Begin = Extract<SourceMessage, { kind: 'begin' }>;
type Fetch = Extract<SourceMessage, { kind: 'fetch' }>;
type Source = Omit<Begin, 'kind' | 'receivedBy' | 'again'> & { readonly octets: Uint8Array<ArrayBuffer> };
type Tell = (message: WorkerMessage) => void;

export interface ExaminationOptions {
  /** For one examination. Private windows have resolvers of their own; `again` asks DNS whatever is known. */
  readonly portsFor: (isPrivate: boolean, again: boolean) => Ports;
  /** Reads a message with the session of the browser; the problem where that fails. Never rejects. */
  readonly fetchSource: (remote: Pick<Fetch, 'account' | 'id'>) => Promise<Source | Problem>;
}

/** Registers the server. */
export function serveExaminations(options: ExaminationOptions): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== EXAMINE_PORT) return;
    const client = clientOf(port);
    if (client === null) return port.disconnect();
    serve(port, client, options);
  });
}

function serve(port: Port, client: Client, { portsFor, fetchSource }: ExaminationOptions): void {
  let taking: { readonly begin: Begin; readonly collected: Collector } | null = null;
  let open = true;
  const tell: Tell = (message) => {
    if (open) port.postMessage(message);
  };
  port.onDisconnect.addListener(() => {
    open = false;
    taking = null;
  });
  const answer = (source: Source, receivedBy: string | null, again: boolean): Promise<void> =>
    report(source, { client, receivedBy }, portsFor(client.isPrivate, again), tell);
  port.onMessage.addListener((value: unknown) => {
    const message = readSourceMessage(value);
    switch (message?.kind) {
      case 'begin': {
        if (message.bytes > MAX_MESSAGE_OCTETS) return tell({ kind: 'problem', problem: 'too-large' });
        taking = { begin: message, collected: collector(message.bytes) };
        return tell({ kind: 'taken' });
      }
      case 'piece':
        // More than was announced, or no base64: nothing of it is kept.
        if (taking?.collected.take(message.base64) !== true)
          return tell({ kind: 'problem', problem: 'fault' });
        return tell({ kind: 'taken' });
      case 'end': {
        const octets = taking?.collected.whole() ?? null;
        if (taking === null || octets === null) return tell({ kind: 'problem', problem: 'fault' });
        void answer({ ...taking.begin, octets }, taking.begin.receivedBy, taking.begin.again);
        return;
      }
      case 'fetch':
        // The worker's session need not be the private window's.
        if (!client.isWebmail || client.isPrivate) return tell({ kind: 'problem', problem: 'redirected' });
        void fetchSource(message).then((source) =>
          typeof source === 'string'
            ? tell({ kind: 'problem', problem: source })
            : answer(source, null, message.again),
        );
        return;
    }
  });
}

async function report(
  { octets, bytes, completeness, via, instead }: Source,
  who: { readonly client: Client; readonly receivedBy: string | null },
  ports: Ports,
  tell: Tell,
): Promise<void> {
  try {
    const language = await currentLanguage();
    const t = await loadTranslator(language);
    const origin: Origin = { via, bytes, instead };
    const { receiver, mayReveal } = await whomToBelieve(who.client, who.receivedBy);
    const examined = await examine({ octets, completeness, receiver, mayReveal }, ports, (examination) =>
      tell({ kind: 'report', report: toReport(examination, origin, language, t) }),
    );
    tell(
      examined.kind === 'no-message'
        ? { kind: 'problem', problem: examined.why }
        : { kind: 'report', report: toReport(examined.examination, origin, language, t) },
    );
  } catch {
    // A fault of ours must not leave the reader waiting; the popup says so and asks for a report.
    tell({ kind: 'problem', problem: 'fault' });
  }
}
