/** When a message is judged for its badge, and what a badge says before and after. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Badge } from '../../../lib/explain/badge.ts';
import { BAD, OK, scrollable, settled, stopWatching, watching } from './badges-kit.ts';
import { A, B, BANK, body, h, heading, message } from './markup.ts';

let view: ReturnType<typeof scrollable>;
beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  view = scrollable();
});
afterEach(() => {
  stopWatching();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const opened = (id: string): HTMLElement => {
  const mail = message(id, heading(BANK), body('x'));
  document.body.append(mail);
  return mail;
};
/** Whoever judges takes as long as the test wants. */
const later = () => {
  let answer: (badge: Badge | null) => void = () => {};
  const promise = new Promise<Badge | null>((resolve) => {
    answer = resolve;
  });
  return { promise, answer: (badge: Badge | null) => answer(badge) };
};
const asked = (judge: ReturnType<typeof watching>['judge']) => judge.mock.calls.map(([id]) => id);

describe('a message is judged', () => {
  it('once it comes into view, and not before', async () => {
    const mail = opened(A);
    const { judge, labels } = watching({ [A]: OK });
    await settled();
    expect(judge).not.toHaveBeenCalled();
    expect(labels()).toEqual([null]);
    view.enter(mail);
    await settled();
    expect(asked(judge)).toEqual([A]);
    expect(labels()).toEqual(['proven']);
  });

  it('once, however often it comes into view', async () => {
    const mail = opened(A);
    const { judge } = watching({ [A]: OK });
    for (let round = 0; round < 3; round++) {
      view.enter(mail);
      await settled();
      view.leave(mail);
    }
    expect(judge).toHaveBeenCalledOnce();
  });

  it('while the tab is in front; in a tab behind it waits for that', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const mail = opened(A);
    const { judge, labels } = watching({ [A]: OK });
    view.enter(mail);
    await settled();
    expect(judge).not.toHaveBeenCalled();
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(asked(judge)).toEqual([A]);
    expect(labels()).toEqual(['proven']);
  });

  it('one after the other, in the order in which they come into view', async () => {
    const [first, second] = [later(), later()];
    const mails = [opened(A), opened(B)];
    const { judge, labels } = watching({ [A]: first.promise, [B]: second.promise });
    for (const mail of [...mails].reverse()) view.enter(mail);
    await settled();
    expect(asked(judge)).toEqual([B]);
    second.answer(BAD);
    await settled();
    expect(asked(judge)).toEqual([B, A]);
    expect(labels()).toEqual([null, 'forged']);
    first.answer(OK);
    await settled();
    expect(labels()).toEqual(['proven', 'forged']);
  });

  it('although another one could not be, and that one is tried again', async () => {
    const mails = [opened(A), opened(B)];
    const { judge, labels } = watching({ [A]: OK, [B]: OK });
    judge.mockRejectedValueOnce(new Error('gone'));
    for (const mail of mails) view.enter(mail);
    await settled();
    expect(labels()).toEqual([null, 'proven']);
    for (const mail of mails) view.enter(mail);
    await settled();
    expect(asked(judge)).toEqual([A, B, A]);
    expect(labels()).toEqual(['proven', 'proven']);
  });

  it('although the page put another one into the same place', async () => {
    const mail = opened(A);
    const { judge, labels } = watching({ [A]: OK, [B]: BAD });
    view.enter(mail);
    await settled();
    mail.dataset.legacyMessageId = B;
    mail.querySelector('.gE')?.replaceWith(heading(BANK));
    await settled();
    expect(asked(judge)).toEqual([A, B]);
    expect(labels()).toEqual(['forged']);
  });

  it('no longer once the badges are stopped', async () => {
    const first = later();
    const mails = [opened(A), opened(B)];
    const { judge, badges } = watching({ [A]: first.promise, [B]: OK });
    for (const mail of mails) view.enter(mail);
    await settled();
    badges.stop();
    first.answer(OK);
    for (const mail of mails) view.enter(mail);
    await settled();
    expect(asked(judge)).toEqual([A]);
  });

  it('anew after all was forgotten', async () => {
    const mails = [opened(A), opened(B)];
    const answers: Record<string, Badge | null> = { [A]: OK, [B]: null };
    const { judge, labels, badges } = watching(answers);
    for (const mail of mails) view.enter(mail);
    await settled();
    expect(labels()).toEqual(['proven']);
    answers[A] = BAD;
    answers[B] = OK;
    badges.forget();
    await settled();
    expect(asked(judge)).toEqual([A, B, A, B]);
    expect(labels()).toEqual(['forged', 'proven']);
  });
});

describe('a message of which there is nothing to say', () => {
  it('has no badge, and gets none when the page changes', async () => {
    const mail = opened(A);
    const { all, judge } = watching({ [A]: null });
    view.enter(mail);
    await settled();
    expect(all()).toEqual([]);
    document.body.append(h('i'));
    mail.querySelector('.gE')?.replaceWith(heading(BANK));
    await settled();
    expect(all()).toEqual([]);
    expect(judge).toHaveBeenCalledOnce();
  });

  it('gets one when a full check finds something', async () => {
    const mail = opened(A);
    const { labels, badges } = watching({ [A]: null });
    view.enter(mail);
    await settled();
    badges.update(A, BAD);
    await settled();
    expect(labels()).toEqual(['forged']);
  });
});

describe('what a full check found', () => {
  it('is what the badge says from then on', async () => {
    const mail = opened(A);
    const { labels, badges } = watching({ [A]: OK });
    view.enter(mail);
    await settled();
    badges.update(A, BAD);
    expect(labels()).toEqual(['forged']);
  });

  it('spares the asking', async () => {
    const mail = opened(A);
    const { labels, badges, judge } = watching({ [A]: OK });
    badges.update(A, BAD);
    view.enter(mail);
    await settled();
    expect(labels()).toEqual(['forged']);
    expect(judge).not.toHaveBeenCalled();
  });

  it('may be nothing: then the badge goes', async () => {
    opened(A);
    const { all, badges } = watching();
    badges.update(A, null);
    await settled();
    expect(all()).toEqual([]);
  });

  it('is kept for a message that is not open yet', async () => {
    const { labels, badges } = watching();
    badges.update(A, BAD);
    opened(A);
    await settled();
    expect(labels()).toEqual(['forged']);
  });

  it('stands against what the header says, which comes later', async () => {
    const header = later();
    const mail = opened(A);
    const { labels, badges } = watching({ [A]: header.promise });
    view.enter(mail);
    await settled();
    badges.update(A, BAD);
    header.answer(OK);
    await settled();
    expect(labels()).toEqual(['forged']);
  });
});
