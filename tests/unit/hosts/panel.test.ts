/** The panel: one at a time, above the page, with the focus where it belongs, and gone with its message. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Panel, type PanelOptions, panelFor } from '../../../lib/hosts/panel.ts';
import { host } from './badges-kit.ts';
import { A, B, BANK, body, C, h, heading, message } from './markup.ts';

/** Panels that show above everything; happy-dom has no top layer. */
const shown = new Set<Element>();
let panel: Panel;
const roots = new Map<ShadowRoot, { id: string; close: () => void }>();
const draw = vi.fn<PanelOptions['draw']>((root, id, close) => {
  roots.set(root, { id, close });
  root.append(h('button', {}, id));
});
const erase = vi.fn<PanelOptions['erase']>();

beforeEach(() => {
  document.body.replaceChildren();
  vi.clearAllMocks();
  roots.clear();
  shown.clear();
  HTMLElement.prototype.showPopover = function show(this: HTMLElement) {
    if (this.popover !== 'manual' || !this.isConnected) throw new Error('this cannot be shown');
    shown.add(this);
  };
  panel = panelFor(host, document, { css: ':host { color: red }', draw, erase });
});
afterEach(() => {
  panel.close();
  Reflect.deleteProperty(HTMLElement.prototype, 'showPopover');
});

const opened = (id: string) => {
  const opener = h('button', {}, 'open');
  const mail = message(id, heading(BANK), opener, body());
  document.body.append(mail);
  return { mail, opener };
};
const panels = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('mailvouch-panel')];
const told = () => draw.mock.calls.map(([, id]) => id);
/** Time for the page's changes to be noticed. */
const noticed = () => new Promise((resolve) => setTimeout(resolve, 90));
const rootOf = (element: Element | undefined) => [...roots.keys()].find((root) => root.host === element);
const focusInside = (element: Element | undefined) => rootOf(element)?.querySelector('button')?.focus();

describe('a panel opens', () => {
  it('above the page, outside of everything of the page’s, and explains the message', () => {
    const { opener } = opened(A);
    panel.toggle(A, opener);
    const [element] = panels();
    expect(element?.parentElement).toBe(document.documentElement);
    expect(element?.shadowRoot).toBeNull();
    expect([...shown]).toEqual([element]);
    expect(told()).toEqual([A]);
    expect(rootOf(element)?.querySelector('style')?.textContent).toBe(':host { color: red }');
  });

  it.each([
    { color: 'rgb(30, 30, 30)', scheme: 'dark' },
    { color: 'rgb(255, 255, 255)', scheme: 'light' },
  ])('in the scheme of the page behind what opened it: $scheme', ({ color, scheme }) => {
    const { mail, opener } = opened(A);
    mail.style.backgroundColor = color;
    panel.toggle(A, opener);
    expect(panels()[0]?.style.colorScheme).toBe(scheme);
  });

  it('one at a time: another message’s takes the place of the first', () => {
    const [first, second] = [opened(A), opened(B)];
    panel.toggle(A, first.opener);
    const [before] = panels();
    panel.toggle(B, second.opener);
    expect(panels()).toHaveLength(1);
    expect(panels()[0]).not.toBe(before);
    expect(told()).toEqual([A, B]);
    expect(erase).toHaveBeenCalledExactlyOnceWith(rootOf(before));
  });
});

describe('a panel closes', () => {
  it('where it is opened again for the same message, and opens once more after that', () => {
    const { opener } = opened(A);
    panel.toggle(A, opener);
    const [element] = panels();
    panel.toggle(A, opener);
    expect(panels()).toEqual([]);
    expect(erase).toHaveBeenCalledExactlyOnceWith(rootOf(element));
    panel.toggle(A, opener);
    expect(panels()).toHaveLength(1);
  });

  it('from inside', () => {
    panel.toggle(A, opened(A).opener);
    for (const { close } of roots.values()) close();
    expect(panels()).toEqual([]);
  });

  it('from outside, and not twice', () => {
    panel.close();
    panel.toggle(A, opened(A).opener);
    panel.close();
    panel.close();
    expect(panels()).toEqual([]);
    expect(erase).toHaveBeenCalledOnce();
  });

  it('at Escape, which the page does not hear; the focus goes back', () => {
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    const { opener } = opened(A);
    panel.toggle(A, opener);
    const [element] = panels();
    focusInside(element);
    expect(document.activeElement).toBe(element);
    const inside = rootOf(element)?.querySelector('button');
    inside?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    document.removeEventListener('keydown', heard);
    expect(panels()).toEqual([]);
    expect(document.activeElement).toBe(opener);
    expect(heard).not.toHaveBeenCalled();
  });

  it('and leaves the focus alone where it is elsewhere', () => {
    const { opener } = opened(A);
    const elsewhere = h('input');
    document.body.append(elsewhere);
    panel.toggle(A, opener);
    elsewhere.focus();
    panel.close();
    expect(document.activeElement).toBe(elsewhere);
  });

  it('and gives the focus to nobody who is gone', () => {
    const { opener } = opened(A);
    const focus = vi.spyOn(opener, 'focus');
    panel.toggle(A, opener);
    focusInside(panels()[0]);
    opener.remove();
    panel.close();
    expect(focus).not.toHaveBeenCalled();
  });

  it.each([
    { why: 'is gone', go: (mail: HTMLElement) => mail.remove() },
    { why: 'is folded', go: (mail: HTMLElement) => mail.querySelector('.a3s')?.remove() },
    {
      why: 'is hidden, while another one opens',
      go: (mail: HTMLElement) => {
        mail.style.display = 'none';
        opened(C);
      },
    },
  ])('when its message $why', async ({ go }) => {
    const { mail, opener } = opened(A);
    opened(B);
    panel.toggle(A, opener);
    await noticed();
    expect(panels()).toHaveLength(1);
    go(mail);
    await noticed();
    expect(panels()).toEqual([]);
    expect(erase).toHaveBeenCalledOnce();
  });
});

describe('while it is open,', () => {
  it('other changes of the page leave it alone', async () => {
    const { mail, opener } = opened(A);
    const other = opened(B);
    panel.toggle(A, opener);
    const [element] = panels();
    mail.querySelector('.gE')?.replaceWith(heading(BANK));
    other.mail.remove();
    document.body.append(h('i'));
    await noticed();
    expect(panels()).toEqual([element]);
    expect(erase).not.toHaveBeenCalled();
    expect(draw).toHaveBeenCalledOnce();
  });

  it('it comes back where the page removes it, above everything and as it was', async () => {
    panel.toggle(A, opened(A).opener);
    const [element] = panels();
    element?.remove();
    shown.clear();
    await noticed();
    expect(panels()).toEqual([element]);
    expect([...shown]).toEqual([element]);
    expect(draw).toHaveBeenCalledOnce();
    expect(erase).not.toHaveBeenCalled();
  });

  it('once closed it does not come back', async () => {
    panel.toggle(A, opened(A).opener);
    panel.close();
    document.body.append(h('i'));
    await noticed();
    expect(panels()).toEqual([]);
  });

  it('neither its keys nor its clicks reach the page', () => {
    panel.toggle(A, opened(A).opener);
    const inside = rootOf(panels()[0])?.querySelector('button');
    const heard: string[] = [];
    const listen = ({ type }: Event) => heard.push(type);
    const keys = ['keydown', 'keypress', 'keyup'];
    const pointer = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick'];
    for (const type of [...keys, ...pointer]) document.addEventListener(type, listen);
    const composed = { bubbles: true, composed: true };
    for (const type of keys) inside?.dispatchEvent(new KeyboardEvent(type, { key: '#', ...composed }));
    for (const type of pointer) inside?.dispatchEvent(new MouseEvent(type, composed));
    expect(heard).toEqual([]);
    document.body.dispatchEvent(new MouseEvent('click', composed));
    expect(heard).toEqual(['click']);
    for (const type of [...keys, ...pointer]) document.removeEventListener(type, listen);
  });
});
