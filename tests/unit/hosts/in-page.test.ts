/** Our elements in a foreign page: closed to it, silent towards it, and in its colours. */
import { beforeEach, describe, expect, it } from 'vitest';
import { contain, inPage, schemeBehind } from '../../../lib/hosts/in-page.ts';
import { h } from './markup.ts';

beforeEach(() => document.body.replaceChildren());

describe('an element of ours', () => {
  it('is not yet in the document, and the page cannot look inside', () => {
    const { host, root } = inPage(document, 'mailvouch-badge', ':host { color: red }');
    expect(host.localName).toBe('mailvouch-badge');
    expect(host.isConnected).toBe(false);
    expect(host.shadowRoot).toBeNull();
    expect(host.childNodes).toHaveLength(0);
    expect(root.mode).toBe('closed');
    expect(root.host).toBe(host);
  });

  it('styles its own inside', () => {
    const { root } = inPage(document, 'x-y', 'p > b::after { content: "</style>" }');
    expect([...root.childNodes].map(({ nodeName }) => nodeName.toLowerCase())).toEqual(['style']);
    expect(root.textContent).toBe('p > b::after { content: "</style>" }');
  });
});

describe('what happens inside', () => {
  const POINTER = ['click', 'dblclick', 'pointerdown', 'pointerup', 'mousedown', 'mouseup'];
  const KEYS = ['keydown', 'keypress', 'keyup'];

  const inside = (keys: 'all' | 'pressing') => {
    const { host, root } = inPage(document, 'x-y', '');
    const button = h('button');
    const frame = h('div', {}, host);
    root.append(button);
    document.body.append(frame);
    contain(host, keys);
    /** What the page, and the button itself, hear of an event. */
    return (event: Event): { page: number; own: number } => {
      const heard = { page: 0, own: 0 };
      frame.addEventListener(event.type, () => heard.page++);
      button.addEventListener(event.type, () => heard.own++);
      button.dispatchEvent(event);
      return heard;
    };
  };
  const composed = { bubbles: true, composed: true };

  it.each(POINTER)('the page does not hear: %s', (type) => {
    expect(inside('pressing')(new MouseEvent(type, composed))).toEqual({ page: 0, own: 1 });
    expect(inside('all')(new MouseEvent(type, composed))).toEqual({ page: 0, own: 1 });
  });

  it.each(KEYS)('the page hears of no key, or of none that presses: %s', (type) => {
    const key = (key: string) => new KeyboardEvent(type, { key, ...composed });
    for (const name of ['Enter', ' ', 'Escape', 'j', '#', 'Tab']) {
      expect([name, inside('all')(key(name))]).toEqual([name, { page: 0, own: 1 }]);
    }
    for (const [name, page] of [
      ['Enter', 0],
      [' ', 0],
      ['Escape', 1],
      ['j', 1],
      ['Tab', 1],
    ] as const) {
      expect([name, inside('pressing')(key(name))]).toEqual([name, { page, own: 1 }]);
    }
  });

  it('the page hears of all else', () => {
    expect(inside('all')(new Event('scroll', composed))).toEqual({ page: 1, own: 1 });
  });
});

describe('the scheme behind an element', () => {
  /** Elements inside each other, from the outermost, with these backgrounds. */
  const behind = (...colors: string[]) => {
    let at: HTMLElement = document.body;
    for (const color of colors) {
      const inner = h('div', color === '' ? {} : { style: `background-color: ${color}` });
      at.append(inner);
      at = inner;
    }
    return schemeBehind(at);
  };

  it.each([
    { colors: ['rgb(255, 255, 255)'], want: 'light' },
    { colors: ['rgb(0, 0, 0)'], want: 'dark' },
    { colors: ['rgb(127, 127, 127)'], want: 'dark' },
    { colors: ['rgb(128, 128, 128)'], want: 'light' },
    // The eye sees green as bright and blue as dark.
    { colors: ['rgb(0, 255, 0)'], want: 'light' },
    { colors: ['rgb(0, 0, 255)'], want: 'dark' },
    { colors: ['rgb(255, 0, 0)'], want: 'dark' },
  ])('is $want on $colors', ({ colors, want }) => {
    expect(behind(...colors)).toBe(want);
  });

  it.each([
    { why: 'the nearest background counts', colors: ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], want: 'light' },
    { why: 'none says nothing', colors: ['rgb(0, 0, 0)', '', ''], want: 'dark' },
    {
      why: 'one that is transparent says nothing',
      colors: ['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'],
      want: 'dark',
    },
    {
      why: 'one that lets most of another through says nothing',
      colors: ['rgb(0, 0, 0)', 'rgba(255, 255, 255, 0.5)'],
      want: 'dark',
    },
    {
      why: 'one that lets little through counts',
      colors: ['rgb(0, 0, 0)', 'rgba(255, 255, 255, 0.9)'],
      want: 'light',
    },
    {
      why: 'a dark one that lets little through',
      colors: ['rgb(255, 255, 255)', 'rgba(9, 9, 9, 0.8)'],
      want: 'dark',
    },
    { why: 'a page without any is light', colors: ['', 'rgba(0, 0, 0, 0)'], want: 'light' },
  ])('is $want: $why', ({ colors, want }) => {
    expect(behind(...colors)).toBe(want);
  });
});
