/** Finds what tests and demo need besides Node, and installs what is missing where that is a matter of one command. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** What is wanted: anything Chromium-based, or Firefox. */
export type BrowserKind = 'chromium' | 'firefox';
/** The tests' name server too. */
type ToolKind = BrowserKind | 'named';

const NAMES: Readonly<Record<ToolKind, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
  firefox: ['firefox-esr', 'firefox'],
  named: ['named'],
};

/** Where macOS and Windows put browsers; and where servers are, which is not on everybody's path. */
const PLACES: Readonly<Record<ToolKind, readonly string[]>> = {
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
  named: ['/usr/sbin/named', '/usr/local/sbin/named', '/opt/homebrew/sbin/named'],
};

const PACKAGES: Readonly<Record<ToolKind, string>> = {
  chromium: 'chromium',
  firefox: 'firefox-esr',
  named: 'bind9',
};

/** Whoever names a program means that one, and no other is installed in its place. */
const VARIABLES: Readonly<Record<ToolKind, string>> = {
  chromium: 'MAILVOUCH_CHROMIUM',
  firefox: 'MAILVOUCH_FIREFOX',
  named: 'MAILVOUCH_NAMED',
};

/** The executable of a Chromium-based browser, or null. `MAILVOUCH_CHROMIUM` names another. */
export function findChromium(): string | null {
  return find('chromium');
}

/** The executable of Firefox, or null. `MAILVOUCH_FIREFOX` names another. */
export function findFirefox(): string | null {
  return find('firefox');
}

/**
 * The executable of BIND 9's name server, or null. `MAILVOUCH_NAMED` names another. One that is built without HTTP/2, as
 * all before 9.18, cannot answer as the resolvers do.
 */
export function findNamed(): string | null {
  const file = find('named');
  if (file === null) return null;
  const { stdout } = spawnSync(file, ['-V'], { encoding: 'utf8' });
  return stdout?.includes('libnghttp2') ? file : null;
}

function find(kind: ToolKind): string | null {
  const named = process.env[VARIABLES[kind]];
  if (named !== undefined) return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES[kind].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...PLACES[kind]].find((file) => existsSync(file)) ?? null;
}

const FINDERS: Readonly<Record<ToolKind, () => string | null>> = {
  chromium: findChromium,
  firefox: findFirefox,
  named: findNamed,
};

/** The browsers' executables, and the wanted kinds that have none. */
export interface Browsers {
  readonly chromium: string | null;
  readonly firefox: string | null;
  readonly missing: readonly ToolKind[];
}

/** Finds what is wanted; as root on a Debian-like system installs what is missing, and a Japanese font. */
export async function ensureBrowsers({ wanted }: { wanted: readonly ToolKind[] }): Promise<Browsers> {
  const found = (): Browsers => {
    const missing = wanted.filter((kind) => FINDERS[kind]() === null);
    return { chromium: findChromium(), firefox: findFirefox(), missing };
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
    // A name server for tests is not one for the whole network, which is what the package makes of it.
    if (packages.includes(PACKAGES.named) && existsSync('/run/systemd/system')) {
      spawnSync('systemctl', ['disable', '--now', 'named'], { stdio: 'ignore' });
    }
  }
  return found();
}

/** Only where fontconfig can tell; elsewhere the system brings one. */
function hasJapaneseFont(): boolean {
  if (process.platform !== 'linux') return true;
  const { stdout, status } = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}
