/** A port to the worker, or none where this script belongs to a version of the extension that is gone. */
import { browser } from './browser.ts';
import type { Port } from './client.ts';

export function connectToWorker(name: string): Port | null {
  try {
    return browser.runtime.connect({ name });
  } catch {
    return null;
  }
}

/** Chrome warns in the console about an error that nobody looked at. */
export function lookAtLastError(): void {
  void browser.runtime.lastError;
}
