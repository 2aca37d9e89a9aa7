/** The settings as their user meets them: a choice is saved by itself and at once, and whatever comes of it is said. */
import { cleanup, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { type Chosen, SettingsForm } from '../../components/SettingsForm.tsx';
import { translatorFor } from '../kit/samples.ts';
import { chosenIn, QUAD9, question, SWAPPED, said, showSettings } from './settings-kit.tsx';

afterEach(cleanup);

const NOT_SAVED = /^The browser could not save this\./;

describe('the language', () => {
  it('is named in itself each time, the chosen one shown, and a choice saved and said', async () => {
    const { onChoose } = showSettings();
    const group = screen.getByRole('group', { name: 'Language' });
    expect([...group.querySelectorAll('label')].map(({ textContent }) => textContent)).toEqual([
      'As in the browser',
      'English',
      '日本語',
    ]);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'As in the browser' }).checked).toBe(true);
    await userEvent.click(screen.getByRole('radio', { name: '日本語' }));
    expect(onChoose.mock.calls).toStrictEqual([[{ language: 'ja' }]]);
    await waitFor(() => expect(said()).toBe('Saved.'));
  });

  it('that was just chosen is the one in which it is said', async () => {
    const { onChoose, rerender, props } = showSettings({ language: 'en' });
    onChoose.mockImplementation(async ({ language }) => {
      if (language === 'ja')
        rerender(<SettingsForm {...props} chosen={{ ...props.chosen, language }} t={translatorFor('ja')} />);
    });
    await userEvent.click(screen.getByRole('radio', { name: '日本語' }));
    await waitFor(() => expect(said()).toBe('保存しました。'));
    expect(screen.getByRole('group', { name: '言語' })).toBeTruthy();
    expect(chosenIn('言語')).toBe('日本語');
  });

  it('is changed with the arrow keys, and “saved” is said only after it is', async () => {
    let save: () => void = () => {};
    const { onChoose } = showSettings({ language: 'en' });
    onChoose.mockImplementation(() => new Promise<void>((resolve) => (save = resolve)));
    const user = userEvent.setup();
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'English' }));
    await user.keyboard('{ArrowDown}');
    expect(onChoose.mock.calls).toStrictEqual([[{ language: 'ja' }]]);
    expect(said()).toBe('');
    save();
    await waitFor(() => expect(said()).toBe('Saved.'));
  });
});

interface Row {
  readonly language: 'en' | 'ja';
  readonly group: string;
  readonly name: string;
  readonly from: Partial<Chosen>;
  readonly changed: Partial<Chosen>;
}

const ROWS: readonly Row[] = [
  {
    language: 'en',
    group: 'Badge beside the sender',
    name: 'Show it on mails that I open',
    from: { badges: null },
    changed: { badges: true },
  },
  {
    language: 'en',
    group: 'Badge beside the sender',
    name: 'Show none',
    from: { badges: null },
    changed: { badges: false },
  },
  {
    language: 'ja',
    group: '差出人の横の印',
    name: '表示しない',
    from: { badges: true },
    changed: { badges: false },
  },
  {
    language: 'en',
    group: 'When DNS is asked',
    name: 'For every mail I open',
    from: { checkEvery: false },
    changed: { checkEvery: true },
  },
  {
    language: 'ja',
    group: 'DNS に尋ねるとき',
    name: '説明を開いたときだけ',
    from: { checkEvery: true },
    changed: { checkEvery: false },
  },
  { language: 'en', group: 'DNS resolver', name: 'Google', from: {}, changed: SWAPPED },
  { language: 'ja', group: 'DNS リゾルバー', name: 'Quad9', from: {}, changed: { resolver: QUAD9 } },
  {
    language: 'en',
    group: 'When it does not answer, ask',
    name: 'Quad9',
    from: {},
    changed: { secondResolver: QUAD9 },
  },
  {
    language: 'en',
    group: 'When it does not answer, ask',
    name: 'no one',
    from: {},
    changed: { secondResolver: null },
  },
  {
    language: 'ja',
    group: '答えないときに尋ねる先',
    name: 'なし',
    from: {},
    changed: { secondResolver: null },
  },
  {
    language: 'en',
    group: 'SPF names that hold the sender’s address',
    name: 'Ask DNS for them',
    from: { mayReveal: false },
    changed: { mayReveal: true },
  },
  {
    language: 'ja',
    group: '差出人のアドレスを含む SPF の名前',
    name: 'DNS に問い合わせない',
    from: { mayReveal: true },
    changed: { mayReveal: false },
  },
];

describe('a choice', () => {
  it.each(ROWS)(
    'of “$name” under “$group” saves that and nothing else',
    async ({ language, group, name, from, changed }) => {
      const { onChoose } = showSettings(from, language);
      expect(said()).toBe('');
      await userEvent.click(question(group).getByRole('radio', { name }));
      await waitFor(() => expect(said()).toBe(language === 'en' ? 'Saved.' : '保存しました。'));
      expect(onChoose.mock.calls).toStrictEqual([[changed]]);
    },
  );

  it.each([
    { group: 'Badge beside the sender', from: { badges: null }, shows: null },
    { group: 'Badge beside the sender', from: { badges: true }, shows: 'Show it on mails that I open' },
    { group: 'Badge beside the sender', from: { badges: false }, shows: 'Show none' },
    { group: 'When DNS is asked', from: { checkEvery: false }, shows: 'Only when I open an explanation' },
    { group: 'When DNS is asked', from: { checkEvery: true }, shows: 'For every mail I open' },
    { group: 'DNS resolver', from: { resolver: QUAD9 }, shows: 'Quad9' },
    { group: 'When it does not answer, ask', from: { secondResolver: QUAD9 }, shows: 'Quad9' },
    { group: 'When it does not answer, ask', from: { secondResolver: null }, shows: 'no one' },
    {
      group: 'SPF names that hold the sender’s address',
      from: { mayReveal: false },
      shows: 'Do not ask DNS for them',
    },
    {
      group: 'SPF names that hold the sender’s address',
      from: { mayReveal: true },
      shows: 'Ask DNS for them',
    },
  ] as const)('that was made is shown: $shows under $group', ({ group, from, shows }) => {
    showSettings(from);
    expect(chosenIn(group)).toBe(shows);
  });

  it.each([
    { group: 'Badge beside the sender', hint: /No one else is asked/ },
    { group: 'When DNS is asked', hint: /the resolver learns the domains of all mails/ },
    { group: 'DNS resolver', hint: /learns which domains your mails name/ },
    { group: 'SPF names that hold the sender’s address', hint: /resolver would learn who wrote to you/ },
  ])('under “$group” is described by what it means', ({ group, hint }) => {
    showSettings();
    const described = screen.getByRole('group', { name: group }).getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toMatch(hint);
  });

  it('that could not be saved is told of, and what is stored stays shown', async () => {
    const { onChoose } = showSettings({ badges: true });
    onChoose.mockRejectedValue(new Error('QUOTA_BYTES'));
    await userEvent.click(screen.getByRole('radio', { name: 'Show none' }));
    await waitFor(() => expect(said()).toMatch(NOT_SAVED));
    expect(document.body.textContent).not.toContain('Saved.');
    expect(chosenIn('Badge beside the sender')).toBe('Show it on mails that I open');
  });

  it('that is saved after one that was not takes the complaint away', async () => {
    const { onChoose } = showSettings();
    onChoose.mockRejectedValueOnce(new Error('QUOTA_BYTES'));
    await userEvent.click(screen.getByRole('radio', { name: 'Show none' }));
    await waitFor(() => expect(said()).toMatch(NOT_SAVED));
    await userEvent.click(screen.getByRole('radio', { name: 'For every mail I open' }));
    await waitFor(() => expect(said()).toBe('Saved.'));
  });
});

describe('stored results', () => {
  it.each([
    { language: 'en', name: 'Clear stored results', text: 'Cleared.' },
    { language: 'ja', name: '保存された結果を消去', text: '消去しました。' },
  ] as const)(
    'are cleared on demand, the settings left alone ($language)',
    async ({ language, name, text }) => {
      const { onClear, onChoose } = showSettings({}, language);
      expect(onClear).not.toHaveBeenCalled();
      await userEvent.click(screen.getByRole('button', { name }));
      await waitFor(() => expect(said()).toBe(text));
      expect(onClear).toHaveBeenCalledOnce();
      expect(onChoose).not.toHaveBeenCalled();
    },
  );

  it('that could not be cleared are not called cleared', async () => {
    const { onClear } = showSettings();
    onClear.mockRejectedValue(new Error('QUOTA_BYTES'));
    await userEvent.click(screen.getByRole('button', { name: 'Clear stored results' }));
    await waitFor(() => expect(said()).toMatch(/^The browser could not/));
    expect(document.body.textContent).not.toContain('Cleared.');
  });
});

it('leads to a mail of one’s own', async () => {
  const { openAnalyzer } = showSettings();
  await userEvent.click(screen.getByRole('button', { name: 'Check a file or pasted mail' }));
  expect(openAnalyzer).toHaveBeenCalledOnce();
});
