/** What the tests of the badges share: a window to scroll, badges that are drawn as a name, and whoever judges. */
import { vi } from 'vitest';
import type { Badge } from '../../../lib/explain/badge.ts';
import { type Badges, keepBadges } from '../../../lib/hosts/badges.ts';
import { messagePlaces } from '../../../lib/hosts/gmail/open-message.ts';
import type { MailHost } from '../../../lib/hosts/host.ts';

export const OK: Badge = { mark: 'authenticated', tone: 'ok', label: 'proven' };
export const BAD: Badge = { mark: 'failed', tone: 'bad', label: 'forged' };

/** Only what a host shows of the page. */
export const host: MailHost = {
  openMessages: () => null,
  routes: () => [],
  header: async () => ({ kind: 'problem', problem: 'fault' }),
  places: () => messagePlaces(document),
};

/** Stands in for the browser's: whoever is observed anew hears at once whether it is in view. */
export function scrollable() {
  const inView = new Set<Element>();
  const observers = new Set<Observer>();
  class Observer {
    readonly observed = new Set<Element>();
    constructor(private readonly heard: IntersectionObserverCallback) {
      observers.add(this);
    }
    tell(target: Element): void {
      if (!this.observed.has(target)) return;
      const entry = { target, isIntersecting: inView.has(target) } as unknown as IntersectionObserverEntry;
      this.heard([entry], this as unknown as IntersectionObserver);
    }
    observe(target: Element): void {
      if (this.observed.has(target)) return;
      this.observed.add(target);
      queueMicrotask(() => this.tell(target));
    }
    unobserve(target: Element): void {
      this.observed.delete(target);
    }
    disconnect(): void {
      this.observed.clear();
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer);
  const move = (element: Element, into: boolean): void => {
    if (into) inView.add(element);
    else inView.delete(element);
    for (const observer of observers) observer.tell(element);
  };
  return {
    enter: (element: Element) => move(element, true),
    leave: (element: Element) => move(element, false),
  };
}

/** Time for the page's changes to be noticed and for whoever is asked to answer. */
export async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(200);
}

let stopLast: (() => void) | null = null;

/** Badges as they stand on the page; `answers` may be promises that the test resolves. */
export function watching(answers: Readonly<Record<string, Badge | null | Promise<Badge | null>>> = {}) {
  const judge = vi.fn(async (id: string) => answers[id] ?? null);
  const open = vi.fn();
  const drawn = new Map<Element, { badge: Badge | null; press: () => void }>();
  const badges: Badges = keepBadges(host, document, {
    css: ':host { color: red }',
    judge,
    draw: (root, badge, press) => drawn.set(root.host, { badge, press }),
    open,
  });
  stopLast = badges.stop;
  const all = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('mailvouch-badge')];
  return {
    badges,
    judge,
    open,
    all,
    /** What each badge on the page says, from the top; null where it says nothing yet. */
    labels: () => all().map((element) => drawn.get(element)?.badge?.label ?? null),
    press: (element: Element) => drawn.get(element)?.press(),
  };
}

/** What one test watches, the next one must not. */
export function stopWatching(): void {
  stopLast?.();
  stopLast = null;
}
