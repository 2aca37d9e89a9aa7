// The stand-in's application: after a moment of loading it shows what the address says, and follows it.
import { conversation } from './conversation.js';
import { h } from './element.js';
import { list } from './list.js';
import { decimal, routeOf } from './mail.js';

const LOADING_MS = 300;

const { mails } = JSON.parse(document.getElementById('mails').textContent);
const newestFirst = mails.toSorted((one, other) => other.date.localeCompare(one.date));
const opened = new Set();
const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset.theme = theme;

/** A conversation is named by the hash, in a window of its own by the query; `+` joins mails to one conversation. */
function openMails() {
  const routes = (location.hash.split('/')[1] ?? '').split('+');
  const thread = query.get('th');
  return mails.filter((mail) => routes.includes(routeOf(mail)) || `#thread-f:${decimal(mail.id)}` === thread);
}

function show() {
  const open = openMails();
  const [mail] = open;
  for (const { id } of open) opened.add(id);
  const isRead = ({ id }) => opened.has(id);
  document.body.replaceChildren(
    h('header', { class: 'top' }, 'Gmail', h('small', {}, 'stand-in for tests')),
    h('nav', { class: 'side', 'aria-label': 'Folders' }, folder('Inbox', mails.length - opened.size)),
    mail === undefined ? list(newestFirst, isRead) : conversation(open, mails[0]),
  );
  document.title = mail === undefined ? 'Inbox - Gmail' : `${mail.subject} - Gmail`;
}

function folder(name, unread) {
  return h('a', { href: '#inbox' }, name, h('span', {}, unread === 0 ? '' : String(unread)));
}

// Single keys are commands, as in Gmail: u goes back to the list. Typing is none.
addEventListener('keydown', ({ key, target }) => {
  document.body.dataset.keys = (document.body.dataset.keys ?? '') + key;
  if (key === 'u' && !/^(?:input|textarea|select)$/i.test(target.tagName)) location.hash = '#inbox';
});
addEventListener('hashchange', show);
setTimeout(show, LOADING_MS);
