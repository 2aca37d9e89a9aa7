/** A mailbox whose server and worker do as they are told, and a reader of it. */
import { vi } from 'vitest';
import type { Completeness } from '../../../lib/engine/index.ts';
import type { Explaining } from '../../../lib/explain/explaining.ts';
import type { Problem } from '../../../lib/explain/problem.ts';
import type { MessageReport } from '../../../lib/explain/report.ts';
import type { MailHost, SourceResult, SourceRoute } from '../../../lib/hosts/host.ts';
import { type Examiner, type ExplainOptions, mailReader } from '../../../lib/hosts/reader.ts';
import { reportOf, SAMPLES } from '../../kit/samples.ts';
import { A } from './markup.ts';

const [first] = SAMPLES;
if (first === undefined) throw new Error('there are no samples');
export const sample = first;
const REPORT = await reportOf(sample, 'en');

export const reportIn = (
  state: MessageReport['checked']['state'],
  language: 'en' | 'ja' = 'en',
): Extract<Explaining, { kind: 'report' }> => ({
  kind: 'report',
  report: { ...REPORT, language, checked: { ...REPORT.checked, state } },
});
export const done = reportIn('done');
export const reading = { kind: 'reading', stage: 'source', done: 0, of: null } as const;
export const problem = (problem: Problem) => ({ kind: 'problem', problem }) as const;

export type Way = 'gmail' | 'gmail-again' | 'gmail-worker' | 'gmail-page';
/** What each way leads to: octets, complete or not, or a problem. */
export type Outcomes = Readonly<Record<Way, Completeness | Problem>>;

const WAYS: Readonly<Record<Way, readonly Problem[]>> = {
  gmail: [],
  'gmail-again': ['redirected', 'not-original', 'empty'],
  'gmail-worker': ['redirected'],
  'gmail-page': ['redirected', 'not-original', 'empty'],
};

function isSource(outcome: Completeness | Problem): outcome is Completeness {
  return outcome === 'full' || outcome === 'reencoded' || outcome === 'headers';
}

/** `outcomes` and `states`, the worker's answer, may be changed between two readings. */
export function mailbox(
  outcomes: Partial<Outcomes> = {},
  onReport?: (id: string, report: MessageReport) => void,
) {
  const mails = {
    open: [A] as readonly string[],
    meant: A,
    outcomes: { gmail: 'full', ...outcomes } as Partial<Outcomes>,
    states: [done] as readonly Explaining[],
  };
  /** Which ways were gone, to which message. */
  const gone: [way: Way, id: string][] = [];

  const outcomeOf = (way: Way, id: string): Completeness | Problem => {
    gone.push([way, id]);
    const outcome = mails.outcomes[way];
    if (outcome === undefined) throw new Error(`nobody was to go there: ${way}`);
    return outcome;
  };
  const read = async (via: Way, id: string): Promise<SourceResult> => {
    const outcome = outcomeOf(via, id);
    return isSource(outcome)
      ? { kind: 'source', octets: sample.octets, completeness: outcome, via }
      : problem(outcome);
  };
  const host: MailHost = {
    openMessages: () =>
      mails.open.length === 0
        ? null
        : { messages: mails.open.map((id) => ({ id, sender: '', date: '' })), meant: mails.meant },
    routes: (id) =>
      (Object.entries(WAYS) as [Way, readonly Problem[]][]).map(
        ([way, mends]): SourceRoute =>
          way === 'gmail-worker'
            ? { place: 'worker', mends, remote: { account: '/mail/u/0/', id } }
            : {
                place: 'page',
                mends,
                read: (progress) => {
                  progress(5, null);
                  return read(way, id);
                },
              },
      ),
    header: async () => problem('fault'),
    places: () => [],
  };
  const here = vi.fn<Examiner['here']>(async (_, tell) => {
    for (const state of mails.states) tell(state);
  });
  const there = vi.fn<Examiner['there']>(async ({ id }, tell) => {
    const outcome = outcomeOf('gmail-worker', id);
    tell({ kind: 'reading', stage: 'handing', done: 1, of: 2 });
    if (!isSource(outcome)) return tell(problem(outcome));
    for (const state of mails.states) tell(state);
  });
  const reader = mailReader(host, { here, there }, onReport);

  /** Everything that is told about a message. */
  const explain = async (options: Partial<ExplainOptions> = {}): Promise<readonly Explaining[]> => {
    const told: Explaining[] = [];
    await reader.explain({ message: null, language: 'en', again: false, ...options }, (state) => {
      told.push(state);
    });
    return told;
  };
  return { mails, gone, here, there, reader, explain };
}
