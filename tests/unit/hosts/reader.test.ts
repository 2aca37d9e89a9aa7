/** Which message the reader explains, and what it keeps in mind. */
import { describe, expect, it, vi } from 'vitest';
import { A, B } from './markup.ts';
import { done, mailbox, problem, reading, reportIn } from './reader-kit.ts';

const progressed = { ...reading, done: 5 };
const open = (meant: string, ...ids: string[]) => ({
  kind: 'open',
  messages: ids.map((id) => ({ id, sender: '', date: '' })),
  meant,
});
const fetched = (gone: readonly (readonly [string, string])[]) => gone.map(([, id]) => id);

describe('what is explained', () => {
  it('is told step by step: what is open, how far it is read, what is found', async () => {
    const { explain, here } = mailbox();
    expect(await explain()).toEqual([open(A, A), reading, progressed, done]);
    expect(here).toHaveBeenCalledOnce();
  });

  it('is nothing where no message is open', async () => {
    const { explain, mails, gone } = mailbox();
    mails.open = [];
    expect(await explain()).toEqual([problem('no-message-open')]);
    expect(await explain({ message: A, again: true })).toEqual([problem('no-message-open')]);
    expect(gone).toEqual([]);
  });

  it.each([
    { why: 'the one that the reader means', message: null, want: B },
    { why: 'the one that is asked for', message: A, want: A },
    { why: 'the one that the reader means where the one asked for is not open', message: 'c', want: B },
  ])('is $why', async ({ message, want }) => {
    const { explain, mails, gone } = mailbox();
    Object.assign(mails, { open: [A, B], meant: B });
    expect(await explain({ message })).toContainEqual(open(want, A, B));
    expect(fetched(gone)).toEqual([want]);
  });

  it('is not told twice: a problem of the examination ends it', async () => {
    const { explain, mails, gone } = mailbox({ gmail: 'full' });
    mails.states = [problem('no-header')];
    expect(await explain()).toEqual([open(A, A), reading, progressed, problem('no-header')]);
    expect(gone).toHaveLength(1);
  });
});

describe('the reader', () => {
  it('reads once for two who ask at the same time, and tells both to the end', async () => {
    const { explain, gone } = mailbox();
    const [one, other] = await Promise.all([explain(), explain()]);
    expect(fetched(gone)).toEqual([A]);
    expect(one?.at(-1)).toEqual(done);
    expect(other?.at(-1)).toEqual(done);
  });

  it('reads for each of two who ask at the same time in different languages, or anew', async () => {
    const { explain, gone } = mailbox();
    await Promise.all([explain(), explain({ language: 'ja' }), explain({ again: true })]);
    expect(fetched(gone)).toEqual([A, A, A]);
  });

  it('keeps a report, and reads again for another message or language', async () => {
    const { explain, mails, gone } = mailbox();
    await explain();
    expect(await explain()).toEqual([open(A, A), done]);
    expect(fetched(gone)).toEqual([A]);
    await explain({ language: 'ja' });
    expect(fetched(gone)).toEqual([A, A]);
    Object.assign(mails, { open: [B], meant: B });
    await explain();
    expect(fetched(gone)).toEqual([A, A, B]);
  });

  it('reads again when asked to, whatever is known, and keeps what it finds then', async () => {
    const { explain, mails, gone } = mailbox();
    const later = { ...done, report: { ...done.report, level: 'unknown' as const } };
    await explain();
    mails.states = [later];
    expect(await explain({ again: true })).toContainEqual(later);
    expect(fetched(gone)).toEqual([A, A]);
    expect(await explain()).toEqual([open(A, A), later]);
    expect(fetched(gone)).toEqual([A, A]);
  });

  it.each([
    { why: 'the page reads', outcomes: {} },
    {
      why: 'the worker reads',
      outcomes: { gmail: 'redirected', 'gmail-again': 'redirected', 'gmail-worker': 'full' },
    },
  ] as const)('has DNS asked again only when asked to, where $why', async ({ outcomes }) => {
    const { explain, here, there } = mailbox(outcomes);
    await explain({ again: true });
    await explain({ language: 'ja' });
    const asked = [...here.mock.calls, ...there.mock.calls].map(([source]) => source.again);
    expect(asked).toEqual([true, false]);
  });

  it('tells why a message cannot be read, examines nothing, and tries again when asked again', async () => {
    const { explain, mails, gone, here } = mailbox({ gmail: 'throttled' });
    expect((await explain()).at(-1)).toEqual(problem('throttled'));
    expect(here).not.toHaveBeenCalled();
    mails.outcomes = { gmail: 'full' };
    expect((await explain()).at(-1)).toEqual(done);
    expect(fetched(gone)).toEqual([A, A]);
    expect(here).toHaveBeenCalledOnce();
  });

  it.each(['pending', 'partial'] as const)('keeps no report that is %s', async (state) => {
    const { explain, mails, here } = mailbox();
    mails.states = [reportIn(state), problem('stopped')];
    await explain();
    await explain();
    expect(here).toHaveBeenCalledTimes(2);
  });

  it('keeps a partial report no longer than the complete one that it takes the place of', async () => {
    const { explain, mails, here } = mailbox();
    await explain();
    mails.states = [reportIn('partial')];
    await explain({ again: true });
    await explain();
    expect(here).toHaveBeenCalledTimes(3);
  });

  it('keeps the report of the message that it read, whatever is open by then', async () => {
    const { explain, mails, gone } = mailbox();
    const first = explain();
    Object.assign(mails, { open: [B], meant: B });
    await first;
    await explain();
    expect(fetched(gone)).toEqual([A, B]);
    expect(await explain()).toEqual([open(B, B), done]);
  });

  it('forgets nothing when no message is open for a while', async () => {
    const { explain, mails, gone } = mailbox();
    await explain();
    mails.open = [];
    expect(await explain()).toEqual([problem('no-message-open')]);
    mails.open = [A];
    expect(await explain()).toEqual([open(A, A), done]);
    expect(fetched(gone)).toEqual([A]);
  });

  it('explains in another language anew, and keeps that', async () => {
    const { explain, mails, gone } = mailbox();
    mails.states = [reportIn('done', 'ja')];
    await explain({ language: 'ja' });
    expect(await explain({ language: 'ja' })).toEqual([open(A, A), reportIn('done', 'ja')]);
    await explain({ language: 'en' });
    expect(fetched(gone)).toEqual([A, A]);
  });

  it('keeps at most twenty, and lets the oldest go first', async () => {
    const { explain, mails, gone } = mailbox();
    const ids = Array.from({ length: 21 }, (_, index) => `id-${index}`);
    mails.open = ids;
    for (const message of ids.slice(0, 20)) await explain({ message });
    // Read anew, the first one is no longer the oldest.
    await explain({ message: 'id-0', again: true });
    await explain({ message: 'id-20' });
    gone.length = 0;
    for (const message of ['id-0', 'id-2', 'id-19', 'id-20', 'id-1']) await explain({ message });
    expect(fetched(gone)).toEqual(['id-1']);
  });

  it('forgets all when told to', async () => {
    const { explain, mails, reader, gone } = mailbox();
    mails.open = [A, B];
    await explain({ message: A });
    await explain({ message: B });
    reader.forget();
    await explain({ message: A });
    await explain({ message: B });
    expect(fetched(gone)).toEqual([A, B, A, B]);
  });
});

describe('whoever shows badges', () => {
  it.each(['done', 'partial'] as const)('hears of a report that is %s, and of its message', async (state) => {
    const onReport = vi.fn();
    const { explain, mails } = mailbox({}, onReport);
    mails.states = [reportIn('pending'), reportIn(state)];
    const explaining = explain();
    Object.assign(mails, { open: [B], meant: B });
    await explaining;
    expect(onReport).toHaveBeenCalledExactlyOnceWith(A, reportIn(state).report);
  });

  it('hears of the worker’s report too', async () => {
    const onReport = vi.fn();
    const { explain } = mailbox(
      { gmail: 'redirected', 'gmail-again': 'redirected', 'gmail-worker': 'full' },
      onReport,
    );
    await explain();
    expect(onReport).toHaveBeenCalledExactlyOnceWith(A, done.report);
  });

  it('hears nothing of a report that is kept, nor of a problem', async () => {
    const onReport = vi.fn();
    const { explain, mails } = mailbox({}, onReport);
    await explain();
    await explain();
    mails.states = [reportIn('pending'), problem('stopped')];
    await explain({ again: true });
    expect(onReport).toHaveBeenCalledOnce();
  });
});
