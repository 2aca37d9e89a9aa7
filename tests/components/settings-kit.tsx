/** The settings with a browser that stores them, grants access and clears, each of which a test may refuse. */
import { render, screen, within } from '@testing-library/preact';
import { vi } from 'vitest';
import { type Chosen, SettingsForm } from '../../components/SettingsForm.tsx';
import { parseTrustedServers } from '../../lib/engine/index.ts';
import { KNOWN_RESOLVERS, readResolverUrl } from '../../lib/platform/resolvers.ts';
import { translatorFor } from '../kit/samples.ts';

const CLOUDFLARE = 'https://cloudflare-dns.com/dns-query';
export const GOOGLE = 'https://dns.google/dns-query';
/** The second one is chosen as the first: they change places. */
export const SWAPPED = { resolver: GOOGLE, secondResolver: CLOUDFLARE };
export const QUAD9 = 'https://dns10.quad9.net/dns-query';

const CHOSEN: Chosen = {
  language: 'auto',
  badges: null,
  checkEvery: false,
  resolver: CLOUDFLARE,
  secondResolver: GOOGLE,
  trustedServers: '',
  mayReveal: false,
};

export function showSettings(chosen: Partial<Chosen> = {}, language: 'en' | 'ja' = 'en') {
  const props = {
    chosen: { ...CHOSEN, ...chosen },
    resolvers: KNOWN_RESOLVERS,
    readAddress: readResolverUrl,
    checkServers: (text: string) => parseTrustedServers(text).errors,
    onChoose: vi.fn(async (_: Partial<Chosen>): Promise<void> => {}),
    allow: vi.fn(async (_: string): Promise<boolean> => true),
    onClear: vi.fn(async (): Promise<void> => {}),
    openAnalyzer: vi.fn(),
    t: translatorFor(language),
  };
  return { ...props, props, ...render(<SettingsForm {...props} />) };
}

/** A question of the settings by its title. */
export const question = (name: string) => within(screen.getByRole('group', { name }));

/** The answer that a question shows as chosen; null where there is none yet. */
export function chosenIn(name: string): string | null {
  const radio = question(name).queryByRole<HTMLInputElement>('radio', { checked: true });
  return radio?.closest('label')?.textContent ?? null;
}

/** What the page says to everybody at its end. */
export const said = (): string | null => screen.getByRole('status').textContent;
