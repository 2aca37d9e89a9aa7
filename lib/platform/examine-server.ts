/** The worker's side of an examination: takes a source from a page of a known webmail, answers with reports. */
import { examine, MAX_MESSAGE_OCTETS, type Ports, type Receiver } from '../engine/index.ts';
import { toReport } from '../explain/report.ts';
import { browser } from './browser.ts';
import { EXAMINE_PORT, type ReportMessage, readSourceMessage, type SourceMessage } from './messages.ts';
import { fromPieces } from './pieces.ts';
import { currentLanguage } from './settings.ts';
import { loadTranslator } from './text.ts';

type Port = ReturnType<typeof browser.runtime.connect>;
type Begin = Extract<SourceMessage, { kind: 'begin' }>;

/** Whose mailbox a page shows: said by the browser about the sender, never by the page. */
const RECEIVERS: Readonly<Record<string, Receiver>> = {
  'https://mail.google.com': { id: 'gmail', basis: 'mailbox' },
};

/** Registers the server. `portsFor` gives private windows resolvers of their own. */
export function serveExaminations(portsFor: (isPrivate: boolean) => Ports): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== EXAMINE_PORT) return;
    const receiver = port.sender?.id === browser.runtime.id ? RECEIVERS[originOf(port)] : undefined;
    if (receiver === undefined) return port.disconnect();
    serve(port, receiver, portsFor(port.sender?.tab?.incognito === true));
  });
}

function originOf(port: Port): string {
  const url = port.sender?.url;
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : '';
}

function serve(port: Port, receiver: Receiver, ports: Ports): void {
  let begin: Begin | null = null;
  let open = true;
  const pieces: string[] = [];
  const tell = (message: ReportMessage): void => {
    if (open) port.postMessage(message);
  };
  port.onDisconnect.addListener(() => {
    open = false;
  });
  port.onMessage.addListener((value: unknown) => {
    const message = readSourceMessage(value);
    if (message?.kind === 'begin') begin = message;
    else if (message?.kind === 'piece') pieces.push(message.base64);
    else if (message?.kind === 'end' && begin !== null) void answer(begin, pieces, receiver, ports, tell);
  });
}

async function answer(
  { bytes, completeness, via }: Begin,
  pieces: readonly string[],
  receiver: Receiver,
  ports: Ports,
  tell: (message: ReportMessage) => void,
): Promise<void> {
  if (bytes > MAX_MESSAGE_OCTETS) return tell({ kind: 'problem', problem: 'too-large' });
  const octets = fromPieces(pieces, bytes);
  if (octets === null) return tell({ kind: 'problem', problem: 'fault' });
  try {
    const language = await currentLanguage();
    const t = await loadTranslator(language);
    const origin = { via, bytes };
    const examined = await examine({ octets, completeness, receiver }, ports, (examination) =>
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
