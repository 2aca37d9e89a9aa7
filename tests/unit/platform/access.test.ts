/** Host permissions are looked up and asked for by name; the welcome page opens once, after the installation. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { hasAccess, requestAccess } = await import('../../../lib/platform/access.ts');
const { welcomeOnInstall } = await import('../../../lib/platform/installed.ts');
const { REQUIRED_HOSTS } = await import('../../../lib/platform/required-hosts.ts');

beforeEach(() => runtime.reset());

describe('access', () => {
  it.each([true, false])('is there or not: %s', async (granted) => {
    runtime.granted = granted;
    expect(await hasAccess(['https://dns.example/*'])).toBe(granted);
    expect(runtime.lookedUp).toEqual([['https://dns.example/*']]);
    expect(runtime.requested).toEqual([]);
  });

  it('is missing where one of several is refused', async () => {
    runtime.refused = ['https://two.example/*'];
    expect(await hasAccess(['https://one.example/*'])).toBe(true);
    expect(await hasAccess(['https://one.example/*', 'https://two.example/*'])).toBe(false);
  });

  it.each([true, false])('is asked for by the hosts of the manifest and no others: %s', async (granted) => {
    runtime.granted = granted;
    expect(await requestAccess(REQUIRED_HOSTS)).toBe(granted);
    expect(runtime.requested).toEqual([
      { origins: ['https://mail.google.com/*', 'https://cloudflare-dns.com/*', 'https://dns.google/*'] },
    ]);
  });

  it('is asked for before anything else is awaited, as a click allows it only then', () => {
    void requestAccess(['https://dns.example/*']);
    expect(runtime.requested).toEqual([{ origins: ['https://dns.example/*'] }]);
  });
});

describe('the welcome page', () => {
  it('opens after the installation', () => {
    welcomeOnInstall();
    runtime.onInstalled.happen({ reason: 'install' });
    expect(runtime.opened).toEqual([`${location.origin}/welcome.html`]);
  });

  it.each(['update', 'chrome_update', 'browser_update', 'shared_module_update'])(
    'does not open for %s',
    (reason) => {
      welcomeOnInstall();
      runtime.onInstalled.happen({ reason });
      expect(runtime.opened).toEqual([]);
    },
  );
});
