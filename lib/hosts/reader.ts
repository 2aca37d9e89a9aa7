/**
 * Reads and explains an open message, on demand, and keeps its report in the page's memory: the popup may close and
 * open again without another request, and no text of the mail is stored anywhere.
 */
import { type Explaining, isFinal } from '../explain/explaining.ts';
import type { Problem } from '../explain/problem.ts';
import type { MessageReport } from '../explain/report.ts';
import type { Language } from '../explain/translate.ts';
import type { MailHost, MailSource, RemoteMessage, SourceRoute } from './host.ts';

type Tell = (state: Explaining) => void;

/** The other side of an examination; each calls back with states, the last one being final. */
export interface Examiner {
  /** Has octets examined. */
  here(source: MailSource & Freshness, tell: Tell): Promise<void>;
  /** Has the worker read and examine. A problem in reading is its answer. */
  there(remote: RemoteMessage & Freshness, tell: Tell): Promise<void>;
}

/** Whether DNS is asked again, whatever is known. */
interface Freshness {
  readonly again: boolean;
}

export interface ExplainOptions {
  /** Null means the one that the reader means. */
  readonly message: string | null;
  readonly language: Language;
  /** Read and check again, whatever is known. */
  readonly again: boolean;
}

export interface Reader {
  /** Explains a message that is open now; `tell` may be called until the promise resolves. */
  explain(options: ExplainOptions, tell: Tell): Promise<void>;
  /** Forgets all reports. */
  forget(): void;
}

/** Reports kept in one page; the oldest go first. */
const MAX_KEPT = 20;

/** `onReport` hears of every complete report, for the badge of its message. */
export function mailReader(
  host: MailHost,
  examiner: Examiner,
  onReport: (id: string, report: MessageReport) => void = () => {},
): Reader {
  const kept = new Map<string, MessageReport>();
  const running = new Map<string, Running>();

  const keep = (id: string, report: MessageReport): void => {
    kept.delete(id);
    // What DNS left open is asked for again the next time.
    if (report.checked.state === 'done') kept.set(id, report);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  };

  /** Popup and panel may ask for the same at once: the mail is read once, and both hear of it. */
  const begin = (id: string, { language, again }: ExplainOptions, first: Tell): Running => {
    const hearers = new Set([first]);
    const started: Running = { language, hearers, last: null, end: Promise.resolve() };
    running.set(id, started);
    started.end = explainBy(host.routes(id), { examiner, again }, (state) => {
      started.last = state;
      if (state.kind === 'report' && isFinal(state)) {
        keep(id, state.report);
        onReport(id, state.report);
      }
      for (const tell of hearers) tell(state);
    }).finally(() => {
      if (running.get(id) === started) running.delete(id);
    });
    return started;
  };

  return {
    async explain(options, tell) {
      const { message, language, again } = options;
      const open = host.openMessages();
      if (open === null) return tell({ kind: 'problem', problem: 'no-message-open' });
      const isOpen = open.messages.some(({ id }) => id === message);
      const id = message !== null && isOpen ? message : open.meant;
      tell({ kind: 'open', messages: open.messages, meant: id });
      const known = again ? undefined : kept.get(id);
      if (known?.language === language) return tell({ kind: 'report', report: known });
      const under = again ? undefined : running.get(id);
      if (under?.language === language) return join(under, tell);
      await begin(id, options, tell).end;
    },
    forget: () => kept.clear(),
  };
}

/** An explanation that is under way. */
interface Running {
  readonly language: Language;
  readonly hearers: Set<Tell>;
  last: Explaining | null;
  end: Promise<void>;
}

function join({ last, hearers, end }: Running, tell: Tell): Promise<void> {
  if (last !== null) tell(last);
  hearers.add(tell);
  return end;
}

/** Who examines, and whether with fresh answers. */
interface Means extends Freshness {
  readonly examiner: Examiner;
}

/** Goes through the ways to a source until one leads to it. The first problem says why it is not the original. */
async function explainBy(routes: readonly SourceRoute[], means: Means, tell: Tell): Promise<void> {
  let first: Problem | null = null;
  let last: Problem = 'not-original';
  for (const route of routes) {
    if (first !== null && !route.mends.includes(last)) continue;
    const problem: Problem | null =
      route.place === 'worker'
        ? await examineThere(route.remote, means, tell)
        : await examineHere(route, first, means, tell);
    if (problem === null) return;
    first ??= problem;
    last = problem;
  }
  // Where even Gmail's own pages lead away, it is to the sign-in page.
  tell({ kind: 'problem', problem: last === 'redirected' ? 'signed-out' : last });
}

/** Null once everything is told, else why this way led nowhere. */
async function examineHere(
  route: Extract<SourceRoute, { place: 'page' }>,
  first: Problem | null,
  { examiner, again }: Means,
  tell: Tell,
): Promise<Problem | null> {
  tell({ kind: 'reading', stage: 'source', done: 0, of: null });
  const source = await route.read((done, of) => tell({ kind: 'reading', stage: 'source', done, of }));
  if (source.kind === 'problem') return source.problem;
  await examiner.here({ ...source, instead: insteadOf(source.completeness, first), again }, tell);
  return null;
}

/** The original at a second try is the original all the same. */
function insteadOf(completeness: MailSource['completeness'], first: Problem | null): Problem | null {
  if (completeness === 'full') return null;
  return completeness === 'headers' ? 'too-large' : (first ?? 'not-original');
}

async function examineThere(
  { account, id }: RemoteMessage,
  { examiner, again }: Means,
  tell: Tell,
): Promise<Problem | null> {
  let problem: Problem | null = null;
  await examiner.there({ account, id, again }, (state) => {
    if (state.kind === 'problem') problem = state.problem;
    else tell(state);
  });
  return problem;
}
