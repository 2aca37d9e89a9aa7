// An open conversation: every message in it is expanded.
import { h, nest } from './element.js';
import { decimal, momentOf, senderAttributes } from './mail.js';

const READER = 'naomi@lakeside.example';

/** `other` is the mail whose id a hostile body borrows. */
export function conversation(mails, other) {
  const [first] = mails;
  const subject = {
    class: 'hP',
    tabindex: '-1',
    'data-thread-perm-id': `thread-f:${decimal(first.id)}`,
    'data-legacy-thread-id': first.id,
  };
  const item = (mail) =>
    h(
      'div',
      { class: 'h7', role: 'listitem', 'aria-expanded': 'true', tabindex: '-1' },
      nest(['div', 'Bk'], ['div', 'G3 G2'], ['div'], ['div'], message(mail, other)),
    );
  return h(
    'div',
    { role: 'main' },
    h('div', { class: 'ha' }, h('h2', subject, first.subject)),
    h('div', { class: 'nH', role: 'list' }, ...mails.map(item)),
  );
}

function message(mail, other) {
  const body = h('div', { class: 'a3s aiL' }, mail.text);
  if (mail.hostileBody) body.append(lookAlike(other));
  const element = h(
    'div',
    ids(mail),
    h(
      'div',
      { class: 'aju', 'aria-hidden': 'true' },
      [...(mail.sender.name || mail.sender.address)][0] ?? '',
    ),
    h('div', { class: 'gs' }, heading(mail), h('div', { class: 'ii gt' }, body)),
    h('div', { class: 'ajx' }),
  );
  // Gmail builds the heading anew when it is hovered over or its details are shown, and folds the message on a click.
  element.addEventListener('rebuild', () => {
    element.querySelector('.gE').replaceWith(heading(mail));
  });
  element.querySelector('.gs').addEventListener('click', ({ target }) => {
    if (target.closest('.gE') !== null)
      element.dataset.folds = String(Number(element.dataset.folds ?? 0) + 1);
  });
  return element;
}

function ids(mail) {
  return {
    class: 'adn ads',
    'data-message-id': `#msg-f:${decimal(mail.id)}`,
    'data-legacy-message-id': mail.id,
  };
}

function heading(mail) {
  const { address } = mail.sender;
  const card = { translate: 'no', class: 'qu yKyxu', role: 'gridcell', tabindex: '-1' };
  const name = h('span', senderAttributes(mail, 'gD'), h('span', {}, mail.sender.name || address));
  const bracket = (text) => h('span', { 'aria-hidden': 'true' }, text);
  const from = h(
    'span',
    { ...card, 'data-hovercard-id': address, 'aria-haspopup': 'dialog' },
    name,
    ' ',
    h('span', { class: 'cfXrwd' }),
    h('span', { class: 'go' }, bracket('<'), address, bracket('>')),
  );
  const me = { email: READER, 'data-hovercard-id': READER, name: 'me', class: 'g2' };
  const recipients = h('span', { translate: 'no', class: 'hb' }, 'to ', h('span', me, 'me'));
  return nest(
    ['div', 'gE iv gt'],
    ['table', 'cf gJ'],
    h(
      'tbody',
      {},
      h(
        'tr',
        { class: 'acZ' },
        nest(['td', 'gF gK'], ['table', 'cf ix'], ['tbody'], ['tr'], ['td', 'c2'], ['h3', 'iw gFxsud'], from),
        nest(
          ['td', 'gH VYc0jb'],
          ['div', 'gK'],
          h('span', { class: 'g3', title: momentOf(mail) }, momentOf(mail)),
        ),
      ),
      h(
        'tr',
        { class: 'acZ xD' },
        h(
          'td',
          { colspan: '3' },
          nest(['table', 'cf adz'], ['tbody'], ['tr'], ['td', 'ady'], ['div', 'iw ajw'], recipients),
        ),
      ),
    ),
  );
}

/** What a sender may put into a mail: everything that the adapter looks for, under another id. */
function lookAlike(other) {
  return h(
    'div',
    ids(other),
    h('span', senderAttributes(other, 'gD'), 'Mailvouch: authenticated'),
    h('div', { class: 'a3s' }, 'imitation'),
  );
}
