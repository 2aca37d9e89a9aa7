/** As much of the extension API as the conversations need, with ports that deliver in order and asynchronously. */

type Listener = (value: unknown) => void;

export interface FakePort {
  readonly name: string;
  readonly onMessage: { addListener(listener: Listener): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
  postMessage(value: unknown): void;
  disconnect(): void;
}

/** Two ends of a port. A disconnect is heard at the other end only, after what was sent before it. */
export function fakePort(name: string): readonly [FakePort, FakePort] {
  let open = true;
  const ends = [0, 1].map(() => ({ messages: [] as Listener[], disconnects: [] as (() => void)[] }));
  const end = (own: number): FakePort => ({
    name,
    onMessage: { addListener: (listener) => ends[own]?.messages.push(listener) },
    onDisconnect: { addListener: (listener) => ends[own]?.disconnects.push(listener) },
    postMessage(value) {
      if (!open) return;
      const copy = structuredClone(value);
      queueMicrotask(() => {
        for (const listen of ends[1 - own]?.messages ?? []) listen(copy);
      });
    },
    disconnect() {
      if (!open) return;
      open = false;
      queueMicrotask(() => {
        for (const listen of ends[1 - own]?.disconnects ?? []) listen();
      });
    },
  });
  return [end(0), end(1)];
}

interface FakeTab {
  readonly id: number;
  readonly url?: string;
}

const MAIL_TAB: FakeTab = { id: 7, url: 'https://mail.google.com/mail/u/0/#inbox' };

export function fakeRuntime() {
  const state = {
    listeners: [] as ((port: object) => void)[],
    onConnect: (_port: FakePort): void => {},
    onTabConnect: (_port: FakePort): void => {},
    tabs: [MAIL_TAB] as readonly FakeTab[],
    granted: true,
    /** What the user was asked for, and the tabs that were reloaded. */
    requested: [] as object[],
    reloaded: [] as number[],
    stored: {} as Readonly<Record<string, unknown>>,
    reset() {
      state.listeners = [];
      state.onConnect = () => {};
      state.onTabConnect = () => {};
      state.tabs = [MAIL_TAB];
      state.granted = true;
      state.requested = [];
      state.reloaded = [];
      state.stored = {};
    },
    browser: {
      runtime: {
        id: 'self',
        lastError: undefined,
        onConnect: { addListener: (listener: (port: object) => void) => state.listeners.push(listener) },
        connect({ name }: { name: string }) {
          const [near, far] = fakePort(name);
          queueMicrotask(() => state.onConnect(far));
          return near;
        },
      },
      tabs: {
        query: async () => state.tabs,
        connect(_id: number, { name }: { name: string }) {
          const [near, far] = fakePort(name);
          queueMicrotask(() => state.onTabConnect(far));
          return near;
        },
        async reload(id: number) {
          state.reloaded.push(id);
        },
      },
      permissions: {
        contains: async () => state.granted,
        async request(hosts: object) {
          state.requested.push(hosts);
          return state.granted;
        },
      },
      storage: { local: { get: async () => state.stored } },
      i18n: { getUILanguage: () => 'en-US' },
    },
  };
  return state;
}
