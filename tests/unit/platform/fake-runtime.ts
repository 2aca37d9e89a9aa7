/** As much of the extension API as the conversations need, with ports that deliver in order and asynchronously. */

type Listener = (value: unknown) => void;

export interface FakePort {
  readonly name: string;
  readonly onMessage: { addListener(listener: Listener): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
  postMessage(value: unknown): void;
  disconnect(): void;
}

/**
 * Two ends of a port. A disconnect is heard at the other end only, after what was sent before it; an end that knows of
 * it throws when it is spoken into, as browsers do.
 */
export function fakePort(name: string): readonly [FakePort, FakePort] {
  let open = true;
  const ends = [0, 1].map(() => ({ knows: false, messages: [] as Listener[], gone: [] as (() => void)[] }));
  const [first, second] = ends;
  if (first === undefined || second === undefined) throw new Error('a port has two ends');
  const end = (own: typeof first, other: typeof first): FakePort => ({
    name,
    onMessage: { addListener: (listener) => own.messages.push(listener) },
    onDisconnect: { addListener: (listener) => own.gone.push(listener) },
    postMessage(value) {
      if (own.knows) throw new Error('Attempting to use a disconnected port object');
      if (!open) return;
      const copy = structuredClone(value);
      queueMicrotask(() => {
        for (const listen of other.messages) listen(copy);
      });
    },
    disconnect() {
      own.knows = true;
      if (!open) return;
      open = false;
      queueMicrotask(() => {
        other.knows = true;
        for (const listen of other.gone) listen();
      });
    },
  });
  return [end(first, second), end(second, first)];
}

/** Listeners of an event, and a way to let it happen. */
function fakeEvent<A extends readonly unknown[]>() {
  const listeners: ((...args: A) => void)[] = [];
  return {
    addListener: (listener: (...args: A) => void) => listeners.push(listener),
    happen(...args: A) {
      for (const listen of listeners) listen(...args);
    },
    forget: () => listeners.splice(0),
  };
}

interface Origins {
  readonly origins: readonly string[];
}

interface FakeTab {
  readonly id: number;
  readonly url?: string;
  readonly incognito?: boolean;
}

const MAIL_TAB: FakeTab = { id: 7, url: 'https://mail.google.com/mail/u/0/#inbox' };

export function fakeRuntime() {
  const onInstalled = fakeEvent<[{ reason: string }]>();
  const permissionsAdded = fakeEvent<[Origins]>();
  const permissionsRemoved = fakeEvent<[Origins]>();
  const storageChanged = fakeEvent<[Readonly<Record<string, { newValue: unknown }>>, string]>();
  const mayFail = (): void => {
    if (state.sessionFails) throw new Error('the quota is used up');
  };
  const state = {
    listeners: [] as ((port: object) => void)[],
    onConnect: (_port: FakePort): void => {},
    onTabConnect: (_port: FakePort): void => {},
    tabs: [MAIL_TAB] as readonly FakeTab[],
    /** Whether hosts are allowed, and which are not all the same. */
    granted: true,
    refused: [] as readonly string[],
    /** What was looked up, what the user was asked for, and the tabs that were reloaded, asked and opened. */
    lookedUp: [] as (readonly string[])[],
    requested: [] as object[],
    reloaded: [] as number[],
    connected: [] as number[],
    opened: [] as string[],
    stored: {} as Readonly<Record<string, unknown>>,
    /** What is stored until the browser closes, and whether that fails. */
    session: {} as Readonly<Record<string, unknown>>,
    sessionFails: false,
    uiLanguage: 'en-US',
    onInstalled,
    permissionsAdded,
    permissionsRemoved,
    storageChanged,
    reset() {
      state.listeners = [];
      state.onConnect = () => {};
      state.onTabConnect = () => {};
      state.tabs = [MAIL_TAB];
      state.granted = true;
      state.refused = [];
      state.lookedUp = [];
      state.requested = [];
      state.reloaded = [];
      state.connected = [];
      state.opened = [];
      state.stored = {};
      state.session = {};
      state.sessionFails = false;
      state.uiLanguage = 'en-US';
      for (const event of [onInstalled, permissionsAdded, permissionsRemoved, storageChanged]) event.forget();
    },
    /** Connects whoever asks the worker with everybody who listens there. The browser says who asks. */
    answerAs(sender: object | undefined) {
      state.onConnect = (port) => {
        for (const listen of state.listeners) listen({ ...port, sender });
      };
    },
    browser: {
      runtime: {
        id: 'self',
        lastError: undefined,
        onInstalled,
        onConnect: { addListener: (listener: (port: object) => void) => state.listeners.push(listener) },
        connect({ name }: { name: string }) {
          const [near, far] = fakePort(name);
          queueMicrotask(() => state.onConnect(far));
          return near;
        },
      },
      tabs: {
        query: async () => state.tabs,
        connect(id: number, { name }: { name: string }) {
          state.connected.push(id);
          const [near, far] = fakePort(name);
          queueMicrotask(() => state.onTabConnect(far));
          return near;
        },
        async create({ url }: { url: string }) {
          state.opened.push(url);
        },
        async reload(id: number) {
          state.reloaded.push(id);
        },
      },
      permissions: {
        async contains({ origins }: Origins) {
          state.lookedUp.push(origins);
          return state.granted && !origins.some((origin) => state.refused.includes(origin));
        },
        async request(hosts: object) {
          state.requested.push(hosts);
          return state.granted;
        },
        onAdded: permissionsAdded,
        onRemoved: permissionsRemoved,
      },
      storage: {
        local: {
          get: async () => state.stored,
          async set(values: Readonly<Record<string, unknown>>) {
            state.stored = { ...state.stored, ...values };
            const changes = Object.entries(values).map(([name, newValue]) => [name, { newValue }]);
            storageChanged.happen(Object.fromEntries(changes), 'local');
          },
        },
        session: {
          async get(wanted: null) {
            mayFail();
            if (wanted !== null) throw new Error('all of it is read at once');
            return structuredClone(state.session);
          },
          async set(values: Readonly<Record<string, unknown>>) {
            mayFail();
            state.session = { ...state.session, ...structuredClone(values) };
            storageChanged.happen(
              Object.fromEntries(Object.entries(values).map(([name, newValue]) => [name, { newValue }])),
              'session',
            );
          },
          async remove(names: readonly string[]) {
            mayFail();
            state.session = Object.fromEntries(
              Object.entries(state.session).filter(([name]) => !names.includes(name)),
            );
          },
        },
        onChanged: storageChanged,
      },
      i18n: { getUILanguage: () => state.uiLanguage },
    },
  };
  return state;
}
