/** Markup of a mailbox, as small as the reading of it needs. */

/** An element with attributes and children. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Node[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A message's body: what is inside is the sender's. */
export const body = (...children: Node[]) => h('div', { class: 'a3s' }, ...children);
/** A message as it stands in a conversation; expanded where it has a body. */
export const message = (id: string, ...children: Node[]) =>
  h('div', { 'data-legacy-message-id': id }, ...children);
export const A = '19a0000000000001';
export const B = '19a0000000000002';
