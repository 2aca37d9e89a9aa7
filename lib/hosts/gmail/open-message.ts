/** Finds the message that is open in Gmail's page. */
import { MESSAGE_BODY, OPEN_MESSAGE } from './selectors.ts';

const LEGACY_ID = /^[0-9a-f]{16}$/;

/**
 * The expanded message of which most is in view, the last one where none is. Markup inside a body is the sender's
 * and never counts; a conversation that the page keeps hidden is not open.
 */
export function findOpenMessage(page: Document): { id: string } | null {
  const messages = [...page.querySelectorAll<HTMLElement>(OPEN_MESSAGE)].filter(
    (element) =>
      element.parentElement?.closest(MESSAGE_BODY) == null &&
      element.querySelector(MESSAGE_BODY) !== null &&
      element.checkVisibility(),
  );
  let best: { id: string; inView: number } | null = null;
  for (const element of messages) {
    const id = element.dataset.legacyMessageId ?? '';
    const inView = heightInView(element);
    if (LEGACY_ID.test(id) && (best === null || inView >= best.inView)) best = { id, inView };
  }
  return best === null ? null : { id: best.id };
}

function heightInView(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect();
  const height = element.ownerDocument.defaultView?.innerHeight ?? 0;
  return Math.max(0, Math.min(bottom, height) - Math.max(top, 0));
}
