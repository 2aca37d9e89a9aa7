/** An element of ours in a foreign page: what it shows lives in a closed shadow root, out of the page's reach. */

/** Elements of ours; the page sees their names and nothing else. */
export const BADGE_TAG = 'mailvouch-badge';
export const PANEL_TAG = 'mailvouch-panel';

export interface InPage {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
}

/** What the page must not take for its own: a click on Gmail's header line would fold the message. */
const POINTER_EVENTS = ['click', 'dblclick', 'pointerdown', 'pointerup', 'mousedown', 'mouseup'];
const KEY_EVENTS = ['keydown', 'keypress', 'keyup'];

/** Keeps events inside an element of ours, once they have done their work there. Keys: all, or those that press. */
export function contain(host: HTMLElement, keys: 'all' | 'pressing'): void {
  for (const type of POINTER_EVENTS) host.addEventListener(type, (event) => event.stopPropagation());
  for (const type of KEY_EVENTS) {
    host.addEventListener(type, (event) => {
      const { key } = event as KeyboardEvent;
      if (keys === 'all' || key === 'Enter' || key === ' ') event.stopPropagation();
    });
  }
}

/** Not yet in the document. `css` is ours and styles the inside only; nothing of the page's style leaks in. */
export function inPage(page: Document, tag: string, css: string): InPage {
  const host = page.createElement(tag);
  const root = host.attachShadow({ mode: 'closed', delegatesFocus: true });
  const style = page.createElement('style');
  style.textContent = css;
  root.append(style);
  return { host, root };
}

/** `dark` where light text would be read on the background that stands behind an element. */
export function schemeBehind(element: Element): 'light' | 'dark' {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const light = lightOf(getComputedStyle(at).backgroundColor);
    if (light !== null) return light < 0.5 ? 'dark' : 'light';
  }
  return 'light';
}

/** From 0 to 1, by the weights of relative luminance (WCAG 2.2); null for what lets most of another colour through. */
function lightOf(color: string): number | null {
  const whole = color.startsWith('rgb') ? 255 : color.startsWith('color(srgb') ? 1 : null;
  const [red, green, blue, alpha = 1] = (color.replace('srgb', '').match(/[\d.]+/g) ?? []).map(Number);
  if (whole === null || red === undefined || green === undefined || blue === undefined || alpha <= 0.5)
    return null;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / whole;
}
