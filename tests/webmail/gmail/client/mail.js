// What list and conversation both say of a mail, in the attributes that Gmail uses.

/** A mail older than this is shown with its year. */
const RECENT_MS = 300 * 24 * 3600 * 1000;
const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Gmail writes an id as hexadecimal in `legacy` attributes and as decimal elsewhere. */
export function decimal(id) {
  return BigInt(`0x${id}`).toString();
}

/** The conversation's name in the address: no id of a message can be read from it. */
export function routeOf(mail) {
  return `FMfcgz${mail.name.replaceAll('-', '')}`;
}

export function dayOf(mail) {
  if (mail.date === '') return '';
  const date = new Date(mail.date);
  return (Date.now() - date < RECENT_MS ? DAY : DATE).format(date);
}

export function momentOf(mail) {
  return mail.date === '' ? '' : MOMENT.format(new Date(mail.date));
}

export function senderAttributes(mail, name) {
  const { address } = mail.sender;
  return { class: name, email: address, name: mail.sender.name, 'data-hovercard-id': address };
}
