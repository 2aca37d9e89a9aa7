/**
 * A badge beside the sender of each expanded message that comes into view. Gmail rebuilds its page as it likes, so the
 * badges are put back wherever they are missing; the page itself is changed nowhere else.
 */
import type { Badge } from '../explain/badge.ts';
import type { MailHost, MessagePlace } from './host.ts';
import { BADGE_TAG, contain, type InPage, inPage, schemeBehind } from './in-page.ts';
import { watchPage } from './page-changes.ts';

export interface BadgeOptions {
  readonly css: string;
  /** What the header of a message says; null where there is nothing to say. Rejects where it may be asked again. */
  readonly judge: (id: string) => Promise<Badge | null>;
  /** Draws into the root; `badge` is null while nothing is known. */
  readonly draw: (root: ShadowRoot, badge: Badge | null, open: () => void) => void;
  readonly open: (id: string, badge: HTMLElement) => void;
}

export interface Badges {
  /** What a full check found out about a message; it stands against what its header says. */
  update(id: string, badge: Badge | null): void;
  /** Judges anew what is on the page. */
  forget(): void;
  /** Takes every badge away and watches no longer. */
  stop(): void;
}

/** Verdicts kept in one page; the oldest go first. */
const MAX_KNOWN = 1000;

/** Watches the page until it is stopped. */
export function keepBadges(host: MailHost, page: Document, options: BadgeOptions): Badges {
  const shown = new Map<string, InPage>();
  /** Null: nothing to say about it, so no badge, and no gap for one. */
  const known = new Map<string, Badge | null>();
  /** Which message a container held when it was last watched; the page may put another one there. */
  const watched = new WeakMap<Element, string>();
  let stopped = false;

  const learn = (id: string, badge: Badge | null): void => {
    known.set(id, badge);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    settle();
    draw(id);
  };

  const draw = (id: string): void => {
    const place = shown.get(id);
    if (place !== undefined) {
      options.draw(place.root, known.get(id) ?? null, () => options.open(id, place.host));
    }
  };

  const judge = oneAtATime(async (id) => {
    if (stopped || known.has(id)) return;
    const badge = await options.judge(id);
    // A full check may have been quicker.
    if (!stopped && !known.has(id)) learn(id, badge);
  });

  const inView = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const id = watched.get(target);
      if (isIntersecting && id !== undefined && page.visibilityState === 'visible') judge(id);
    }
  });

  const put = ({ id, container, anchor }: MessagePlace): void => {
    if (anchor === null) {
      remove(id);
      return;
    }
    if (watched.get(container) !== id) {
      // Whoever is watched anew is told at once whether it is in view.
      inView.unobserve(container);
      watched.set(container, id);
    }
    inView.observe(container);
    if (known.get(id) === null) {
      remove(id);
      return;
    }
    let badge = shown.get(id);
    if (badge === undefined) {
      badge = inPage(page, BADGE_TAG, options.css);
      contain(badge.host, 'pressing');
      shown.set(id, badge);
      draw(id);
    }
    if (standsAfter(anchor, badge.host)) return;
    anchor.after(badge.host);
    badge.host.style.colorScheme = schemeBehind(anchor);
  };

  const remove = (id: string): void => {
    shown.get(id)?.host.remove();
    shown.delete(id);
  };

  const settle = (): void => {
    if (stopped) return;
    const places = host.places();
    // One badge for a message, however often the page may show it.
    const open = new Map<string, MessagePlace>();
    for (const place of places) if (!open.has(place.id)) open.set(place.id, place);
    for (const id of [...shown.keys()]) if (!open.has(id)) remove(id);
    for (const place of open.values()) put(place);
  };

  // What was in view before its tab was is judged when the tab comes to the front.
  const watchAnew = (): void => {
    inView.disconnect();
    settle();
  };
  const unwatch = watchPage(page, settle);
  page.addEventListener('visibilitychange', watchAnew);
  settle();

  return {
    update: learn,
    forget() {
      known.clear();
      watchAnew();
    },
    stop() {
      stopped = true;
      unwatch();
      inView.disconnect();
      page.removeEventListener('visibilitychange', watchAnew);
      for (const id of [...shown.keys()]) remove(id);
    },
  };
}

/** In the same line and behind it; others may have put something of their own between. */
function standsAfter(anchor: Element, badge: Element): boolean {
  const isBehind = anchor.compareDocumentPosition(badge) & Node.DOCUMENT_POSITION_FOLLOWING;
  return badge.parentNode === anchor.parentNode && isBehind !== 0;
}

/** Runs a task for one id after the other; an id that waits already is not queued again. */
function oneAtATime(task: (id: string) => Promise<void>): (id: string) => void {
  const waiting = new Set<string>();
  let last = Promise.resolve();
  return (id) => {
    if (waiting.has(id)) return;
    waiting.add(id);
    last = last
      .then(() => task(id))
      .catch(() => {})
      .finally(() => waiting.delete(id));
  };
}
