/** What is told of an open message, where its badge stands, and whom a click means: never what a body says. */
import { beforeEach, describe, expect, it } from 'vitest';
import { findOpenMessages, messageAround, messagePlaces } from '../../../lib/hosts/gmail/open-message.ts';
import { A, B, BANK, body, h, heading, message } from './markup.ts';

beforeEach(() => document.body.replaceChildren());

const OTHER = { name: 'Evil', email: 'a@evil.example', date: '1 Jan 1970, 00:00' };
/** Everything that is looked for, as a sender may write it. */
const lookAlike = () => message(B, heading(OTHER), body('x'));

describe('of an open message', () => {
  const labels = (...elements: Node[]) => {
    document.body.append(...elements);
    return findOpenMessages(document, null)?.messages.map(({ sender, date }) => [sender, date]);
  };

  it('the sender’s name and the time written out are told', () => {
    expect(labels(message(A, heading(BANK), body()))).toEqual([['Bank', '24 Nov 2026, 08:04']]);
  });

  it('the address is told where the sender has no name', () => {
    expect(labels(message(A, heading({ ...BANK, name: '' }), body()))).toEqual([
      ['news@bank.example', '24 Nov 2026, 08:04'],
    ]);
  });

  it('nothing is told that the page does not show', () => {
    expect(labels(message(A, h('span', { class: 'g3' }, '8:04'), body()))).toEqual([['', '']]);
  });

  it('each tells its own', () => {
    expect(labels(message(A, heading(BANK), body()), message(B, heading(OTHER), body()))).toEqual([
      ['Bank', '24 Nov 2026, 08:04'],
      ['Evil', '1 Jan 1970, 00:00'],
    ]);
  });

  it.each([
    { why: 'before the heading', build: () => message(A, body(lookAlike()), heading(BANK)), want: 'Bank' },
    { why: 'after it', build: () => message(A, heading(BANK), body(lookAlike())), want: 'Bank' },
    { why: 'in place of it', build: () => message(A, body(lookAlike())), want: '' },
    { why: 'in a body in a body', build: () => message(A, body(body(body(), lookAlike()))), want: '' },
  ])('a body’s look-alike tells nothing: $why', ({ build, want }) => {
    expect(labels(build())).toEqual([[want, want === '' ? '' : BANK.date]]);
  });
});

describe('the badge of a message stands', () => {
  const anchors = (...elements: Node[]) => {
    document.body.append(...elements);
    return messagePlaces(document).map(({ anchor }) => anchor);
  };

  it('after the sender’s address', () => {
    const container = message(A, heading(BANK), body());
    document.body.append(container);
    const anchor = container.querySelector('span.go');
    expect(anchor).not.toBeNull();
    expect(messagePlaces(document)).toEqual([{ id: A, container, anchor }]);
  });

  it('at the end of the sender’s line where no address shows', () => {
    const last = h('span', {}, 'Bank');
    expect(anchors(message(A, h('h3', { class: 'iw' }, h('i'), last), body()))).toEqual([last]);
  });

  it.each([
    { why: 'the page has no line of the sender', build: () => message(A, h('h3'), body()) },
    { why: 'the line is empty', build: () => message(A, h('h3', { class: 'iw' }), body()) },
    { why: 'the only line is the body’s own', build: () => message(A, body(heading(BANK))) },
    { why: 'the only line is a look-alike’s', build: () => message(A, body(lookAlike())) },
    { why: 'the address stands in no line', build: () => message(A, h('span', { class: 'go' }), body()) },
  ])('nowhere where $why', ({ build }) => {
    expect(anchors(build())).toEqual([null]);
  });

  it('outside the body, even where the body comes first', () => {
    const own = heading(BANK);
    expect(anchors(message(A, body(lookAlike()), own))).toEqual([own.querySelector('span.go')]);
  });

  it('at none that is collapsed, hidden, or a body’s imitation', () => {
    const hidden = h('div', { style: 'display: none' }, message(B, heading(BANK), body()));
    expect(anchors(message(A, heading(BANK)), hidden, body(lookAlike()))).toEqual([]);
  });
});

describe('a click means', () => {
  const target = h('b', {}, 'here');
  it.each([
    { why: 'the message around its heading', build: () => message(A, h('h3', {}, target), body()), want: A },
    { why: 'the message around its body', build: () => message(A, body(h('p', {}, target))), want: A },
    { why: 'the message whose own element it meets', build: () => message(A, body()), want: A, self: true },
    {
      why: 'the outermost one: the inner one is the sender’s',
      build: () => message(A, body(message(B, body(message('x', target))))),
      want: A,
    },
    { why: 'a collapsed one that is about to open', build: () => message(A, target), want: A },
    { why: 'none beside them', build: () => h('div', {}, message(A, body()), target), want: null },
  ])('$why', ({ build, want, self }) => {
    const built = build();
    document.body.append(built);
    expect(messageAround(self === true ? built : target)).toBe(want);
  });

  it.each([
    { what: 'nothing', node: () => null },
    { what: 'the document', node: () => document },
    { what: 'the window', node: () => window },
    { what: 'what is no longer on the page', node: () => h('b') },
  ])('none where it meets $what', ({ node }) => {
    expect(messageAround(node())).toBeNull();
  });
});
