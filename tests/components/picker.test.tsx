/** Several open messages: each is named as the page names it, and picking one explains that one. */
import { cleanup, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { reportOf } from '../kit/samples.ts';
import { failed, open, sample, several, shown } from './kit.tsx';

afterEach(cleanup);

const NAOMI = { id: 'thread-1/0', sender: 'Naomi Lind', date: '8:04' };
const TOMAS = { id: 'thread-1/1', sender: 'tomas@orchard.example', date: '20 Nov 2026, 9:15' };
const LABEL = {
  en: '2 messages are open. This one is explained:',
  ja: '開いているメールは 2 通です。説明しているのは：',
};

const picker = (language: 'en' | 'ja' = 'en') =>
  screen.getByRole<HTMLSelectElement>('combobox', { name: LABEL[language] });
const optionsOf = (select: HTMLElement) =>
  within(select)
    .getAllByRole('option')
    .map(({ textContent }) => textContent);

describe('two open messages', () => {
  it.each(['en', 'ja'] as const)(
    'are named by sender and time, the explained one chosen (%s)',
    (language) => {
      const { say } = open(language);
      say(several(TOMAS.id, NAOMI, TOMAS));
      expect(optionsOf(picker(language))).toEqual([
        'Naomi Lind · 8:04',
        'tomas@orchard.example · 20 Nov 2026, 9:15',
      ]);
      expect(picker(language).value).toBe(TOMAS.id);
    },
  );

  it('can be picked from by keyboard and pointer, and what is picked is asked for', async () => {
    const { say, ask, askings } = open();
    say(several(NAOMI.id, NAOMI, TOMAS));
    say(shown(await reportOf(sample('01'), 'en')));
    await userEvent.selectOptions(picker(), 'tomas@orchard.example · 20 Nov 2026, 9:15');
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.calls.map(([asked]) => asked)).toEqual([
      { message: null, again: false },
      { message: TOMAS.id, again: false },
    ]);
    expect(askings[0]?.cancel).toHaveBeenCalledOnce();
    // Nothing of the other message is left while this one is read.
    expect(screen.queryByRole('article')).toBeNull();
    say(several(TOMAS.id, NAOMI, TOMAS));
    say(shown(await reportOf(sample('05'), 'en')));
    expect(picker().value).toBe(TOMAS.id);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('orchard.example');
  });

  it('stay to pick from where one of them cannot be explained', async () => {
    const { say, ask } = open();
    say(several(NAOMI.id, NAOMI, TOMAS));
    say(failed('html'));
    await userEvent.selectOptions(picker(), TOMAS.id);
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.calls[1]?.[0]).toEqual({ message: TOMAS.id, again: false });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are checked again one by one: the picked one stays picked', async () => {
    const { say, ask } = open();
    say(several(NAOMI.id, NAOMI, TOMAS));
    await userEvent.selectOptions(picker(), TOMAS.id);
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    say(several(TOMAS.id, NAOMI, TOMAS));
    say(shown(await reportOf(sample('05'), 'en')));
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(3));
    expect(ask.mock.calls[2]?.[0]).toEqual({ message: TOMAS.id, again: true });
  });
});

describe('a name', () => {
  it('is what the page shows, with everything unseen made visible', () => {
    const { say } = open();
    const hostile = { id: 'x', sender: '\u202egnaB\u200b', date: '8:\u206904' };
    say(several('x', hostile, NAOMI));
    expect(optionsOf(picker())).toEqual(['<U+202E>gnaB<U+200B> · 8:<U+2069>04', 'Naomi Lind · 8:04']);
  });

  it('has no dot where the page shows only one of sender and time', () => {
    const { say } = open();
    say(several('a', { id: 'a', sender: 'Naomi Lind', date: '' }, { id: 'b', sender: '', date: '9:15' }));
    expect(optionsOf(picker())).toEqual(['Naomi Lind', '9:15']);
  });
});

it('is left away where one message is open', () => {
  const { say } = open();
  say(several(NAOMI.id, NAOMI));
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('Looking for the open message…');
});
