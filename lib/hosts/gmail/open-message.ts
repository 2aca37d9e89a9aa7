/** Finds the messages that are open in Gmail's page, and the one that the reader means. */
import type { OpenMessage } from '../../explain/explaining.ts';
import type { MessagePlace } from '../host.ts';
import { BADGE_TAG } from '../in-page.ts';
import { DATE, MESSAGE_BODY, OPEN_MESSAGE, SENDER, SENDER_ADDRESS, SENDER_LINE } from './selectors.ts';

const LEGACY_ID = /^[0-9a-f]{16}$/;

/**
 * The containers of the expanded messages, from the top. Markup inside a body is the sender's and never counts; a
 * conversation that the page keeps hidden is not open.
 */
export function openContainers(page: Document): readonly HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>(OPEN_MESSAGE)].filter(
    (element) =>
      LEGACY_ID.test(idOf(element)) &&
      element.parentElement?.closest(MESSAGE_BODY) == null &&
      element.querySelector(MESSAGE_BODY) !== null &&
      element.checkVisibility(),
  );
}

/** The messages and the meant one: `clicked` while it is in view, else the one of which most is, else the last. */
export function findOpenMessages(
  page: Document,
  clicked: string | null,
): { readonly messages: readonly OpenMessage[]; readonly meant: string } | null {
  let best: { id: string; inView: number } | null = null;
  const messages = openContainers(page).map((element) => {
    const id = idOf(element);
    const inView = heightInView(element);
    const weight = id === clicked && inView > 0 ? Number.POSITIVE_INFINITY : inView;
    if (best === null || weight >= best.inView) best = { id, inView: weight };
    return describe(element, id);
  });
  return best === null ? null : { messages, meant: (best as { id: string }).id };
}

/** The message that holds a node of the page, or null. The outermost container counts: inner ones are the sender's. */
export function messageAround(node: EventTarget | null): string | null {
  let id: string | null = null;
  let element = node instanceof Element ? node.closest<HTMLElement>(OPEN_MESSAGE) : null;
  while (element !== null) {
    id = idOf(element);
    element = element.parentElement?.closest<HTMLElement>(OPEN_MESSAGE) ?? null;
  }
  return id;
}

/** Where the badge of each expanded message belongs: at the end of the line with the sender's name. */
export function messagePlaces(page: Document): readonly MessagePlace[] {
  return openContainers(page).map((container) => ({
    id: idOf(container),
    container,
    anchor: outsideBody(container, SENDER_ADDRESS) ?? lastOf(outsideBody(container, SENDER_LINE)),
  }));
}

/** The last element of the line that is not ours. */
function lastOf(line: Element | null): Element | null {
  return [...(line?.children ?? [])].findLast(({ localName }) => localName !== BADGE_TAG) ?? null;
}

function describe(element: HTMLElement, id: string): OpenMessage {
  const sender = outsideBody(element, SENDER);
  return {
    id,
    sender: sender?.getAttribute('name') || sender?.getAttribute('email') || '',
    date: outsideBody(element, DATE)?.getAttribute('title') ?? '',
  };
}

function outsideBody(element: Element, selector: string): Element | null {
  return (
    [...element.querySelectorAll(selector)].find((found) => found.closest(MESSAGE_BODY) === null) ?? null
  );
}

function idOf(element: HTMLElement): string {
  return element.dataset.legacyMessageId ?? '';
}

function heightInView(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect();
  const height = element.ownerDocument.defaultView?.innerHeight ?? 0;
  return Math.max(0, Math.min(bottom, height) - Math.max(top, 0));
}
