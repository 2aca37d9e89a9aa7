/** How each browser is made to live on the stand-ins alone. */
import process from 'node:process';
import type { LaunchOptions as PuppeteerOptions } from 'puppeteer-core';
import { HOSTS } from '../webmail/certificate.ts';

/** What pages are told that the reader prefers. */
export type Scheme = 'light' | 'dark';

/** The id in the manifest, and the address that Firefox would otherwise draw at random. */
const FIREFOX_ID = 'mailvouch@mailvouch.example';
export const FIREFOX_UUID = '6f1d7a52-3c0b-4f0e-9a55-1d2c3b4a5e6f';

/** The pipe is what lets a branded Chrome load an extension: it ignores the flag for it since version 137. */
export function chromiumOptions(
  port: number,
  profile: string,
  scheme: Scheme,
  /** Where the first resolver is, if not with all other hosts. */
  dnsPort: number | null = null,
): PuppeteerOptions {
  // The first rule that fits counts.
  const dnsRule = dnsPort === null ? '' : `MAP ${HOSTS.cloudflare} 127.0.0.1:${dnsPort}, `;
  return {
    userDataDir: profile,
    pipe: true,
    enableExtensions: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--host-resolver-rules=${dnsRule}MAP * 127.0.0.1:${port}`,
      '--ignore-certificate-errors',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      '--disable-quic',
      '--window-size=1000,800',
      ...(scheme === 'dark' ? ['--force-dark-mode'] : []),
    ],
  };
}

/** Firefox has no host rules: every connection is led through the proxy. */
export function firefoxOptions(proxyPort: number, scheme: Scheme): PuppeteerOptions {
  return {
    browser: 'firefox',
    args: ['--remote-allow-system-access', '--width=1000', '--height=800'],
    // Only with this does a release obey `services.settings.server`.
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxyPort,
      'network.proxy.failover_direct': false,
      'extensions.webextensions.uuids': JSON.stringify({ [FIREFOX_ID]: FIREFOX_UUID }),
      'extensions.webextOptionalPermissionPrompts': false,
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
      // The popup's page works behind the mail's; Chromium is told the same by puppeteer.
      'dom.min_background_timeout_value_without_budget_throttling': 4,
      'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1,
    },
  };
}
