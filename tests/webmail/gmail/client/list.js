// The list of conversations: one row per mail, every id twice, as in Gmail.
import { h, nest } from './element.js';
import { dayOf, decimal, momentOf, routeOf, senderAttributes } from './mail.js';

const SNIPPET = 140;

/** `isRead` tells which mails have been opened. */
export function list(mails, isRead) {
  const rows = mails.map((mail, index) => row(mail, index, isRead(mail)));
  return h('div', { role: 'main' }, h('table', { class: 'F cf zt', role: 'grid' }, h('tbody', {}, ...rows)));
}

function row(mail, index, isRead) {
  const labelId = `:c${index}`;
  const cell = (name, ...children) => h('td', { class: `${name} xY` }, ...children);
  const gridcell = (name, ...children) =>
    h('td', { class: `${name} xY`, role: 'gridcell', tabindex: '-1' }, ...children);
  const checkbox = { class: 'oZ-jc T-Jo J-J5-Ji', role: 'checkbox', 'aria-checked': 'false', tabindex: '-1' };
  const star = { class: 'aXw T-KT', role: 'button', 'aria-label': 'Not starred' };
  const attributes = { class: `zA ${isRead ? 'yO' : 'zE'}`, role: 'row', tabindex: '-1', draggable: 'false' };
  const element = h(
    'tr',
    { ...attributes, 'aria-labelledby': labelId },
    cell('PF'),
    cell('oZ-x3', h('div', { ...checkbox, 'aria-labelledby': labelId }, h('div', { class: 'T-Jo-auh' }))),
    cell('apU', h('span', star)),
    cell('WA', h('div', { class: 'pG' })),
    gridcell(
      'yX',
      h('div', { class: 'afn', id: labelId }, sender(mail, isRead), ', ', subject(mail), ', ', dayOf(mail)),
      h('div', { class: 'yW' }, sender(mail, isRead)),
    ),
    gridcell('a4W', h('div', { class: 'xS', role: 'link' }, summary(mail))),
    gridcell('byZ'),
    cell('yf'),
    gridcell(
      'xW',
      h('span', { title: momentOf(mail), 'aria-label': momentOf(mail) }, nest(['span'], dayOf(mail))),
    ),
    cell('bq4', h('ul', { class: 'bqY', role: 'toolbar' })),
  );
  element.addEventListener('click', () => {
    location.hash = `#inbox/${routeOf(mail)}`;
  });
  return element;
}

function sender(mail, isRead) {
  const { name, address } = mail.sender;
  const attributes = { translate: 'no', ...senderAttributes(mail, isRead ? 'yP' : 'zF') };
  return h('span', { class: 'bA4' }, h('span', attributes, name || address));
}

function subject(mail) {
  const attributes = {
    'data-thread-id': `#thread-f:${decimal(mail.id)}`,
    'data-legacy-thread-id': mail.id,
    'data-legacy-last-message-id': mail.id,
    'data-legacy-last-non-draft-message-id': mail.id,
  };
  return h('span', attributes, mail.subject);
}

function summary(mail) {
  const snippet = mail.text.replace(/\s+/g, ' ').slice(0, SNIPPET);
  return h(
    'div',
    { class: 'xT' },
    nest(['div', 'y6'], ['span', 'bog'], subject(mail)),
    h('span', { class: 'y2' }, h('span', { class: 'Zt' }, ' - '), snippet),
  );
}
