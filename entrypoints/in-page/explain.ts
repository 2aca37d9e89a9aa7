/** What every webmail's content script does with its host: answers the popup, and shows badges where they are wanted. */
import { reportedBadge } from '../../lib/explain/badge.ts';
import type { Badges } from '../../lib/hosts/badges.ts';
import type { MailHost } from '../../lib/hosts/host.ts';
import { mailReader } from '../../lib/hosts/reader.ts';
import { examineByWorker, examineInWorker } from '../../lib/platform/examine-client.ts';
import { serveOpenMail } from '../../lib/platform/open-mail-server.ts';
import { followSettings, type Settings } from '../../lib/platform/settings.ts';
import { startBadges } from './badges.tsx';
import { startPanel } from './panel.tsx';

/** Returns what ends it. */
export function explainInPage(host: MailHost): () => void {
  let badges: Badges | null = null;
  let stopped = false;
  const reader = mailReader(host, { here: examineInWorker, there: examineByWorker }, (id, report) =>
    badges?.update(id, reportedBadge(report)),
  );
  const panel = startPanel(host, reader);
  serveOpenMail((request, tell) => reader.explain(request, tell));

  const follow = (settings: Settings, changed: readonly string[]): void => {
    if (stopped) return;
    if (changed.includes('cleared')) reader.forget();
    badges?.stop();
    badges = settings.badges === true ? startBadges(host, reader, panel, settings) : null;
    if (badges === null) panel.close();
  };
  followSettings(follow);

  return () => {
    stopped = true;
    badges?.stop();
    panel.close();
  };
}
