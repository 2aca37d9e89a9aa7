/** The badges of a webmail: what the header says, or what a full check finds where the reader wants one every time. */
import { render } from 'preact';
import { BadgeButton } from '../../components/Badge.tsx';
import badgeCss from '../../components/badge.css?inline';
import markCss from '../../components/mark.css?inline';
import tokensCss from '../../components/tokens.css?inline';
import { type Badge, reportedBadge } from '../../lib/explain/badge.ts';
import type { Problem } from '../../lib/explain/problem.ts';
import { type Badges, keepBadges } from '../../lib/hosts/badges.ts';
import { headerReader } from '../../lib/hosts/header-reader.ts';
import type { MailHost } from '../../lib/hosts/host.ts';
import type { Panel } from '../../lib/hosts/panel.ts';
import type { Reader } from '../../lib/hosts/reader.ts';
import { toPieces } from '../../lib/platform/pieces.ts';
import { ask } from '../../lib/platform/requests.ts';
import { currentLanguage, type Settings } from '../../lib/platform/settings.ts';

const PASSING: ReadonlySet<Problem> = new Set(['throttled', 'unreachable', 'redirected', 'signed-out']);

export function startBadges(host: MailHost, reader: Reader, panel: Panel, settings: Settings): Badges {
  const readHeader = headerReader(host, Date.now);

  const glance = async (id: string): Promise<Badge | null> => {
    const header = await readHeader(id);
    // Out of reach for now: the next look at the message asks again.
    if (header.kind === 'problem' && PASSING.has(header.problem)) throw new Error(header.problem);
    if (header.kind === 'problem') return null;
    const base64 = [...toPieces(header.octets)].map((piece) => piece.base64).join('');
    return ask('glance', { base64 });
  };
  const check = async (id: string): Promise<Badge | null> => {
    let found: Badge | null = null;
    const language = await currentLanguage();
    await reader.explain({ message: id, language, again: false }, (state) => {
      if (state.kind === 'report') found = reportedBadge(state.report);
    });
    return found;
  };

  return keepBadges(host, document, {
    css: `${tokensCss}${markCss}${badgeCss}`,
    judge: settings.checkEvery ? check : glance,
    draw: (root, badge, open) => render(<BadgeButton badge={badge} onOpen={open} />, root),
    open: panel.toggle,
  });
}
