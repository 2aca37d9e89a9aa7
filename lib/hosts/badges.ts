/**
 * A badge beside the sender of each expanded message that comes into view. Gmail rebuilds its page as it likes, so the
 * badges are put back wherever they are missing; the page itself is changed nowhere else.
 */
import type { Badge } from '../explain/badge.ts';
import type { MailHost, MessagePlace, SourceResult } from './host.ts';
import { contain, type InPage, inPage, schemeBehind } from './in-page.ts';

export interface BadgeOptions {
  readonly css: string;
  /** What the header of a message says; null where there is nothing to say. */
  readonly judge: (id: string) => Promise<Badge | null>;
  /** Draws into the root; `badge` is null while nothing is known. */
  readonly draw: (root: ShadowRoot, badge: Badge | null, open: () => void) => void;
  readonly open: (id: string, badge: HTMLElement) => void;
}

export interface Badges {
  /** What a full check found out about a message. */
  update(id: string, badge: Badge | null): void;
  /** Judges anew what is on the page. */
  forget(): void;
  /** Takes every badge away and watches no longer. */
  stop(): void;
}

/** The page rebuilds itself in bursts; once a burst is over is enough. */
const SETTLE_MS = 60;

/** Watches the page until it is stopped. */
export function keepBadges(host: MailHost, page: Document, options: BadgeOptions): Badges {
  const shown = new Map<string, InPage>();
  const known = new Map<string, Badge | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = (id: string): void => {
    const place = shown.get(id);
    if (place === undefined) return;
    const badge = known.get(id) ?? null;
    // Nobody delivered this mail, or its header could not be had: no badge at all, and no gap for one.
    if (known.has(id) && badge === null) place.host.remove();
    else options.draw(place.root, badge, () => options.open(id, place.host));
  };

  const judge = oneAtATime(async (id) => {
    if (known.has(id)) return;
    known.set(id, await options.judge(id));
    draw(id);
  });

  const inView = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const id = host.places().find(({ container }) => container === target)?.id;
      if (isIntersecting && id !== undefined && page.visibilityState === 'visible') judge(id);
    }
  });

  const put = ({ id, container, anchor }: MessagePlace): void => {
    if (anchor === null || (known.has(id) && known.get(id) === null)) return;
    let badge = shown.get(id);
    if (badge === undefined) {
      badge = inPage(page, 'mailvouch-badge', options.css);
      contain(badge.host, 'pressing');
      shown.set(id, badge);
      draw(id);
    }
    if (anchor.nextSibling !== badge.host) {
      anchor.after(badge.host);
      badge.host.style.colorScheme = schemeBehind(anchor);
    }
    inView.observe(container);
  };

  const settle = (): void => {
    const places = host.places();
    const open = new Set(places.map(({ id }) => id));
    for (const [id, badge] of shown) {
      if (open.has(id)) continue;
      badge.host.remove();
      shown.delete(id);
    }
    for (const place of places) put(place);
  };

  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE_MS);
  };
  // A container that was in view before its tab was is judged when the tab comes to the front.
  const onVisible = (): void => {
    inView.disconnect();
    soon();
  };
  const changes = new MutationObserver(soon);
  changes.observe(page.body, { childList: true, subtree: true });
  page.addEventListener('visibilitychange', onVisible);
  settle();

  return {
    update(id, badge) {
      known.set(id, badge);
      draw(id);
    },
    forget() {
      known.clear();
      onVisible();
    },
    stop() {
      clearTimeout(timer);
      changes.disconnect();
      inView.disconnect();
      page.removeEventListener('visibilitychange', onVisible);
      for (const { host: badge } of shown.values()) badge.remove();
      shown.clear();
    },
  };
}

/** How long nothing is read once Gmail asks to slow down, in milliseconds. */
const PAUSE_MS = 60_000;

/** Reads a header for a badge; after a request to slow down nobody is asked for a minute. */
export function headerReader(
  host: Pick<MailHost, 'header'>,
  now: () => number,
): (id: string) => Promise<SourceResult> {
  let pausedUntil = 0;
  return async (id) => {
    if (now() < pausedUntil) return { kind: 'problem', problem: 'throttled' };
    const header = await host.header(id);
    if (header.kind === 'problem' && header.problem === 'throttled') pausedUntil = now() + PAUSE_MS;
    return header;
  };
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
