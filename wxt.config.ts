import { defineConfig } from 'wxt';
import { OPTIONAL_HOSTS, REQUIRED_HOSTS } from './lib/platform/required-hosts.ts';

const TARGETS = ['chrome123', 'firefox140'];

/**
 * What the extension bundles of a catalogue: no terminal's words, nothing that only the browser reads, and in pages no
 * sentence that only the worker says.
 */
function leanCatalogues() {
  let unsaid = /^cli_/;
  return {
    name: 'lean-catalogues',
    enforce: 'pre' as const,
    configResolved({ build }: { readonly build: { readonly lib: unknown } }) {
      // The worker is built as a library, pages are not.
      unsaid = build.lib === false ? /^(?:cli|finding|headline|lint|records)_/ : /^cli_/;
    },
    transform(code: string, id: string) {
      if (!/\/_locales\/\w+\/messages\.json$/.test(id)) return null;
      const entries = Object.entries<{ message: string }>(JSON.parse(code))
        .filter(([key]) => !unsaid.test(key))
        .map(([key, { message }]) => [key, { message }]);
      return { code: JSON.stringify(Object.fromEntries(entries)), map: null };
    },
  };
}

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  manifestVersion: 3,
  // Without modern targets the CSS minifier would rewrite light-dark() into variables.
  vite: () => ({
    build: { target: TARGETS, cssTarget: TARGETS },
    // Its authors' own bundle: the list in its modules grows to more than twice the weight when it is bundled again.
    resolve: { alias: { tldts: 'tldts/dist/index.esm.min.js' } },
    plugins: [leanCatalogues()],
  }),
  zip: { excludeSources: ['tests/**', '.ci/**'] },
  manifest: ({ browser }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    permissions: ['storage'],
    host_permissions: [...REQUIRED_HOSTS],
    optional_host_permissions: [...OPTIONAL_HOSTS],
    icons: {
      16: 'icon/16.png',
      32: 'icon/32.png',
      48: 'icon/48.png',
      96: 'icon/96.png',
      128: 'icon/128.png',
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'mailvouch@mailvouch.example',
              strict_min_version: '140.0',
              // The names whose DNS records are asked for come out of the mail that is being explained.
              data_collection_permissions: { required: ['personalCommunications'] },
            },
          },
        }
      : { minimum_chrome_version: '123' }),
  }),
});
