/** Hears of changes in a page that is not ours, at a pace that leaves the page its time. */

/** Webmails rebuild themselves in bursts; one look after a burst has begun is enough. */
const PACE_MS = 60;

/** Calls back at most once in `PACE_MS` while the page changes. Returns what ends it. */
export function watchPage(page: Document, onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changes = new MutationObserver(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onChange();
    }, PACE_MS);
  });
  changes.observe(page.documentElement, { childList: true, subtree: true });
  return () => {
    clearTimeout(timer);
    changes.disconnect();
  };
}
