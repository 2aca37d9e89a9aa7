/** Once, after the installation: the page with the first-run question. An update opens nothing. */
import { browser } from './browser.ts';

export function welcomeOnInstall(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install')
      void browser.tabs.create({ url: new URL('welcome.html', location.origin).href });
  });
}
