/** The ways to a mail's source: each failure of Gmail's is told, and the next way is taken. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HOSTS } from '../webmail/certificate.ts';
import type { SourceFault } from '../webmail/gmail/source.ts';
import { largeMail } from '../webmail/large.ts';
import { openMessage, textOf, until, untilSettled } from './browser.ts';
import { idOf, KINDS, reloadMailbox, suite, t } from './kit.ts';

const LONG = await largeMail(1, 0x19b0_0000_0000_0003n);
const VOUCHES = 'bank.example vouches for this mail.';

describe.each(KINDS)('in %s', (kind) => {
  // Longer than Gmail's page shows: the signature cannot be checked over what is left.
  const running = suite(kind, { extraMails: [LONG] });

  const explain = async (fault: SourceFault, id = idOf('01')) => {
    const { standIn, session, mailbox } = running;
    standIn.faults.source['*'] = fault;
    await reloadMailbox(mailbox);
    standIn.requests.length = 0;
    await openMessage(mailbox, id);
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    return popup;
  };
  const views = () =>
    running.standIn.requests.flatMap(({ host, path: asked }) => {
      const view = /view=(\w+)/.exec(asked)?.[1];
      return view === undefined ? [] : [`${host === HOSTS.attachments ? 'elsewhere' : 'gmail'} ${view}`];
    });

  it.skipIf(!running.here).each([
    { fault: 'elsewhere-any', via: 'via_gmail', asked: ['gmail att', 'elsewhere att'] },
    { fault: 'elsewhere-gmail', via: 'via_gmail', asked: ['gmail att', 'elsewhere att'] },
    { fault: 'server-error-once', via: 'via_gmail_again', asked: ['gmail att', 'gmail att'] },
  ] as const)('has the original all the same: $fault', async ({ fault, via, asked }) => {
    const text = await textOf(await explain(fault));
    expect(text).toContain(`${t(via)} · ${t('source_full')}`);
    expect(text).toContain(VOUCHES);
    expect(text).not.toContain(t('source_note_reencoded'));
    expect(views()).toEqual(asked);
  });

  it.skipIf(!running.here).each([
    { fault: 'html', problem: 'problem_not_original' },
    { fault: 'empty', problem: 'problem_empty' },
    { fault: 'server-error', problem: 'problem_not_original' },
  ] as const)('reads the page that shows it, and says why: $fault', async ({ fault, problem }) => {
    const text = await textOf(await explain(fault));
    expect(text).toContain(`${t('via_gmail_page')} · ${t('source_reencoded')}`);
    expect(text).toContain(`${t(problem)} ${t('source_note_reencoded')}`);
    expect(text).toContain(VOUCHES);
    expect(views()).toEqual(['gmail att', 'gmail att', 'gmail om']);
  });

  it.skipIf(!running.here)('asks nobody again once Gmail wants it slower', async () => {
    expect(await textOf(await explain('throttled'))).toContain(t('problem_throttled'));
    expect(views()).toEqual(['gmail att']);
  });

  it.skipIf(!running.here)('takes a redirect everywhere for being signed out', async () => {
    expect(await textOf(await explain('signed-out'))).toContain(t('problem_signed_out'));
  });

  it.skipIf(!running.here)('offers Gmail’s other host where the original is there', async () => {
    const text = await textOf(await explain('elsewhere-none', LONG.id));
    expect(text).toContain(`${t('problem_redirected')} ${t('source_note_reencoded')}`);
    expect(text).toContain(t('advice_redirected'));
    expect(text).toContain(t('finding_not_original'));
    expect(text).toContain('fits the header; the text could not be checked.');
  });

  // Headless Chromium cannot answer the prompt; Firefox is told to grant without one.
  it.skipIf(!running.here || kind === 'chromium')('reads it there once that is allowed', async () => {
    const popup = await explain('elsewhere-none', LONG.id);
    await popup.bringToFront();
    await popup.click('.offer .action');
    // The popup's own tab is in front now, and it is no mail; a popup above the mail has the original.
    await until(popup, () => document.querySelector('.offer') === null);
    await reloadMailbox(running.mailbox);
    await openMessage(running.mailbox, LONG.id);
    const again = await running.session.openPopup(running.mailbox);
    await untilSettled(again);
    expect(await textOf(again)).toContain(`${t('via_gmail_worker')} · ${t('source_full')}`);
  });
});

describe('in chromium, with access to Gmail’s other host', () => {
  const granted = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-granted-'));
  const built = path.resolve(import.meta.dirname, '../../.output/chrome-mv3');
  cpSync(built, granted, { recursive: true });
  const manifest = path.join(granted, 'manifest.json');
  const declared = JSON.parse(readFileSync(manifest, 'utf8'));
  declared.host_permissions.push(`https://${HOSTS.attachments}/*`);
  writeFileSync(manifest, JSON.stringify(declared));
  const running = suite('chromium', { extensionDir: granted });
  afterAll(() => rmSync(granted, { recursive: true, force: true }));

  it.skipIf(!running.here)('the worker reads the original there', async () => {
    const { standIn, session, mailbox } = running;
    standIn.faults.source['*'] = 'elsewhere-none';
    await openMessage(mailbox, idOf('01'));
    const popup = await session.openPopup(mailbox);
    await untilSettled(popup);
    const text = await textOf(popup);
    expect(text).toContain(`${t('via_gmail_worker')} · ${t('source_full')}`);
    expect(text).toContain(VOUCHES);
    expect(text).not.toContain(t('advice_redirected'));
  });
});
