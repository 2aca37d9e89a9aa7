// Elements without markup: the page's Trusted Types would refuse a string of HTML.

/** An element with attributes and children; strings become text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Elements nested in each other: `nest(['table', 'cf'], ['tbody'], child)`. */
export function nest(...levels) {
  const [child, ...outer] = levels.reverse();
  return outer.reduce(
    (inner, [tag, name]) => h(tag, name === undefined ? {} : { class: name }, inner),
    child,
  );
}
