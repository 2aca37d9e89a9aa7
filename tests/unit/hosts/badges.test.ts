/** Where the badges stand, and that they stay there, whatever the page does. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BAD, OK, scrollable, settled, stopWatching, watching } from './badges-kit.ts';
import { A, B, BANK, body, C, h, heading, message } from './markup.ts';

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

const mail = (id: string) => message(id, heading(BANK), body('x'));
const opened = (...ids: string[]) => {
  const mails = ids.map(mail);
  document.body.append(...mails);
  return mails;
};
const anchorOf = (element: Element | undefined) => element?.querySelector('span.go');

/** How often a part of the page changes after the page was changed elsewhere. */
async function changesOf(part: Element | undefined): Promise<number> {
  const changed = vi.fn();
  const observer = new MutationObserver(changed);
  if (part === undefined) throw new Error('there is no such part');
  observer.observe(part, { childList: true, subtree: true });
  document.body.append(h('i'));
  await settled();
  observer.disconnect();
  return changed.mock.calls.length;
}

describe('a badge stands', () => {
  it('right after the address of each sender, once, and nothing else of the page changes', async () => {
    const mails = opened(A, B);
    document.body.append(message(C), h('div', { style: 'display: none' }, mail('19a0000000000009')));
    const before = document.body.innerHTML;
    const { all } = watching();
    await settled();
    expect(all()).toHaveLength(2);
    expect(mails.map((element) => anchorOf(element)?.nextSibling)).toEqual(all());
    for (const badge of all()) badge.remove();
    expect(document.body.innerHTML).toBe(before);
  });

  it('in a root of its own that the page cannot enter', () => {
    opened(A);
    const { all } = watching();
    expect(all()[0]?.shadowRoot).toBeNull();
    expect(all()[0]?.childNodes).toHaveLength(0);
  });

  it('beside a message that opens later', async () => {
    const { all } = watching();
    expect(all()).toEqual([]);
    const [first] = opened(A);
    await settled();
    expect(all()).toEqual([anchorOf(first)?.nextSibling]);
  });

  it('nowhere where the page offers no place, and nobody is asked', async () => {
    const plain = message(A, body());
    document.body.append(plain);
    const { all, judge } = watching({ [A]: OK });
    view.enter(plain);
    await settled();
    expect(all()).toEqual([]);
    expect(judge).not.toHaveBeenCalled();
  });

  it('never in a body, whatever it imitates', async () => {
    document.body.append(message(A, body(mail(B), heading(BANK))));
    const { all } = watching();
    await settled();
    expect(all()).toEqual([]);
  });

  it.each([
    { color: 'rgb(20, 20, 20)', scheme: 'dark' },
    { color: 'rgb(250, 250, 250)', scheme: 'light' },
  ])('in the scheme of the page behind it: $scheme', ({ color, scheme }) => {
    const [first] = opened(A);
    first?.style.setProperty('background-color', color);
    expect(watching().all()[0]?.style.colorScheme).toBe(scheme);
  });

  it('at the end of the sender’s line where no address shows, and rests there', async () => {
    const line = h('h3', { class: 'iw' }, h('span', {}, 'Bank'));
    document.body.append(message(A, line, body()));
    watching();
    await settled();
    expect([...line.children].map(({ localName }) => localName)).toEqual(['span', 'mailvouch-badge']);
    expect(await changesOf(line)).toBe(0);
  });
});

describe('where the page changes,', () => {
  it('a badge is put back into a heading that is built anew, as it was', async () => {
    const [first] = opened(A);
    const { all, labels, judge } = watching({ [A]: OK });
    if (first !== undefined) view.enter(first);
    await settled();
    const [badge] = all();
    first?.querySelector('.gE')?.replaceWith(heading({ ...BANK, name: 'Bank again' }));
    expect(all()).toEqual([]);
    await settled();
    expect(all()).toEqual([badge]);
    expect(anchorOf(first)?.nextSibling).toBe(badge);
    expect(labels()).toEqual(['proven']);
    expect(judge).toHaveBeenCalledOnce();
  });

  it('a badge that the page drops comes back, in the scheme that is behind it by then', async () => {
    const [first] = opened(A);
    const { all } = watching();
    all()[0]?.remove();
    first?.style.setProperty('background-color', 'rgb(0, 0, 0)');
    await settled();
    expect(all().map(({ style }) => style.colorScheme)).toEqual(['dark']);
  });

  it('a badge is left alone where it stands well', async () => {
    const [first] = opened(A);
    watching();
    await settled();
    expect(await changesOf(first)).toBe(0);
  });

  it('a badge does not contend for its place with an element of somebody else’s', async () => {
    const [first] = opened(A);
    const { all } = watching();
    await settled();
    anchorOf(first)?.after(h('i', {}, 'somebody else’s'));
    expect(await changesOf(first)).toBe(0);
    expect(all()[0]?.parentNode).toBe(anchorOf(first)?.parentNode);
  });

  it('a badge goes with its message, the others stay', async () => {
    const [first, second] = opened(A, B);
    const { all } = watching();
    first?.querySelector('.a3s')?.remove();
    await settled();
    expect(all()).toEqual([anchorOf(second)?.nextSibling]);
    expect(anchorOf(first)?.nextElementSibling).toBeNull();
  });

  it('a message that comes back has its badge at once, and nobody is asked again', async () => {
    const [first] = opened(A);
    const { labels, judge } = watching({ [A]: OK });
    if (first !== undefined) view.enter(first);
    await settled();
    first?.remove();
    await settled();
    expect(labels()).toEqual([]);
    const again = mail(A);
    document.body.append(again);
    view.enter(again);
    await settled();
    expect(labels()).toEqual(['proven']);
    expect(judge).toHaveBeenCalledOnce();
  });
});

describe('the badge itself', () => {
  it('opens what it stands for', () => {
    opened(A, B);
    const { all, press, open } = watching();
    const [, second] = all();
    if (second !== undefined) press(second);
    expect(open).toHaveBeenCalledExactlyOnceWith(B, second);
  });

  it('keeps clicks and the keys that press from the page, and leaves it the others', () => {
    const [first] = opened(A);
    const { all } = watching();
    const heard = vi.fn();
    for (const type of ['click', 'mousedown', 'keydown']) {
      first?.addEventListener(type, (event) =>
        heard(event instanceof KeyboardEvent ? event.key : event.type),
      );
    }
    const [badge] = all();
    const bubbles = { bubbles: true };
    badge?.dispatchEvent(new MouseEvent('mousedown', bubbles));
    badge?.dispatchEvent(new MouseEvent('click', bubbles));
    for (const key of ['Enter', ' ', 'j'])
      badge?.dispatchEvent(new KeyboardEvent('keydown', { key, ...bubbles }));
    expect(heard.mock.calls).toEqual([['j']]);
  });
});

describe('once stopped,', () => {
  it('no badge is left, and none comes back', async () => {
    opened(A, B);
    const { all, badges } = watching();
    await settled();
    badges.stop();
    expect(all()).toEqual([]);
    opened(C);
    document.dispatchEvent(new Event('visibilitychange'));
    badges.update(A, BAD);
    await settled();
    expect(all()).toEqual([]);
  });

  it('a change that was noticed just before puts nothing back', async () => {
    const { all, badges } = watching();
    opened(A);
    await vi.advanceTimersByTimeAsync(10);
    badges.stop();
    await settled();
    expect(all()).toEqual([]);
  });
});
