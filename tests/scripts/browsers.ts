/** Finds the browsers that tests and demo use, and installs what is missing where that is a matter of one command. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** What is wanted: anything Chromium-based, or Firefox. */
export type BrowserKind = 'chromium' | 'firefox';

const NAMES: Readonly<Record<BrowserKind, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
  firefox: ['firefox-esr', 'firefox'],
};

/** Where macOS and Windows put them. */
const PLACES: Readonly<Record<BrowserKind, readonly string[]>> = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  firefox: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
};

const PACKAGES: Readonly<Record<BrowserKind, string>> = { chromium: 'chromium', firefox: 'firefox-esr' };

/** Whoever names a browser means that one, and no other is installed in its place. */
const VARIABLES: Readonly<Record<BrowserKind, string>> = {
  chromium: 'MAILVOUCH_CHROMIUM',
  firefox: 'MAILVOUCH_FIREFOX',
};

/** The executable of a Chromium-based browser, or null. `MAILVOUCH_CHROMIUM` names another. */
export function findChromium(): string | null {
  return find('chromium');
}

/** The executable of Firefox, or null. `MAILVOUCH_FIREFOX` names another. */
export function findFirefox(): string | null {
  return find('firefox');
}

function find(kind: BrowserKind): string | null {
  const named = process.env[VARIABLES[kind]];
  if (named !== undefined) return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES[kind].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...PLACES[kind]].find((file) => existsSync(file)) ?? null;
}

/** Executables, and the wanted kinds that have none. */
export interface Browsers {
  readonly chromium: string | null;
  readonly firefox: string | null;
  readonly missing: readonly BrowserKind[];
}

/** Finds the wanted browsers; as root on a Debian-like system installs those that are missing, and a Japanese font. */
export async function ensureBrowsers({ wanted }: { wanted: readonly BrowserKind[] }): Promise<Browsers> {
  const found = (): Browsers => {
    const [chromium, firefox] = [findChromium(), findFirefox()];
    const missing = wanted.filter((kind) => (kind === 'chromium' ? chromium : firefox) === null);
    return { chromium, firefox, missing };
  };
  const packages = [
    ...found()
      .missing.filter((kind) => process.env[VARIABLES[kind]] === undefined)
      .map((kind) => PACKAGES[kind]),
    ...(hasJapaneseFont() ? [] : ['fontconfig', 'fonts-noto-cjk']),
  ];
  if (packages.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${packages.join(', ')} …`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args: string[]): void => {
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    };
    apt('update', '-qq');
    // One by one: a package that this distribution does not have must not keep the others away.
    for (const name of packages) apt('install', '-y', '-qq', '--no-install-recommends', name);
  }
  return found();
}

/** Only where fontconfig can tell; elsewhere the system brings one. */
function hasJapaneseFont(): boolean {
  if (process.platform !== 'linux') return true;
  const { stdout, status } = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}
