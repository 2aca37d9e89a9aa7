/** The worker: composes resolver, cache and engine, and serves the pages of known webmails and our own. */
import { defineBackground } from 'wxt/utils/define-background';
import { fetchSource, sourceUrl } from '../lib/hosts/gmail/source.ts';
import { hasAccess } from '../lib/platform/access.ts';
import { type AnswerStore, sessionStore } from '../lib/platform/answer-store.ts';
import { chosenResolver } from '../lib/platform/chosen-resolver.ts';
import { fetchTransport } from '../lib/platform/doh.ts';
import { type ExaminationOptions, serveExaminations } from '../lib/platform/examine-server.ts';
import { welcomeOnInstall } from '../lib/platform/installed.ts';
import { platformPorts, systemClock } from '../lib/platform/ports.ts';
import { publicSuffixOrganization } from '../lib/platform/public-suffix.ts';
import { serveRequests } from '../lib/platform/requests.ts';
import { ATTACHMENT_HOST } from '../lib/platform/required-hosts.ts';
import { workerHandlers } from '../lib/platform/worker-handlers.ts';

export default defineBackground(() => {
  const portsOfOneCache = (store: AnswerStore | null) => {
    const resolver = chosenResolver({ transport: fetchTransport, now: systemClock, store });
    const ports = { ...platformPorts(resolver.resolve, systemClock), publicSuffixOrganization };
    return (again: boolean) => (again ? { ...ports, resolve: resolver.anew() } : ports);
  };
  const everyday = portsOfOneCache(sessionStore());
  // What private windows ask is written nowhere, not even where it would be forgotten with the browser.
  const privateWindows = portsOfOneCache(null);
  const portsFor: ExaminationOptions['portsFor'] = (isPrivate, again) =>
    (isPrivate ? privateWindows : everyday)(again);
  serveExaminations({
    portsFor,
    async fetchSource({ account, id }) {
      if (!(await hasAccess([ATTACHMENT_HOST]))) return 'redirected';
      const url = sourceUrl('https://mail.google.com', account, id);
      const found = await fetchSource({ url, credentials: 'include', via: 'gmail-worker' }, fetch);
      if (found.kind === 'problem') return found.problem;
      const { octets, completeness, via } = found;
      const instead = completeness === 'full' ? null : 'too-large';
      return { octets, bytes: octets.length, completeness, via, instead };
    },
  });
  serveRequests(workerHandlers(portsFor));
  welcomeOnInstall();
});
