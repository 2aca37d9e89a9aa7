/** Markup of a mailbox, as small as the reading of it needs. */

/** An element with attributes and children. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A message's body: what is inside is the sender's. */
export const body = (...children: (Node | string)[]) => h('div', { class: 'a3s' }, ...children);
/** A message as it stands in a conversation; expanded where it has a body. */
export const message = (id: string, ...children: (Node | string)[]) =>
  h('div', { 'data-legacy-message-id': id }, ...children);
export const A = '19a0000000000001';
export const B = '19a0000000000002';
export const C = '19a0000000000003';

export interface Heading {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** The heading above a body: sender, address in brackets, time, and a recipient who bears what the sender bears. */
export const heading = ({ name, email, date }: Heading) =>
  h(
    'div',
    { class: 'gE' },
    h(
      'h3',
      { class: 'iw' },
      h(
        'span',
        { class: 'qu' },
        h('span', { class: 'gD', email, name }, name),
        h('span', { class: 'go' }, `<${email}>`),
        ' ',
      ),
    ),
    h('span', { class: 'g3', title: date }, 'a while ago'),
    h('span', { class: 'g2', email: 'naomi@lakeside.example', name: 'me' }, 'to me'),
  );

export const BANK: Heading = { name: 'Bank', email: 'news@bank.example', date: '24 Nov 2026, 08:04' };

/** Puts an element between two heights of the window. */
export function placed(element: HTMLElement, [top, bottom]: readonly [number, number]): HTMLElement {
  element.getBoundingClientRect = () => new DOMRect(0, top, 100, bottom - top);
  return element;
}

/** The page is at that address from now on. */
export function goTo(url: string): void {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
}
