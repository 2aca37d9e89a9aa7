/** Which message is meant, in pages that are not simple. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findOpenMessages } from '../../../lib/hosts/gmail/open-message.ts';
import { A, B, body, C, h, message, placed } from './markup.ts';

const HIDDEN = { style: 'display: none' };

beforeEach(() => document.body.replaceChildren());
afterEach(() => vi.restoreAllMocks());

const opened = (...elements: Node[]): string | null => {
  document.body.append(...elements);
  return findOpenMessages(document, null)?.meant ?? null;
};

describe('the open message is', () => {
  it.each([
    {
      why: 'the one that shows, not one that is kept hidden behind it',
      build: () => [message(A, body()), h('div', HIDDEN, message(B, body()))],
      want: A,
    },
    {
      why: 'none where the list shows and a conversation is kept hidden',
      build: () => [h('table'), h('div', HIDDEN, message(A, body()))],
      want: null,
    },
    {
      why: 'the expanded one between two that are collapsed',
      build: () => [message(A), message(B, body()), message(C)],
      want: B,
    },
    {
      why: 'the one around its body, however deep',
      build: () => [message(A, h('div', {}, h('div', {}, body())))],
      want: A,
    },
    {
      why: 'the outer one where a body imitates a body',
      build: () => [message(A, body(body(message(B, body(message(C, body()))))))],
      want: A,
    },
    {
      why: 'the other one where the first has no id of its own',
      build: () => [message('', body()), message(B, body())],
      want: B,
    },
    {
      why: 'none where the mark stands on another element',
      build: () => [h('span', { 'data-legacy-message-id': A }, body())],
      want: null,
    },
  ])('$why', ({ build, want }) => {
    expect(opened(...build())).toBe(want);
  });

  it.each([
    '19a000000000000',
    '19a00000000000011',
    '19A0000000000001',
    '19a000000000000g',
    '19a0000000000001&x=1',
    '19a0000000000001\n',
    '#msg-f:1846529',
    'undefined',
  ])('never one with the id “%s”', (id) => {
    expect(opened(message(id, body()))).toBeNull();
  });
});

describe('of several messages that are open,', () => {
  beforeEach(() => {
    vi.spyOn(window, 'innerHeight', 'get').mockReturnValue(800);
  });

  it.each([
    { why: 'the one that fills the window', first: [-100, 700], second: [700, 1500], want: A },
    { why: 'the other one after scrolling', first: [-700, 100], second: [100, 900], want: B },
    { why: 'the one in view, not the longest', first: [-5000, 10], second: [10, 400], want: B },
    { why: 'the later of two that show as much', first: [0, 400], second: [400, 800], want: B },
    { why: 'the one that is in view at all', first: [0, 10], second: [900, 1900], want: A },
    { why: 'the later one where both are scrolled past', first: [-900, -500], second: [-500, -10], want: B },
  ] as const)('$why is meant', ({ first, second, want }) => {
    expect(opened(placed(message(A, body()), first), placed(message(B, body()), second))).toBe(want);
  });

  it('an imitation is never meant, however large', () => {
    const imitation = placed(message(B, body()), [0, 800]);
    expect(opened(placed(message(A, body(imitation)), [0, 10]))).toBe(A);
  });

  it.each([
    { why: 'the one that was clicked is meant while it is in view', clicked: A, first: [-90, 10], want: A },
    { why: 'the one of which most is in view, once the other is gone', clicked: A, first: [-90, 0], want: B },
    {
      why: 'the one of which most is in view, whatever was clicked before',
      clicked: C,
      first: [0, 9],
      want: B,
    },
    { why: 'the one that was clicked and fills the window', clicked: B, first: [0, 9], want: B },
  ] as const)('$why', ({ clicked, first, want }) => {
    document.body.append(placed(message(A, body()), first), placed(message(B, body()), [10, 800]));
    expect(findOpenMessages(document, clicked)?.meant).toBe(want);
  });

  it('a click on an imitation’s id means nothing', () => {
    const imitation = placed(message(C, body()), [0, 800]);
    document.body.append(
      placed(message(A, body(imitation)), [0, 500]),
      placed(message(B, body()), [500, 800]),
    );
    expect(findOpenMessages(document, C)?.meant).toBe(A);
  });

  it('all that are expanded are listed, from the top', () => {
    document.body.append(
      message(A, body(message('19a00000000000ff', body()))),
      message(B),
      h('div', HIDDEN, message('19a00000000000fe', body())),
      message(C, body()),
    );
    expect(findOpenMessages(document, null)?.messages.map(({ id }) => id)).toEqual([A, C]);
  });
});
