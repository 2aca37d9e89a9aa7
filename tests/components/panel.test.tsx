/** The panel inside a webmail: a dialog with a name, focused on opening, with a way out; and the bar on top. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Panel } from '../../components/Panel.tsx';
import { ROUTES } from '../../lib/explain/report.ts';
import { reportOf } from '../kit/samples.ts';
import { everyWord, expectWhole, LANGUAGES, open, readBy, sample, shown, surroundings } from './kit.tsx';

afterEach(cleanup);

const CLOSE = { en: 'Close', ja: '閉じる' };
const SETTINGS = { en: 'Settings', ja: '設定' };

function openPanel(language: 'en' | 'ja' = 'en', close = vi.fn()) {
  const around = surroundings({ message: 'm-1', close, allow: null }, language);
  const { question: _, ...props } = around.props;
  const panel = () => <Panel {...props} lang={language} />;
  return { ...around, close, panel, ...render(panel()) };
}
const dialog = () => screen.getByRole('dialog', { name: 'Mailvouch' });

describe.each(LANGUAGES)('the panel in %s', (language) => {
  it('is a dialog in its own language that leaves the page usable', () => {
    openPanel(language);
    expect(dialog().lang).toBe(language);
    expect(dialog().getAttribute('aria-modal')).not.toBe('true');
    expectWhole(everyWord());
  });

  it('is closed by its button', async () => {
    const { close } = openPanel(language);
    await userEvent.click(within(dialog()).getByRole('button', { name: CLOSE[language] }));
    expect(close).toHaveBeenCalledOnce();
  });

  it('has the focus on opening, and its buttons come next', async () => {
    const user = userEvent.setup();
    openPanel(language);
    expect(document.activeElement).toBe(dialog());
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: SETTINGS[language] }));
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: CLOSE[language] }));
    await user.keyboard('{Enter}');
  });

  it('explains the message that it was opened for', async () => {
    const { say, ask } = openPanel(language);
    expect(ask.mock.calls.map(([asked]) => asked)).toEqual([{ message: 'm-1', again: false }]);
    say(shown(await reportOf(sample('01'), language)));
    expect(within(dialog()).getByRole('article')).toBeTruthy();
  });
});

describe('the panel', () => {
  it('leaves the focus where the reader has put it while the checks fill in', async () => {
    const { say, panel, rerender } = openPanel();
    const close = screen.getByRole('button', { name: 'Close' });
    close.focus();
    say(shown(await reportOf(sample('01'), 'en')));
    rerender(panel());
    expect(document.activeElement).toBe(close);
  });

  it('asks no first-run question', () => {
    const { say } = openPanel();
    say({ kind: 'problem', problem: 'throttled' });
    expect(screen.queryByRole('button', { name: 'Badges?' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Show a badge beside the sender?' })).toBeNull();
  });

  it('asks no more once it is gone', async () => {
    const { askings, unmount } = openPanel();
    unmount();
    await waitFor(() => expect(askings[0]?.cancel).toHaveBeenCalledOnce());
  });
});

const VIA = {
  gmail: { en: 'Gmail', ja: 'Gmail' },
  'gmail-again': { en: 'Gmail, at a second try', ja: 'Gmail（二度目で取得）' },
  'gmail-worker': { en: 'Gmail’s attachment host', ja: 'Gmail の添付ファイル用ホスト' },
  'gmail-page': { en: 'Gmail’s page', ja: 'Gmail の画面' },
  file: { en: 'file', ja: 'ファイル' },
  paste: { en: 'pasted text', ja: '貼り付けたテキスト' },
} as const satisfies Record<(typeof ROUTES)[number], unknown>;
const COMPLETENESS = {
  full: { en: 'whole message', ja: 'メッセージ全体' },
  reencoded: { en: 'text re-encoded', ja: '再エンコードされた本文' },
  headers: { en: 'header only', ja: 'ヘッダーのみ' },
} as const;

describe('the bar', () => {
  const all = LANGUAGES.flatMap((language) => ROUTES.map((via) => ({ via, language })));
  it.each(all)('says how the message was read, once it is: $via ($language)', async ({ via, language }) => {
    const report = await reportOf(sample('01'), language);
    const { say } = open(language);
    expect(screen.queryByText(/ · /)).toBeNull();
    for (const completeness of ['full', 'reencoded', 'headers'] as const) {
      say(shown(readBy(report, { via, completeness })));
      const text = `${VIA[via][language]} · ${COMPLETENESS[completeness][language]}`;
      expect(screen.getByText(text)).toBeTruthy();
    }
  });

  it('says nothing of how a message was read that could not be', () => {
    const { say } = open();
    say({ kind: 'problem', problem: 'throttled' });
    expect(screen.getByText('Mailvouch')).toBeTruthy();
    expect(screen.queryByText(/ · /)).toBeNull();
  });

  it('has no close button in the popup, which closes by itself', () => {
    open('en', { close: null });
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Settings' })).toBeTruthy();
  });

  it('has buttons whose signs are not read out, only their names', () => {
    open('en', { close: () => {} });
    for (const name of ['Settings', 'Close']) {
      const button = screen.getByRole('button', { name });
      expect(button.title).toBe(name);
      expect(button.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
    }
  });
});
