/** A look into the closed shadow roots of a page, which no script of the page can have: the browser's own protocol can. */
import type { Page } from 'puppeteer-core';

/** What is passed into the page beside the root. */
type Plain = string | number | boolean;

/** A point of the viewport, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** As much of puppeteer's handle as is called here, with the root as its first argument. */
interface RootHandle {
  /** Runs `run` in the page with the root and waits for its promise; what it returns must be plain JSON. */
  evaluate<Args extends readonly Plain[], Result>(
    run: (root: ShadowRoot, ...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
}

/** A closed shadow root; once its page is left or its host removed, every call fails. */
export interface ClosedRoot extends RootHandle {
  readonly page: Page;
  /** All text, hidden or not, but no styles. */
  text(): Promise<string>;
  /** Where the first element that matches has its centre now. */
  centre(selector: string): Promise<Point>;
  /** A click by the mouse, which the page sees as trusted; fails where something else would get it. */
  click(selector: string): Promise<void>;
}

/** The closed root of the first element that matches, or null where there is no such element or no such root. */
export async function closedRoot(page: Page, hostSelector: string): Promise<ClosedRoot | null> {
  const isFirefox = /^firefox/i.test(await page.browser().version());
  const handle = await (isFirefox ? rootInFirefox : rootInChromium)(page, hostSelector);
  return handle === null ? null : closedRootOf(page, handle);
}

function closedRootOf(page: Page, handle: RootHandle): ClosedRoot {
  const root: ClosedRoot = {
    page,
    async evaluate(run, ...args) {
      // Firefox would go on answering for a root whose page has been left, both for one whose host is gone.
      const there = await handle.evaluate(
        (inside) => inside.isConnected && inside.ownerDocument === document,
      );
      if (!there) throw new Error('the closed root is no longer in the page');
      return handle.evaluate(run, ...args);
    },
    text: () =>
      root.evaluate((inside) => {
        const texts = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
        let text = '';
        while (texts.nextNode() !== null) {
          const { parentElement, nodeValue } = texts.currentNode;
          if (parentElement?.localName !== 'style') text += nodeValue ?? '';
        }
        return text;
      }),
    centre: (selector) =>
      root.evaluate((inside, wanted) => {
        const box = inside.querySelector(wanted)?.getBoundingClientRect();
        if (box === undefined) throw new Error(`nothing in the root matches ${wanted}`);
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }, selector),
    async click(selector) {
      await page.bringToFront();
      await root.evaluate((inside, wanted) => {
        inside
          .querySelector(wanted)
          ?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      }, selector);
      const { x, y } = await root.centre(selector);
      const hit = await root.evaluate(
        (inside, wanted, left, top) => {
          // Asked alone, the root in Firefox would look through whatever covers its host.
          const outside = document.elementFromPoint(left, top);
          const there = outside === inside.host ? inside.elementFromPoint(left, top) : outside;
          return inside.querySelector(wanted)?.contains(there) === true || (there?.outerHTML ?? 'nothing');
        },
        selector,
        x,
        y,
      );
      if (hit !== true) throw new Error(`a click on ${selector} would go to ${hit}`);
      await page.mouse.click(x, y);
    },
  };
  return root;
}

async function rootInChromium(page: Page, hostSelector: string): Promise<RootHandle | null> {
  const host = await page.$(hostSelector);
  if (host === null) return null;
  const cdp = await page.createCDPSession();
  try {
    const { node } = await cdp.send('DOM.describeNode', { backendNodeId: await host.backendNodeId() });
    const found = node.shadowRoots?.find(({ shadowRootType }) => shadowRootType === 'closed');
    return found === undefined ? null : await innerRealmOf(page).adoptBackendNode(found.backendNodeId);
  } finally {
    await cdp.detach();
    await host.dispose();
  }
}

async function rootInFirefox(page: Page, hostSelector: string): Promise<RootHandle | null> {
  const inner = innerRealmOf(page);
  const answer = await inner.realm.callFunction('(selector) => document.querySelector(selector)', false, {
    arguments: [{ type: 'string', value: hostSelector }],
    serializationOptions: { includeShadowTree: 'all', maxDomDepth: 1 },
  });
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
  const found = answer.result.value?.shadowRoot ?? null;
  if (found?.value?.mode !== 'closed') return null;
  return inner.createHandle({ type: 'node', sharedId: found.sharedId });
}

/** A node as WebDriver BiDi describes it. */
interface RemoteNode {
  readonly sharedId: string;
  readonly value?: { readonly mode?: 'open' | 'closed'; readonly shadowRoot?: RemoteNode | null };
}

/** As much as is called here of what puppeteer keeps to itself: how a node gets a handle that no script can reach. */
interface InnerRealm {
  /** Chromium only. */
  adoptBackendNode(backendNodeId: number): Promise<RootHandle>;
  /** Firefox only. */
  createHandle(node: { readonly type: 'node'; readonly sharedId: string }): RootHandle;
  /** Firefox only. */
  readonly realm: {
    callFunction(
      declaration: string,
      awaitPromise: boolean,
      options: object,
    ): Promise<
      | { readonly type: 'success'; readonly result: Partial<RemoteNode> }
      | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } }
    >;
  };
}

/** The only place that knows puppeteer from inside. */
function innerRealmOf(page: Page): InnerRealm {
  return (page.mainFrame() as unknown as { mainRealm(): InnerRealm }).mainRealm();
}

interface AxeRule {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly target: readonly (string | string[])[] }[];
}

interface Axe {
  run(context: Element, options: object): Promise<Record<'violations' | 'passes' | 'incomplete', AxeRule[]>>;
}

/** WCAG 2.2 AA violations of the host and all in its closed root, as short lines; `axeSource` is axe-core's text. */
export async function axeViolations(root: ClosedRoot, axeSource: string): Promise<readonly string[]> {
  // The protocol's evaluation is bound by no content security policy, unlike a script element.
  await root.page.evaluate(axeSource);
  return root.evaluate(async (inside) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { host } = inside;
    // Axe walks into whatever an element calls its shadow root; for as long as it walks, the closed one is there.
    Object.defineProperty(host, 'shadowRoot', { value: inside, configurable: true });
    try {
      const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const results = await axe.run(host, { runOnly: { type: 'tag', values } });
      // The way to a node in a shadow root is a list of selectors.
      const seen = [...results.violations, ...results.passes, ...results.incomplete]
        .flatMap(({ nodes }) => nodes)
        .some(({ target }) => Array.isArray(target.at(-1)));
      if (!seen) throw new Error('axe has seen nothing inside the closed root');
      return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    } finally {
      Reflect.deleteProperty(host, 'shadowRoot');
    }
  });
}
