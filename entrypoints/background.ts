/** The worker: composes resolver, cache and engine, and serves examinations to pages of known webmails. */
import { defineBackground } from 'wxt/utils/define-background';
import { cachedResolver } from '../lib/platform/cached-resolver.ts';
import { dohResolver, fetchTransport, PRESET_RESOLVERS } from '../lib/platform/doh.ts';
import { serveExaminations } from '../lib/platform/examine-server.ts';
import { platformPorts, systemClock } from '../lib/platform/ports.ts';

export default defineBackground(() => {
  const portsOfOneCache = () =>
    platformPorts(cachedResolver(dohResolver(PRESET_RESOLVERS, fetchTransport), systemClock), systemClock);
  const everyday = portsOfOneCache();
  const privateWindows = portsOfOneCache();
  serveExaminations((isPrivate) => (isPrivate ? privateWindows : everyday));
});
