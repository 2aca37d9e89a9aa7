/** Host permissions: what is there, and asking for more. */
import { browser } from './browser.ts';

export async function hasAccess(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.contains({ origins: [...origins] });
}

/** Asks the user; only from a click, and before anything else is awaited. */
export async function requestAccess(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...origins] });
}
