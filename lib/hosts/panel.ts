/** The panel beside the mail: one at a time, above everything, and gone with the message that it explains. */
import type { MailHost } from './host.ts';
import { contain, type InPage, inPage, PANEL_TAG, schemeBehind } from './in-page.ts';
import { watchPage } from './page-changes.ts';

export interface PanelOptions {
  readonly css: string;
  /** Draws the explanation of a message; `close` takes the panel away again. */
  readonly draw: (root: ShadowRoot, id: string, close: () => void) => void;
  readonly erase: (root: ShadowRoot) => void;
}

export interface Panel {
  /** Opens for a message, or closes where it is open for that message already. `opener` gets the focus back. */
  toggle(id: string, opener: HTMLElement): void;
  close(): void;
}

export function panelFor(host: MailHost, page: Document, { css, draw, erase }: PanelOptions): Panel {
  let open: (InPage & { readonly id: string; readonly opener: HTMLElement }) | null = null;
  let unwatch = (): void => {};

  const close = (): void => {
    if (open === null) return;
    const { host: element, root, opener } = open;
    open = null;
    const hadFocus = page.activeElement === element;
    unwatch();
    erase(root);
    element.remove();
    if (hadFocus && opener.isConnected) opener.focus();
  };

  // The page drops what it does not know, and the reader goes on to other mails.
  const follow = (): void => {
    if (open === null) return;
    const { id, host: element } = open;
    if (!host.places().some((place) => place.id === id)) close();
    else if (!element.isConnected) show(element);
  };

  const show = (element: HTMLElement): void => {
    page.documentElement.append(element);
    // The top layer: no stacking of the page's can cover it.
    element.popover = 'manual';
    element.showPopover();
  };

  return {
    close,
    toggle(id, opener) {
      const wasOpen = open?.id === id;
      close();
      if (wasOpen) return;
      const panel = inPage(page, PANEL_TAG, css);
      panel.host.style.colorScheme = schemeBehind(opener);
      panel.host.addEventListener('keydown', ({ key }) => {
        if (key === 'Escape') close();
      });
      contain(panel.host, 'all');
      open = { ...panel, id, opener };
      show(panel.host);
      draw(panel.root, id, () => {
        // A panel that was drawn late must not close the next one.
        if (open?.root === panel.root) close();
      });
      unwatch = watchPage(page, follow);
    },
  };
}
