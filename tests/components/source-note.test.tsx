/** Where the original was not to be had: why, what was read instead, and the offer to allow Gmail’s other host. */
import { cleanup, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageReport } from '../../lib/explain/report.ts';
import { reportOf } from '../kit/samples.ts';
import { open, readBy, sample, shown } from './kit.tsx';

afterEach(cleanup);

const report = { en: await reportOf(sample('01'), 'en'), ja: await reportOf(sample('01'), 'ja') };
const note = () => screen.getByRole('article').querySelector('.source-note')?.textContent ?? null;

describe('the note', () => {
  it.each([
    {
      language: 'en',
      instead: 'not-original',
      completeness: 'reencoded',
      text: 'Gmail did not give the original message. The copy that Gmail’s page shows was read instead.',
    },
    {
      language: 'en',
      instead: 'redirected',
      completeness: 'reencoded',
      text: 'Gmail hands out the original of this mail through another host. The copy that Gmail’s page shows was read instead.',
    },
    {
      language: 'en',
      instead: 'too-large',
      completeness: 'headers',
      text: 'This message is too large to be read here. Only its header was read.',
    },
    {
      language: 'ja',
      instead: 'not-original',
      completeness: 'reencoded',
      text: 'Gmail から元のメッセージを取得できませんでした。代わりに、Gmail の画面に表示される写しを読みました。',
    },
    {
      language: 'ja',
      instead: 'too-large',
      completeness: 'headers',
      text: 'このメッセージは大きすぎて、ここでは読めません。ヘッダーだけを読みました。',
    },
  ] as const)(
    'says why and what instead: $instead, $completeness ($language)',
    ({ language, instead, completeness, text }) => {
      const { say } = open(language);
      say(shown(readBy(report[language], { instead, completeness })));
      expect(note()).toBe(text);
    },
  );

  it.each([
    { why: 'the whole original was read', instead: null, completeness: 'full' },
    { why: 'the whole original was had at last', instead: 'redirected', completeness: 'full' },
    { why: 'only a header was pasted', instead: null, completeness: 'headers' },
  ] as const)('is left away where $why', ({ instead, completeness }) => {
    const { say } = open();
    say(shown(readBy(report.en, { instead, completeness })));
    expect(note()).toBeNull();
    expect(screen.getByRole('article').textContent).not.toContain('instead');
  });
});

const ALLOW = { en: 'Allow access', ja: 'アクセスを許可' };
const IN_POPUP = {
  en: 'Click the Mailvouch icon in the toolbar to allow it.',
  ja: 'ツールバーの Mailvouch アイコンを押すと、許可できます。',
};

/** A report whose signatures could not be checked over the copy of the text. */
function unchecked(of: MessageReport): MessageReport {
  const dkim = of.checked.dkim.map((signature) => ({ ...signature, result: 'not-checkable' as const }));
  return { ...of, checked: { ...of.checked, dkim } };
}
const redirected = (language: 'en' | 'ja') =>
  shown(readBy(unchecked(report[language]), { instead: 'redirected', completeness: 'reencoded' }));

describe('the offer', () => {
  it.each(['en', 'ja'] as const)(
    'names the host, and reads anew once it is allowed (%s)',
    async (language) => {
      const allow = vi.fn(async () => true);
      const { say, ask } = open(language, { allow });
      say(redirected(language));
      expect(document.body.textContent).toContain('mail-attachment.googleusercontent.com');
      expect(document.body.textContent).not.toContain(IN_POPUP[language]);
      await userEvent.click(screen.getByRole('button', { name: ALLOW[language] }));
      expect(allow).toHaveBeenCalledExactlyOnceWith('attachments');
      await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
      expect(ask.mock.calls[1]?.[0]).toEqual({ message: null, again: true });
      say(shown(readBy(report[language], { instead: null, completeness: 'full', via: 'gmail-worker' })));
      expect(screen.queryByRole('button', { name: ALLOW[language] })).toBeNull();
    },
  );

  it('stays, and so does the explanation, where access is refused', async () => {
    const allow = vi.fn(async () => false);
    const { say, ask } = open('en', { allow });
    say(redirected('en'));
    await userEvent.click(screen.getByRole('button', { name: ALLOW.en }));
    expect(allow).toHaveBeenCalledOnce();
    expect(screen.getByRole('article')).toBeTruthy();
    expect(screen.getByRole('button', { name: ALLOW.en })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(ask).toHaveBeenCalledOnce();
  });

  it.each(['en', 'ja'] as const)('leads to the popup where only that can ask (%s)', (language) => {
    const { say } = open(language, { allow: null });
    say(redirected(language));
    expect(screen.getByText(IN_POPUP[language])).toBeTruthy();
    expect(screen.queryByRole('button', { name: ALLOW[language] })).toBeNull();
  });

  it.each([
    { why: 'the whole original was read', instead: null, completeness: 'full', of: unchecked },
    { why: 'it was had at last', instead: 'redirected', completeness: 'full', of: unchecked },
    { why: 'Gmail gave it nowhere', instead: 'not-original', completeness: 'reencoded', of: unchecked },
    { why: 'Gmail was busy', instead: 'throttled', completeness: 'reencoded', of: unchecked },
    { why: 'the mail is too large', instead: 'too-large', completeness: 'headers', of: unchecked },
    { why: 'only a header was pasted', instead: null, completeness: 'headers', of: unchecked },
    {
      why: 'the signatures hold over the copy',
      instead: 'redirected',
      completeness: 'reencoded',
      of: (as: MessageReport) => as,
    },
  ] as const)('is not made where $why', ({ instead, completeness, of }) => {
    for (const allow of [async () => true, null]) {
      const { say, unmount } = open('en', { allow });
      say(shown(readBy(of(report.en), { instead, completeness })));
      expect(screen.queryByRole('button', { name: ALLOW.en })).toBeNull();
      expect(document.body.textContent).not.toContain('mail-attachment.googleusercontent.com');
      expect(document.body.textContent).not.toContain(IN_POPUP.en);
      unmount();
    }
  });
});
