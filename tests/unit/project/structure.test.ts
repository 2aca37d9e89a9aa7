/** The house: who may import whom, and where things may stand. */
import { describe, expect, it } from 'vitest';
import { filesBelow, importsOf, read, roomOf, sourceFiles } from './tree.ts';

/** Rooms that a room may import from, besides itself. Locale files are data and may be read by all but the engine. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lib/engine': [],
  'lib/explain': ['lib/engine', 'public'],
  'lib/hosts': ['lib/engine', 'lib/explain'],
  'lib/platform': ['lib/engine', 'lib/explain', 'public'],
  components: ['lib/engine', 'lib/explain'],
  'lib/cli': ['lib/engine', 'lib/explain', 'lib/platform', 'public'],
  entrypoints: ['components', 'lib/engine', 'lib/explain', 'lib/hosts', 'lib/platform'],
};

/** Packages that a room may import. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  'lib/engine': /^ipaddr\.js$/,
  'lib/explain': /^punycode\//,
  'lib/hosts': /^$/,
  'lib/platform': /^(?:wxt\/browser|@noble\/ed25519|punycode\/.*|tldts)$/,
  components: /^preact(?:\/hooks)?$/,
  'lib/cli': /^(?:node:.*|vite)$/,
  entrypoints: /^(?:preact|wxt\/utils\/define-(?:background|content-script))$/,
};

describe('imports', () => {
  it.each(sourceFiles())('%s imports only what its room may', (file) => {
    const room = roomOf(file);
    const foreign = importsOf(file).filter((target) => {
      if (/^(?:entrypoints|components|lib|public|tests)\//.test(target)) {
        return roomOf(target) !== room && !MAY_IMPORT[room]?.includes(roomOf(target));
      }
      return !PACKAGES[room]?.test(target) && !/\.css(?:\?inline)?$/.test(target);
    });
    expect(foreign).toEqual([]);
  });

  it('reaches the engine from outside by its one door', () => {
    const intruders = sourceFiles()
      .filter((file) => roomOf(file) !== 'lib/engine')
      .flatMap((file) => importsOf(file).filter((target) => roomOf(target) === 'lib/engine'))
      .filter((target) => target !== 'lib/engine/index.ts');
    expect(intruders).toEqual([]);
  });
});

describe('invariants', () => {
  it('touches the extension API in one file', () => {
    const users = sourceFiles().filter((file) => importsOf(file).some((target) => target === 'wxt/browser'));
    expect(users).toEqual(['lib/platform/browser.ts']);
  });

  it('opens connections of its own in the resolver and its transports only', () => {
    const openers = sourceFiles().filter((file) =>
      /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|node:https?2?'/.test(read(file)),
    );
    // The host is handed the page's own fetch, and asks the webmail with it.
    expect([...openers].sort()).toEqual([
      'lib/cli/http2-transport.ts',
      'lib/hosts/gmail/answer.ts',
      'lib/platform/doh.ts',
    ]);
  });

  it('builds no markup, code or style from text', () => {
    const builders = sourceFiles().filter((file) =>
      /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|DOMParser|\beval\(|new Function/.test(
        read(file),
      ),
    );
    expect(builders).toEqual([]);
  });

  it('keeps clock, chance, language and network out of the engine', () => {
    const impure = filesBelow('lib/engine')
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /Date\.now|new Date\(\)|Math\.random|\bIntl\b|toLocale|\bfetch\(|\bglobalThis\b/.test(read(file)),
      );
    expect(impure).toEqual([]);
  });
});

describe('proportions', () => {
  it.each(filesBelow('entrypoints').filter((file) => /\.tsx?$/.test(file)))(
    '%s only wires: at most 60 lines',
    (file) => {
      expect(read(file).split('\n').length).toBeLessThanOrEqual(61);
    },
  );

  it.each(sourceFiles())('%s holds one idea: a head comment and at most 260 lines', (file) => {
    const text = read(file);
    expect(text).toMatch(/^(?:\/\*\*|\/\/)/);
    expect(text.split('\n').length).toBeLessThanOrEqual(261);
  });
});
